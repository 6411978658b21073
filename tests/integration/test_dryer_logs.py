"""What becomes of a dryer's own log whose probes fail, from its bytes to the rules' answers."""

from pathlib import Path

import pytest

from lots.settings import ROOT, Settings
from tests.builders import rows, table, take, write
from tests.profiles import put

REAL = ROOT.parent / "shared" / "real" / "lyophilisation" / "mannitol_annealed_2024-06-04.csv"
HEAD = (
    "Run started: 10/24/2026 10:00:00 PM\n\nProduct Name:"
    " {}\n\nCycleTime,Phase,Step,VacPirani,VacCPM,TP1,TP2\n"
)
SAID = (
    "-35.0",
    "9999",
    "-9999",
    "999.90",
    "850",
    "3276.7",
    "1000",
    "-127",
    "-200",
    "83.0",
    "BURNOUT",
    "OPEN",
    "----",
    "Bad",
    "999.9",
    "-35.0",
)
RECIPE = {
    "recipe": "R1",
    "valid_from": "2020-01-01",
    "citation": "example",
    "prepared_by": "A.One",
    "approved_by": "B.Two",
    "interval_s": "600",
    "pirani": "no",
    "probes": "1",
    "collapse_c": "-30",
    "margin_c": "2",
}
RULES = ("L02.probes", "L02.gap", "L04")


def log(name: str, *, other: str) -> bytes:
    """Primary drying with a probe that fails in every way, and secondary drying; what another probe
    says.
    """
    lines = [f"{10 + n // 6}:{n % 6}0:00,4,1,80,78,{said},{other}" for n, said in enumerate(SAID)]
    return (HEAD.format(name) + "\n".join([*lines, "12:40:00,6,1,80,78,20.0,20.0", ""])).encode()


def told(settings: Settings, plant: str, cycle: str) -> dict[str, str]:
    """What the rules say of a run, where they have something to say."""
    found = rows(
        settings,
        f'SELECT rule, outcome FROM judged.outcome WHERE subject = \'["{plant}", "{cycle}"]\'',
    )
    return {str(rule): str(said) for rule, said in found if rule in RULES}


def dried(settings: Settings, folder: Path, plant: str, cycles: list[str], **logs: bytes) -> None:
    """A plant's runs by its recipe, and their logs."""
    take(
        settings,
        write(folder, "dryer_recipe.csv", table({**RECIPE, "plant": plant}, [{}])),
        write(
            folder,
            "lyophilisation.csv",
            table(
                {
                    "plant": plant,
                    "dryer": "D1",
                    "recipe": "R1",
                    "loaded_at": "2026-10-24T10:00:00+02:00",
                },
                [{"cycle": cycle} for cycle in cycles],
            ),
        ),
        sender=plant,
    )
    for name, data in logs.items():
        assert (
            take(settings, write(folder, f"{name}.csv", data), sender=plant)[0].status == "accepted"
        )


def test_a_probe_that_fails_is_no_warm_product_and_no_watched_one_either(
    lots_settings: Settings, tmp_path: Path
) -> None:
    put(lots_settings, "P1", 'missing = ["83.0"]\n')
    dried(
        lots_settings,
        tmp_path / "P1",
        "P1",
        ["A", "B"],
        A=log("A", other="-34.0"),
        B=log("B", other="999.9"),
    )
    dried(lots_settings, tmp_path / "P2", "P2", ["C"], C=log("C", other="-34.0"))
    assert told(lots_settings, "P1", "A") == {}
    assert told(lots_settings, "P1", "B") == {"L02.gap": "finding", "L04": "pending"}
    assert told(lots_settings, "P2", "C") == {
        "L04": "finding"
    }  # 83.0 could be true, and nobody says otherwise
    kept = rows(
        lots_settings,
        "SELECT sent -> 'product_1_c' ->> 'text' FROM accepted.lyophilisation_reading "
        "WHERE cycle = 'A' AND product_1_c IS NULL ORDER BY elapsed_s",
    )
    assert [text for (text,) in kept] == list(SAID[1:-1])
    unread = "SELECT unread FROM accepted.lyophilisation_reading WHERE unread ? 'product_1_c'"
    assert rows(lots_settings, unread) == []


@pytest.mark.skipif(not REAL.is_file(), reason="the real dryer run is not in ../shared/real")
def test_a_real_run_is_accepted_whole(lots_settings: Settings, tmp_path: Path) -> None:
    got = take(lots_settings, write(tmp_path, "M-9.csv", REAL.read_bytes()), sender="P1")[0]
    assert (got.status, got.counts["accepted"], got.counts["refused"]) == ("accepted", 2_904, 0)
    assert rows(
        lots_settings,
        "SELECT count(DISTINCT elapsed_s), count(product_1_c), count(product_3_c), "
        "count(sent -> 'product_3_c') FROM accepted.lyophilisation_reading",
    ) == [(2_904, 2_904, 0, 2_904)]

"""Lists on a terminal: whatever its width, no word is broken and no line is longer than it."""

from datetime import UTC, datetime

import pytest
from rich.console import Console

from lots.answers import Heard, Listed, LotName
from lots.answers.balance import Balance
from lots.answers.certificate import Between
from lots.answers.lists import Held, OneFinding, Refused
from lots.command.columns import laid_out, shared
from lots.command.listed import cell, key, on_screen

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONG = "K" * 64  # the longest code there may be
NAMES = ("finding", "rule", "key", "told by")
ROWS = [
    ["12345", "donation.total_protein_g_dl.readable", LONG, "donation-0002.csv line 17"],
    ["7", "D04", "M1/L1/packed", "across records"],
]


def lines(parts: list[object], width: int) -> list[str]:
    """What is printed on a screen of this width."""
    out = Console(width=width, highlight=False, color_system=None)
    with out.capture() as taken:
        for part in parts:
            out.print(part)
    return taken.get().splitlines()


@pytest.mark.parametrize("width", [80, 100, 120, 160])
def test_no_word_is_broken_and_no_line_is_too_long(width: int) -> None:
    printed = lines([*laid_out(NAMES, ROWS, [True, False, False, False], width)], width)
    assert max(map(len, printed)) <= width
    words = {word for line in printed for word in line.split()}
    assert {word for row in ROWS for cell in row for word in cell.split()} <= words


def test_what_fits_is_a_table_with_numbers_to_the_right() -> None:
    printed = lines([*laid_out(("n", "of"), [["5", "M1"], ["12", "M2"]], [True, False], 80)], 80)
    assert [line.rstrip() for line in printed] == [" n  of", " 5  M1", "12  M2"]


def test_what_does_not_fit_stands_one_under_the_other_and_says_what_a_number_is() -> None:
    rows = [["a" * 30, "3", "b" * 30], ["c" * 30, "4", ""]]
    printed = lines([*laid_out(("of", "rows", "key"), rows, [False, True, False], 60)], 60)
    assert printed == [
        "of  rows  key",
        f"{'a' * 30}  rows 3",
        f"  {'b' * 30}",
        f"{'c' * 30}  rows 4",
    ]


@pytest.mark.parametrize(
    ("least", "whole", "room", "widths"),
    [
        ([3, 3], [5, 9], 14, [5, 9]),
        ([3, 3], [5, 9], 10, [5, 5]),
        ([3, 3], [9, 9], 6, [3, 3]),
        ([3, 3], [9, 9], 5, None),
    ],
)
def test_columns_share_the_room_that_there_is(
    least: list[int], whole: list[int], room: int, widths: list[int] | None
) -> None:
    assert shared(least, whole, room) == widths


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (("D1",), "D1"),
        (("D/1",), "D/1"),
        (("M1", "L1", "packed"), "M1/L1/packed"),
        (("M1", "A12/3", "packed"), '["M1", "A12/3", "packed"]'),
        (("W1", None, "2026-01-01"), "W1/(not shown)/2026-01-01"),
    ],
)
def test_a_key_is_written_as_the_command_takes_it(
    parts: tuple[str | None, ...], written: str
) -> None:
    assert key(parts) == written


def test_a_list_is_cut_to_a_screen_and_the_rest_is_counted() -> None:
    refused = Refused("1:2", NOON, "C1", "d.csv", "donation", ("A reason. " * 12,))
    found = Listed("Refused", Refused, (refused,) * 40, "None.", 60, screen=True)
    out = Console(width=80, color_system=None)
    printed = lines([*on_screen(found, out)], 80)
    assert len(printed) <= 40
    shown = sum(line.startswith("1:2") for line in printed)
    assert printed[-1] == f"and {100 - shown} more (--all, or --limit N)"


def test_numbers_are_printed_as_one_types_them() -> None:
    row = OneFinding(12345, "D04", "open", "unit", "donation", ("D1",), NOON, "d.csv line 1234")
    out = Console(width=140, color_system=None)
    printed = lines([*on_screen(Listed("Findings", OneFinding, (row,), "None."), out)], 140)
    assert printed[-1].split()[0] == "12345"


def test_of_what_a_hundred_findings_hold_the_first_are_told() -> None:
    why = tuple(f"D{n} is not met: A rule." for n in range(100))
    ends = tuple(f"lots resolve finding {n}" for n in range(100))
    row = Held("lot", "lot", ("M1", "L1", "packed"), "open", NOON, why, (), 1, ends)
    out = Console(width=80, color_system=None)
    printed = " ".join(lines([*on_screen(Listed("Held", Held, (row,), "None."), out)], 80))
    assert "D4 is not met: A rule. and 95 more (all with --json)" in " ".join(printed.split())
    assert "lots resolve finding 4; and 95 more (all with --json)" in " ".join(printed.split())
    assert "D5 " not in printed


def test_a_name_without_a_gtin_is_told_alone_and_a_persons_is_not_shown() -> None:
    assert cell((None, "L9"), "named") == "L9"
    assert cell((None,), "named") == "(not shown)"
    assert cell(("M1", "P9"), "named") == "M1/P9"


def test_a_file_of_a_sender_says_what_is_wrong_with_it() -> None:
    late = Heard("C1", 7, 1, 5, NOON, NOON, 7, ("a" * 40,), ("b" * 40,))
    printed = lines([*on_screen(Listed("Heard", Heard, (late,), "None."), Console(width=80))], 80)
    assert f"not arrived {'a' * 40}" in " ".join(" ".join(printed).split())
    assert f"counts differ {'b' * 40}" in " ".join(" ".join(printed).split())
    assert "first missing 5" in " ".join(printed)
    # Of two instants each says which it is.
    assert f"heard from {NOON:%Y}" in " ".join(printed)
    assert f"heard to {NOON:%Y}" in " ".join(printed)


def test_an_account_in_a_narrow_terminal_says_which_number_is_which() -> None:
    """One of them may be missing: a bare 0 would be taken for what is unexplained."""
    lot = LotName("PLANT-01", "A25-000001" * 3, "packed")
    rows = (
        Balance(lot, None, Between(0, 0), None, 1),
        Balance(lot, Between(-413, -412), None, None, 0),
    )
    answer = Listed("Lots", Balance, rows, "None.")
    printed = lines([*on_screen(answer, Console(width=60))], 60)
    told = "  ".join(line.strip() for line in printed)
    assert f"{lot}  came in 0  unsaid 1" in told
    assert f"{lot}  unexplained -413 to -412  unsaid 0" in told

"""What cases of the rules across records are made of: donors, donations, units and pools, each
sound unless told.
"""

from collections.abc import Mapping, Sequence
from itertools import count

from synthetic.cases import law as cases_law
from synthetic.cases.seeded import NOT_APPLICABLE, PASS, PENDING, Node
from synthetic.cases.seeder import Seeder
from synthetic.world import clock, donations
from synthetic.world.parties import CASE_CENTRE, CASE_PLANT, LABORATORY, LAX_CENTRE, zone_of
from synthetic.world.plan import Plan

DAY = 100  # 11 April: the day of most donations
POOLED = DAY + 62
A_ROUND = 10_000  # numbers of one round of cases
Told = Mapping[str, str]
OF_LIMITS = ("D02.interval", "D02.week", "D05.sex", "D06.exam", "D06.sample")
ALWAYS = ("D07.earlier", "D11", "PDI.donation")
SOUND: Told = dict.fromkeys((*OF_LIMITS, "D07", *ALWAYS), PASS)
LAX: Told = {
    **dict.fromkeys(OF_LIMITS, NOT_APPLICABLE),
    "D07": PENDING,
    **dict.fromkeys(ALWAYS, PASS),
}
RECOVERED: Told = {**LAX, "D02.week": PASS}
LAWLESS: Told = {**LAX, **dict.fromkeys((*OF_LIMITS, "D11"), PENDING)}
UNPOOLED: Told = {"D08": PASS, "P04.draw": NOT_APPLICABLE, "P05": NOT_APPLICABLE}
POOLED_UNIT: Told = {"D08": PASS, "P04.draw": PASS, "P05": PASS}
IN_POOL: Told = dict.fromkeys(("D07.pooled", "D09", "D10", "U01"), PASS)
GOOD_POOL: Told = {"P03": PASS, "P04.pool": PASS}
GOOD = "nonreactive"


class Cases:
    """Seeds the rows of one round of cases; no two of them share a number."""

    def __init__(self, seeder: Seeder, times: int) -> None:
        self.seeder = seeder
        self._numbers = count(times * A_ROUND)

    @property
    def plan(self) -> Plan:
        """The plant's sizes."""
        return self.seeder.plan

    def new(self) -> str:
        """A number that no case has had."""
        return f"{next(self._numbers):06d}"

    def put(
        self,
        record: str,
        row: Mapping[str, str],
        told: Told | None = None,
        *,
        findings: Sequence[str] = (),
        parked: Sequence[str] = (),
        late: bool = False,
    ) -> None:
        """One row, with what the rules across records answer of it."""
        self.seeder.row(record, row, told or {}, findings=findings, parked=parked, late=late)

    def donor(
        self,
        *,
        sex: str = "F",
        status: str = "qualified",
        exam: int | None = -30,
        sample: int | None = 60,
        as_of: int = -10,
    ) -> str:
        """A donor with a physical examination and a four-month sample on these days; answers the
        key.
        """
        key = f"D-Z{self.new()}"
        self.standing(key, status, as_of, sex)
        if exam is not None:
            self.exam(key, exam)
        if sample is not None:
            self.exam(key, sample, kind="four_month_sample")
        return key

    def standing(self, donor: str, status: str, as_of: int, sex: str = "F") -> None:
        """How a donor stood on a day."""
        self.put(
            "donor",
            {
                "donor_key": donor,
                "as_of": clock.day(as_of),
                "centre": CASE_CENTRE,
                "status": status,
                "sex": sex,
            },
        )

    def exam(
        self,
        donor: str,
        day: int,
        *,
        kind: str = "physical",
        reviewed_by: str = "MD-4",
        conclusion: str = "suitable",
    ) -> None:
        """One examination or sample."""
        findings = () if conclusion == "suitable" else ("D06.suitable",)
        self.put(
            "donor_exam",
            {
                "centre": CASE_CENTRE,
                "exam": f"EXZ-{self.new()}",
                "donor_key": donor,
                "kind": kind,
                "examined_on": clock.day(day),
                "reviewed_on": clock.day(day + 3),
                "reviewed_by": reviewed_by,
                "conclusion": conclusion,
            },
            findings=findings,
        )

    def same(self, one: str, other: str, status: str = "stated") -> None:
        """A statement that two keys are one person's."""
        self.put(
            "same_person",
            {
                "party": CASE_CENTRE,
                "statement": f"SPZ-{self.new()}",
                "kind": "donor",
                "one_key": one,
                "other_key": other,
                "confidence": "certain",
                "stated_by": "MD-4",
                "stated_at": clock.instant(20 * clock.DAY),
                "status": status,
            },
        )

    def donation(
        self,
        donor: str,
        day: int = DAY,
        told: Told | None = None,
        *,
        markers: Sequence[str] = (),
        findings: Sequence[str] = (),
        **changed: str,
    ) -> str:
        """A donation whose markers were found nonreactive, but for these; answers its number."""
        number = f"PZ00125{self.new()}"
        kind, centre = changed.get("plasma_kind", "source"), changed.get("centre", CASE_CENTRE)
        usual = RECOVERED if kind == "recovered" else LAX if centre == LAX_CENTRE else SOUND
        self.put(
            "donation",
            {
                "donation_number": number,
                "scheme": "ISBT128",
                "check_character": donations.check_character(number),
                "donor_key": donor,
                "centre": centre,
                "plasma_kind": kind,
                "collected_at": noon(day),
                "collected_ml": "680",
                "plasma_ml": "618",
                "donor_weight_kg": "64.5",
                "total_protein_g_dl": "7.1",
                "haemoglobin_g_dl": "14.2",
                **changed,
            },
            {**usual, **(told or {})},
            findings=findings,
        )
        for marker in cases_law.TERMS if usual is SOUND else ():
            if marker not in markers:
                self.result(number, marker)
        return number

    def result(
        self,
        of: str,
        marker: str,
        interpretation: str = GOOD,
        tested: str = "donation",
        *,
        day: int = DAY + 3,
        late: bool = False,
        row: Mapping[str, str] | None = None,
    ) -> None:
        """One result of a donation, a donor, a minipool or a pool; `row` says what else is
        different.
        """
        findings = ("D07.result",) if interpretation != GOOD and tested != "pool" else ()
        self.put(
            "test_result",
            {
                "sample": f"TZ{self.new()}",
                "marker": marker,
                "run": "1",
                "tested": tested,
                "tested_id": of,
                "role": "initial",
                "method": "CLIA",
                "kit": "KIT-Z",
                "kit_lot": "KZ-1",
                "kit_expires_on": "2025-12-31",
                "laboratory": LABORATORY,
                "taken_at": noon(day - 1),
                "tested_at": noon(day),
                "interpretation": interpretation,
                "status": "final",
                **(row or {}),
            },
            findings=findings,
            late=late,
        )

    def unit(self, donation: str, told: Told = UNPOOLED, **changed: str) -> str:
        """A unit of a donation; answers its number."""
        number = f"{donation}-{self.new()}"
        self.put(
            "plasma_unit",
            {
                "unit": number,
                "donation_number": donation,
                "volume_ml": "1000",
                "frozen_at": noon(DAY + 1),
                "storage_max_c": "-25",
                "shipping_max_c": "-20",
                "above_limit_h": "0",
                **changed,
            },
            told,
        )
        return number

    def pool(
        self,
        units: Mapping[str, Told],
        told: Told | None = None,
        *,
        day: int = POOLED,
        into: Sequence[Node] = (),
        markers: Sequence[str] = (),
        findings: Sequence[str] = (),
        **changed: str,
    ) -> str:
        """A pool of whole units (with what is answered of each there); its markers are good, but
        for these.
        """
        number = f"POOL-Z{self.new()}"
        plant = changed.get("plant", CASE_PLANT)
        self.put(
            "pool",
            {
                "plant": plant,
                "pool_number": number,
                "pooled_at": noon(day),
                "volume_l": f"{len(units)}.000",
                **changed,
            },
            {**GOOD_POOL, **(told or {})},
            findings=findings,
        )
        for unit, of_unit in units.items():
            self.pooled(number, unit, of_unit, plant=plant)
        for marker in cases_law.POOL_TERMS:
            if marker not in markers:
                self.result(number, marker, tested="pool", day=day + 1)
        self.seeder.ledger.descendants(plant, number, into)
        return number

    def pooled(
        self,
        pool: str,
        unit: str,
        told: Told | None = None,
        *,
        plant: str = CASE_PLANT,
        volume: str = "1000",
        parked: Sequence[str] = (),
    ) -> None:
        """A unit in a pool."""
        self.put(
            "pool_unit",
            {"plant": plant, "pool_number": pool, "unit": unit, "volume_ml": volume},
            {**IN_POOL, **(told or {})},
            parked=parked,
        )


def noon(day: int, centre: str = CASE_CENTRE) -> str:
    """About noon of a day in Berlin, as sent from there or from a centre."""
    return clock.instant(day * clock.DAY + 10 * clock.HOUR, zone_of(centre))

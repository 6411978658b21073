"""What cases of the rules across records are made of: donors, donations, units and pools, each
sound unless told.
"""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Unpack

from synthetic.cases import law
from synthetic.cases.seeded import Comes, Node
from synthetic.cases.seeder import Seeder
from synthetic.cases.told import pairs
from synthetic.world import clock, donations
from synthetic.world.parties import CASE_CENTRE, CASE_PLANT, LABORATORY, LAX_CENTRE, zone_of
from synthetic.world.plan import Plan

DAY = 100  # 11 April: the day of most donations
POOLED = DAY + 62
A_ROUND = 10_000  # numbers of one round of cases
# What is answered of a donation under a law with every limit; under one with none; of recovered
# plasma; where nobody says whose law applies; and where nobody says of whom it is.
SOUND = """D02.interval=pass D02.week=pass D05.sex=pass D06.exam=pass D06.sample=pass D07=pass
    D07.earlier=pass D11=pass PDI.donation=pass """
LAX = f"""{SOUND} D02.interval=not_applicable D02.week=not_applicable D05.sex=not_applicable
    D06.exam=not_applicable D06.sample=not_applicable D07=pending """
RECOVERED = f"{LAX} D02.week=pass "
UNKNOWN = """D02.interval=pending D02.week=pending D05.sex=pending D06.exam=pending
    D06.sample=pending D11=pending """
LAWLESS = f"{LAX} {UNKNOWN} "
NOBODYS = f"{UNKNOWN} D07.earlier=pending "
UNPOOLED = "D08=pass P04.draw=not_applicable P05=not_applicable "
POOLED_UNIT = "D08=pass P04.draw=pass P05=pass "
IN_POOL = "D07.pooled=pass D09=pass D10=pass U01=pass "
GOOD_POOL = "P03=pass P04.pool=pass P04.taken=not_applicable "
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

    def put(self, record: str, row: str, answers: str = "", **comes: Unpack[Comes]) -> None:
        """One row, with what the rules across records answer of it."""
        self.seeder.row(record, pairs(row), pairs(answers), **comes)

    def donor(
        self,
        *,
        sex: str = "F",
        status: str = "qualified",
        exam: int | None = -30,
        sample: int | None = 60,
        as_of: int = -10,
    ) -> str:
        """A donor with a physical examination and a four-month sample on these days; its key."""
        key = f"D-Z{self.new()}"
        self.standing(key, status, as_of, sex)
        if exam is not None:
            self.exam(key, exam)
        if sample is not None:
            self.exam(key, sample, "kind=four_month_sample")
        return key

    def standing(self, donor: str, status: str, as_of: int, sex: str = "F") -> None:
        """How a donor stood on a day."""
        of = f"donor_key={donor} as_of={clock.day(as_of)} centre={CASE_CENTRE}"
        self.put("donor", f"{of} status={status} sex={sex}")

    def exam(self, donor: str, day: int, told: str = "") -> None:
        """One examination or sample."""
        self.put(
            "donor_exam",
            f"""centre={CASE_CENTRE} exam=EXZ-{self.new()} donor_key={donor} kind=physical
            examined_on={clock.day(day)} reviewed_on={clock.day(day + 3)} reviewed_by=MD-4
            conclusion=suitable {told}""",
        )

    def same(self, one: str, other: str, status: str = "stated") -> None:
        """A statement that two keys are one person's."""
        self.put(
            "same_person",
            f"""party={CASE_CENTRE} statement=SPZ-{self.new()} kind=donor one_key={one}
            other_key={other} confidence=certain stated_by=MD-4
            stated_at={clock.instant(20 * clock.DAY)} status={status}""",
        )

    def donation(
        self,
        donor: str,
        day: int = DAY,
        answers: str = "",
        told: str = "",
        *,
        without: Sequence[str] = (),
    ) -> str:
        """A donation whose markers are nonreactive, but `without` these; answers its number."""
        number = f"PZ00125{self.new()}"
        row = pairs(
            f"""donation_number={number} scheme=ISBT128
            check_character={donations.check_character(number)} donor_key={donor}
            centre={CASE_CENTRE} plasma_kind=source collected_at={noon(day)} collected_ml=680
            plasma_ml=618 donor_weight_kg=64.5 total_protein_g_dl=7.1 haemoglobin_g_dl=14.2""",
            told,
        )
        # What holds usually hangs on the law of the place, so that a case tells only what differs.
        recovered, lax = row["plasma_kind"] == "recovered", row["centre"] == LAX_CENTRE
        usual = RECOVERED if recovered else LAX if lax else SOUND
        self.seeder.row("donation", row, pairs(usual, answers))
        # Another law asks for no marker, and results that nobody asks for are rows for nothing.
        for marker in law.TERMS if usual is SOUND else ():
            if marker not in without:
                self.result(number, marker)
        return number

    def result(
        self,
        of: str,
        marker: str,
        interpretation: str = GOOD,
        tested: str = "donation",
        told: str = "",
        *,
        day: int = DAY + 3,
        **comes: Unpack[Comes],
    ) -> None:
        """One result of a donation, a donor, a minipool or a pool; it is a finding by itself where
        it is not good, but in a pool.
        """
        # In a pool a marker is asked for by P03 alone.
        alone = interpretation != GOOD and tested != "pool"
        comes.setdefault("findings", ("D07.result",) if alone else ())
        self.put(
            "test_result",
            f"""sample=TZ{self.new()} marker={marker} run=1 tested={tested} tested_id={of}
            role=initial method=CLIA kit=KIT-Z kit_lot=KZ-1 kit_expires_on=2025-12-31
            laboratory={LABORATORY} taken_at={noon(day - 1)} tested_at={noon(day)}
            interpretation={interpretation} status=final {told}""",
            **comes,
        )

    def unit(self, donation: str, answers: str = UNPOOLED, told: str = "") -> str:
        """A unit of a donation; answers its number."""
        number = f"{donation}-{self.new()}"
        self.put(
            "plasma_unit",
            f"""unit={number} donation_number={donation} volume_ml=1000 frozen_at={noon(DAY + 1)}
            storage_max_c=-25 shipping_max_c=-20 above_limit_h=0 {told}""",
            answers,
        )
        return number

    def pool(
        self,
        units: Mapping[str, str],
        answers: str = "",
        told: str = "",
        *,
        day: int = POOLED,
        into: Sequence[Node] = (),
        without: Sequence[str] = (),
    ) -> str:
        """A pool of whole units, with what is answered of each; markers are good but `without`."""
        number = f"POOL-Z{self.new()}"
        row = pairs(
            f"plant={CASE_PLANT} pool_number={number} pooled_at={noon(day)}",
            f"volume_l={len(units)}.000 {told}",
        )
        self.seeder.row("pool", row, pairs(GOOD_POOL, answers))
        for unit, of_unit in units.items():
            self.pooled(number, unit, of_unit, f"plant={row['plant']}")
        for marker in law.POOL_TERMS:
            if marker not in without:
                self.result(number, marker, tested="pool", day=day + 1)
        self.seeder.ledger.descendants(row["plant"], number, into)
        return number

    def pooled(
        self, pool: str, unit: str, answers: str = "", told: str = "", **comes: Unpack[Comes]
    ) -> None:
        """A unit in a pool."""
        row = f"plant={CASE_PLANT} pool_number={pool} unit={unit} volume_ml=1000 {told}"
        self.put("pool_unit", row, f"{IN_POOL} {answers}", **comes)


def noon(day: int, centre: str = CASE_CENTRE) -> str:
    """About noon of a day in Berlin, as sent from there or from a centre."""
    return clock.instant(day * clock.DAY + 10 * clock.HOUR, zone_of(centre))

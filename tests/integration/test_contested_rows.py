"""What contradicts itself and is, or could be, of what an answer shows is named in its certificate;
nothing else is.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from lots.answers import Certificate
from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.trace import trace
from lots.settings import Settings
from tests.builders import NOW, sentences, table, take, write

GTIN, AT, LATER = "09506000134352", "2026-03-01T10:00:00Z", "2026-03-02T10:00:00Z"
MADE = f"""
    lot manufacturer=M1 lot_number=L{{0}} step=packed product=IG gtin={GTIN} made_at={AT}
    lot_input manufacturer=M1 lot_number=L{{0}} step=packed from_manufacturer=M1 from_number=P{{0}} from_step=pool
    pool_unit plant=M1 pool_number=P{{0}} unit=U{{0}} volume_ml=700
    pool_unit plant=M1 pool_number=P{{0}} unit=V{{0}} volume_ml=700
    plasma_unit unit=U{{0}} donation_number=D{{0}} volume_ml=700
    plasma_unit unit=V{{0}} donation_number=E{{0}} volume_ml=700
    donation donation_number=D{{0}} scheme=own donor_key=N{{0}} centre=C1 plasma_kind=source collected_at={AT}
    donation donation_number=E{{0}} scheme=own donor_key=N0 centre=C1 plasma_kind=source collected_at={AT}
    pack gtin={GTIN} serial=S{{0}} manufacturer=M1 lot_number=L{{0}} step=packed vials=2
    pack gtin={GTIN} serial=T{{0}} manufacturer=M1 lot_number=L{{0}} step=packed vials=2"""
SHIPPED = f"shipment from_party=M1 kind=sale to_party=H1 packs=1 shipped_at={AT}"
S, T, S2 = (f"gtin={GTIN} serial={letter}" for letter in ("S1", "T1", "S2"))
INFUSION = f"administration site=W1 administration=A1 patient_key=p status=given started_at={AT}"
BAG = f"reconstitution site=W1 preparation=B1 treatment_order=O1 diluent=SWFI started_at={AT}"
PREPARED = "reconstitution_vial site=W1 preparation=B1 item=1 vials=1"
BOXED = f"package_content item=1 packed_at={AT}"
LOT = {"trace lot", "trace donation", "implicate lot", "implicate pool", "implicate donation"}
PACK = {"trace pack", "implicate pack"}
ABOVE = {"trace lot", "trace donation", "trace pack"}  # they show what went into pools
OTHER = {"implicate other"}
ALL = LOT | PACK
EVERY = ALL | OTHER
CASES = {  # rows, the last of them contested; what its two versions say; which answers must say so
    "a fate by serial": (
        f"vial_fate party=H1 fate=F1 {S} vials=1 at={AT}",
        "kind=lost",
        "kind=wasted",
        ALL,
    ),
    "a fate by lot": (
        f"vial_fate party=H1 fate=F1 lot_number=L1 vials=1 at={AT}",
        "kind=lost",
        "kind=wasted",
        ALL,
    ),
    "a fate of another pack of the lot": (
        f"vial_fate party=H1 fate=F1 {T} vials=1 at={AT}",
        "kind=lost",
        "kind=wasted",
        LOT,
    ),
    "a fate of this lot or another": (
        f"vial_fate party=H1 fate=F1 kind=lost vials=1 at={AT}",
        S,
        S2,
        ALL | OTHER,
    ),
    "a fate of another lot": (
        f"vial_fate party=H1 fate=F1 {S2} vials=1 at={AT}",
        "kind=lost",
        "kind=wasted",
        OTHER,
    ),
    "a fate of an unknown pack whose lot is told": (
        f"vial_fate party=H1 fate=F1 gtin={GTIN} serial=Z1 lot_number=L2 vials=1 at={AT}",
        "kind=lost",
        "kind=wasted",
        OTHER,
    ),
    "a fate of a pack of another lot with this number": (
        f"vial_fate party=H1 fate=F1 {S2} lot_number=L1 vials=1 at={AT}",
        "kind=lost",
        "kind=wasted",
        LOT | OTHER,
    ),
    "a count of stock by serial": (
        f"stock_count party=H1 stocktake=F1 item=1 {S} counted_at={AT}",
        "packs=0",
        "packs=1",
        ALL,
    ),
    "a count of stock by lot": (
        f"stock_count party=H1 stocktake=F1 item=1 lot_number=L1 counted_at={AT}",
        "packs=8",
        "packs=9",
        ALL,
    ),
    "a shipment by serial": (
        f"{SHIPPED} shipment=F1 item=1 {S}",
        "to_party=H1",
        "to_party=H2",
        ALL,
    ),
    "a return by serial": (
        f"{SHIPPED} shipment=F1 item=1 {S} kind=return",
        "to_party=M1",
        "to_party=M2",
        ALL,
    ),
    "a shipment of another lot": (
        f"{SHIPPED} shipment=F1 item=1 {S2}",
        "to_party=H1",
        "to_party=H2",
        OTHER,
    ),
    "a shipment by package": (
        f"{BOXED} sscc=X1 {S}\n{SHIPPED} shipment=F1 item=1 sscc=X1",
        "to_party=H1",
        "to_party=H2",
        ALL,
    ),
    "a shipment by a package in a package": (
        f"{BOXED} sscc=X1 {S}\n{BOXED} sscc=X2 child_sscc=X1\n{SHIPPED} shipment=F1 item=1 sscc=X2",
        "to_party=H1",
        "to_party=H2",
        ALL,
    ),
    "a shipment by a package that counts": (
        f"{BOXED} sscc=X1 lot_number=L1 packs=3\n{SHIPPED} shipment=F1 item=1 sscc=X1",
        "to_party=H1",
        "to_party=H2",
        ALL,
    ),
    "a shipment by a package of another lot": (
        f"{BOXED} sscc=X1 {S2}\n{SHIPPED} shipment=F1 item=1 sscc=X1",
        "to_party=H1",
        "to_party=H2",
        OTHER,
    ),
    "a package's content": (f"{BOXED} sscc=X1 {S}", f"packed_at={AT}", f"packed_at={LATER}", ALL),
    "a package in this package or another": (
        f"{BOXED} sscc=X1 {S}\n{BOXED} sscc=X2 {S2}\n{BOXED} sscc=X3",
        "child_sscc=X1",
        "child_sscc=X2",
        ALL | OTHER,
    ),
    "a delivery by serial": (
        (
            f"{SHIPPED} shipment=F1 item=1 {S}\ndelivery from_party=M1 shipment=F1 item=1"
            f" to_party=H1 delivered_at={LATER}"
        ),
        "packs=0",
        "packs=1",
        ALL,
    ),
    "a delivery by package": (
        (
            f"{BOXED} sscc=X1 {S}\n{SHIPPED} shipment=F1 item=1 sscc=X1\n"
            f"delivery from_party=M1 shipment=F1 item=1 to_party=H1 delivered_at={LATER}"
        ),
        "packs=0",
        "packs=1",
        ALL,
    ),
    "a delivery of another lot": (
        (
            f"{SHIPPED} shipment=F1 item=1 {S2}\n"
            f"delivery from_party=M1 shipment=F1 item=1 to_party=H1 delivered_at={LATER}"
        ),
        "packs=0",
        "packs=1",
        OTHER,
    ),
    "a relabelling": (
        (
            f"pack gtin={GTIN} serial=S9 manufacturer=M1 lot_number=L1 step=packed vials=2\n"
            f"relabelling {S} new_gtin={GTIN} new_serial=S9 party=M1"
        ),
        f"relabelled_at={AT}",
        f"relabelled_at={LATER}",
        ALL,
    ),
    "a fate of a later label": (
        (
            f"relabelling {S} new_gtin={GTIN} new_serial=S9 party=M1 relabelled_at={AT}\n"
            f"vial_fate party=H1 fate=F1 gtin={GTIN} serial=S9 vials=1 at={AT}"
        ),
        "kind=lost",
        "kind=wasted",
        ALL,
    ),
    "a pack": (
        f"pack gtin={GTIN} serial=S1 manufacturer=M1 lot_number=L1 step=packed",
        "vials=2",
        "vials=3",
        ALL,
    ),
    "a pack of this lot or another": (
        f"pack gtin={GTIN} serial=S9 manufacturer=M1 step=packed vials=2",
        "lot_number=L1",
        "lot_number=L2",
        LOT | OTHER,
    ),
    "a dispensing": (
        f"dispensing pharmacy=PH dispensing=F1 {S} to_kind=ward vials=1 dispensed_at={AT}",
        "patient_key=p",
        "patient_key=q",
        ALL,
    ),
    "a line of this pack or another of its lot": (
        f"{INFUSION}\nadministration_vial site=W1 administration=A1 item=1 vials=1",
        S,
        T,
        ALL,
    ),
    "an infusion": (
        f"administration_vial site=W1 administration=A1 item=1 vials=1 {S}\n{INFUSION}",
        "status=given",
        "status=not_given",
        ALL,
    ),
    "an infusion of another lot": (
        f"administration_vial site=W1 administration=A1 item=1 vials=1 {S2}\n{INFUSION}",
        "status=given",
        "status=not_given",
        OTHER,
    ),
    "an infusion by preparation": (
        (
            f"{PREPARED} {S}\n{BAG}\nadministration_vial site=W1 administration=A1 item=1"
            f" preparation=B1\n{INFUSION}"
        ),
        "patient_key=p",
        "patient_key=q",
        ALL,
    ),
    "a prepared vial": (f"{BAG}\n{PREPARED} {S}", "vials=1", "vials=2", ALL),
    "a preparation": (f"{PREPARED} {S}\n{BAG}", f"started_at={AT}", f"started_at={LATER}", ALL),
    "a preparation's order": (
        (
            f"{PREPARED} {S}\n{BAG}\ntreatment_order site=W1 treatment_order=O1 indication=PID"
            f" ordered_at={AT}"
        ),
        "patient_key=p",
        "patient_key=q",
        ALL,
    ),
    "an order that nobody prepared for": (
        (
            f"{PREPARED} {S}\n{BAG}\ntreatment_order site=W1 treatment_order=O2 indication=PID"
            f" ordered_at={AT}"
        ),
        "patient_key=p",
        "patient_key=q",
        set(),
    ),
    "a unit of the donation": (
        "plasma_unit unit=U1 donation_number=D1",
        "volume_ml=700",
        "volume_ml=800",
        ABOVE | {"implicate donation"},
    ),
    "a unit of another donation of the pool": (
        "plasma_unit unit=V1 donation_number=E1",
        "volume_ml=700",
        "volume_ml=800",
        ABOVE,
    ),
    "another donation of the pool": (
        f"donation donation_number=E1 scheme=own centre=C1 plasma_kind=source collected_at={AT}",
        "donor_key=N0",
        "donor_key=N1",
        ABOVE,
    ),
    "what went into the lot": (
        (
            "lot_input manufacturer=M1 lot_number=L1 step=packed from_manufacturer=M1"
            " from_number=P1 from_step=pool"
        ),
        "amount=1",
        "amount=2",
        ALL - {"implicate pack"},
    ),
    "a pool": (
        f"pool plant=M1 pool_number=P1 pooled_at={AT}",
        "volume_l=1",
        "volume_l=2",
        set(),
    ),
    "a deferral": (
        f"deferral centre=C1 deferral=F1 donor_key=N1 deferred_from={AT[:10]}",
        "cause=travel",
        "cause=other",
        set(),
    ),
}
# rows, the last of them contested, and what its two versions say: it could be of any lot or pack
ANYBODY = {
    "a fate of an unknown pack": (
        f"vial_fate party=H1 fate=F1 gtin={GTIN} serial=Z1 vials=1 at={AT}",
        "kind=lost",
        "kind=wasted",
    ),
    "a fate that says nothing": (
        f"vial_fate party=H1 fate=F2 vials=1 at={AT} kind=lost",
        S2,
        "serial=",
    ),
    "a shipment by an unknown package": (
        f"{SHIPPED} shipment=F3 item=1 sscc=X1",
        "to_party=H1",
        "to_party=H2",
    ),
    "a delivery of an unknown shipment": (
        f"delivery from_party=M1 shipment=F4 item=1 to_party=H1 delivered_at={LATER}",
        "packs=0",
        "packs=1",
    ),
    "a line of another lot or an unknown pack": (
        f"{INFUSION}\nadministration_vial site=W1 administration=A1 item=1 vials=1",
        S2,
        f"gtin={GTIN} serial=Z1",
    ),
    "a line of another lot or an unknown preparation": (
        "administration_vial site=W1 administration=A2 item=1 vials=1",
        S2,
        "preparation=B1",
    ),
}
NAMES = re.compile(r"\b([ABDEFLNOPSTUVXZ])(\d)\b")


def of_world(text: str, number: int) -> str:
    """The same with names of its own."""
    return NAMES.sub(rf"\1\2-{number}", text)


def receive(settings: Settings, folder: Path, text: str, sender: str) -> None:
    """Receive rows of a sender, one file for each record: a line a row, its record and then
    column=value.
    """
    found: dict[str, list[dict[str, str]]] = {}
    for line in filter(str.strip, text.splitlines()):
        name, *values = line.split()
        found.setdefault(name, []).append(dict(value.split("=", 1) for value in values))
    got = take(
        settings,
        *(
            write(folder / sender, f"{name}-{sender}.csv", table({}, of))
            for name, of in found.items()
        ),
        sender=sender,
    )
    assert [r.sentence for r in got if (r.status, r.counts["refused"]) != ("accepted", 0)] == []


def tell(
    settings: Settings, folder: Path, cases: Iterable[tuple[int, tuple[str, str, str]]]
) -> None:
    """The worlds' rows and one version from one sender; when they are linked, the other version
    from another.
    """
    first, then = [], []
    for number, (told, one, other) in cases:
        contested = told.splitlines()[-1]
        first += [of_world(MADE.format(lot), number) for lot in (1, 2)] + [
            of_world(f"{told} {one}", number)
        ]
        then.append(of_world(f"{contested} {other}", number))
    receive(settings, folder, "\n".join(first), "C1")
    receive(settings, folder, "\n".join(then), "C2")


def said(certificate: Certificate) -> set[str]:
    """What a certificate says of contested rows."""
    return {sentence for sentence in sentences(certificate) if "contested" in sentence}


def answers(settings: Settings, number: int) -> dict[str, set[str]]:
    """What each answer about a world says of contested rows."""
    asked = {
        "lot": ("lot", "M1/L1/packed"),
        "donation": ("donation", "D1"),
        "pack": ("pack", f"{GTIN}/S1"),
    }
    subjects = {**asked, "pool": ("pool", "M1/P1"), "other": ("lot", "M1/L2/packed")}
    found = {
        f"trace {what}": trace(settings, kind, of_world(name, number), through=NOW).certificate
        for what, (kind, name) in asked.items()
    }
    found |= {
        f"implicate {what}": (
            implicate(settings, [Subject(kind, of_world(name, number))], through=NOW).certificate
        )
        for what, (kind, name) in subjects.items()
    }
    return {what: said(certificate) for what, certificate in found.items()}


def sentence(record: str, rows: int = 1) -> str:
    """What a certificate has to say."""
    many, all_of = (
        ("s", "are contested; all their versions")
        if rows > 1
        else ("", "is contested; all its versions")
    )
    return f"{rows} key{many} of {record} {all_of} are walked."


def test_a_contested_row_is_named_where_it_could_belong_and_nowhere_else(
    lots_settings: Settings, tmp_path: Path
) -> None:
    tell(
        lots_settings,
        tmp_path,
        ((n, (told, one, other)) for n, (told, one, other, _) in enumerate(CASES.values())),
    )
    wrong = {}
    for number, (case, (told, _, _, who)) in enumerate(CASES.items()):
        wanted = {
            what: {sentence(told.splitlines()[-1].split()[0])} if what in who else set()
            for what in EVERY
        }
        got = answers(lots_settings, number)
        if got != wanted:
            wrong[case] = {what: got[what] for what in EVERY if got[what] != wanted[what]}
    assert wrong == {}


def test_a_contested_row_that_could_be_of_anything_is_named_everywhere(
    lots_settings: Settings, tmp_path: Path
) -> None:
    tell(lots_settings, tmp_path, ((0, case) for case in ANYBODY.values()))
    expected = {
        sentence("vial_fate", 2),
        sentence("shipment"),
        sentence("delivery"),
        sentence("administration_vial", 2),
    }
    assert {what: got for what, got in answers(lots_settings, 0).items() if got != expected} == {}


RESULT = f"test_result marker=HBsAg tested=donation interpretation=nonreactive tested_at={AT}"
MAKES = f"plant=M1 process_version=1 started_at={AT}"
# kind of subject: a row, the column that its versions tell otherwise, and what leads from it to a lot
THINGS = {
    "kit_lot": (f"{RESULT} sample=1 run=1 tested_id=D1", "kit_lot", ""),
    "laboratory": (f"{RESULT} sample=2 run=1 tested_id=D1", "laboratory", ""),
    "analyser": (f"{RESULT} sample=3 run=1 tested_id=D1", "analyser", ""),
    "centre": (
        f"donation donation_number=D5 scheme=own donor_key=N5 plasma_kind=source collected_at={AT}",
        "centre",
        "",
    ),
    "donor": (
        f"same_person party=C1 statement=1 kind=donor one_key=N9 stated_at={AT} status=stated",
        "other_key",
        "",
    ),
    "reagent_lot": (f"viral_inactivation batch=R {MAKES} detergent_lot=", "solvent_lot", ""),
    "filter_lot": (f"virus_removal batch=V {MAKES} method=nanofiltration", "filter_lot", ""),
    "fill_line": (f"filling plant=M1 batch=F started_at={AT} vials_filled=9", "fill_line", ""),
    "dryer": (f"lyophilisation plant=M1 cycle=Y loaded_at={AT}", "dryer", ""),
    "diluent_lot": (
        f"reconstitution site=W1 preparation=R1 diluent=SWFI started_at={AT}",
        "diluent_lot",
        "reconstitution_vial site=W1 preparation=R1 item=1 vials=1 " + S2,
    ),
}


def test_what_was_done_with_one_thing_or_another_is_named_by_both_and_by_no_third(
    lots_settings: Settings, tmp_path: Path
) -> None:
    donation = (
        "donation donation_number={} scheme=own centre=C1 donor_key={} plasma_kind=source"
        f" collected_at={AT}"
    )
    more = [donation.format(f"D-{name}", name) for name in ("one", "other", "third")]
    rows = [row + f" {column}=one\n{led}" for row, column, led in THINGS.values()]
    third = [
        re.sub(
            r"(sample|batch|cycle|preparation|donation_number|statement|one_key)=(\w+)",
            r"\1=\2third",
            row,
        )
        + f" {column}=third"
        for row, column, _ in THINGS.values()
    ]
    receive(
        lots_settings,
        tmp_path,
        "\n".join((MADE.format(1), MADE.format(2), *more, *rows, *third)),
        "C1",
    )
    receive(
        lots_settings,
        tmp_path,
        "\n".join(f"{row} {column}=other" for row, column, _ in THINGS.values()),
        "C2",
    )
    got = {
        (kind, name): said(implicate(lots_settings, [Subject(kind, name)], through=NOW).certificate)
        for kind in THINGS
        for name in ("one", "other", "third")
    }
    wanted = {
        (kind, name): {sentence(row.split()[0])} if name != "third" else set()
        for kind, (row, _, _) in THINGS.items()
        for name in ("one", "other", "third")
    }
    assert {asked: found for asked, found in got.items() if found != wanted[asked]} == {}

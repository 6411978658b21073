"""Views of what the lines of each packed lot tell, from which the sums of lots are kept: pack by
pack where a line names one, else line by line (docs/counting.md).

Of the terms of a pack, sums over packs are what a figure is made of. What is bound to more than its
lot and its pack is in no sum: its lines are counted anew with each question, by
sql/queries/vial_figures.sql, which is also what a test holds the sums against.
"""

VIEWS = PACK_TOLD, LINE_TOLD = "lineage.pack_told", "lineage.line_told"
STATES = {1: "dispensed", 2: "prepared", 3: "not_given", 4: "given"}
# Of what was given or not given at least that counts of which every version tells the same.
LEAST = {1: "least_1", 2: "least_2", 3: "sure_3", 4: "sure_4"}
TERMS = (
    *(f"{what}_{n}" for n in STATES for what in ("least", "most", "blank", "keyed")),
    *("alone_1", "alone_most_1", "unmatched_1", "counted_1", "counted_most_1", "counted_after_1"),
    *("alone_2", "alone_most_2", "unmatched_2", "counted_2", "counted_most_2", "counted_after_2"),
    *("nameless", "nameless_most", "counted_keyed", "keyed"),
)
SUMS = ("lines", *TERMS)  # kept of a lot: of how many lines, and their terms
# By itself a line says surely of one person what it says; by its preparation as long as it is known
# what all was in that.
SURELY = "alone AND sure AND least > 0 AND basis {0} 'preparation'"
BROUGHT = "state IN ('prepared', 'not_given')"
# Kept of each patient of a lot: how many rows of lines say so.
SAID = {
    "given": "state = 'given'",
    "doubted": "state = 'given' AND NOT sure",
    "prepared": BROUGHT,
    "dispensed": "state = 'dispensed'",
    "surely_given": f"state = 'given' AND {SURELY.format('<>')}",
    "surely_prepared": f"{BROUGHT} AND {SURELY.format('<>')}",
    "surely_dispensed": f"state = 'dispensed' AND {SURELY.format('<>')}",
    "whole_given": f"state = 'given' AND {SURELY.format('=')}",
    "whole_prepared": f"{BROUGHT} AND {SURELY.format('=')}",
}


def views() -> tuple[str, str]:
    """Both views: {lot, what tells of it, whether that is bound to more, and each of the sums'
    terms}.
    """
    return _packs(), _lines()


# Given by its preparation alone: what that is hangs on all that went into it.
OF_PREPARATION = "basis = 'preparation' AND {0}preparation IS NOT NULL"
# A line of several lots or patients; and either side of a preparation that was given as a whole.
BOUND = f"""NOT v.alone OR v.{OF_PREPARATION.format("v.")} OR v.record = 'reconstitution_vial' AND EXISTS (
            SELECT FROM lineage.vial AS whole
            WHERE whole.{OF_PREPARATION.format("whole.")}
                AND whole.place = v.place AND whole.preparation = v.preparation
        )"""


def _packs() -> str:
    told = ",\n        ".join(_told())
    terms = {
        **_by_stage(),
        "alone_1": "greatest(0, least(least_1, holds) - after_1)",
        "alone_most_1": _room("most_1", "greatest(least_2, least_3, least_4)"),
        "unmatched_1": "greatest(0, after_1 - least_1)",
        "alone_2": "greatest(0, least(least_2, holds) - after_2)",
        "alone_most_2": _room("most_2", "greatest(least_3, least_4)"),
        "unmatched_2": "greatest(0, after_2 - least_2)",
        "nameless": f"least(greatest(0, {_blanks()}), unnamed)",
        "nameless_most": _room("blank_most", "named"),
        "keyed": "keyed",
    }
    return f"""CREATE VIEW {PACK_TOLD} AS
SELECT lot, origin, lines, bound, {_listed(terms)}
FROM (
    SELECT told.*, most_2 + most_3 + most_4 AS after_1, most_3 + most_4 AS after_2,
        keyed_1 + keyed_2 + keyed_3 + keyed_4 AS keyed, greatest(named_1, named_2, named_3, named_4) AS named,
        CASE WHEN holds IS NOT NULL THEN greatest(holds, most_1, most_2, most_3, most_4) END AS room,
        CASE WHEN holds IS NOT NULL THEN
            greatest(0, holds - greatest(named_1, named_2, named_3, named_4))
        END AS unnamed
    FROM (
        SELECT v.lot, v.origin, max(v.holds) AS holds, count(*) AS lines,
        -- So is a pack of which lines tell that it is of several lots.
        bool_or({BOUND}) OR count(*) OVER (PARTITION BY v.origin) > 1 AS bound,
        {told}
        FROM lineage.vial AS v
        WHERE v.origin IS NOT NULL
        GROUP BY v.lot, v.origin
    ) AS told
) AS pack"""


def _told() -> list[str]:
    """What is told of a pack, stage by stage."""
    named = {
        "least": ("least", ""),
        "most": ("vials", ""),
        "blank": ("least", " AND v.patient = 0"),
        "named": ("least", " AND v.patient > 0"),
        "keyed": ("vials", " AND v.patient > 0"),
    }
    found = [
        _sum(f"v.{column}", f"v.state = '{state}'{more}", f"{what}_{n}")
        for n, state in STATES.items()
        for what, (column, more) in named.items()
    ]
    found += [_sum("v.least", f"v.state = '{STATES[n]}' AND v.sure", f"sure_{n}") for n in (3, 4)]
    return [*found, _sum("v.vials", "v.patient = 0", "blank_most")]


def _sum(value: str, where: str, name: str) -> str:
    return f"coalesce(sum({value}) FILTER (WHERE {where}), 0) AS {name}"


def _by_stage() -> dict[str, str]:
    # No pack has more vials than it holds, however many lines tell of them.
    return {
        f"{what}_{n}": term
        for n in STATES
        for what, term in (
            ("least", f"least({LEAST[n]}, holds)"),
            ("most", f"most_{n}"),
            ("blank", f"least(blank_{n}, unnamed)"),
            ("keyed", f"keyed_{n}"),
        )
    }


def _room(most: str, taken: str) -> str:
    return f"least({most}, CASE WHEN room IS NOT NULL THEN greatest(0, room - {taken}) END)"


def _blanks() -> str:
    return ", ".join(f"blank_{n} - (keyed - keyed_{n})" for n in STATES)


def _lines() -> str:
    """Lines that name no pack by which others could be matched with them."""

    def of(column: str, *states: int, more: str = "") -> str:
        said = ", ".join(f"'{STATES[n]}'" for n in states)
        return f"CASE WHEN v.state IN ({said}){more} THEN v.{column} ELSE 0 END"

    terms = {
        **{f"least_{n}": of("least", n, more=" AND v.sure" if n > 2 else "") for n in STATES},
        **{f"most_{n}": of("vials", n) for n in STATES},
        **{f"blank_{n}": of("least", n, more=" AND v.patient = 0") for n in STATES},
        **{f"keyed_{n}": of("vials", n, more=" AND v.patient > 0") for n in STATES},
        "counted_1": of("least", 1),
        "counted_most_1": of("vials", 1),
        "counted_after_1": of("vials", 2, 3, 4),
        "counted_2": of("least", 2),
        "counted_most_2": of("vials", 2),
        "counted_after_2": of("vials", 3, 4),
        "nameless_most": "CASE WHEN v.patient = 0 THEN v.vials ELSE 0 END",
        "counted_keyed": "CASE WHEN v.patient > 0 THEN v.vials ELSE 0 END",
        "keyed": "CASE WHEN v.patient > 0 THEN v.vials ELSE 0 END",
    }
    return f"""CREATE VIEW {LINE_TOLD} AS
SELECT v.lot, v.record, v.key, 1 AS lines, {BOUND} AS bound, {_listed(terms)}
FROM lineage.vial AS v
WHERE v.origin IS NULL"""


def _listed(terms: dict[str, str]) -> str:
    return ", ".join(
        f"\n    ({terms[name]})::bigint AS {name}"
        if name in terms
        else f"\n    0::bigint AS {name}"
        for name in TERMS
    )

"""What a trace may lack because a pool's or lot's name was written wrong: docs/certificate.md, "Of a
trace".
"""

from tests.walk.linking import Node, edges, nodes
from tests.walk.near import alike
from tests.walk.paths import LINES
from tests.walk.sums import has_row
from tests.walk.vials import lots
from tests.walk.way import Answer, Told


def misnamed_above(told: Told, shown: Answer) -> set[Node]:
    """Pools and lots that may be one that a trace shows, their names written wrong."""
    accepted, ours = told.accepted, shown.nodes | shown.above
    every, made = nodes(accepted), edges(accepted)
    pooled = {
        (row["plant"], row["pool_number"], "pool") for _, row in accepted.standing("pool_unit")
    }
    filled = {lot for of in made.values() for lot in of} | pooled
    used = {(r["manufacturer"], r["lot_number"], "packed") for r in accepted.all("pack")}
    for record in LINES:
        for _, row in accepted.standing(record):
            used |= {lot for lot, _ in lots(record, row, told.stock) if lot}
    makers = {node[0] for node in every if has_row(accepted, node) and node[2] != "external"}
    return {
        node
        for node in every & filled - ours - used
        if node[2] in {one[2] for one in ours} - {"external"}
        and not made.get(node)
        and not has_row(accepted, node)
        and (
            node[0] in {one[0] for one in ours}
            or node[0] not in makers
            or any(alike(node[1], one[1]) for one in ours)
        )
    }

"""Questions about pools, lots and packs themselves."""

from lots.grammar.column import When
from lots.questions.path import ABOVE, FROM_LINES, FROM_LOTS, HELD, LINES, Leg, named_by, naming
from lots.questions.question import NamedIn, Question

ORDER = 2
LOT_NAME = """NUMBER, MAKER/NUMBER[/STEP] or '["MAKER", "NUMBER", "STEP"]'"""
POOL_NAME = """NUMBER, MAKER/NUMBER or '["MAKER", "NUMBER"]'"""
PACK_NAME = "GTIN/SERIAL"
NAMES = Leg(
    "its lot, and its later names",
    named_by("pack.lot") + naming("relabelling.pack") + named_by("relabelling.new_pack"),
)

QUESTIONS = (
    Question(
        "pool",
        "a pool",
        (),
        FROM_LOTS,
        called=("pool_number",),
        form=POOL_NAME,
        of_nodes=True,
        named_in=(
            NamedIn("test_result", "tested_id", When("tested", ("pool",))),
            NamedIn("lot_input", "from_number", When("from_step", ("pool",))),
        ),
    ),
    Question(
        "lot",
        "a lot or pool",
        (),
        FROM_LOTS,
        called=("lot_number", "from_lot_number", "from_number", "pool_number"),
        form=LOT_NAME,
        of_nodes=True,
        named_in=(NamedIn("test_result", "tested_id", When("tested", ("lot", "pool"))),),
        above=ABOVE,
    ),
    Question(
        "pack",
        "a pack",
        (NAMES, LINES, HELD),
        FROM_LINES,
        called=("serial", "new_serial"),
        form=PACK_NAME,
        above=ABOVE,
    ),
)

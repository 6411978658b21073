"""Worlds drawn from a seed: their answers are complete and true, and stay true whatever is changed
(docs/certificate.md). `make worlds N=…` for more.
"""

from random import Random

import pytest

from lots.pipeline.link import link_everything
from lots.records import records
from lots.settings import Settings
from tests.integration.losses import losses, lost, world
from tests.worlds.broken import kept_aside, refusals
from tests.worlds.changes import changes
from tests.worlds.judged import ANY_PRODUCT, SILENT, Judge, Tally
from tests.worlds.lives import LATER
from tests.worlds.page import PAGE, rows
from tests.worlds.run import told

# What hangs on these is derived without tables that stay until the end of the transaction.
SHALLOW = ("donation", "minipool_member", "plasma_unit", "test_result")


@pytest.mark.parametrize("seed", [1, 3, 5])
def test_answers_are_true_whatever_is_changed(lots_settings: Settings, seed: int) -> None:
    tally = Tally()
    drawn = told(lots_settings, seed, chains=1)
    kept_aside(lots_settings, drawn, seed)
    judge = Judge(drawn.questions(), tally)
    with world(lots_settings) as connection:
        judge.begin(connection, seed)
        # Asked about a pack, a diluent or a person, what others do not tell may be of it; of a
        # period in which nothing happened it is said that none is known.
        whole = {kind for kind, _ in judge.truth if not kind.startswith(LATER)} - {
            "pack",
            "trace pack",
            "trace lot",
            *ANY_PRODUCT,
        }
        assert {kind for kind, _ in judge.whole} >= whole
        draw = Random(seed)
        for loss in draw.sample([*changes(connection)], 12):
            judge.change(connection, seed, next(judge.together(connection, [loss])), draw)
        both = (*losses(connection), *refusals(connection, records()[draw.choice(SHALLOW)]))
        shallow = [loss for loss in both if loss.record in SHALLOW]
        for loss in draw.sample(shallow, 2):
            with lost(connection, loss):
                assert not link_everything(connection), f"more hangs on it: {loss.name}"
    assert not tally.wrong, "\n".join(tally.wrong)
    assert any(said == SILENT for _, _, said in tally.answers)
    assert tally.changes


def test_the_page_names_every_link_of_a_path() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for record, link in rows():
        tables = 1 if link == "the file" else 2
        assert page.count(f"| {record} | {link} |") == tables, (record, link)

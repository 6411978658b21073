"""Every link of a path must be told, or says why not; and docs/certificate.md tells of what things what
must be told.
"""

import re

from lots.grammar.column import Column, Kind, Link
from lots.grammar.links import nameless, party
from lots.grammar.schema import Record
from lots.questions.ends import may_be_empty, must_tell, things
from lots.records import records
from lots.settings import ROOT


def unsaid(record: Record) -> set[str]:
    """Links of which nothing says whether a row must tell them, or that say two things."""
    told = {link.name for group in must_tell(record) for link in group}
    return {k.name for k in record.links if (k.name in told) == bool(k.aside or k.optional)}


def test_every_link_must_be_told_or_says_why_not() -> None:
    assert {name: found for name, r in records().items() if (found := unsaid(r))} == {}


def test_a_link_that_is_aside_and_must_be_told_is_seen() -> None:
    names = Column(1, "one", Kind.CODE, "one"), Column(2, "other", Kind.CODE, "other")
    links = (party("one"), nameless("other", "other", "other"))
    pair = Record("pair", "intake", "", ("one",), names, links, enough=(("one", "other"),))
    assert unsaid(pair) == {"one"}


def test_only_links_of_a_path_say_how_they_are_told() -> None:
    def says(link: Link) -> bool:
        return bool(link.unless or link.optional or link.each)

    assert [k for r in records().values() for k in r.links if k.aside and says(k)] == []


def test_what_is_never_empty_is_not_looked_for() -> None:
    looked_for = {name for name, record in records().items() if may_be_empty(record)}
    assert {"donation", "test_result", "dispensing", "pack", "shipment"} <= looked_for
    assert looked_for.isdisjoint({"minipool_member", "lot_input", "pool_unit", "relabelling"})


def test_the_page_of_certificates_tells_every_thing_of_which_something_must_be_told() -> None:
    page = (ROOT / "docs" / "certificate.md").read_text("utf-8")
    told = page.partition("| thing | must be told of by |")[2].partition("\n\n")[0]
    cells = [line.split("|")[1] for line in told.splitlines()[2:]]
    bare = [re.sub(r" \(.*| (?:that|of) .*|, but .*", "", cell.strip()) for cell in cells]
    # A unit that is only named waits for its row: it is parked, and kept there.
    of_things = {thing.name for thing in things(records())} | {"plasma unit"}
    assert {name for cell in bare for name in cell.split(", ")} == of_things

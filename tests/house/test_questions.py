"""What can be asked about is declared once and whole: every link is on a path, or says why not."""

import re
from collections.abc import Mapping

from lots.grammar.column import Column, Kind, Link
from lots.grammar.links import OF_VIALS, SAYS_WHO_HAD_PACKS, nameless, party
from lots.grammar.schema import Line, Record
from lots.papers.questions import whole
from lots.questions import questions
from lots.questions.path import (
    LINES,
    PATIENTS,
    edge_records,
    lines,
    node_records,
    steps_of,
    tell_of_lines,
    tell_of_packs,
)
from lots.records import records
from lots.settings import ROOT
from lots.store.asked import ASKED
from lots.store.queries import query


def unplaced(of: Mapping[str, Record]) -> set[str]:
    """Links that no question crosses and that do not say why, or that do both."""
    crossed = {str(step) for question in questions().values() for step in question.crossed(of)}
    links = {f"{record.name}.{k.name}": k for record in of.values() for k in record.links}
    return {name for name, link in links.items() if (name in crossed) == bool(link.aside)}


def test_every_link_is_on_a_path_or_says_why_it_makes_none() -> None:
    assert unplaced(records()) == set()


def test_a_link_that_is_on_no_path_and_says_nothing_is_seen() -> None:
    assert unplaced({**records(), "home": home()}) == {"home.visit"}


def home(line: Line | None = Line.GIVEN) -> Record:
    """A record that nobody has: vials given at home, and a link that says nothing of itself."""
    names = ("nurse", "number", "serial", "lot_number", "patient_key", "visit")
    columns = tuple(Column(n, name, Kind.CODE, name) for n, name in enumerate(names, 1))
    visit = Link("visit", ("visit",), "deviation")
    links = (party("nurse"), *OF_VIALS, nameless("patient", "patient_key", "patient"), visit)
    return Record("home", "distribution", "", ("nurse", "number"), columns, links, line=line)


def test_what_a_record_declares_is_enough_to_be_walked() -> None:
    every = {**records(), "home": home()}
    assert {str(s) for s in steps_of(LINES, every)} >= {"home.pack", "home.lot"}
    assert "home.patient" in {str(s) for s in steps_of(PATIENTS, every)}
    assert "home" in tell_of_packs(every) & tell_of_lines(every)
    untold = {**records(), "home": home(line=None)}
    assert "home" not in tell_of_lines(untold)
    assert "home.pack" not in {str(s) for s in steps_of(LINES, untold)}


def test_every_step_of_a_path_is_a_link_and_every_read_a_column() -> None:
    for question in questions().values():
        for step in question.crossed(records()):
            assert records()[step.record].link(step.link), step
        for read in question.reads:
            record, dated = records()[read.record], read.dated
            for name in (*read.columns, dated.began, dated.ended, dated.place):
                assert record.column(name), (question.name, name)
        for named in question.named_in:
            assert records()[named.record].column(named.column), (question.name, named)
        assert bool(question.reads) == bool(question.period), question.name


def test_every_question_has_its_statement_and_every_statement_its_question() -> None:
    files = {path.stem for path in (ROOT / "sql" / "questions").glob("*.sql")}
    by_one = {name: asked.file for name, asked in ASKED.items() if asked.file}
    assert files == {by_one.get(q.name, q.name) for q in questions().values() if not q.of_nodes}


def test_every_question_stands_in_the_readme_and_has_a_section_of_its_own() -> None:
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    told = readme.partition("A question may be about a ")[2].partition(".")[0].replace("/", " ")
    for question in questions().values():
        words = {"sd_batch": "solvent detergent batch"}.get(question.name, question.words)
        assert words in told, question.name
        assert f"\n## {question.option}\n" in whole()


def test_linking_reads_every_record_that_is_declared_to_make_a_node_an_edge_or_a_line() -> None:
    """One that its statements leave out would be missing in every answer."""
    edges, nodes = (query(name).text for name in ("link_edges", "link_nodes"))
    assert {*re.findall(r"FROM standing\.(\w+)", edges)} == {*edge_records(records())}
    assert {*re.findall(r"FROM (?:accepted|standing)\.(\w+)", nodes)} == node_records(records())
    sources = {path.stem for path in (ROOT / "sql" / "queries").glob("source_*.sql")}
    assert sources == {f"source_{record.name}s" for record in lines(records())}


def test_whoever_a_record_says_had_packs_is_asked_to_be_heard() -> None:
    """One that these statements leave out would be missed in silence: the answer is called complete."""
    holders = {
        (record.name, link.name): link.columns[0]
        for record in records().values()
        for link in record.links
        if link.aside == SAYS_WHO_HAD_PACKS
    }
    columns = {(record, column) for (record, _), column in holders.items()}
    names = ("heard", "who_had_packs", "placed_nowhere", "came_to_party")
    heard, who, nowhere, came = (
        (ROOT / "sql" / "queries" / f"{name}.sql").read_text("utf-8") for name in names
    )
    begun = re.findall(r"min\((\w+)\) FROM accepted\.(\w+)", heard)
    next_ = re.findall(r"FROM accepted\.(\w+) AS (\w) WHERE \2\.(\w+) > last\.party", heard)
    assert {(record, column) for column, record in begun} == columns
    assert {(record, column) for record, _, column in next_} == columns
    within = r"FROM standing\.(\w+) AS (\w)\b(?:(?!FROM standing\.\w+ AS).)*?\2\.(\w+) BETWEEN"
    for text in (heard, who):
        found = re.findall(within, text, re.DOTALL)
        assert {(record, column) for record, _, column in found} == columns
    assert holders.keys() <= {*re.findall(r"\('(\w+)', '(\w+)'\)", nowhere)}
    assert {record for record, _ in columns} <= {*re.findall(r"FROM standing\.(\w+)", came)}


def test_the_store_lists_no_records_that_make_edges_it_asks_the_declarations() -> None:
    """A second list would be forgotten when a record is added: see lots/store/lineage/declared.py."""
    code = {path: path.read_text("utf-8") for path in (ROOT / "lots" / "store").rglob("*.py")}
    listed = {
        str(path.relative_to(ROOT)): names
        for path, text in code.items()
        if (names := {name for name in edge_records(records()) if f'"{name}"' in text})
    }
    assert listed == {}

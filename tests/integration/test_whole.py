"""The small plant that the demo shows beside the large one: nothing is missing of it."""

from pathlib import Path

from lots.pipeline.implicate import Subject, implicate
from lots.pipeline.receive_all import receive_all
from lots.settings import Settings
from synthetic import whole
from tests.builders import NOW


def test_an_answer_of_a_plant_that_told_all_is_complete(
    lots_settings: Settings, tmp_path: Path
) -> None:
    for sender, files in whole.write(tmp_path, 2025).items():
        receive_all([*map(str, files)], lots_settings, by="QA", now=lambda: NOW, sender=sender)
    found = implicate(lots_settings, [Subject("donation", "D1")])
    assert found.certificate.complete
    assert (found.bounds.given.least, found.bounds.given.most) == (1, 1)
    assert [str(found.certificate.since), str(found.certificate.through)] == [
        "2025-01-01 00:00:00+00:00",
        "2025-12-01 00:00:00+00:00",
    ]

"""A run that is interrupted: Airflow takes it for a task that failed, and would go on."""

from pathlib import Path

from lots.settings import Settings
from tests import builders
from tests.dags.conftest import answer


def test_an_interruption_in_a_task_ends_the_run(
    environ: dict[str, str], airflow_settings: Settings
) -> None:
    place = Path(airflow_settings.landing_url) / "C1"
    builders.write(place, "party-1.csv", b"party_id,kind,name\nX,clinic,X\n")
    assert answer("interrupted", environ=environ) == "interrupted"

"""The command, run in the tests' own process."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from lots.command import cli
from lots.settings import Settings
from lots.settings import settings as of_process


@pytest.fixture
def lots(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Settings, Sequence[str]], int]]:
    """The command in this process, with the settings that it is given."""

    def run(settings: Settings, arguments: Sequence[str]) -> int:
        monkeypatch.setenv("LOTS_HOME", str(settings.home))
        monkeypatch.setenv("LOTS_DATABASE_URL", settings.database_url or "")
        monkeypatch.setenv("LOTS_RAW_URL", settings.raw_url)
        of_process.cache_clear()
        return cli.main([*arguments])

    yield run
    of_process.cache_clear()

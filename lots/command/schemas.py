"""The schema of what each verb prints with --json, from what its function says that it answers."""

from types import ModuleType
from typing import Any, get_args, get_type_hints

from lots.command.parser import parser
from lots.papers import schemas


def answers(verbs: ModuleType) -> dict[str, Any]:
    """The kind of each verb's answer, of the module that has a function for each."""
    return {name: get_args(get_type_hints(getattr(verbs, name))["return"])[0] for name in names()}


def names() -> tuple[str, ...]:
    """Every verb of the command."""
    # argparse has no public way to its own verbs.
    (choices,) = (action.choices for action in parser()._actions if action.dest == "verb")
    return tuple(choices or ())


# From the verbs' own types: an answer that changes changes its schema, or a test fails.
def pages(verbs: ModuleType) -> dict[str, str]:
    """Each schema by its file's name under docs/."""
    return {
        f"schemas/{name}.json": schemas.page(f"lots {name} --json", kind)
        for name, kind in answers(verbs).items()
    }

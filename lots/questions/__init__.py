"""What can be asked about: each kind once, with its name, its help, its path and where rows name
it.

The command, its help, the gaps of a certificate and docs/questions.md follow from these.
"""

import importlib
import pkgutil
from functools import cache

from lots.questions.question import Question


@cache
def questions() -> dict[str, Question]:
    """All of them by name, in the order in which they are told."""
    found = [
        importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__)
    ]
    # By their own order, since help and pages tell them as a chain: from donors to patients.
    families = sorted((m for m in found if hasattr(m, "QUESTIONS")), key=lambda m: m.ORDER)
    return {question.name: question for module in families for question in module.QUESTIONS}


def implicating() -> dict[str, Question]:
    """Those of which `lots implicate` says what they concern."""
    # Of a patient or a party there is nothing further down that could be implicated.
    return {name: question for name, question in questions().items() if not question.traced_alone}


def traced() -> dict[str, Question]:
    """Those of which a trace shows the tree both ways."""
    return {name: question for name, question in questions().items() if question.above}

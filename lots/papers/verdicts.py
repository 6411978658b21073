"""The page of the norm of verdicts, from its table."""

from collections.abc import Iterator

from lots.decisions.checks import CHECKS
from lots.decisions.norm import LETTERS, ROLES, Cell, Norm, Purpose, norm
from lots.papers.page import page, table

BEGINNING = """# The norm of verdicts

What a scan is told, by what was found of its pack and by what the pack is scanned for. Written by `lots docs` from
`lots/decisions/verdicts.toml`: a licence holder changes that file, two people together, and not this page.

Every check is made and told. All grounds are shown, and the worst decides: over the lot and the market of the place,
stops in all markets, the pack and the site. A check that could not be made is a ground itself (`not checked`), so that
no scan is told GO unless every check was made. What is found upstream, of a donor or a donation, changes no scan;
facts of the pack itself do at once."""

KEY = """**G** go · **A** ask · **Q** accept into quarantine only · **N** no verdict · **S** stop, which the roles in
brackets override together · **X** stop, which nobody overrides · **-** not asked here. From G to X each is worse than
the one before, but for N, which stands between Q and S: what was found weighs more than what could not be looked for.
In brackets after A stands who answers."""

READINGS = """## Several readings

A string that lost its separators may be read in several ways. If any of them is stopped: stop. Otherwise one wins only
where every other's maker says that it has made no such pack; else the code is `unreadable`. A reading that had to be
mended counts only where its serial is known: by its lot alone it is not judged."""


def whole() -> str:
    """The whole page."""
    told = norm()
    return page(
        BEGINNING, _stated(told), KEY, _roles(), _grounds(told), READINGS, _checks(), *_added(told)
    )


def _stated(told: Norm) -> str:
    return f"Version {told.version}, valid from {told.valid_from}. Source: {told.citation}."


def _roles() -> str:
    return " · ".join(f"{short} {long}" for short, long in ROLES.items())


def _grounds(told: Norm) -> str:
    return table(
        ("code", "ground", *(purpose.value for purpose in Purpose)),
        (
            (f"`{g.code}`", g.says, *(_cell(g.cells[purpose]) for purpose in Purpose))
            for g in told.grounds.values()
        ),
    )


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "-"
    # The table is read by letters and shown by letters: no cell is written down twice.
    letters = {worst: letter for letter, worst in LETTERS.items()}
    shorts = {long: short for short, long in ROLES.items()}
    by = f"[{'+'.join(shorts[role] for role in cell.by)}]" if cell.by else ""
    return f"{letters[cell.worst]}{by}" + (f"; {cell.note}" if cell.note else "")


def _checks() -> str:
    every = "\n".join(f"- {check.code}: whether {check.says}" for check in CHECKS)
    return f"## Checks\n\nOf each scan it is told whether it could be seen:\n\n{every}"


def _added(told: Norm) -> Iterator[str]:
    rows = [f"- `{g.code}`: {g.added}" for g in told.grounds.values() if g.added]
    yield "## What the house added\n\n" + "\n".join(rows)

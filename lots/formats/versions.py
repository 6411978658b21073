"""Which version of its sender's profile a file is read by: told by the file itself, never by when
it arrives.

A day in the file's name says it; else the version that knows most of its columns. Where that leaves
two that would read it differently, or where name and header contradict each other, the file is
refused whole: nothing is guessed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lots.errors import FileRefused
from lots.formats.batch import Layout
from lots.formats.convert import way
from lots.formats.profile import Profile

# The same mark, or none, on both sides: 2026-0715 is no day, and neither is part of a longer
# number.
DAY = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})(-?)([0-9]{2})\2([0-9]{2})(?![0-9])")
LayoutBy = Callable[[Profile], Layout]  # raises FileRefused


@dataclass(frozen=True, slots=True)
class _Fit:
    """A version that fits a file, and the file's layout by it."""

    version: Profile
    layout: Layout


def layout_as_of(profile: Profile, file_name: str, layout_by: LayoutBy) -> Layout:
    """The layout by the version that the file is of. Raises FileRefused where no version fits, or
    it cannot be told.
    """
    if not profile.versions:
        return layout_by(profile)
    fits, refusals = _tried(profile, layout_by)
    version = dated(profile, file_name)
    if version:
        return _by_its_day(version, fits, refusals)
    if not fits:
        raise FileRefused(_none_fits(profile, refusals))
    best = [fit for fit in fits if not any(_knows_more(other, fit) for other in fits)]
    # Versions that would make the same of this file need not be told apart.
    if differ := _differences(best):
        raise FileRefused(
            f"{_these(best)} of the profile of {profile.sender} fit the header, and would read "
            f"{', '.join(differ)} differently; expected the file's day in its name, as YYYY-MM-DD."
        )
    return best[-1].layout


def version_name(version: Profile) -> str:
    """A version's name in sentences."""
    return f"the version from {version.since}" if version.since else "the first version"


def dated(profile: Profile, file_name: str) -> Profile | None:
    """The version in force on the day in a file's name; None where it has no day, or days of
    several versions.
    """
    found = [profile.on(day) for day in _days(file_name)]
    return found[0] if found and all(version.since == found[0].since for version in found) else None


def _days(file_name: str) -> Iterator[date]:
    for year, _, month, day in DAY.findall(file_name):
        try:
            yield date(int(year), int(month), int(day))
        except ValueError:  # eight digits that are no day
            continue


def _tried(profile: Profile, layout_by: LayoutBy) -> tuple[list[_Fit], list[tuple[Profile, str]]]:
    fits, refusals = [], []
    for version in profile.every:
        try:
            fits.append(_Fit(version, replace(layout_by(version), version=version.since)))
        except FileRefused as refusal:
            refusals.append((version, str(refusal)))
    return fits, refusals


def _by_its_day(version: Profile, fits: list[_Fit], refusals: list[tuple[Profile, str]]) -> Layout:
    """The layout by the version that the name tells; FileRefused where the header tells of another
    one.
    """
    own = next((fit for fit in fits if fit.version.since == version.since), None)
    # A file that was named by hand on the day it was sent may be of an older template.
    better = [fit for fit in fits if own is None or _knows_more(fit, own)]
    if better:
        raise FileRefused(
            f"The day in the file's name is one of {version_name(version)} of the profile of"
            f" {version.sender}, but its header is that of {version_name(better[-1].version)}; expected"
            " both to say the same."
        )
    if own is None:
        raise FileRefused(_none_fits(version, refusals))
    return own.layout


def _none_fits(profile: Profile, refusals: list[tuple[Profile, str]]) -> str:
    """What each version misses; once where all miss the same."""
    if len({sentence for _, sentence in refusals}) == 1:
        return refusals[0][1]
    each = " ".join(f"By {version_name(version)}: {sentence}" for version, sentence in refusals)
    return (
        f"None of the {len(refusals)} versions of the profile of {profile.sender} fits the file."
        f" {each}"
    )


def _knows_more(one: _Fit, other: _Fit) -> bool:
    """Whether a version knows every column of the file that another knows, and one that it does
    not.
    """
    # By inclusion, not by number: two that each know a column that the other does not are not
    # comparable.
    return set(one.layout.extras) < set(other.layout.extras)


def _these(fits: list[_Fit]) -> str:
    text = " and ".join(version_name(fit.version) for fit in fits)
    return text[:1].upper() + text[1:]


def _differences(fits: list[_Fit]) -> list[str]:
    """What versions would read differently in a file; nothing where it does not matter which of
    them reads it.
    """
    readings = [_reading(fit) for fit in fits]
    names = dict.fromkeys(name for reading in readings for name in reading)
    return [name for name in names if any(r.get(name) != readings[0].get(name) for r in readings)]


def _reading(fit: _Fit) -> dict[str, object]:
    """All that decides what a version makes of a file."""
    layout, version = fit.layout, fit.version
    sent = {
        target: (name, way(version, layout.record, target))
        for name, target in zip(layout.names, layout.targets, strict=True)
        if target
    }
    found: dict[str, object] = {
        "its record type": layout.record.name,
        "its form": layout.form,
        **sent,
    }
    if layout.text:
        found |= {"its delimiter": layout.delimiter, "its encoding": version.encoding}
    if layout.log:
        found |= {
            "its plant": version.plant,
            "its run": version.run,
            "its times": (version.written, version.zone),
        }
    return found


def reading_notices(version: Profile, layout: Layout, *, several: bool) -> Iterator[str]:
    """What a person should know of how a file was read: by which version, and what was turned from
    another unit.
    """
    if several:
        yield f"Read by {version_name(version)} of the profile of {version.sender}."
    ways = (
        {target: way(version, layout.record, target) for target in layout.columns}
        if version.units
        else {}
    )
    turned = [f"{target} from {of.unit[0]}" for target, of in ways.items() if of.unit]
    if turned:
        yield f"Turned into the template's units: {', '.join(turned)}."

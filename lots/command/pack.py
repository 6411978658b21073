"""One pack's labels, making and way, as branches of its trace on a terminal."""

from collections.abc import Sequence
from datetime import datetime

from rich.tree import Tree

from lots.answers import Whereabouts
from lots.answers.pack import Label, Made, Moved, PackHistory
from lots.answers.wording import many
from lots.command.listed import key
from lots.visible import marked as escape

MADE = {
    "viral_inactivation": "virus inactivation",
    "virus_removal": "virus removal",
    "filling": "filling",
    "lyophilisation": "freeze-drying",
}


def history(root: Tree, told: PackHistory, places: Sequence[Whereabouts]) -> None:
    """Add the label under each name, how the lot was made, who had the pack when,
    and who has it.
    """
    for label in told.labels:
        root.add(_label(label))
    if told.made:
        made = root.add("how it was made")
        for one in told.made:
            made.add(_made(one))
    # That nothing is told is said: an empty branch would read as if it had never moved.
    way = root.add("custody" if told.custody else "custody: no record tells of this pack's way")
    for step in told.custody:
        way.add(_moved(step))
    for place in places:
        way.add(f"now: [bold]{escape(f'{place.whereabouts}, {place.holder}')}[/]")


def _label(label: Label) -> str:
    facts = [
        f"lot {label.lot.maker}/{label.lot.number}" if label.lot else "no lot",
        many(label.vials, "vial") if label.vials is not None else "",
        f"{label.content_g} g a vial" if label.content_g else "",
        f"expires {label.expires_on}" if label.expires_on else "no expiry",
        f"packed {_at(label.packed_at)}",
    ]
    # The name that was asked by needs not be said again.
    name = "label" if label.itself else f"label {label.gtin}/{label.serial}"
    return f"{escape(name)}: {escape(', '.join(filter(None, facts)))}"


def _made(one: Made) -> str:
    known = "" if one.known else " [red](no record of it has arrived)[/]"
    ended = f" to {_at(one.ended)}" if one.ended else ""
    on = f", on {one.on}" if one.on else ""
    return (
        f"{MADE.get(one.made, one.made)} [bold]{escape(key(one.key))}[/]{known}:"
        f" {escape(f'{one.lot}{on}')}, {_at(one.began)}{ended}"
    )


def _moved(step: Moved) -> str:
    whom = " ".join(
        f"{word} {party}"
        for word, party in (
            ("from", step.from_party),
            ("to" if step.from_party else "at", step.to_party),
        )
        if party
    )
    told = f", {step.told}" if step.told else ""
    said = " ".join(filter(None, (step.moved, whom)))
    return f"{_at(step.at)} [green]{escape(said)}[/]{escape(told)}: {step.record} {escape(key(step.key))}"


def _at(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else "at a time that is not known"

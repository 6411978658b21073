"""Bought paste, toll work, repacked goods: a lawful end of the chain."""

from lots.grammar.column import Column, Link
from lots.grammar.links import SAYS_WHERE, party
from lots.grammar.schema import Holds, Kind, Record, Tells

RECORD = Record(
    "external_lot",
    "pooling",
    "A lot made by another firm; who holds the donors' data is recorded.",
    # A lawful end of the chain: whose donors they were, the supplier knows.
    key=("supplier", "lot_number"),
    columns=(
        Column(1, "supplier", Kind.CODE, "who made it (party id)", tells=Tells.MAKER),
        Column(2, "lot_number", Kind.CODE, "its number at the supplier"),
        # Excipients too: albumin that is added comes from donors as well.
        Column(
            3,
            "kind",
            Kind.CHOICE,
            "what it is",
            required=True,
            choices=("paste", "bulk", "toll_work", "excipient", "repacked"),
        ),
        Column(4, "product", Kind.CODE, "what it is of", tells=Tells.PRODUCT),
        Column(5, "received_at", Kind.INSTANT, "when it arrived", happened=True, completable=True),
        # Who is asked when one of its donors turns out ill.
        Column(
            6,
            "donor_data_holder",
            Kind.CODE,
            "who can name its donors (party id)",
            tells=Tells.PLACE,
            completable=True,
        ),
        Column(7, "certificate", Kind.CODE, "the supplier's certificate"),
    ),
    links=(
        party("supplier"),
        Link("data_holder", ("donor_data_holder",), "party", aside=SAYS_WHERE),
    ),
    at="received_at",
    holds=Holds.LOT,
)

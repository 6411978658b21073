"""Whose a file is: as it is told, else the folder that it lies in; and never moved to another."""

import os
from pathlib import PurePosixPath

from lots.errors import CallError, OtherSender
from lots.pipeline.incoming import local_path
from lots.store.intake.receipts import Receipt
from lots.visible import storable, visible


def sender_of(location: str, told: str = "") -> str:
    """Whose a file is: as told, else the folder that it lies in. Raises CallError for what is no
    sender's name.
    """
    # It is a file's name where the sender's profile is put.
    if "/" in told or visible(told) != told:
        raise CallError(
            f"--sender is '{visible(told)}'; expected a party id, without '/' or control"
            " characters."
        )
    path = local_path(location)
    return told or storable(
        PurePosixPath(location if path is None else os.path.abspath(path)).parent.name
    )


def refuse_other(receipt: Receipt, file_name: str, sender: str) -> None:
    """Move nothing that was accepted to another sender. Raises OtherSender."""
    if sender and receipt.status == "accepted" and receipt.sender != sender:
        rows = (receipt.counts or {}).get("accepted", 0)
        raise OtherSender(
            f"{visible(file_name)} is receipt {receipt.receipt} of {visible(receipt.sender)}, not"
            f" of {sender}: {rows:,} rows of it were accepted as that one's, stay so, and count in"
            f" every answer that they reach; no verb moves or erases them. For {sender} to have"
            " these rows too, give them under this file's name in other bytes (a text: one more"
            f" empty line at its end) with --sender {sender}; then close what receipt"
            f" {receipt.receipt} opened (lots findings, lots contested, lots resolve), and tell"
            " those who were answered since."
        )

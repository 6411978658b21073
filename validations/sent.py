"""What was sent in place of a row's values, as it is accepted: what the form turned, and GTINs that
are filled up.
"""

import json
from functools import lru_cache

import pandas as pd

from lots import jsonb
from lots.grammar.schema import Kind
from validations.chunk import SENT, Chunk

GTIN_DIGITS = 14
KEPT = 65_536  # rows whose GTINs and whose JSON are alike have one text


def sent_of(chunk: Chunk) -> pd.Series:
    """The JSON of each row, missing where nothing was turned."""
    sent = chunk.told(SENT)
    short = {name: texts for name, texts in _gtins(chunk).items() if texts.notna().any()}
    # Most files' GTINs have 14 digits.
    if not short:
        return sent
    filled = pd.concat([texts.notna() for texts in short.values()], axis=1).any(axis=1)
    rows = zip(
        sent[filled].tolist(), *(texts[filled].tolist() for texts in short.values()), strict=True
    )
    sent = sent.astype(object)
    sent[filled] = [
        _both(tuple(short), *(text if isinstance(text, str) else "" for text in row))
        for row in rows
    ]
    return sent


def _gtins(chunk: Chunk) -> dict[str, pd.Series]:
    """Of each column of GTINs the texts that had to be filled up."""
    names = [c.name for c in chunk.record.columns if c.kind is Kind.GTIN and c.name in chunk.raw]
    return {
        name: (
            chunk.shaped(name).where(
                chunk.typed(name).notna() & (chunk.shaped(name).str.len() < GTIN_DIGITS)
            )
        )
        for name in names
    }


@lru_cache(KEPT)
def _both(names: tuple[str, ...], by_form: str, *texts: str) -> str:
    """What is kept of GTINs, and of the form, which knows what stood in the file."""
    filled = {name: {"text": text} for name, text in zip(names, texts, strict=True) if text}
    # The form's word is stronger: it knows what stood in the file before it turned the text.
    return jsonb.text_of({**filled, **json.loads(by_form or "{}")})

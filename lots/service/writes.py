"""Writes that are done once, however often they are asked for: a request under the same key gets
what the first one answered.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from fastapi import Header
from pydantic import StringConstraints

from lots.service.desk import Desk
from lots.service.problems import Refused
from lots.service.who import Who
from lots.store.access import kept
from lots.store.access.door import Connection

Plain = Mapping[str, Any]
Once = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]{1,64}$")
]
OnceHeader = Annotated[
    Once, Header(alias="Idempotency-Key", description="of the caller's choice; the same once more")
]


def written(
    at: Desk, who: Who, once: str, asked: Plain, write: Callable[[Connection], tuple[Plain, Plain]]
) -> Plain:
    """Do a write once. It answers what is kept of its answer, and what is shown this once beside
    it.

    Refused where the same key came with something else. The key is taken in the transaction of the
    write: either both stand or neither.
    """
    content = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).digest()
    with at.access() as connection:
        earlier = kept.claim(connection, who.account.account, once, content, at.now())
        if earlier is None:
            told, shown_once = write(connection)
            kept.answered(connection, who.account.account, once, told)
            return {**told, **shown_once}
    if earlier.content != content or earlier.answer is None:
        raise Refused(
            409, "Idempotency-Key: request: expected the same as before, got another under it."
        )
    # Without what was shown once: of a link or a key only its hash is kept.
    return earlier.answer

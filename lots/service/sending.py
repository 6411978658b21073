"""Files that are handed in, by a page or by a program's key: they go the way of `lots receive`."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from lots.answers import Received
from lots.pipeline.handed_in import HandedIn, hand_in
from lots.service.desk import Desk
from lots.service.inputs import LONGEST
from lots.service.problems import Refused
from lots.service.who import Who
from lots.visible import visible

MOST = 20  # files of one request
# As OpenAPI has it. The body is read only after it is known who sends: nobody else fills our disk.
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": MOST,
                            "items": {"type": "string", "format": "binary"},
                        },
                        "sender": {"type": "string", "maxLength": LONGEST},
                    },
                }
            }
        },
    }
}
NONE = f"file: files: expected 1 to {MOST}, each with its name, got none."
NAME = f"file: name: expected one of at most {LONGEST} characters that can be seen, got another."


async def handed_in(request: Request, at: Desk, who: Who) -> list[Received]:
    """What became of the files of a request."""
    # Only here is the body read: by now it is known who sends.
    async with request.form(max_files=MOST, max_fields=MOST) as form:
        sender = _sender(who, form)
        files = [
            one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename
        ]
        if not files:
            raise Refused(422, NONE)
        named = [HandedIn(_name(one.filename or ""), one.file) for one in files]
        # It waits for a process of its own: in the loop of events no other request would be
        # answered.
        return await run_in_threadpool(_received, at, named, sender, who.account.name)


def _received(at: Desk, files: Sequence[HandedIn], sender: str, by: str) -> list[Received]:
    with at.receiving():
        return hand_in(at.settings, files, sender, by)


def _sender(who: Who, form: FormData) -> str:
    """Whose the files are: of a program at a site that site's, whatever it says."""
    told = form.get("sender", "")
    said = told.strip() if isinstance(told, str) else ""
    own = who.account.site
    # Never by the client's word: a key of one site sends as no other.
    if own is not None:
        if said not in ("", own):
            raise Refused(403, "sender: party: expected the account's own site, got another.")
        return own
    if not said or len(said) > LONGEST or visible(said) != said or "/" in said:
        raise Refused(422, "sender: party: expected its ID, got none or what is none.")
    return said


def _name(sent: str) -> str:
    """The file's own name: a browser may send the folders above it."""
    name = sent.replace("\\", "/").rsplit("/", 1)[-1]
    if name in ("", ".", "..") or len(name) > LONGEST or visible(name) != name:
        raise Refused(422, NAME)
    return name

"""Why something may not be decided, in sentences."""

from collections.abc import Mapping

from lots.errors import CallError, LotsError, MovedOn, NotAllowed, NotFound, Overtaken

# What each word of the owner's functions says, and which kind of error it is.
REFUSALS: Mapping[str, tuple[type[LotsError], str]] = {
    "move": (
        CallError,
        "decision: move: expected one of docs/norm/moves.md on such a thing, got none.",
    ),
    "norm": (
        MovedOn,
        "decision: table of moves: expected the one in force, got another; begin anew.",
    ),
    "key": (
        CallError,
        "decision: key: expected each of its parts, got one that is empty or too many.",
    ),
    "role": (NotAllowed, "decision: role: expected one that may decide this, got another."),
    "owner": (
        NotAllowed,
        "decision: owner: expected its owner's people, got others: only the owner lifts.",
    ),
    "given": (CallError, "decision: what must be told: expected all of it, got less."),
    "reach": (CallError, "decision: reach: expected names or none, of a lot alone, got others."),
    "state": (MovedOn, "decision: state: expected one in which this may be decided, got another."),
    "ends": (
        MovedOn,
        "decision: what it ends: expected decisions in force on the same, got others.",
    ),
    "unknown": (
        NotFound,
        "decision: packed lot: expected one that is known here, got none of them.",
    ),
    "held above": (
        NotAllowed,
        "decision: holds: expected none on what it is made of, got one; let go first.",
    ),
    "failed": (
        NotAllowed,
        "decision: readiness: expected no failed test of the specification, got one; no document"
        " settles it: its finding is closed by two first, or a new result explains it.",
    ),
    "unseen": (
        MovedOn,
        "decision: findings: expected each that holds the lot, got one that is not among those shown;"
        " look again.",
    ),
    "overtaken": (
        Overtaken,
        "decision: findings: expected none to come while they were looked for, got newer entries; ask"
        " again.",
    ),
    "not met": (
        NotAllowed,
        "decision: readiness: expected a document's number for each piece that a finding leaves open,"
        " got met.",
    ),
    "moved on": (
        MovedOn,
        "decision: state: expected what was shown, got a newer word on it; look again.",
    ),
    "no finding": (
        NotFound,
        "decision: finding: expected one that was opened, got none of them.",
    ),
    "people": (
        NotAllowed,
        "decision: people: expected two, of a finding that holds something, got one.",
    ),
    "once": (
        MovedOn,
        "Idempotency-Key: request: expected the same as before, got another under it.",
    ),
    "signed out": (NotAllowed, "signature: sign-in: expected one that stands, got none; sign in."),
    "not proposed": (
        MovedOn,
        "decision: standing: expected one that is proposed, got another or none.",
    ),
    "content": (
        MovedOn,
        "signature: content: expected what was proposed, got another; look again.",
    ),
    "same person": (
        NotAllowed,
        "signature: signer: expected another person, got who signed before.",
    ),
    "needs": (
        NotAllowed,
        "signature: role: expected one that must be among the signers, got another.",
    ),
}

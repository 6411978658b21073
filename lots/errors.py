"""The few ways in which a call can end badly. Each is one sentence for a person, shown without a
traceback.
"""


class LotsError(Exception):
    """Base of every error that is told as a sentence; `code` is the exit code of the command."""

    code = 2


class CallError(LotsError):
    """The call itself is wrong: an unknown record, a path that is not there."""


class OtherSender(CallError):
    """The bytes are another sender's, and rows of them were accepted as such."""


class NotAllowed(CallError):
    """The norm of moves does not let this be decided by who asks."""


class MovedOn(CallError):
    """What was to be decided is not as it was shown: it is looked at again, and nothing was put."""


class Overtaken(CallError):
    """Records came while it was looked at what is to be decided; nothing was put, ask again."""


class FileRefused(LotsError):
    """A file cannot be received as a whole; the sentence says what was expected and what was
    got.
    """

    code = 1


class FileChanging(LotsError):
    """A file grew or shrank while it was read; nothing of it was taken."""

    code = 1


class GateClosed(LotsError):
    """Two readings of a rule disagree, or one of them failed: nothing of the file is accepted."""

    code = 1


class BytesAway(GateClosed):
    """The place of the kept bytes cannot be reached; trying again later is right."""


class NotConcluded(GateClosed):
    """A receipt stands but could not be brought to its end; it is tried again, or a person gives it
    up.
    """


class DatabaseRefused(LotsError):
    """PostgreSQL refused a statement; nothing of the transaction stands."""

    code = 1


class DatabaseLost(LotsError):
    """PostgreSQL cannot be reached, or went away half-way; trying again later is right."""

    code = 1


class OtherRevision(LotsError):
    """The tables are not those that this version reads and writes; nothing was read or written."""

    code = 1


class ClusterError(LotsError):
    """The embedded PostgreSQL cannot be made, started or stopped here."""

    code = 1


class LedgerUnmatched(LotsError):
    """The newest checkpoint outside is not a beginning of this database's ledger, or cannot be
    written: nothing that is said of it can be proved until somebody has looked.
    """

    code = 1


class NotFound(LotsError):
    """Nothing of that name was ever received."""

"""The ground: receipts, the thin set of records, findings, the ledger and lineage."""

from alembic import op

from lots.store.intake.staging import run
from lots.store.schema.migrate import body

revision = "0001_thin_chain"
down_revision = None


def upgrade() -> None:
    """Apply the SQL file beside this revision."""
    run(op.get_bind(), body(revision))

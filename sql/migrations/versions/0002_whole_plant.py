"""The whole plant: its records, what rules refer to, and what rules across records answer."""

from alembic import op

from lots.store.intake.staging import run
from lots.store.schema.migrate import body

revision = "0002_whole_plant"
down_revision = "0001_thin_chain"


def upgrade() -> None:
    """Apply the SQL file beside this revision."""
    run(op.get_bind(), body(revision))

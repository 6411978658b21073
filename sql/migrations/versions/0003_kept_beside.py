"""What was sent in place of a value that was turned is kept beside it."""

from alembic import op

from lots.store.intake.staging import run
from lots.store.schema.migrate import body

revision = "0003_kept_beside"
down_revision = "0002_whole_plant"


def upgrade() -> None:
    """Apply the SQL file beside this revision."""
    run(op.get_bind(), body(revision))

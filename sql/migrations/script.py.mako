"""${message}"""

from alembic import op

from lots.store.schema.migrate import body
from lots.store.intake.staging import run

revision = "${up_revision}"
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Apply the SQL file beside this revision."""
    run(op.get_bind(), body(revision))

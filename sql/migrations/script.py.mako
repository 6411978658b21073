"""${message}"""

from alembic import op

from lots.store.migrate import body

revision = "${up_revision}"
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Apply the SQL file beside this revision."""
    op.get_bind().exec_driver_sql(body(revision))

"""All tables as they were declared first."""

from alembic import op

from lots.store.schema import migrate
from lots.store.schema.revision import before, name_of

revision = name_of(__file__)
down_revision = before(revision)


def upgrade() -> None:
    """Apply the SQL beside this file."""
    migrate.apply(op.get_bind(), __file__)

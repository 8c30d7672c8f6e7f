"""The language of an account, and the practice's."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Adds them; nobody has chosen one so far."""
    for name in ("accounts", "settings"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("language", sa.String(8)))


def downgrade() -> None:
    """Takes them away."""
    for name in ("accounts", "settings"):
        with op.batch_alter_table(name) as table:
            table.drop_column("language")

"""The unit of forces and the paper of reports, as the practice likes them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
USUAL = {"force": "N", "paper": "A4"}


def upgrade() -> None:
    """Adds them, as they were so far."""
    with op.batch_alter_table("settings") as table:
        for name, usual in USUAL.items():
            table.add_column(sa.Column(name, sa.String(8), nullable=False, server_default=usual))


def downgrade() -> None:
    """Takes them away."""
    with op.batch_alter_table("settings") as table:
        for name in USUAL:
            table.drop_column(name)

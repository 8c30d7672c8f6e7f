"""Red flags that a client told of in a session."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Adds them; of the sessions so far none is known."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("red_flags", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Takes them away."""
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_column("red_flags")

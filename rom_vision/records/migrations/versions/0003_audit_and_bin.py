"""Who saw and changed what, and a recycle bin for clients."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds since when a client is in the bin, the table of the audit, and the record's random name."""
    op.add_column("clients", sa.Column("removed_at", sa.DateTime()))
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("client_id", sa.String(16)),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    identity = op.create_table(
        "identity",
        sa.Column("id", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity"),
    )
    op.bulk_insert(identity, [{"id": secrets.token_hex(8)}])


def downgrade() -> None:
    """Takes them away; whoever was in the bin is out of it."""
    op.drop_table("identity")
    op.drop_table("audit")
    op.drop_column("clients", "removed_at")

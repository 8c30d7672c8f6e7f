"""Kept measurements whole, so that they can be put right by hand, and what they were before."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Adds the tables; of what was kept before, there is no whole measurement."""
    op.create_table(
        "originals",
        sa.Column("measurement_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("measured", sa.LargeBinary(), nullable=False),
        sa.Column("draft", sa.String()),
        sa.PrimaryKeyConstraint("measurement_id", name="pk_originals"),
        sa.ForeignKeyConstraint(
            ["measurement_id"], ["measurements.id"], name="fk_originals_measurement_id", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measurement_id", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(), nullable=False),
        sa.Column("corrected_by", sa.String(), nullable=False),
        sa.Column("edits", sa.String(), nullable=False),
        sa.Column("movement", sa.String(64), nullable=False),
        sa.Column("side", sa.String(5)),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("peak_deg", sa.Double()),
        sa.Column("uncertainty_deg", sa.Double()),
        sa.Column("replaced", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name="pk_corrections"),
        sa.ForeignKeyConstraint(
            ["measurement_id"], ["measurements.id"], name="fk_corrections_measurement_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_corrections_measurement_id", "corrections", ["measurement_id"])


def downgrade() -> None:
    """Takes them away: measurements stay as they were put right last."""
    op.drop_table("corrections")
    op.drop_table("originals")

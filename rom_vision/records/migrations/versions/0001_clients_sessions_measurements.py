"""Clients, their sessions, and what was measured in them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first tables."""
    op.create_table(
        "clients",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date()),
        sa.Column("sex", sa.String(6)),
        sa.Column("added_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_clients"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(16), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_sessions_client_id", ondelete="CASCADE"),
        sa.UniqueConstraint("client_id", "held_on", name="uq_sessions_client_id_held_on"),
    )
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("movement", sa.String(64), nullable=False),
        sa.Column("side", sa.String(5)),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("peak_deg", sa.Double()),
        sa.Column("uncertainty_deg", sa.Double()),
        sa.Column("mean_peak_deg", sa.Double()),
        sa.Column("range_deg", sa.Double()),
        sa.Column("repetitions", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("provenance", sa.JSON(), nullable=False),
        sa.Column("video_sha256", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("video_name", sa.String(48)),
        sa.Column("overlay_name", sa.String(48)),
        sa.Column("curves", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_measurements"),
        sa.ForeignKeyConstraint(
            ["session_id"], ["sessions.id"], name="fk_measurements_session_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_measurements_session_id", "measurements", ["session_id"])

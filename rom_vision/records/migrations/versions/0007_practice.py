"""The practice's settings, a report's words by the therapist, and a quick way to the latest sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Adds the tables and the index."""
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("practice", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("therapist", sa.String(), nullable=False),
        sa.Column("videos", sa.String(8), nullable=False),
        sa.Column("video_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_settings"),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer()),
        sa.Column("in_short", sa.String(), nullable=False),
        sa.Column("suggestion", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_letters_client_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name="fk_letters_referral_id"),
    )
    op.create_index("ix_letters_client_id", "letters", ["client_id"])
    op.create_index("ix_letters_referral_id", "letters", ["referral_id"])
    op.create_index("ix_sessions_held_on", "sessions", ["held_on"])


def downgrade() -> None:
    """Takes them away: all videos are kept then."""
    op.drop_index("ix_sessions_held_on", "sessions")
    op.drop_table("letters")
    op.drop_table("settings")

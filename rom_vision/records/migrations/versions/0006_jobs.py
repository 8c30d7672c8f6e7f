"""Long work, so that it outlives whoever does it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("client_id", sa.String(16)),
        sa.Column("submitted_by", sa.String(64), nullable=False),
        sa.Column("work", sa.JSON(), nullable=False),
        sa.Column("video_name", sa.String(16), nullable=False),
        sa.Column("video_sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("doing", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("out_of", sa.Integer()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(128)),
        sa.Column("lease_until_s", sa.Double(), nullable=False),
        sa.Column("stop_asked", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("remedy", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("over_at", sa.DateTime()),
        sa.Column("kept_id", sa.Integer()),
        sa.PrimaryKeyConstraint("number", name="pk_jobs"),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_jobs_client_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["kept_id"], ["measurements.id"], name="fk_jobs_kept_id", ondelete="SET NULL"),
    )
    for column in ("client_id", "kept_id", "state", "video_sha256"):
        op.create_index(f"ix_jobs_{column}", "jobs", [column])


def downgrade() -> None:
    """Takes it away: what was not kept has to be measured again."""
    op.drop_table("jobs")

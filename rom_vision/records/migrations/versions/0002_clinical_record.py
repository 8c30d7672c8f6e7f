"""What is written about a client beside the measurements; sessions of several kinds on one day."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NOTES = ("therapist", "subjective", "objective", "assessment", "plan")


def upgrade() -> None:
    """Adds tables and columns. Of the sessions so far each client's first becomes the first assessment."""
    op.add_column("clients", sa.Column("height_m", sa.Double()))
    op.add_column("clients", sa.Column("weight_kg", sa.Double()))
    op.add_column("clients", sa.Column("dominant_side", sa.String(5)))
    op.add_column("clients", sa.Column("contact", sa.String(), nullable=False, server_default=""))
    op.add_column("clients", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    _make_entries_of_a_client()
    _alter_sessions()
    with op.batch_alter_table("measurements") as measurements:
        measurements.add_column(sa.Column("exercise_id", sa.Integer()))
        measurements.create_foreign_key("fk_measurements_exercise_id", "exercises", ["exercise_id"], ["id"])
        measurements.create_index("ix_measurements_exercise_id", ["exercise_id"])
    _make_findings()


def downgrade() -> None:
    """Takes them away with what is in them; sessions of one day become one again."""
    for table in ("treatments", "movement_findings", "palpation_findings"):
        op.drop_table(table)
    with op.batch_alter_table("measurements") as measurements:
        measurements.drop_constraint("fk_measurements_exercise_id", type_="foreignkey")
        measurements.drop_index("ix_measurements_exercise_id")
        measurements.drop_column("exercise_id")
    op.execute(
        "UPDATE measurements SET session_id = (SELECT min(first.id) FROM sessions AS own JOIN sessions AS first"
        " ON first.client_id = own.client_id AND first.held_on = own.held_on WHERE own.id = session_id)"
    )
    op.execute("DELETE FROM sessions WHERE id NOT IN (SELECT min(id) FROM sessions GROUP BY client_id, held_on)")
    with op.batch_alter_table("sessions") as sessions:
        sessions.drop_constraint("uq_sessions_client_id_held_on_kind", type_="unique")
        sessions.drop_constraint("fk_sessions_referral_id", type_="foreignkey")
        sessions.drop_index("ix_sessions_referral_id")
        for name in (
            "version",
            "kind",
            "referral_id",
            "therapist",
            "subjective",
            "objective",
            "assessment",
            "plan",
        ):
            sessions.drop_column(name)
        sessions.create_unique_constraint("uq_sessions_client_id_held_on", ["client_id", "held_on"])
    for table in ("exercises", "goals", "history", "referrals", "consents"):
        op.drop_table(table)
    for name in ("version", "contact", "dominant_side", "weight_kg", "height_m"):
        op.drop_column("clients", name)


def _alter_sessions() -> None:
    with op.batch_alter_table("sessions") as sessions:
        sessions.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        sessions.add_column(sa.Column("kind", sa.String(16), nullable=False, server_default="re_assessment"))
        sessions.add_column(sa.Column("referral_id", sa.Integer()))
        for name in NOTES:
            sessions.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        sessions.create_foreign_key("fk_sessions_referral_id", "referrals", ["referral_id"], ["id"])
        sessions.create_index("ix_sessions_referral_id", ["referral_id"])
        sessions.drop_constraint("uq_sessions_client_id_held_on", type_="unique")
        sessions.create_unique_constraint("uq_sessions_client_id_held_on_kind", ["client_id", "held_on", "kind"])
    op.execute(
        "UPDATE sessions SET kind = 'first_assessment' WHERE NOT EXISTS (SELECT 1 FROM sessions AS earlier"
        " WHERE earlier.client_id = sessions.client_id AND earlier.held_on < sessions.held_on)"
    )


def _make_entries_of_a_client() -> None:
    _make(
        "consents",
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date()),
        *_texts("note"),
    )
    _make(
        "referrals",
        *_texts("physician", "practice"),
        sa.Column("written_on", sa.Date(), nullable=False),
        *_texts("diagnosis"),
        sa.Column("icd10", sa.JSON(), nullable=False),
        sa.Column("techniques", sa.JSON(), nullable=False),
        *_texts("other_technique"),
        sa.Column("sessions_ordered", sa.Integer(), nullable=False),
        *_texts("how_often", "precautions", "contraindications"),
        sa.Column("valid_until", sa.Date()),
    )
    _make(
        "history",
        sa.Column("kind", sa.String(16), nullable=False),
        *_texts("what"),
        sa.Column("happened_on", sa.Date()),
        sa.Column("age_years", sa.Integer()),
        *_texts("region"),
        sa.Column("side", sa.String(5)),
        *_texts("note"),
        sa.Column("limits", sa.JSON(), nullable=False),
    )
    _make(
        "goals",
        sa.Column("aim", sa.String(16), nullable=False),
        *_texts("what"),
        sa.Column("yardstick", sa.String(16), nullable=False),
        sa.Column("movement", sa.String(64)),
        sa.Column("side", sa.String(5)),
        sa.Column("mode", sa.String(8)),
        *_texts("region"),
        sa.Column("target_deg", sa.Double()),
        sa.Column("target_pain", sa.Integer()),
        sa.Column("due_on", sa.Date()),
    )
    _make(
        "exercises",
        sa.Column("movement", sa.String(64), nullable=False),
        sa.Column("side", sa.String(5)),
        sa.Column("repetitions", sa.Integer(), nullable=False),
        sa.Column("times_a_week", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        *_texts("note"),
    )


def _make_findings() -> None:
    _make(
        "palpation_findings",
        *_belongs_to("palpation_findings", "session_id", "sessions", nullable=False),
        *_texts("region"),
        sa.Column("side", sa.String(5)),
        sa.Column("face", sa.String(5), nullable=False),
        sa.Column("x", sa.Double(), nullable=False),
        sa.Column("y", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("pain", sa.Integer(), nullable=False),
        sa.Column("quality", sa.String(16)),
        *_texts("referral_area", "level"),
        sa.Column("muscle", sa.String()),
        *_texts("note"),
    )
    _make(
        "movement_findings",
        *_belongs_to("movement_findings", "session_id", "sessions", nullable=False),
        sa.Column("movement", sa.String(64), nullable=False),
        sa.Column("side", sa.String(5)),
        sa.Column("mode", sa.String(8), nullable=False),
        sa.Column("measured_by", sa.String(16), nullable=False),
        *_belongs_to("movement_findings", "measurement_id", "measurements", nullable=True),
        sa.Column("value_deg", sa.Double()),
        sa.Column("uncertainty_deg", sa.Double()),
        sa.Column("pain", sa.Integer()),
        sa.Column("painful_from_deg", sa.Double()),
        sa.Column("painful_to_deg", sa.Double()),
        sa.Column("end_feel", sa.String(8)),
        sa.Column("strength", sa.Integer()),
        sa.Column("force_n", sa.Double()),
        sa.Column("concordant", sa.Boolean()),
        *_texts("note"),
    )
    _make(
        "treatments",
        *_belongs_to("treatments", "session_id", "sessions", nullable=False),
        sa.Column("techniques", sa.JSON(), nullable=False),
        *_texts("other_technique"),
        sa.Column("regions", sa.JSON(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        *_texts("response"),
        sa.Column("pain_before", sa.Integer()),
        sa.Column("pain_after", sa.Integer()),
    )
    for table in ("palpation_findings", "movement_findings", "treatments"):
        op.create_index(f"ix_{table}_session_id", table, ["session_id"])
    op.create_index("ix_movement_findings_measurement_id", "movement_findings", ["measurement_id"])


def _make(name: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of entries: what all of them have, and these columns."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name=f"fk_{name}_client_id", ondelete="CASCADE"),
    )
    op.create_index(f"ix_{name}_client_id", name, ["client_id"])


def _texts(*names: str) -> list[sa.schema.SchemaItem]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _belongs_to(table: str, column: str, other: str, *, nullable: bool) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column(column, sa.Integer(), nullable=nullable),
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}"),
    ]

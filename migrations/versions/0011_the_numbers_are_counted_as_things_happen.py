"""The numbers are counted as things happen

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-23 18:15:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Both tables are derived; `flask recount --when-new` fills them for the cases that are there.
    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(1), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("suggestion_id", sa.Integer(), nullable=False),
        sa.Column("handling_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("is_lead_hidden", sa.Boolean(), nullable=False),
        sa.Column("shape", sa.String(60), nullable=False),
        sa.Column("marks", sa.String(400), nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["suggestion.id"], name=op.f("fk_standing_suggestion_id_suggestion")
        ),
        sa.ForeignKeyConstraint(["handling_id"], ["handling.id"], name=op.f("fk_standing_handling_id_handling")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_standing_unit_id_unit")),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_standing_lead_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
        sa.UniqueConstraint("kind", "target_id", "round", name=op.f("uq_standing_kind_target_id_round")),
    )
    op.create_index("ix_standing_suggestion_id", "standing", ["suggestion_id"])
    op.create_index("ix_standing_year_unit", "standing", ["year", "unit_id"])
    op.create_index("ix_standing_year_lead", "standing", ["year", "lead_id"])
    op.create_index("ix_standing_year_shape", "standing", ["year", "shape"])
    op.create_table(
        "tally",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("dim", sa.String(10), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("shape", sa.String(60), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", "dim", "key", "shape", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("tally")
    op.drop_table("standing")

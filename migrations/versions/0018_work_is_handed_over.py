"""Work is handed over by a list that both sign

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-30 00:20:00
"""

import sqlalchemy as sa
from alembic import op

from suggestions.models.base import PlainData, UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_UNSIGNED = sa.text("stage IN ('open','given')")


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=False),
        sa.Column("taker_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("content", PlainData(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_by_name", sa.String(100), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=True),
        sa.Column("given_seq", sa.Integer(), nullable=True),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("ground_words", sa.String(300), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("taken_seq", sa.Integer(), nullable=True),
        sa.CheckConstraint("giver_id <> taker_id", name=op.f("ck_hand_over_two_parties")),
        sa.CheckConstraint("given_by_id IS NULL OR given_by_id <> taker_id", name=op.f("ck_hand_over_two_signers")),
        sa.CheckConstraint(
            "stage NOT IN ('given','taken') OR (digest <> '' AND content IS NOT NULL AND given_seq IS NOT NULL "
            "AND given_by_id IS NOT NULL)",
            name=op.f("ck_hand_over_given_is_signed"),
        ),
        sa.CheckConstraint("(stage = 'taken') = (taken_seq IS NOT NULL)", name=op.f("ck_hand_over_taken_is_signed")),
        sa.CheckConstraint(
            "given_by_id IS NULL OR given_by_id = giver_id OR ground <> ''",
            name=op.f("ck_hand_over_in_place_has_ground"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hand_over_unit_id_unit")),
        sa.ForeignKeyConstraint(["giver_id"], ["person.id"], name=op.f("fk_hand_over_giver_id_person")),
        sa.ForeignKeyConstraint(["taker_id"], ["person.id"], name=op.f("fk_hand_over_taker_id_person")),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_hand_over_given_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_giver_id"), "hand_over", ["giver_id"])
    op.create_index(op.f("ix_hand_over_taker_id"), "hand_over", ["taker_id"])
    op.create_index("ix_hand_over_unit_stage", "hand_over", ["unit_id", "stage"])
    op.create_index(
        "uq_hand_over_unsigned",
        "hand_over",
        ["change", "unit_id", "giver_id", "taker_id"],
        unique=True,
        sqlite_where=_UNSIGNED,
        postgresql_where=_UNSIGNED,
    )
    op.create_table(
        "hand_over_item",
        sa.Column("hand_over_id", sa.Integer(), nullable=False),
        sa.Column("handling_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_item_hand_over_id_hand_over")
        ),
        sa.ForeignKeyConstraint(["handling_id"], ["handling.id"], name=op.f("fk_hand_over_item_handling_id_handling")),
        sa.PrimaryKeyConstraint("hand_over_id", "handling_id", name=op.f("pk_hand_over_item")),
    )
    op.create_index(op.f("ix_hand_over_item_handling_id"), "hand_over_item", ["handling_id"])


def downgrade() -> None:
    op.drop_table("hand_over_item")
    op.drop_table("hand_over")

"""A notice leaves the house

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-23 19:50:00
"""

import sqlalchemy as sa
from alembic import op

from suggestions.models.base import PlainData, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reach",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channels", PlainData(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_to", sa.Integer(), nullable=True),
        sa.Column("digest_at", sa.Integer(), nullable=True),
        sa.Column("calendar_hash", sa.String(64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reach_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_reach")),
        sa.UniqueConstraint("calendar_hash", name=op.f("uq_reach_calendar_hash")),
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(300), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_delivery_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("notice_id", "channel", name=op.f("uq_delivery_notice_id_channel")),
    )
    op.create_index("ix_delivery_state_due_at", "delivery", ["state", "due_at"])


def downgrade() -> None:
    op.drop_table("delivery")
    op.drop_table("reach")

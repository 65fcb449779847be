"""An import goes on where it stopped

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-23 18:30:00
"""

import sqlalchemy as sa
from alembic import op

from suggestions.models.base import PlainData, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("workbook", PlainData(), nullable=False),
        sa.Column("originals", PlainData(), nullable=False),
        sa.Column("corrections", PlainData(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(300), nullable=False),
        sa.Column("runner", sa.String(40), nullable=False),
        sa.Column("beat_at", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_import_job_person_id_person")),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_import_job_post_id_post")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_job")),
    )
    op.create_index(op.f("ix_import_job_person_id"), "import_job", ["person_id"])


def downgrade() -> None:
    op.drop_table("import_job")

"""A countersignature has a light

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-30 00:30:00
"""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What an accepted opinion kept was the term of the opinion; the next step on the case writes that of a signature.
    op.execute("UPDATE co_handling SET yellow_on = NULL, red_after = NULL WHERE state = 'accepted'")


def downgrade() -> None:
    pass

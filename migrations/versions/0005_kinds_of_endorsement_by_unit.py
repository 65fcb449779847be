"""A unit decides which endorsements its replies need, letters are published, numbers found by the step that gave them

Revision ID: 0005
Revises: 0003
Create Date: 2026-11-23 16:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch, which would make the table anew under the foreign keys that point to it.
    op.add_column("unit", sa.Column("endorsement_kinds", sa.Text(), nullable=True))
    op.add_column("handling", sa.Column("published_on", sa.Date(), nullable=True))
    op.create_index("ix_handling_published_on", "handling", ["published_on"])
    op.create_index("ix_event_action", "event", ["action"])


def downgrade() -> None:
    op.drop_index("ix_event_action", table_name="event")
    op.drop_index("ix_handling_published_on", table_name="handling")
    op.drop_column("handling", "published_on")
    op.drop_column("unit", "endorsement_kinds")

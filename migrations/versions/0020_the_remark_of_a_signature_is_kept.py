"""The remark of a signature is kept

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-30 12:00:00
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was kept under the name of the step were the director's changes to the letter; now its remark is.
    op.execute(
        "UPDATE working_copy SET action = 'sign_reply edits ' || (SELECT count(*) FROM event WHERE"
        " event.handling_id = working_copy.target_id AND event.action = 'draft_reply') WHERE action = 'sign_reply'"
    )


def downgrade() -> None:
    op.execute("DELETE FROM working_copy WHERE action = 'sign_reply'")
    op.execute(
        "UPDATE working_copy SET action = 'sign_reply' WHERE id IN (SELECT max(id) FROM working_copy"
        " WHERE action LIKE 'sign_reply edits %' GROUP BY person_id, target_id)"
    )

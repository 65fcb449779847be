"""The words of a secret item can be erased, and nothing else of the record

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-23 18:20:00
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

REFUSED = "the record is only ever added to"
ERASED = '{"erased":true}'
COLUMNS = (
    "chain", "seq", "suggestion_id", "handling_id", "co_handling_id", "life", "action", "round", "from_state",
    "to_state", "actor_id", "actor_name", "actor_role", "actor_title", "unit_id", "unit_name", "post_id", "is_acting",
    "at", "on_day", "proof", "content_hash", "is_evidence", "cause_seq", "idempotency_key", "salt", "commitment",
    "prev", "hash",
)  # fmt: skip
OF_OFFLINE = "EXISTS (SELECT 1 FROM suggestion WHERE id = OLD.suggestion_id AND state = 'offline')"
ONLY_ADDED = f"BEGIN RAISE EXCEPTION '{REFUSED}'; END"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        kept = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in COLUMNS)
        op.execute("DROP TRIGGER event_no_update")
        op.get_bind().exec_driver_sql(
            f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event "
            f"WHEN NOT (NEW.payload = '{ERASED}' AND {OF_OFFLINE} AND {kept}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
        )
    else:
        _say(
            f"BEGIN IF TG_OP = 'UPDATE' THEN "
            f"IF NEW.payload = '{ERASED}' AND {OF_OFFLINE} "
            f"AND to_jsonb(NEW) - 'payload' = to_jsonb(OLD) - 'payload' THEN RETURN NEW; END IF; "
            f"END IF; RAISE EXCEPTION '{REFUSED}'; END"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_no_update")
        op.execute(f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END")
    else:
        _say(ONLY_ADDED)


def _say(body: str) -> None:
    op.get_bind().exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION event_only_added() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
    )

"""The record is only ever added to

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23 15:10:00
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = {
    "event_no_update": "BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'the record is only ever added to'); END",
    "event_no_delete": "BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'the record is only ever added to'); END",
    "event_no_replace": (
        "BEFORE INSERT ON event WHEN EXISTS "
        "(SELECT 1 FROM event WHERE chain = NEW.chain AND seq = NEW.seq) OR (NEW.idempotency_key IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM event WHERE actor_id = NEW.actor_id AND idempotency_key = NEW.idempotency_key)) "
        "BEGIN SELECT RAISE(ABORT, 'the record is only ever added to'); END"
    ),
}
POSTGRESQL = (
    "CREATE FUNCTION event_only_added() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the record is only ever added to'; END $$",
    "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_only_added()",
    "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_only_added()",
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name, body in SQLITE.items():
            op.execute(f"CREATE TRIGGER {name} {body}")
    else:
        for statement in POSTGRESQL:
            op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in SQLITE:
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP TRIGGER event_no_change ON event")
        op.execute("DROP TRIGGER event_no_truncate ON event")
        op.execute("DROP FUNCTION event_only_added()")

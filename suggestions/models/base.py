"""What every table shares: names of constraints, times in UTC, plain data in one spelling."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from suggestions.domain.canonical import canonical

LARGEST_ID = 2**31 - 1
"""The largest key of any table: PostgreSQL does not even look for a larger one."""


class Base(DeclarativeBase):
    """The one base of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: stored in UTC, always given back with its zone; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone; SQLite keeps none."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class PlainData(TypeDecorator[Any]):
    """Plain data as canonical JSON text, so that the stored spelling can be checked."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The canonical spelling."""
        return None if value is None else canonical(value).decode("ascii")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The data again; a text that is not in the one spelling is a ValueError, because somebody changed it."""
        if value is None:
            return None
        data = json.loads(value)
        if canonical(data).decode("ascii") != value:
            raise ValueError(f"not in the stored spelling: {value[:60]}")
        return data


class Code(TypeDecorator[StrEnum]):
    """A StrEnum kept as its value; an unknown value is a ValueError when read."""

    impl = String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        """The plain value."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """The code again."""
        return None if value is None else self.kind(value)

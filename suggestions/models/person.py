"""Units, persons, the posts they hold with dates, and how they get in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suggestions.domain.states import Role
from suggestions.models.base import Base, Code, PlainData, UtcDateTime


class Unit(Base):
    """A body that can handle suggestions, or one of the two offices that steer them."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    is_government: Mapped[bool] = mapped_column(default=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    endorsement_kinds: Mapped[list[str] | None] = mapped_column(PlainData)
    """Which kinds of endorsement its replies need; None leaves that to the rulebook."""
    acting_posts: Mapped[list["Post"]] = relationship(
        primaryjoin="and_(Unit.id == Post.unit_id, Post.is_acting)", order_by="Post.id", viewonly=True
    )
    """The posts of whoever stood, stands or will stand in for the director (主持工作)."""


class Person(Base):
    """Somebody who acts, or is named, in the system; without a username there is no login."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str | None] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100), index=True)
    delegation: Mapped[str] = mapped_column(String(100), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_password_given: Mapped[bool] = mapped_column(default=False)
    """Somebody else set the password: its owner changes it before doing anything."""
    is_active: Mapped[bool] = mapped_column(default=True)
    is_large: Mapped[bool] = mapped_column(default=False)
    is_contrast: Mapped[bool] = mapped_column(default=False)
    posts: Mapped[list["Post"]] = relationship(back_populates="person", order_by="Post.id")


class Post(Base):
    """A hat with dates: who holds which role in which unit, from when to when."""

    __tablename__ = "post"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="to_after_from"),
        CheckConstraint("NOT is_acting OR document <> ''", name="acting_has_document"),
        Index("ix_post_unit_role", "unit_id", "role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    role: Mapped[Role] = mapped_column(Code(Role))
    title: Mapped[str] = mapped_column(String(100), default="")
    endorsement_kinds: Mapped[list[str]] = mapped_column(PlainData, default=list)
    is_acting: Mapped[bool] = mapped_column(default=False)
    document: Mapped[str] = mapped_column(String(200), default="")
    from_on: Mapped[date] = mapped_column(Date)
    to_on: Mapped[date | None] = mapped_column(Date)
    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit | None] = relationship()

    def is_held_on(self, on: date) -> bool:
        """Whether the post is held on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


class LoginSession(Base):
    """One login: only the hash of its random id is kept, and it ends when it is revoked."""

    __tablename__ = "login_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("post.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    device: Mapped[str] = mapped_column(String(200), default="")
    person: Mapped[Person] = relationship()
    post: Mapped[Post | None] = relationship()


class LoginAttempt(Base):
    """A failed proof of who one is, at login or at a personal step: counted for the lock-out."""

    __tablename__ = "login_attempt"
    __table_args__ = (Index("ix_login_attempt_username_at", "username", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    where: Mapped[Any] = mapped_column(String(40))

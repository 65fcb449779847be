"""Acts of office: units, persons and posts; each with an event in the office chain."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select, true

from suggestions import clock
from suggestions.domain.errors import Invalid, NotAllowed
from suggestions.domain.facts import SYSTEM, Actor
from suggestions.domain.holidays import Notice
from suggestions.domain.labels import ROLES
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.domain.workdays import NEXT_YEARS_REACH, seed_days, seed_years
from suggestions.extensions import db
from suggestions.models import CalendarDay, CalendarYear, Event, HandOver, Person, Post, Unit
from suggestions.models.calendar import forget_calendar
from suggestions.usecases import hand_over_lists, outbox, record, redating
from suggestions.usecases.accounts import hasher
from suggestions.usecases.transaction import use_case

_ADMINISTRATORS = frozenset({Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR})


def note(action: str, by: Actor, **payload: Any) -> Event:
    """Add an act of office to the office chain; the payload never holds a password."""
    return record.add_to_office(record.Entry(life="office", action=action, actor=by, payload=payload))


def refuse_self(person_id: int, by: Actor) -> None:
    """NotAllowed when an administrator would change the own account or posts."""
    if by.role is not Role.SYSTEM and by.person_id == person_id:
        raise NotAllowed("自己的账号和岗位，要由另一位安全管理员来改。")


@use_case
def register_unit(name: str, *, is_government: bool = True, phone: str = "", by: Actor = SYSTEM) -> Unit:
    """Register a unit by its official name; Invalid when the name is taken."""
    if db.session.scalar(select(Unit).where(Unit.name == name)) is not None:
        raise Invalid(f"单位“{name}”已经登记过。")
    unit = Unit(name=name, is_government=is_government, phone=phone)
    db.session.add(unit)
    db.session.flush()
    note("register_unit", by, unit=unit.id, name=name, is_government=is_government)
    return unit


@use_case
def set_endorsement_kinds(unit: Unit, kinds: Sequence[str] | None, *, by: Actor = SYSTEM) -> None:
    """Decide which kinds of endorsement a unit's replies need; None leaves it to the rulebook.

    Invalid when secrecy is left out: what may become public is looked at for it everywhere.
    """
    wanted = None if kinds is None else list(dict.fromkeys(kinds))
    if wanted is not None and "secrecy" not in wanted:
        raise Invalid("没有改。", {"kinds": "保密审核不能去掉；要加别的种类，请连同保密审核一起勾选。"})
    unit.endorsement_kinds = wanted
    note("set_endorsement_kinds", by, unit=unit.id, name=unit.name, kinds=wanted)


@use_case
def create_user(
    name: str,
    *,
    username: str | None = None,
    password: str | None = None,
    delegation: str = "",
    phone: str = "",
    is_large: bool = False,
    is_password_given: bool = False,
    by: Actor = SYSTEM,
) -> Person:
    """Create a person; with a username and a password they can log in. Invalid when the username is taken."""
    if username and db.session.scalar(select(Person).where(Person.username == username)) is not None:
        raise Invalid(f"账号“{username}”已经有人用。")
    person = Person(
        name=name,
        username=username,
        delegation=delegation,
        phone=phone,
        is_large=is_large,
        is_password_given=is_password_given,
        password_hash=hasher().hash(password) if password else None,
    )
    db.session.add(person)
    db.session.flush()
    note("create_user", by, person=person.id, name=name, username=username)
    return person


def refuse_post(
    person: Person, role: Role, unit: Unit | None, from_on: date, to_on: date | None, *, is_acting: bool = False
) -> None:
    """Invalid when the post cannot be held: two directors on one day, two administrators in one, no unit.

    The person's and the unit's rows are locked, so that of two appointments made at once the second sees the first.
    """
    if (role in UNIT_ROLES) != (unit is not None):
        raise Invalid(f"“{ROLES[role]}”{'要' if role in UNIT_ROLES else '不'}属于一个承办单位。")
    if to_on is not None and to_on < from_on:
        raise Invalid("离任日期不能早于到任日期。")
    held = _held_from(person, from_on)
    roles = {post.role for post in held}
    if role in _ADMINISTRATORS and roles:
        raise Invalid(f"{person.name}已有“{ROLES[min(roles)]}”的职务；管理员只能任这一项，不能兼任。")
    if roles & _ADMINISTRATORS:
        raise Invalid(f"{person.name}是管理员，不能再任别的职务。")
    if role is Role.DIRECTOR and unit is not None:
        _refuse_second_director(unit, from_on, to_on, is_acting=is_acting)
    last = to_on or date.max
    if any(p.role is role and p.unit_id == (unit.id if unit else None) and p.from_on <= last for p in held):
        raise Invalid(f"{person.name}这段时间已经任“{ROLES[role]}”，不用再任一次。")


def _held_from(person: Person, from_on: date) -> list[Post]:
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    query = select(Post).where(Post.person_id == person.id, Post.to_on.is_(None) | (Post.to_on >= from_on))
    return list(db.session.scalars(query, execution_options={"populate_existing": True}))


def _refuse_second_director(unit: Unit, from_on: date, to_on: date | None, *, is_acting: bool) -> None:
    """Invalid when another leads the unit on one of the days; who stands in may do so beside the director proper."""
    db.session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    other = db.session.scalar(
        select(Post)
        .join(Post.person)
        .where(
            Post.unit_id == unit.id,
            Post.role == Role.DIRECTOR,
            Post.from_on <= (to_on or date.max),
            Post.to_on.is_(None) | (Post.to_on >= from_on),
            Post.is_acting if is_acting else true(),
        )
    )
    if other is not None:
        until = f"到{other.to_on}" if other.to_on else "起，没有写到期"
        what = "主持工作的" if other.is_acting else "的局长"
        raise Invalid(f"{unit.name}{other.from_on}{until}{what}是{other.person.name}，同一天不能有两位。")


@use_case
def appoint(
    person: Person,
    role: Role,
    *,
    unit: Unit | None = None,
    title: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    endorsement_kinds: Sequence[str] = (),
    is_acting: bool = False,
    document: str = "",
    by: Actor = SYSTEM,
) -> Post:
    """Give a person a post with dates, at once; Invalid when it clashes with a post that is held.

    Whoever asks from outside goes through `appointments.grant`, which leaves a director to a second person.
    """
    start = from_on or clock.today()
    refuse_post(person, role, unit, start, to_on, is_acting=is_acting)
    post = Post(
        person_id=person.id,
        person=person,
        unit=unit,
        unit_id=unit.id if unit else None,
        role=role,
        title=title or ROLES[role],
        endorsement_kinds=list(endorsement_kinds),
        is_acting=is_acting,
        document=document,
        from_on=start,
        to_on=to_on,
    )
    db.session.add(post)
    db.session.flush()
    opened = hand_over_lists.director_changed(post)
    event = note(
        "appoint",
        by,
        post=post.id,
        person=person.id,
        role=role.value,
        unit=unit.id if unit else None,
        from_on=start.isoformat(),
        to_on=to_on.isoformat() if to_on else None,
        **({"is_acting": True, "document": document} if is_acting else {}),
    )
    if opened is not None:
        _tell_of_list(opened, event)
    return post


def _tell_of_list(opened: HandOver, event: Event) -> None:
    db.session.flush()
    text = f"{opened.unit.name}的局长工作由{opened.giver.name}交给{opened.taker.name}，交接清单已列出，请双方本人签字。"
    people = {person.id for person in (opened.giver, opened.taker) if person.username}
    outbox.tell(people, event, text=text, address=f"/hand-overs/{opened.id}")


@use_case
def end_post(post: Post, *, to_on: date, by: Actor = SYSTEM) -> None:
    """End a post on a day, its last; what was done in it stays. Invalid when that would make it longer."""
    refuse_self(post.person_id, by)
    db.session.refresh(post, with_for_update=True)
    if to_on < post.from_on:
        raise Invalid("没有改。", {"to_on": f"离任日期不能早于到任日期{post.from_on}。"})
    if post.to_on is not None and to_on > post.to_on:
        raise Invalid("没有改。", {"to_on": f"原定到{post.to_on}，只能提前；要延长，请从次日起另行任职。"})
    post.to_on = to_on
    note("end_post", by, post=post.id, to_on=to_on.isoformat())


@use_case
def seed_calendar(*, by: Actor = SYSTEM) -> int:
    """Fill the working-day table from the holiday library, once; how many exceptional days it holds."""
    if db.session.scalar(select(CalendarYear.year).limit(1)) is not None:
        return 0
    days = seed_days()
    db.session.add_all(CalendarDay(on=day.on, is_workday=day.is_workday, name=day.name) for day in days)
    db.session.add_all(CalendarYear(year=year) for year in seed_years())
    note("seed_calendar", by, years=seed_years(), days=len(days))
    forget_calendar()
    return len(days)


@use_case
def announce_holidays(notice: Notice, *, by: Actor) -> None:
    """Take a year's holidays into the working-day table, in place of what it held of that year.

    Only the system administrator may. What the notice of the year after says of December stays.
    """
    if by.role not in (Role.SYSADMIN, Role.SYSTEM):
        raise NotAllowed("放假安排由系统管理员录入。")
    end = date(notice.year, 12, 31)
    if db.session.get(CalendarYear, notice.year + 1) is not None:
        end -= NEXT_YEARS_REACH
    of_year = CalendarDay.on.between(date(notice.year, 1, 1), end)
    replaced = select(CalendarDay).where(of_year | CalendarDay.on.in_([day.on for day in notice.days]))
    for row in db.session.scalars(replaced).all():
        db.session.delete(row)
    db.session.flush()
    db.session.add_all(CalendarDay(on=day.on, is_workday=day.is_workday, name=day.name) for day in notice.days)
    if db.session.get(CalendarYear, notice.year) is None:
        db.session.add(CalendarYear(year=notice.year))
    note(
        "announce_holidays",
        by,
        year=notice.year,
        days=[[day.on.isoformat(), day.is_workday, day.name] for day in notice.days],
    )
    redating.owe(notice)
    forget_calendar()

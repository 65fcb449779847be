"""What stands round every page: brand, navigation, tools, the practice day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, request, url_for
from flask_login import current_user
from sqlalchemy import func, select

from suggestions import clock
from suggestions.domain.labels import ROLES
from suggestions.domain.states import UNIT_ROLES, Role
from suggestions.extensions import db
from suggestions.models import Notice
from suggestions.web.guard import Visitor, visitor

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@dataclass(frozen=True)
class Item:
    """One entry of the navigation."""

    label: str
    url: str
    icon: str
    short: str = ""
    count: int = 0
    is_current: bool = False
    is_bell: bool = False


@dataclass(frozen=True)
class Tool:
    """A small act of the shell."""

    label: str
    url: str
    icon: str = ""
    is_post: bool = False


@dataclass(frozen=True)
class Nav:
    """The navigation of one person."""

    brand: str
    small: str
    home_url: str
    search_url: str
    who: str
    person_id: int
    title: str
    items: list[Item] = field(default_factory=list)
    tools: list[Tool] = field(default_factory=list)


def day_text() -> str:
    """Today as it is spoken: 2026年2月24日 星期二."""
    today = clock.today()
    return f"{today.year}年{today.month}月{today.day}日 {WEEKDAYS[today.weekday()]}"


Entry = tuple[str, str, str, str]
_DESK: Entry = ("办公桌面", "desks.desk", "desk", "桌面")
_NOTICES: Entry = ("提醒", "desks.notices", "bell", "")
_IMPORT: Entry = ("导入交办清单", "intake.upload", "doc", "导入")
_APPOINTMENTS: Entry = ("任命确认", "appointments.appointments", "people", "任命")
_OF_DEPUTIES: tuple[Entry, ...] = (
    ("我的建议", "desks.desk", "list", ""),
    ("提建议", "intake.new", "pen", ""),
    _NOTICES,
    ("公布的数字", "statistics.page", "chart", "数字"),
)
_OF_READERS: tuple[Entry, ...] = (
    ("建议登记簿", "register.register", "list", "建议"),
    ("统计", "statistics.page", "chart", ""),
)
_KEY_ITEMS: Entry = ("重点督办件", "key_items.page", "flag", "重点")
_OF_OFFICES: tuple[Entry, ...] = (
    _KEY_ITEMS,
    ("督办通报", "bulletin.page", "doc", "通报"),
    ("大屏", "big_screen.page", "chart", ""),
)
_PROMISES: Entry = ("承诺台账", "promises.register", "flag", "承诺")
_URGINGS: Entry = ("督促督办台账", "urgings.register", "lamp", "督办")
_LEDGERS: Entry = ("台账", "ledgers.page", "download", "")
_HAND_OVERS: Entry = ("交接清单", "hand_overs.index", "people", "交接")
_OWN: Mapping[Role, tuple[Entry, ...]] = {
    Role.SUPERVISOR: (
        _IMPORT,
        ("录入纸质建议", "intake.new", "pen", "录入"),
        ("涉密件登记", "offline.new", "lock", "涉密"),
        _APPOINTMENTS,
    ),
    Role.CLERK: (("信函模板", "letter_templates.template", "doc", "信函"),),
    Role.SECADMIN: (("人员", "people.people", "person", ""), _APPOINTMENTS, ("单位", "units.units", "list", "")),
    Role.SYSADMIN: (("单位", "units.units", "list", ""), ("放假安排", "holidays.announce", "calendar", "放假")),
    Role.AUDITOR: (("核验记录", "records.verification", "check", "核验"),),
}
_BEHIND: Mapping[Role, tuple[Entry, ...]] = {
    Role.DIRECTOR: (_KEY_ITEMS,),
    Role.SYSADMIN: (("送达情况", "reaching.deliveries", "list", "送达"),),
}
"""What stands after the notices, where a phone's bottom bar does not reach."""


def _entries(person: Visitor) -> list[Entry]:
    role = person.actor.role
    if role is Role.DEPUTY:
        return [*_OF_DEPUTIES]
    works = role in UNIT_ROLES | {Role.SUPERVISOR, Role.INSPECTOR}
    return [
        _DESK,
        *(_OF_READERS if works or role is Role.AUDITOR else ()),
        *([_IMPORT] if role is Role.CLERK and current_app.config["HOUSE"] == "bureau" else ()),
        *_OWN.get(role, ()),
        _NOTICES,
        *([_PROMISES, _URGINGS] if works or role is Role.AUDITOR else ()),
        *([_LEDGERS] if works else ()),
        *(_OF_OFFICES if role in (Role.SUPERVISOR, Role.INSPECTOR) else ()),
        *([_HAND_OVERS] if (works and role is not Role.INSPECTOR) or role is Role.AUDITOR else ()),
        *_BEHIND.get(role, ()),
    ]


def _nav(person: Visitor) -> Nav:
    unread = db.session.scalar(
        select(func.count()).select_from(Notice).where(Notice.person_id == person.person.id, Notice.read_at.is_(None))
    )
    actor = person.actor
    items = [
        Item(
            label,
            url_for(endpoint),
            icon,
            short,
            count=(unread or 0) if endpoint == "desks.notices" else 0,
            is_current=request.endpoint == endpoint,
            is_bell=endpoint == "desks.notices",
        )
        for label, endpoint, icon, short in _entries(person)
    ]
    tools = [
        Tool(
            "标准字" if person.person.is_large else "大字版", url_for("auth.preference", switch="large"), "type", True
        ),
        Tool(
            "标准对比" if person.person.is_contrast else "高对比",
            url_for("auth.preference", switch="contrast"),
            "",
            True,
        ),
        Tool("提醒设置", url_for("reaching.reach")),
        Tool("改密码", url_for("auth.password")),
        Tool("退出", url_for("auth.logout"), "", True),
    ]
    searches = actor.role is not Role.DEPUTY and actor.role not in (Role.SYSADMIN, Role.SECADMIN)
    return Nav(
        brand=actor.unit_name or (actor.title if actor.role in (Role.SUPERVISOR, Role.INSPECTOR) else "代表建议"),
        small="代表建议办理",
        home_url=url_for("desks.desk"),
        search_url=url_for("register.register") if searches else "",
        who=actor.name,
        person_id=actor.person_id,
        title=actor.title or ROLES[actor.role],
        items=items,
        tools=tools,
    )


def _context() -> dict[str, Any]:
    practice = None
    if current_app.config["PRACTICE"]:
        practice = {"today_text": f"练习日 {day_text()}", "url": url_for("practice.day")}
    if not current_user.is_authenticated or visitor().post is None:
        return {"practice": practice, "nav": None, "html_class": ""}
    person = visitor().person
    classes = ("large" if person.is_large else "", "contrast" if person.is_contrast else "")
    return {"practice": practice, "nav": _nav(visitor()), "html_class": " ".join(filter(None, classes))}


def init_app(app: Flask) -> None:
    """Give every page its shell."""
    app.context_processor(_context)

"""The practice people: one for each role of 区民政局, and a director, handler, reviewer and clerk for every unit."""

from dataclasses import dataclass
from datetime import date

from flask import current_app

from suggestions.documents.handover import read_handover
from suggestions.domain.states import Role
from suggestions.practice import HANDOVER
from suggestions.usecases import office
from suggestions.usecases.transaction import use_case

BUREAU = "区民政局"
NEIGHBOUR = "区人力社保局"
CONGRESS_OFFICE = "区人大常委会人代工委"
INSPECTION = "区政府督查室"
_OF_THE_PARTY_OR_A_UNION = frozenset({"区委组织部", "团区委", "区残联"})
_SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Account:
    """A practice account: who it is and which hat they wear."""

    username: str
    name: str
    role: Role
    unit: str = ""
    title: str = ""
    kinds: tuple[str, ...] = ()


ACCOUNTS: tuple[Account, ...] = (
    Account("director", "沈怀远", Role.DIRECTOR, BUREAU, "局长"),
    Account("handler", "韩冬梅", Role.HANDLER, BUREAU, "基层政权科"),
    Account("handler2", "潘一舟", Role.HANDLER, BUREAU, "养老服务科"),
    Account("reviewer", "方志诚", Role.REVIEWER, BUREAU, "副局长", ("secrecy", "section", "legal", "leader")),
    Account("clerk", "何雨", Role.CLERK, BUREAU, "局办公室"),
    Account("deputy", "陈立群", Role.DEPUTY),
    Account("deputy2", "刘素芬", Role.DEPUTY),
    Account("deputy3", "杨秀英", Role.DEPUTY),
    Account("supervisor", "周敏", Role.SUPERVISOR, title=CONGRESS_OFFICE),
    Account("supervisor2", "吴刚", Role.SUPERVISOR, title=CONGRESS_OFFICE),
    Account("inspector", "郑海", Role.INSPECTOR, title=INSPECTION),
    Account("cohandler", "许倩", Role.HANDLER, NEIGHBOUR, "劳动关系科"),
    Account("otherdirector", "马国强", Role.DIRECTOR, NEIGHBOUR, "局长"),
    Account("sysadmin", "卢翔", Role.SYSADMIN),
    Account("secadmin", "冯立", Role.SECADMIN),
    Account("auditor", "邱林", Role.AUDITOR),
)
_OF_EVERY_UNIT = (
    (Role.DIRECTOR, "主要负责人", ()),
    (Role.HANDLER, "承办科室", ()),
    (Role.REVIEWER, "分管领导", ("secrecy",)),
    (Role.CLERK, "办公室", ()),
)
_SURNAMES = "赵钱孙李吴王冯陈蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐"
_GIVEN = "文博静怡国平晓燕建华丽萍志刚雪梅立新海燕永强春芳德明秀兰家伟慧敏"


def _invented_name(at: int) -> str:
    start = (at * 2) % len(_GIVEN)
    return _SURNAMES[at % len(_SURNAMES)] + _GIVEN[start : start + 2]


def _units(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return list(dict.fromkeys([BUREAU, NEIGHBOUR, *(name for row in rows for name in row)]))


@use_case
def settle() -> None:
    """Create the units, people and posts of the practice handover, each with the one practice password."""
    password = current_app.config["PRACTICE_PASSWORD"]
    workbook = HANDOVER / "handover.xlsx"
    rows = read_handover(workbook.read_bytes(), workbook.name).rows
    units = {
        name: office.register_unit(name, is_government=name not in _OF_THE_PARTY_OR_A_UNION, phone="023-55500127")
        for name in _units(tuple((*row.main_units, *row.co_units) for row in rows))
    }
    delegations = {row.lead: row.delegation for row in rows}
    deputies = dict.fromkeys([*delegations, *(name for row in rows for name in row.joint)])
    special = {account.name: account for account in ACCOUNTS if account.role is Role.DEPUTY}
    for account in ACCOUNTS:
        if account.role is not Role.DEPUTY:
            person = office.create_user(account.name, username=account.username, password=password)
            office.appoint(
                person,
                account.role,
                unit=units.get(account.unit),
                title=account.title,
                from_on=_SINCE,
                endorsement_kinds=account.kinds,
            )
    for name in deputies:
        username = special[name].username if name in special else name
        person = office.create_user(
            name, username=username, password=password, delegation=delegations.get(name, ""), is_large=True
        )
        office.appoint(person, Role.DEPUTY, title="人大代表", from_on=_SINCE)
    held = {(account.unit, account.role) for account in ACCOUNTS}
    invented = 0
    for name, unit in units.items():
        for role, title, kinds in _OF_EVERY_UNIT:
            if (name, role) in held:
                continue
            person = office.create_user(_invented_name(invented), username=f"{role}@{name}", password=password)
            office.appoint(person, role, unit=unit, title=title, from_on=_SINCE, endorsement_kinds=kinds)
            invented += 1

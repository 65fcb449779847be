"""Who reads and who signs a hand-over list, by a table written by hand; and what is said to have changed."""

from copy import deepcopy
from typing import Any

import pytest

from suggestions.domain.facts import Actor
from suggestions.domain.hand_over import Change, Parties, changes, digest_of, may_read, may_stand_in
from suggestions.domain.states import Role

UNIT, OTHER, GIVER, TAKER, SOMEBODY = 1, 2, 11, 12, 13
OF = {change: Parties(change, UNIT, GIVER, TAKER) for change in Change}
ITEM: dict[str, Any] = {
    "handling": 5, "number": "第006号", "title": "关于路灯的建议", "state": "in_progress", "round": 1, "handler": "韩冬梅",
    "next": "答复", "next_due_on": "2026-05-09", "reply_due_on": "2026-05-09", "is_past": False,
    "seals": {"read": ["2026-02-10", "沈怀远"]}, "promises": [], "urgings": [],
}  # fmt: skip
PROMISE = {"number": 1, "measure": "装灯", "owner": "韩冬梅", "due_on": "2026-06-30", "evidence": "照片"}
OPINION = {"co_handling": 7, "handling": 9, "number": "第007号", "title": "关于桥的建议", "unit": "区财政局",
           "state": "invited", "due_on": "2026-03-27"}  # fmt: skip


def somebody(role: Role, unit: int | None = None, id: int = SOMEBODY, **more: Any) -> Actor:
    return Actor(person_id=id, name="某人", role=role, unit_id=unit, **more)


@pytest.mark.parametrize(
    ("who", "reads", "for_handler", "for_director", "without_office"),
    [
        (somebody(Role.HANDLER, UNIT, GIVER), True, False, False, False),
        (somebody(Role.HANDLER, UNIT, TAKER), True, False, False, False),
        (somebody(Role.DEPUTY, None, GIVER), True, False, False, False),
        (somebody(Role.DIRECTOR, UNIT, TAKER), True, False, False, False),
        (somebody(Role.DIRECTOR, UNIT), True, True, False, False),
        (somebody(Role.DIRECTOR, UNIT, stood_in_by="文向东"), True, False, False, False),
        (somebody(Role.DIRECTOR, UNIT, is_former=True), False, False, False, False),
        (somebody(Role.DIRECTOR, OTHER), False, False, False, False),
        (somebody(Role.CLERK, UNIT), True, False, False, True),
        (somebody(Role.CLERK, OTHER), False, False, False, False),
        (somebody(Role.HANDLER, UNIT), False, False, False, False),
        (somebody(Role.REVIEWER, UNIT), False, False, False, False),
        (somebody(Role.SUPERVISOR), True, False, True, False),
        (somebody(Role.INSPECTOR), False, False, False, False),
        (somebody(Role.AUDITOR), True, False, False, False),
        (somebody(Role.SECADMIN), False, False, False, False),
        (somebody(Role.SYSADMIN), False, False, False, False),
        (somebody(Role.DEPUTY), False, False, False, False),
    ],
)
def test_who_reads_and_who_signs_in_a_givers_place(
    who: Actor, reads: bool, for_handler: bool, for_director: bool, without_office: bool
) -> None:
    assert {may_read(of, who) for of in OF.values()} == {reads}
    assert may_stand_in(OF[Change.HANDLER], who, has_supervisor=True) is for_handler
    assert may_stand_in(OF[Change.DIRECTOR], who, has_supervisor=True) is for_director
    assert may_stand_in(OF[Change.DIRECTOR], who, has_supervisor=False) is without_office


def test_what_changed_since_the_signature_is_said_matter_by_matter() -> None:
    signed: dict[str, Any] = {"items": [ITEM, {**ITEM, "handling": 6, "number": "第008号"}], "opinions": [OPINION]}
    now = deepcopy(signed)
    assert changes(signed, now) == ()
    assert digest_of(signed) == digest_of(now)
    now["items"][0] |= {"state": "signing", "promises": [PROMISE]}
    now["items"][0]["seals"]["plan"] = ["2026-02-12", "沈怀远"]
    now["items"][1] = {**ITEM, "handling": 8, "number": "第009号"}
    now["opinions"][0]["state"] = "given"
    assert digest_of(signed) != digest_of(now)
    promised = "第1项“装灯”，韩冬梅负责，2026年6月30日到期，凭照片"
    stood = "阅原件 2026年2月10日沈怀远；审方案 {}；督促 还没有；签复函 还没有；协调 还没有"
    assert changes(signed, now) == (
        "第006号 办到哪一步：原为“办理中”，现为“复函待签”。",
        f"第006号 五个亲自：原为“{stood.format('还没有')}”，现为“{stood.format('2026年2月12日沈怀远')}”。",
        f"第006号 没有兑现的承诺：原为“没有”，现为“{promised}”。",
        "第008号《关于路灯的建议》不在清单上了。",
        "新增第009号《关于路灯的建议》。",
        "第007号 协办意见：原为“待报意见，2026年3月27日前报区财政局”，现为“待本单位审定，2026年3月27日前报区财政局”。",
    )

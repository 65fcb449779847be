"""Ordinary people's help: where an action can begin at all, what comes next on the way, and what each reads."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.lives.must import is_endorsed, passage, text_is_whole
from tests.lives.trying import Try
from tests.lives.who import allowed, sees
from tests.lives.world import UNIT_ROLES, Case, Handling, Words, World

if TYPE_CHECKING:
    from tests.lives.life import Life

PLAIN = (
    "cosign", "receive", "retract_return", "recall_plan", "grant_extension", "submit_reply", "recall_reply", "open_rating",
    "release_co_opinion", "accept_co_opinion", "countersign", "publish",
)  # fmt: skip
"""Steps whose form asks nothing."""
TURNS = {
    "assigned": "局办公室签收",
    "received": "局长阅看原件并批示",
    "planning": "拟定方案",
    "plan_review": "局长审定方案",
    "in_progress": "办理并起草复函",
    "signing": "局长签批复函",
    "signed": "局办公室编号、发出",
    "replied": "评价",
    "rated": "评价公布",
    "contested": "人代工委督办",
    "follow_up": "跟踪落实，局长办结",
    "return_requested": "人代工委决定退办",
    "closed": "这一件已经办结",
    "reassigned": "改由别的单位承办",
    "terminated": "不用再办",
}
"""Whose turn it is, as the page must say it."""
NEXT: dict[str, tuple[str, ...]] = {
    "assigned": ("receive",),
    "received": ("open_original", "read_original"),
    "planning": ("name_handler", "split_requests", "submit_plan"),
    "return_requested": ("refuse_return", "retract_return"),
    "plan_review": ("open_original", "read_original", "approve_plan"),
    "in_progress": (
        "name_handler", "grant_extension", "record_contact", "urge", "give_co_opinion", "release_co_opinion", "accept_co_opinion",
        "draft_reply", "endorse", "countersign", "submit_reply",
    ),
    "signing": ("open_original", "read_original", "sign_reply", "return_reply"),
    "signed": ("endorse", "dispatch"),
    "replied": ("rate",),
    "rated": ("open_rating",),
    "contested": ("order_redo", "conclude_dispute"),
    "follow_up": (
        "name_handler", "draft_public_text", "endorse", "publish", "coordinate", "settle_class", "fulfil_promise", "close",
    ),
}  # fmt: skip
"""The ordinary way, state by state."""


def begins(world: World, t: Try) -> dict[str, str]:
    """From where this person may take this step."""
    return allowed(world, t) if world.wears(t.who) and sees(world, t) else {}


def _is_ready(case: Case, h: Handling, text: Words) -> bool:
    is_whole = text_is_whole(h, text) and set(case.leads()) <= set(text["leads"])
    return is_whole and all(passage(h, co) for co in h.cos if co.state == "accepted")


def _has_opened(world: World, _case: Case, h: Handling) -> bool:
    director = world.acting(h.unit) or world.holder(h.unit, "director")
    return (h.round, director) in h.opened or (h.round, director) in h.read


def _has_talked(_w: World, _case: Case, h: Handling) -> bool:
    return any(c.round == h.round and not c.is_attempt and c.verdict != "denied" for c in h.contacts)


def _has_urged(_w: World, _case: Case, h: Handling) -> bool:
    return any(u.action == "urge" and u.round == h.round and u.is_after_plan for u in h.urgings)


def _is_let_pass(world: World, _case: Case, h: Handling) -> bool:
    if h.state == "follow_up":
        return h.public is None or h.public.is_endorsed or not world.holder(h.unit, "reviewer")
    return h.text is not None and is_endorsed(h, h.text)


def _is_countersigned(_w: World, _case: Case, h: Handling) -> bool:
    return all(passage(h, co) in co.signed for co in h.cos if co.state == "accepted")


DONE: dict[str, Callable[[World, Case, Handling], bool]] = {
    "open_original": _has_opened,
    "name_handler": lambda _w, _case, h: bool(h.handler),
    "split_requests": lambda _w, _case, h: h.requests > 0,
    "grant_extension": lambda _w, _case, h: not h.asked_months,
    "record_contact": _has_talked,
    "urge": _has_urged,
    "draft_reply": lambda _w, case, h: h.text is not None and _is_ready(case, h, h.text),
    "endorse": _is_let_pass,
    "countersign": _is_countersigned,
    "draft_public_text": lambda _w, _case, h: h.public is not None,
    "publish": lambda _w, _case, h: bool(h.published),
    "coordinate": lambda _w, _case, h: h.is_coordinated_after,
}
"""By action: whether a step of the ordinary way need not be taken again."""


def is_done(world: World, case: Case, h: Handling, action: str) -> bool:
    """Whether a step of the ordinary way need not be taken again."""
    return action in DONE and DONE[action](world, case, h)


def read_pages(life: "Life", t: Try) -> None:
    """Compare what one person reads of a handling with what they may."""
    world, h = life.world, t.h
    page = life.house.page(t.who, t.case.id, h.id)
    assert (page is not None) == sees(world, t), f"what {t.who} sees of handling {h.id}\n{life.story()}"
    if page is None:
        return
    role = world.people[t.who].role
    if role == "auditor":
        assert TURNS[h.state] in page, f"{h.state}: not said whose turn it is\n{life.story()}"
    for rating in h.ratings:
        if rating.mark and not rating.is_open:
            may = role in ("supervisor", "auditor") or t.who == rating.by
            assert may or rating.mark not in page, f"{t.who} reads a sealed rating\n{life.story()}"
            if role == "supervisor":
                assert rating.mark in page, f"the office does not read the rating {rating}\n{life.story()}"
        elif rating.mark and role in UNIT_ROLES and world.people[t.who].unit == h.unit:
            assert rating.mark in page, f"{t.who} does not read the opened rating {rating}\n{life.story()}"

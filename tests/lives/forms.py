"""What each form asks, written down from the tables of the regulation, and what can be chosen where a case stands."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tests.lives.trying import Try
from tests.lives.world import ANSWERED, UNIT_ROLES, Contact, Words, World

NO_CO_UNIT = "none"
SCORES = ("satisfied", "mostly_satisfied", "understood", "dissatisfied")
_RATING = (
    "scores[request_no=requests,score=parts,reason?] attitude=parts result=parts overall=scores reason? is_pressed!?"
)
# A name asks for text, = for a choice, * for several, < and > for a day behind or ahead, ! for a tick, @ for files;
# ? where it may stay empty; [...] for rows.
FORMS: dict[str, str] = {
    "revise": "title content category?",
    "invite_cosigner": "deputy=deputies",
    "remove_cosigner": "deputy=cosigners",
    "submit": "is_name_hidden!?",
    "return_for_revision": "reason",
    "decline": "ground=decline_grounds reason",
    "assign": "number series=series main_units*=all_units co_units*?=all_units reply_term=reply_terms publication=publication",
    "merge": "into=merge_targets reason",
    "unmerge": "reason",
    "mark_key": "document",
    "plan_supervision": "leader body visits[on>,what,people?] measures reason",
    "report_supervision": "held_on< people found demand? files@?",
    "mark_cross_year": "document",
    "add_unit": "role=unit_roles unit=other_units handling?=open_handlings reason",
    "change_lead": "ground=lead_changes reason",
    "talk_alone": "talked_on< people said",
    "withdraw": "reason",
    "open_original": "sha256=files",
    "read_original": "remark handler=handlers",
    "name_handler": "handler=handlers reason",
    "reassign": "unit=next_units reason",
    "request_return": "reason",
    "grant_return": "unit=next_units reason?",
    "refuse_return": "reason",
    "transfer": "unit=next_units document",
    "split_requests": "requests[text]",
    "submit_plan": "measures[request_no=requests,measure,owner,due_on>] hardest co_units*=plan_units",
    "approve_plan": "remark",
    "return_plan": "reason",
    "invite_co_opinion": "unit=units question",
    "record_contact": "form=contact_forms contacted_on< place? rank=contact_ranks people asked? agreed? files@?",
    "confirm_contact": "contact=contacts",
    "deny_contact": "contact=contacts reason",
    "record_progress": "progress is_shown!?",
    "attach": "files@ note",
    "comment": "comment",
    "urge": "form=urging_forms remark demand answer_due_on>",
    "supervise": "demand answer_due_on>",
    "propose": "stand=stands reason",
    "light_up": "demand",
    "answer_urging": "urging=urgings answer",
    "request_extension": "months=months explanation delivery=delivery",
    "refuse_extension": "reason",
    "draft_reply": (
        "opening answers[request_no=requests,text,result_class=classes,proof?,done_on?] "
        "passages?[co_handling=co_handlings,text] closing result_class=classes publication=publication "
        "publication_ground? not_promises?[sentence,reason]"
    ),
    "endorse": "kind=kinds opinion",
    "refuse_endorsement": "kind=kinds reason",
    "return_reply": "reason",
    "sign_reply": "remark",
    "void_signature": "reason",
    "dispatch": "document_number delivery=delivery copies? has_receipt_form!",
    "record_delivery": "delivered_on<",
    "correct_reply": "reason",
    "draft_public_text": "text",
    "withhold": "ground",
    "rate": _RATING,
    "correct_rating": _RATING,
    "challenge_class": "result_class=classes reason",
    "settle_class": "result_class=classes reason",
    "order_redo": "reason",
    "conclude_dispute": "convened_on< present conclusion",
    "enter_on_paper": "entered=paper_actions files@",
    "confirm_on_paper": "entry=paper_entries is_checked!",
    "coordinate": "with_whom remark checked?",
    "add_promise": "request_no=requests sentence measure owner due_on> evidence",
    "fulfil_promise": "promise=open_promises proof files@?",
    "change_promise": "promise=open_promises due_on> measure? reason",
    "report_promise": "promise=to_report document_number report files@?",
    "rate_promise": "promise=to_rate score=parts reason?",
    "release_promise": "promise=open_promises ground letter",
    "agree_release": "promise=release_asked opinion",
    "close": "conclusion",
    "reopen": "reason",
    "give_co_opinion": "opinion",
    "return_co_opinion": "reason",
    "send_back_co_opinion": "reason",
    "dissent": "reason",
    "go_on_without": "reason",
    "cancel_co_opinion": "reason",
}
_FIXED = {
    "decline_grounds": ("personal",),
    "series": ("between",),
    "reply_terms": ("ordinary", "complex"),
    "publication": ("proactive", "on_request"),
    "unit_roles": ("main", "co"),
    "lead_changes": ("died", "left", "unit"),
    "contact_forms": ("visit", "phone", "attempt"),
    "contact_ranks": ("head", "staff"),
    "urging_forms": ("urge", "hear", "inspect"),
    "delivery": ("in_person", "post", "platform"),
    "classes": ("A", "B", "C", "D"),
    "scores": SCORES,
    "parts": ("satisfied", "mostly_satisfied", "dissatisfied"),
}


@dataclass(frozen=True)
class Ask:
    """One thing a form asks."""

    name: str
    kind: str
    source: str
    is_optional: bool
    columns: tuple["Ask", ...] = ()


_TOKEN = re.compile(r"(\w+)([*!@<>]?)(\??)(?:=(\w+)|\[(.*)\])?$")


def _ask(token: str) -> Ask:
    found = _TOKEN.match(token)
    assert found is not None, token
    name, kind, optional, source, columns = found.groups()
    parts = tuple(_ask(column) for column in columns.split(",")) if columns else ()
    kind = "[" if columns else kind or ("=" if source else "")
    return Ask(name, kind, source or "", bool(optional), parts)


def asks(t: Try) -> tuple[Ask, ...]:
    """What the form of this step asks of this person, where the row stands."""
    found = tuple(_ask(token) for token in FORMS.get(t.action, "").split())
    if t.action == "plan_supervision" and not t.case.is_supervision_planned:
        return found[:-1]
    if t.action == "read_original" and t.h.state in _TALKS[1:5] and (t.h.round, t.who) not in t.h.read:
        return found[:1]
    if t.action in ("endorse", "refuse_endorsement") and t.h.state in ANSWERED:
        return found[1:]
    if t.action == "enter_on_paper" and t.words.get("entered") in paper_actions(t):
        return (*found, *(_ask(token) for token in FORMS[t.words["entered"]].split()))
    return found


def paper_actions(t: Try) -> list[str]:
    """Which of the lead deputy's steps could come on paper now."""
    h = t.h
    if t.case.lead not in t.case.leads():
        return []
    found = ["rate"] if h.state == "replied" or (h.state == "follow_up" and not h.word(t.case.lead)) else []
    found += ["correct_rating"] if h.state == "rated" else []
    found += ["confirm_contact"] if h.state in _TALKS and _unjudged(t) else []
    return found + (["challenge_class"] if h.state in ("replied", "rated", "contested", "follow_up") else [])


_TALKS = (
    "received", "planning", "plan_review", "in_progress", "signing", "signed", "replied", "rated", "contested", "follow_up",
)  # fmt: skip


def _unjudged(t: Try) -> list[Contact]:
    return [c for c in t.h.contacts if not c.verdict and not c.is_attempt]


def waiting(t: Try) -> list[str]:
    """The papers that nobody confirmed yet, of the letter that stands; a newer one takes an older one's place."""
    newest = {entry.action: entry for entry in t.h.entries}
    return [str(e.seq) for e in newest.values() if not e.is_confirmed and _is_of_now(e.action, e.letters, t)]


def _is_of_now(action: str, letters: int, t: Try) -> bool:
    return action == "confirm_contact" or letters == t.h.letters


def choices(world: World, t: Try, source: str) -> list[str]:
    """The codes that can be chosen now."""
    if source in _FIXED:
        return list(_FIXED[source])
    found = _CHOICES[source](world, t)
    return [str(code) for code in found]


def _units(world: World, *without: str) -> list[int]:
    staffed = {person.unit for person in world.people.values() if person.role in UNIT_ROLES}
    return [u.id for u in world.units.values() if u.name in staffed and u.name not in without]


def _kinds(world: World, t: Try) -> list[str]:
    return ["secrecy"] if world.people[t.who].role in ("reviewer", "clerk") else []


def _deputies(world: World, t: Try) -> list[int]:
    return [
        p.id
        for p in world.people.values()
        if p.role == "deputy" and p.serves(world.today) and p.name not in (t.case.lead, *t.case.cosigners)
    ]


def _stands(_w: World, t: Try) -> list[str]:
    if t.h.state != "contested":
        return ["agree", "refuse"]
    return ["redo", "settle"] if t.h.round == 1 else ["settle"]


def _targets(world: World, t: Try) -> list[int]:
    open_cases = [c for c in world.cases if c is not t.case and c.state in ("submitted", "assigned")]
    return [c.id for c in open_cases if not c.is_late()]


_CHOICES: dict[str, Callable[[World, Try], Iterable[object]]] = {
    "deputies": _deputies,
    "cosigners": lambda world, t: [world.people[name].id for name in t.case.cosigners],
    "all_units": lambda world, _t: _units(world),
    "units": lambda world, t: _units(world, t.h.unit, *(co.unit for co in t.h.cos)),
    "other_units": lambda world, t: _units(world, *(h.unit for h in t.case.handlings)),
    "next_units": lambda world, t: _units(world, t.h.unit),
    "plan_units": lambda world, t: [NO_CO_UNIT, *_units(world, t.h.unit)],
    "merge_targets": _targets,
    "open_handlings": lambda _w, t: [h.id for h in t.case.handlings if h.state in _TALKS[:4] or h.state == "assigned"],
    "files": lambda _w, _t: ["original"],
    "stands": _stands,
    "handlers": lambda world, t: [
        p.id for p in world.people.values() if (p.unit, p.role) == (t.h.unit, "handler") and p.serves(world.today)
    ],
    "requests": lambda _w, t: range(1, t.h.requests + 1),
    "contacts": lambda _w, t: [c.seq for c in _unjudged(t)],
    "urgings": lambda _w, t: [u.seq for u in t.h.urgings if not u.is_answered],
    "months": lambda _w, t: range(1, max(t.h.extension_left, 1) + 1),
    "co_handlings": lambda _w, t: [co.id for co in t.h.cos if co.state != "cancelled"],
    "kinds": _kinds,
    "paper_actions": lambda _w, t: paper_actions(t),
    "paper_entries": lambda _w, t: waiting(t),
    "open_promises": lambda _w, t: [p.id for p in t.h.promises if p.is_open],
    "to_report": lambda _w, t: [p.id for p in t.h.promises if not p.is_released],
    "to_rate": lambda _w, t: [p.id for p in t.h.promises if p.is_to_rate],
    "release_asked": lambda _w, t: [p.id for p in t.h.promises if p.is_release_asked and p.is_open],
}


def is_well_formed(world: World, t: Try) -> bool:
    """Whether every field is filled in with something that can be chosen, with a day that may stand there."""
    return all(_is_filled(world, t, ask, t.words.get(ask.name)) for ask in asks(t))


def _is_filled(world: World, t: Try, ask: Ask, said: object) -> bool:
    if not said:
        return ask.is_optional
    if ask.kind == "[":
        assert isinstance(said, list)
        return all(_is_filled(world, t, column, row.get(column.name)) for row in said for column in ask.columns)
    if ask.kind == "*":
        assert isinstance(said, list)
        return set(said) <= set(choices(world, t, ask.source))
    if ask.kind == "=":
        return said in choices(world, t, ask.source)
    if ask.kind == "<":
        return date.fromisoformat(str(said)) <= world.today
    return ask.kind != ">" or date.fromisoformat(str(said)) >= world.today


def words_of(t: Try) -> Words:
    """The words of the step that a paper holds, without what the office adds."""
    return {name: said for name, said in t.words.items() if name not in ("entered", "files")}

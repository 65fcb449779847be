"""What must be true first, as the regulation's table of guards says it; each judges one step on one row."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.lives import law
from tests.lives.forms import NO_CO_UNIT, words_of
from tests.lives.trying import Try
from tests.lives.world import ANSWERED, FINAL, Co, Handling, Words, World

PROMISE = "明年底以前将再建两处充电棚。"
PERSONAL = {
    "read_original": "read",
    "approve_plan": "plan",
    "urge": "urge",
    "sign_reply": "sign",
    "coordinate": "coordinate",
}
BOUND = {*PERSONAL, "endorse", "refuse_endorsement", "publish", "countersign", "dissent"}
Must = Callable[[World, Try], bool]


def _opened(_w: World, t: Try) -> bool:
    return (t.h.round, t.who) in t.h.opened


def _read(_w: World, t: Try) -> bool:
    return (t.h.round, t.who) in t.h.read


def _next_unit_is_free(world: World, t: Try) -> bool:
    unit = world.unit_of(t.words["unit"]).name
    handles = any(h.unit == unit and h.state != "reassigned" for h in t.case.handlings)
    return not handles and not any(co.unit == unit and co.state not in FINAL for co in t.h.cos)


def _return_in_term(world: World, t: Try) -> bool:
    return t.h.round == 1 and world.today <= law.workdays(t.h.assigned_on, law.RETURN)


def _no_open_promise(_w: World, t: Try) -> bool:
    return not any(p.is_open for p in t.h.promises)


def _plan_covers(_w: World, t: Try) -> bool:
    planned = {row["request_no"] for row in t.words["measures"]}
    return t.h.requests > 0 and planned >= {str(n) for n in range(1, t.h.requests + 1)}


def _extension(world: World, t: Try) -> bool:
    return t.h.extension_left > 0 and world.today <= t.h.reply_due_on and not t.h.asked_months


def _contacted(h: Handling) -> bool:
    own = [c for c in h.contacts if c.round == h.round]
    days = {c.on for c in own if c.is_attempt}
    return len(days) >= 3 or any(not c.is_attempt and c.verdict != "denied" for c in own)


def text_is_whole(h: Handling, text: Words) -> bool:
    """Whether the letter answers every request with its proof, and every promise in it stands in the ledger."""
    answers = {row["request_no"]: row for row in text["answers"]}
    for number in range(1, h.requests + 1):
        answer = answers.get(str(number))
        if not answer or not answer["done_on" if answer["result_class"] == "B" else "proof"]:
            return False
    said = [text["closing"], *(row["text"] for row in text["answers"]), *(row["text"] for row in text["passages"])]
    known = {p.sentence for p in h.promises} | {row["sentence"] for row in text["not_promises"]}
    if any(PROMISE in words for words in said) and PROMISE not in known:
        return False
    return text["publication"] == "proactive" or bool(text["publication_ground"])


def _is_earlier(co: Co, h: Handling) -> bool:
    return co.state in ("accepted", "silent") and 0 < co.ended_round < h.round


def is_to_ask_anew(co: Co, h: Handling) -> bool:
    """Whether a plan that names the unit asks it again."""
    return co.state == "cancelled" or _is_earlier(co, h)


def passage(h: Handling, co: Co) -> str:
    """What the standing letter says of an opinion."""
    return next((p["text"] for p in (h.text or {"passages": ()})["passages"] if p["co_handling"] == str(co.id)), "")


def _co_is_settled(world: World, h: Handling, co: Co) -> bool:
    if co.state != "accepted":
        return co.state in ("silent", "cancelled")
    words = passage(h, co)
    if not words:
        return _is_earlier(co, h)
    shown = (on for round, on, text in h.drafts if round == h.round and _says(text, co, words))
    first = next(shown, None)
    is_silent = first is not None and law.workdays_since(first, world.today) > law.COUNTERSIGN
    return words in co.signed or is_silent


def _says(text: Words, co: Co, words: str) -> bool:
    return any(p["co_handling"] == str(co.id) and p["text"] == words for p in text["passages"])


def is_endorsed(h: Handling, text: Words) -> bool:
    """Whether the newest secrecy opinion on exactly this text lets it pass."""
    return next((given for kind, of, given in reversed(h.endorsed) if kind == "secrecy" and of == text), False)


def _names_leads(t: Try, text: Words) -> bool:
    return set(t.case.leads()) <= set(text["leads"])


def _may_endorse(_w: World, t: Try) -> bool:
    """There is something to endorse, the letter or once it is out its public text, and it is another's."""
    if t.h.state in ANSWERED:
        return t.h.public is not None and t.h.public.by != t.who
    return t.h.text is not None


def _may_publish(_w: World, t: Try) -> bool:
    public, signed = t.h.public, t.h.signed
    is_open = signed is not None and signed["publication"] == "proactive"
    return is_open and public is not None and public.is_endorsed and public.text != t.h.published


def _may_submit_reply(world: World, t: Try) -> bool:
    h, text = t.h, t.h.text
    if text is None or not text_is_whole(h, text) or not _names_leads(t, text):
        return False
    pressed = any(u.action == "urge" and u.round == h.round and u.is_after_plan for u in h.urgings)
    return pressed and _contacted(h) and is_endorsed(h, text) and all(_co_is_settled(world, h, co) for co in h.cos)


def signed_text(t: Try) -> Words:
    """The letter as the director is shown it, with the own changes."""
    return {**(t.h.text or {}), **({"closing": t.words["edits"]} if t.words.get("edits") else {})}


def _may_sign(world: World, t: Try) -> bool:
    text = signed_text(t)
    return _read(world, t) and text_is_whole(t.h, text) and _names_leads(t, text)


def _may_go_on(world: World, t: Try) -> bool:
    is_pressed = any(u.action == "supervise" and world.people[u.by].role == "supervisor" for u in t.h.urgings)
    return is_pressed and world.today > t.c.due_on


def _may_close(world: World, t: Try) -> bool:
    seals = {seal for round, seal in t.h.seals if round == t.h.round}
    return _no_open_promise(world, t) and not t.h.challenge and len(seals) == 5 and t.h.is_coordinated_after


def _may_settle(world: World, t: Try) -> bool:
    is_office = world.people[t.who].role == "supervisor"
    return bool(t.h.challenge) and is_office == bool(t.h.settled_by)


def _may_correct(_w: World, t: Try) -> bool:
    own = [r for r in t.h.sealed() if r.by == t.who]
    return bool(own) and not any(r.is_corrected for r in own)


def _may_enter(world: World, t: Try) -> bool:
    lead = replace(t, action=t.words["entered"], who=t.case.lead, words=words_of(t))
    return is_true(world, lead)


def _may_confirm(_w: World, t: Try) -> bool:
    entry = next(e for e in t.h.entries if str(e.seq) == t.words["entry"])
    return entry.by != t.who and entry.deputy == t.case.lead


def _heard_if_replied(_w: World, t: Try) -> bool:
    return (not t.case.was_replied or t.case.was_heard) and (t.case.state != "submitted" or not t.case.merged)


def _may_unmerge(_w: World, t: Try) -> bool:
    into = t.case.into
    return into is not None and not into.is_late() and not (into.state == "withdrawn" and len(into.merged) == 1)


MUST: dict[str, Must] = {
    "submit": lambda w, t: all(t.case.cosigners.values()) and w.people[t.who].serves(w.today),
    "return_for_revision": lambda _w, t: not t.case.merged,
    "decline": lambda _w, t: not t.case.merged,
    "merge": lambda _w, t: not t.case.merged,
    "unmerge": _may_unmerge,
    "mark_key": lambda _w, t: not t.case.is_key,
    "plan_supervision": lambda _w, t: t.case.is_key,
    "report_supervision": lambda _w, t: t.case.is_key,
    "mark_cross_year": lambda _w, t: not t.case.is_cross_year,
    "change_lead": lambda _w, t: not t.case.is_lead_gone,
    "talk_alone": lambda _w, t: t.case.was_replied,
    "withdraw": _heard_if_replied,
    "read_original": _opened,
    "reassign": _next_unit_is_free,
    "request_return": lambda w, t: _return_in_term(w, t) and _no_open_promise(w, t),
    "grant_return": _next_unit_is_free,
    "transfer": _next_unit_is_free,
    "submit_plan": _plan_covers,
    "approve_plan": _read,
    "propose": lambda _w, t: t.h.waits is not None and t.h.waits not in t.h.proposed,
    "light_up": lambda w, t: t.h.lit_on is None or (w.today - t.h.lit_on).days >= law.LAMP,
    "request_extension": _extension,
    "grant_extension": lambda _w, t: bool(t.h.asked_months),
    "refuse_extension": lambda _w, t: bool(t.h.asked_months),
    "endorse": _may_endorse,
    "refuse_endorsement": _may_endorse,
    "publish": _may_publish,
    "submit_reply": _may_submit_reply,
    "sign_reply": _may_sign,
    "dispatch": lambda _w, t: t.h.signed is not None and is_endorsed(t.h, t.h.signed),
    "correct_reply": lambda _w, t: not any(r.round == t.h.round for r in t.h.ratings),
    "rate": lambda _w, t: t.h.word(t.who) is None,
    "correct_rating": _may_correct,
    "challenge_class": lambda w, t: (
        not t.h.challenge and (not t.h.settled_by or w.people[t.h.settled_by].role == "director")
    ),
    "settle_class": _may_settle,
    "order_redo": lambda _w, t: t.h.round < law.ROUNDS,
    "enter_on_paper": _may_enter,
    "confirm_on_paper": _may_confirm,
    "reopen": lambda _w, t: t.case.state != "withdrawn",
    "close": _may_close,
    "countersign": lambda _w, t: bool(passage(t.h, t.c)),
    "dissent": lambda _w, t: bool(passage(t.h, t.c)),
    "go_on_without": _may_go_on,
}


def is_true(world: World, t: Try) -> bool:
    """Whether everything that must be true first is true."""
    if t.action in PERSONAL and world.acting(t.h.unit) not in ("", t.who):
        return False
    return t.action not in MUST or MUST[t.action](world, t)


def is_meant(world: World, t: Try) -> bool:
    """Whether the words say something that can be done: what no single field shows."""
    return t.action not in _MEANT or _MEANT[t.action](world, t)


def _assigns(world: World, t: Try) -> bool:
    words = t.words
    return words["number"] not in world.numbers and not set(words["main_units"]) & set(words["co_units"])


def _adds_unit(world: World, t: Try) -> bool:
    if t.words["role"] == "main":
        return True
    found = next((other for other in t.case.handlings if str(other.id) == t.words["handling"]), None)
    unit = world.unit_of(t.words["unit"]).name
    return found is not None and unit not in (found.unit, *(co.unit for co in found.cos))


def _changes_promise(_w: World, t: Try) -> bool:
    words, promise = t.words, next(p for p in t.h.promises if str(p.id) == t.words["promise"])
    return (words["due_on"], words["measure"] or promise.measure) != (promise.due_on, promise.measure)


def _finishes(_w: World, t: Try) -> bool:
    return t.words.get("entered", "rate") not in ("rate", "correct_rating") or is_finished(t.h, t.words)


def _is_delivered(world: World, t: Try) -> bool:
    on = date.fromisoformat(t.words["delivered_on"])
    return t.h.sent_on <= on and law.rating_ends(t.h.sent_on, on) >= world.today


_MEANT: dict[str, Must] = {
    "assign": _assigns,
    "add_unit": _adds_unit,
    "submit_plan": lambda _w, t: NO_CO_UNIT not in t.words["co_units"] or len(t.words["co_units"]) == 1,
    "record_contact": lambda _w, t: bool(t.words["contacted_on"] >= t.h.assigned_on.isoformat()),
    "request_extension": lambda _w, t: int(t.words["months"]) <= t.h.extension_left,
    "dispatch": lambda w, t: t.words["document_number"] not in w.letters_sent,
    "record_delivery": _is_delivered,
    "rate": _finishes,
    "correct_rating": _finishes,
    "enter_on_paper": _finishes,
    "rate_promise": lambda _w, t: t.words["score"] != "dissatisfied" or bool(t.words["reason"]),
    "challenge_class": lambda _w, t: bool(t.words["result_class"] != t.h.result_class),
    "change_promise": _changes_promise,
}


def is_finished(h: Handling, words: Words) -> bool:
    """Whether every request has a score, and a reason stands beside "not satisfied"."""
    scored = {row["request_no"] for row in words["scores"]}
    is_whole = scored >= {str(n) for n in range(1, h.requests + 1)}
    return is_whole and (words["overall"] != "dissatisfied" or bool(words["reason"]))

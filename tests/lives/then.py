"""What stands after a step: states, versions, events, and everything that the next step is judged by."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tests.lives import law, then_more
from tests.lives.forms import NO_CO_UNIT
from tests.lives.must import PERSONAL, is_to_ask_anew, passage, signed_text
from tests.lives.then_more import move, system
from tests.lives.trying import Try
from tests.lives.world import ANSWERED, FINAL, Co, Contact, Entry, Handling, Rating, Urging, World

Then = Callable[[World, Try, int], None]


def begin(world: World, t: Try, unit: str, part: int | None, term: str) -> Handling:
    """Begin a unit's handling today; its id is learnt from the house."""
    handling = Handling(0, unit, part, world.today, term)
    t.case.handlings.append(handling)
    t.case.note("handling", "begin")
    return handling


def invite(world: World, t: Try, handling: Handling, unit: str, *, is_own: bool) -> None:
    """Owe another unit's opinion to a handling from today."""
    handling.cos.append(Co(0, unit, is_own, law.workdays(world.today, law.CO_OPINION)))
    t.case.note("co_handling", "invite_co_opinion")


def _assign(world: World, t: Try, _seq: int) -> None:
    main = [world.unit_of(code).name for code in t.words["main_units"]]
    t.case.number = t.words["number"]
    world.numbers.add(t.case.number)
    for at, unit in enumerate(main, start=1):
        handling = begin(world, t, unit, at if len(main) > 1 else None, t.words["reply_term"])
        for code in t.words["co_units"]:
            invite(world, t, handling, world.unit_of(code).name, is_own=False)


def _add_unit(world: World, t: Try, _seq: int) -> None:
    unit = world.unit_of(t.words["unit"]).name
    if t.words["role"] == "co":
        handling = next(h for h in t.case.handlings if str(h.id) == t.words["handling"])
        invite(world, t, handling, unit, is_own=False)
        return
    first = t.case.handlings[0]
    lines = [h for h in t.case.handlings if h.state != "reassigned"]
    for at, handling in enumerate(lines, start=1):
        handling.part = handling.part or at
    begin(world, t, unit, 1 + max(h.part or 0 for h in t.case.handlings), first.reply_term)


def _change_lead(_w: World, t: Try, _seq: int) -> None:
    case, old = t.case, t.case.lead
    following = next((name for name, has_signed in case.cosigners.items() if has_signed), "")
    if not following:
        case.is_lead_gone = True
        if not case.merged:
            for handling in case.handlings:
                if handling.state == "replied":
                    system(case, "handling", "waive_rating", handling, "follow_up")
        return
    case.lead = following
    del case.cosigners[following]
    if t.words["ground"] == "unit":
        case.cosigners[old] = True


def _withdraw(_w: World, t: Try, _seq: int) -> None:
    if t.case.merged:
        return
    for handling in t.case.handlings:
        if handling.state in FINAL:
            continue
        system(t.case, "handling", "terminate", handling, "terminated")
        handling.asked_months = 0
        for co in handling.cos:
            if co.state not in FINAL:
                system(t.case, "co_handling", "cancel_co_opinion", co, "cancelled")


def _next_unit(world: World, t: Try, _seq: int) -> None:
    old = t.h
    old.asked_months = 0
    new = begin(world, t, world.unit_of(t.words["unit"]).name, old.part, old.reply_term)
    new.cos = [co for co in old.cos if co.state not in FINAL]
    old.cos = [co for co in old.cos if co.state in FINAL]


def _transfer(world: World, t: Try, _seq: int) -> None:
    t.h.unit, t.h.handler = world.unit_of(t.words["unit"]).name, ""


def _read_original(world: World, t: Try, _seq: int) -> None:
    t.h.read.add((t.h.round, t.who))
    if "handler" in t.words:
        t.h.handler = world.person_of(t.words["handler"])


def _approve_plan(world: World, t: Try, _seq: int) -> None:
    h, t.h.is_planned = t.h, True
    known = {co.unit: co for co in h.cos}
    for code in h.plan:
        unit = h.unit if code == NO_CO_UNIT else world.unit_of(code).name
        if unit == h.unit:
            continue
        if unit not in known:
            invite(world, t, h, unit, is_own=True)
        elif is_to_ask_anew(known[unit], h):
            co = known[unit]
            system(t.case, "co_handling", "reinvite_co_opinion", co, "invited")
            co.is_own, co.due_on, co.signed = True, law.workdays(world.today, law.CO_OPINION), set()


def _record_contact(_w: World, t: Try, seq: int) -> None:
    is_attempt = t.words["form"] == "attempt"
    t.h.contacts.append(Contact(seq, t.h.round, t.words["contacted_on"], is_attempt))


def _judge_contact(_w: World, t: Try, _seq: int) -> None:
    contact = next(c for c in t.h.contacts if str(c.seq) == t.words["contact"])
    contact.verdict = "denied" if t.action == "deny_contact" else "confirmed"


def _press(world: World, t: Try, seq: int) -> None:
    h = t.h
    h.urgings.append(Urging(seq, t.action, t.who, h.round, h.is_planned))
    if t.action == "light_up":
        h.lit_on = world.today


def _answer(_w: World, t: Try, _seq: int) -> None:
    next(u for u in t.h.urgings if str(u.seq) == t.words["urging"]).is_answered = True


def _request_extension(_w: World, t: Try, _seq: int) -> None:
    t.h.asked_months, t.h.extensions = int(t.words["months"]), t.h.extensions + 1
    if t.case.rulebook == law.CONSENTING:
        return
    # The Chongqing rulebook asks no consent: the system grants in the same breath.
    system(t.case, "handling", "grant_extension", t.h, t.h.state)
    t.h.extended, t.h.asked_months = t.h.extended + t.h.asked_months, 0


def _draft(world: World, t: Try, _seq: int) -> None:
    case, leads = t.case, t.case.leads()
    joint = [] if case.state == "withdrawn" else list(case.cosigners)
    names = list(dict.fromkeys((*leads[:1], *joint, *leads[1:])))
    text = {**t.words, "leads": names, "number": (case.number, t.h.part), "requests": t.h.requests}
    t.h.drafts.append((t.h.round, world.today, text))
    t.h.draft, t.h.signed, t.h.result_class = text, None, t.words["result_class"]


def _endorse(_w: World, t: Try, _seq: int) -> None:
    if t.h.public is not None and t.h.state in ANSWERED:
        t.h.public.is_endorsed = t.action == "endorse"
        return
    assert t.h.text is not None
    t.h.endorsed.append((t.words["kind"], t.h.text, t.action == "endorse"))


def _sign(_w: World, t: Try, _seq: int) -> None:
    t.h.signed, t.h.asked_months = signed_text(t), 0


def _void(_w: World, t: Try, _seq: int) -> None:
    t.h.signed = None
    t.h.seals.discard((t.h.round, "sign"))


def _dispatch(world: World, t: Try, _seq: int) -> None:
    assert t.h.signed is not None
    world.letters_sent.add(t.words["document_number"])
    t.h.result_class = t.h.signed["result_class"]
    t.h.sent_on = world.today
    t.h.public, t.h.published = None, ""
    _deliver(t.h, world.today if t.words["delivery"] == "in_person" else date.max)
    t.case.was_replied = True
    if not t.case.leads():
        system(t.case, "handling", "waive_rating", t.h, "follow_up")


def _deliver(h: Handling, on: date) -> None:
    h.rating_due_on = law.rating_ends(h.sent_on, on)


def _record_delivery(_w: World, t: Try, _seq: int) -> None:
    _deliver(t.h, date.fromisoformat(t.words["delivered_on"]))


def _correct_reply(_w: World, t: Try, _seq: int) -> None:
    _void(_w, t, _seq)
    t.h.draft = t.h.public = None
    t.h.published = ""
    t.h.letters += 1


def _rate(world: World, t: Try, _seq: int) -> None:
    words = t.words
    t.h.ratings.append(Rating(t.who, t.h.round, words["overall"] == "dissatisfied", words["reason"]))
    if t.h.state == "rated":
        t.h.rated_on = world.today


def _correct_rating(_w: World, t: Try, _seq: int) -> None:
    own = t.h.word(t.who)
    assert own is not None
    own.is_bad, own.mark, own.is_corrected = t.words["overall"] == "dissatisfied", t.words["reason"], True


def _order_redo(world: World, t: Try, _seq: int) -> None:
    h = t.h
    h.round, h.round_on, h.extended, h.asked_months = h.round + 1, world.today, 0, 0
    h.draft = h.signed = None
    h.is_planned = h.is_coordinated_after = False
    h.letters, h.challenge, h.settled_by = h.letters + 1, "", ""


def _enter(_w: World, t: Try, seq: int) -> None:
    words = {name: said for name, said in t.words.items() if name not in ("entered", "files")}
    t.h.entries.append(Entry(seq, t.words["entered"], words, t.who, t.case.lead, t.h.letters))


def _plan(_w: World, t: Try, _seq: int) -> None:
    t.h.plan = list(t.words["co_units"])


def _opinion_ends(_w: World, t: Try, _seq: int) -> None:
    t.c.ended_round = t.h.round


def _send_back(world: World, t: Try, _seq: int) -> None:
    t.c.due_on = law.workdays(world.today, law.CO_OPINION_AGAIN)


def _sign_passage(_w: World, t: Try, _seq: int) -> None:
    t.c.signed.add(passage(t.h, t.c))


def _open_original(_w: World, t: Try, _seq: int) -> None:
    t.h.opened.add((t.h.round, t.who))


def _split(_w: World, t: Try, _seq: int) -> None:
    t.h.requests = len(t.words["requests"])


def _name(world: World, t: Try, _seq: int) -> None:
    t.h.handler = world.person_of(t.words["handler"])


def _close(_w: World, t: Try, _seq: int) -> None:
    if t.case.state == "assigned" and all(h.state in FINAL for h in t.case.handlings):
        system(t.case, "suggestion", "complete", t.case, "closed")


def _reopen(_w: World, t: Try, _seq: int) -> None:
    if t.case.state == "closed":
        system(t.case, "suggestion", "reopen", t.case, "assigned")


THEN: dict[str, Then] = {
    **then_more.THEN,
    "assign": _assign, "add_unit": _add_unit, "change_lead": _change_lead, "withdraw": _withdraw,
    "reassign": _next_unit, "grant_return": _next_unit, "transfer": _transfer,
    "read_original": _read_original, "open_original": _open_original, "name_handler": _name,
    "split_requests": _split, "submit_plan": _plan, "approve_plan": _approve_plan,
    "record_contact": _record_contact, "confirm_contact": _judge_contact, "deny_contact": _judge_contact,
    "urge": _press, "supervise": _press, "light_up": _press, "answer_urging": _answer,
    "request_extension": _request_extension, "draft_reply": _draft,
    "endorse": _endorse, "refuse_endorsement": _endorse, "sign_reply": _sign, "void_signature": _void,
    "dispatch": _dispatch, "record_delivery": _record_delivery, "correct_reply": _correct_reply,
    "rate": _rate, "correct_rating": _correct_rating, "order_redo": _order_redo,
    "enter_on_paper": _enter,
    "accept_co_opinion": _opinion_ends, "go_on_without": _opinion_ends, "send_back_co_opinion": _send_back,
    "countersign": _sign_passage, "dissent": _sign_passage, "close": _close, "reopen": _reopen,
}  # fmt: skip


def stand(world: World, t: Try, target: str) -> None:
    """Let a step stand: the row moves, the record grows, and what else follows."""
    move(t, target)
    seq = t.case.note(t.life, t.action)
    if seal := PERSONAL.get(t.action):
        t.h.seals.add((t.h.round, seal))
    if t.action == "invite_co_opinion":
        invite(world, t, t.h, world.unit_of(t.words["unit"]).name, is_own=True)
    if t.action in THEN:
        THEN[t.action](world, t, seq)
    if t.action == "confirm_on_paper":
        entry = next(e for e in t.h.entries if str(e.seq) == t.words["entry"])
        entry.is_confirmed = True
        stand(world, on_paper(t), then_more.target_on_paper(world, on_paper(t)))


def on_paper(t: Try) -> Try:
    """The step that a paper holds, in the deputy's name."""
    entry = next(e for e in t.h.entries if str(e.seq) == t.words["entry"])
    return replace(t, action=entry.action, who=entry.deputy, words=entry.words)

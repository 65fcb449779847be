"""What moves by itself: versions, steps of the system, the days that pass; and the promises."""

from collections.abc import Callable
from datetime import date

from tests.lives import law
from tests.lives.trying import Try
from tests.lives.who import allowed
from tests.lives.world import Case, Co, Handling, Promise, Public, World

# These add to the record without changing what others decide on: the row keeps its version.
EVIDENCE = {
    "report_supervision", "propose", "talk_alone", "open_original", "record_contact", "confirm_contact", "deny_contact", "record_progress", "attach",
    "comment", "urge", "supervise", "light_up", "answer_urging", "endorse", "refuse_endorsement", "enter_on_paper",
    "confirm_on_paper", "record_delivery", "coordinate", "add_promise", "fulfil_promise", "change_promise", "report_promise",
    "rate_promise", "release_promise", "agree_release", "countersign", "dissent", "draft_public_text", "publish", "withhold",
}  # fmt: skip


def move(t: Try, target: str) -> None:
    """Move the row of a step."""
    row = t.row
    is_evidence = t.action in EVIDENCE or (t.action == "rate" and target == row.state)
    row.state = target
    row.version += not is_evidence


def system(case: Case, life: str, action: str, row: Case | Handling | Co, target: str) -> None:
    """A step of the system."""
    row.state = target
    row.version += 1
    case.note(life, action)


def target_on_paper(world: World, t: Try) -> str:
    """Where the step leads that a deputy took on paper."""
    return allowed(world, t)[t.h.state]


def tick(world: World) -> None:
    """A new day: nobody received, nobody rated who was reminded on an earlier one, the window is over."""
    rows = [(case, handling) for case in world.cases for handling in case.handlings]
    for case, h in rows:
        if h.state == "assigned" and world.today >= law.workdays(h.assigned_on, law.RECEIVE):
            system(case, "handling", "receive", h, "received")
    for case, h in rows:
        if h.state == "replied" and world.today > h.rating_due_on and h.warned_on.get(h.round, date.max) < world.today:
            was_rated = any(r.round == h.round for r in h.ratings)
            system(case, "handling", "lapse_rating", h, "rated" if was_rated else "follow_up")
            h.rated_on = world.today if was_rated else h.rated_on
    for case, h in rows:
        if h.state == "rated" and world.today > law.workdays(h.rated_on, law.WINDOW):
            is_bad = any(r.is_bad for r in h.sealed())
            system(case, "handling", "open_rating", h, "contested" if is_bad else "follow_up")
            _unseal(h)
    for _, h in rows:
        if h.state == "replied" and law.workdays_since(world.today, h.rating_due_on) <= law.RATING_NEAR:
            h.warned_on.setdefault(h.round, world.today)


def _unseal(h: Handling) -> None:
    for rating in h.sealed():
        rating.is_open = True


def _open_rating(_w: World, t: Try, _seq: int) -> None:
    _unseal(t.h)


def _promise(t: Try) -> Promise:
    return next(p for p in t.h.promises if str(p.id) == t.words["promise"])


def _add_promise(_w: World, t: Try, _seq: int) -> None:
    words, number = t.words, 1 + len(t.h.promises)
    t.h.promises.append(Promise(0, number, words["sentence"], words["due_on"], words["measure"]))


def _fulfil(_w: World, t: Try, _seq: int) -> None:
    promise = _promise(t)
    promise.is_fulfilled, promise.is_release_asked = True, False


def _change(_w: World, t: Try, _seq: int) -> None:
    promise = _promise(t)
    promise.due_on, promise.measure = t.words["due_on"], t.words["measure"] or promise.measure


def _report(_w: World, t: Try, _seq: int) -> None:
    _promise(t).is_to_rate = True


def _rate_promise(_w: World, t: Try, _seq: int) -> None:
    promise = _promise(t)
    promise.is_to_rate = False
    if t.words["score"] == "dissatisfied" and not promise.reopened and not promise.is_released:
        promise.reopened, promise.is_fulfilled = 1, False


def _ask_release(_w: World, t: Try, _seq: int) -> None:
    _promise(t).is_release_asked = True


def _release(_w: World, t: Try, _seq: int) -> None:
    promise = _promise(t)
    promise.is_released, promise.is_release_asked = True, False


def _heard(_w: World, t: Try, _seq: int) -> None:
    t.case.was_heard = True


def _mark(_w: World, t: Try, _seq: int) -> None:
    t.case.is_cross_year = True


def _draft_public(_w: World, t: Try, _seq: int) -> None:
    t.h.public = Public(t.words["text"], t.who)


def _publish(_w: World, t: Try, _seq: int) -> None:
    assert t.h.public is not None
    t.h.published = t.h.public.text


def _withhold(_w: World, t: Try, _seq: int) -> None:
    t.h.published = ""


def _grant_extension(_w: World, t: Try, _seq: int) -> None:
    t.h.extended, t.h.asked_months = t.h.extended + t.h.asked_months, 0


def _refuse_extension(_w: World, t: Try, _seq: int) -> None:
    t.h.asked_months = 0


def _ask_return(_w: World, t: Try, _seq: int) -> None:
    t.h.returns += 1


def _propose(_w: World, t: Try, _seq: int) -> None:
    if t.h.waits is not None:
        t.h.proposed.add(t.h.waits)


def _mark_key(_w: World, t: Try, _seq: int) -> None:
    t.case.is_key = True


def _plan_supervision(_w: World, t: Try, _seq: int) -> None:
    t.case.is_supervision_planned = True


def _coordinate(_w: World, t: Try, _seq: int) -> None:
    t.h.is_coordinated_after = t.h.is_planned


def _revise(_w: World, t: Try, _seq: int) -> None:
    t.case.cosigners = dict.fromkeys(t.case.cosigners, False)
    t.case.title = t.words["title"]


def _invite(world: World, t: Try, _seq: int) -> None:
    t.case.cosigners[world.person_of(t.words["deputy"])] = False


def _cosign(_w: World, t: Try, _seq: int) -> None:
    t.case.cosigners[t.who] = True


def _remove(world: World, t: Try, _seq: int) -> None:
    del t.case.cosigners[world.person_of(t.words["deputy"])]


def _merge(world: World, t: Try, _seq: int) -> None:
    into = next(case for case in world.cases if str(case.id) == t.words["into"])
    t.case.into = into
    into.merged = sorted([*into.merged, t.case], key=lambda case: case.id)
    into.version += 1
    into.note("suggestion", "note_merger")


def _unmerge(_w: World, t: Try, _seq: int) -> None:
    assert t.case.into is not None
    into, t.case.into = t.case.into, None
    into.merged.remove(t.case)
    into.version += 1
    into.note("suggestion", "note_merger")


def _challenge(_w: World, t: Try, _seq: int) -> None:
    t.h.challenge = t.words["result_class"]


def _settle(_w: World, t: Try, _seq: int) -> None:
    t.h.challenge, t.h.settled_by, t.h.result_class = "", t.who, t.words["result_class"]


THEN: dict[str, Callable[[World, Try, int], None]] = {
    "draft_public_text": _draft_public, "publish": _publish, "withhold": _withhold,
    "grant_extension": _grant_extension, "refuse_extension": _refuse_extension,
    "open_rating": _open_rating, "add_promise": _add_promise, "fulfil_promise": _fulfil, "change_promise": _change, "report_promise": _report,
    "rate_promise": _rate_promise, "release_promise": _ask_release, "agree_release": _release, "talk_alone": _heard,
    "request_return": _ask_return, "propose": _propose, "mark_cross_year": _mark, "mark_key": _mark_key, "plan_supervision": _plan_supervision,
    "coordinate": _coordinate, "revise": _revise, "invite_cosigner": _invite,
    "merge": _merge, "unmerge": _unmerge, "challenge_class": _challenge, "settle_class": _settle, "cosign": _cosign, "remove_cosigner": _remove,
}  # fmt: skip

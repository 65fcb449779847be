"""Reply: how the letter is put together, endorsed, signed and numbered."""

from datetime import date

from sqlalchemy import Text, select, type_coerce

from suggestions.domain import letter, limits, numbering, shown
from suggestions.domain.actions import Action
from suggestions.domain.canonical import canonical
from suggestions.domain.errors import Invalid
from suggestions.domain.states import SuggestionState
from suggestions.extensions import db
from suggestions.models import Event, Handling, Unit
from suggestions.models.letter_template import form_of, numbers_of
from suggestions.usecases.taking import Taking


def draft_reply(taking: Taking) -> None:
    """Freeze a version: the words, to whom, about what, so that it can be endorsed and countersigned."""
    case, words = taking.case, taking.fields
    leads = list(taking.facts.lead_names.values())
    joint = [] if case.suggestion.state is SuggestionState.WITHDRAWN else [c.person.name for c in case.cosigners]
    names = list(dict.fromkeys((*leads[:1], *joint, *leads[1:])))
    units = {co.id: co.unit.name for co in case.co_handlings}
    unit = taking.of_handling.unit
    form = form_of(db.session(), unit.id)
    text = {
        **words,
        "addressees": names,
        "title": case.suggestion.title,
        "number": taking.of_handling.number_text,
        "passages": [{**p, "unit": units[int(p["co_handling"])]} for p in words["passages"]],
        "requests": list(taking.facts.story.requests),
        "form": {
            "version": form.version,
            "letterhead": form.letterhead,
            "contact": form.contact_line(taking.facts.actor.name, unit.phone),
        },
    }
    taking.payload = {"letter": text}
    taking.content_hash = letter.content_hash(text)
    taking.of_handling.result_class = words["result_class"]


def endorse(taking: Taking) -> None:
    """Note which version the opinion was given on."""
    taking.payload["draft"] = taking.facts.story.draft_number


def refuse_endorsement(taking: Taking) -> None:
    """Note which version was refused."""
    endorse(taking)


def sign_reply(taking: Taking) -> None:
    """Keep the very text that was shown, and the director's edits as differences to the draft."""
    drafted = taking.facts.story.letter(taking.of_handling.round)
    signed = shown.reply(taking.facts)
    assert drafted is not None
    assert signed is not None
    before, after = letter.edited_fields(drafted), letter.edited_fields(signed)
    taking.of_handling.extension_asked_on = None
    taking.payload = {
        "remark": taking.fields["remark"],
        "letter": signed,
        "edits": [
            {"where": key, "parts": [list(part) for part in letter.differences(before[key], after[key])]}
            for key in before
            if before[key] != after[key]
        ],
    }


def _is_used(number: str) -> bool:
    """Whether a letter went out under this number: on a handling, or in the record, where a corrected one stays."""
    if db.session.scalar(select(Handling.id).where(Handling.document_number == number)) is not None:
        return True
    said = canonical({"document_number": number}).decode("ascii")[1:-1]
    sent = select(Event.seq).where(
        Event.action == Action.DISPATCH.value, type_coerce(Event.payload, Text).contains(said, autoescape=True)
    )
    return db.session.scalar(sent.limit(1)) is not None


def dispatch(taking: Taking) -> None:
    """Give the letter its number, once in the office's life and next in its series, and begin the rating term."""
    number = taking.fields["document_number"]
    unit_id = taking.of_handling.unit_id
    # Two letters of one unit get their numbers one after the other.
    db.session.execute(select(Unit.id).where(Unit.id == unit_id).with_for_update())
    if _is_used(number):
        raise Invalid("还不能发出。", {"document_number": f"发文字号“{number}”已经用过，请换一个。"})
    issued, series = numbers_of(db.session(), unit_id), form_of(db.session(), unit_id).series
    if wrong := numbering.fault(number, taking.fields["gap_reason"], issued, series, taking.today):
        raise Invalid("还不能发出。", dict([wrong]))
    handling = taking.of_handling
    handling.document_number = number
    handling.published_on = None  # what was public is the text of an earlier letter
    signed = taking.facts.story.letter(handling.round)
    assert signed is not None
    handling.publication = signed["publication"]
    handling.result_class = signed["result_class"]
    is_handed_over = taking.fields["delivery"] == "in_person"
    if is_handed_over:
        taking.payload["delivered_on"] = taking.today.isoformat()
    _begin_rating(taking, taking.today, taking.today if is_handed_over else None)
    taking.content_hash = letter.content_hash(signed)
    if not taking.facts.lead_names:
        taking.cause(Action.WAIVE_RATING, handling)


def _begin_rating(taking: Taking, dispatched_on: date, delivered_on: date | None) -> None:
    handling, facts = taking.of_handling, taking.facts
    handling.rating_due_on = limits.rating_due(dispatched_on, delivered_on, facts.rulebook, facts.calendar).on
    taking.payload["rating_due_on"] = handling.rating_due_on.isoformat()


def record_delivery(taking: Taking) -> None:
    """Count the rating term from the day the letter came to the deputy; Invalid when it would be over already."""
    sent_on, on = taking.of_handling.dispatched_on, date.fromisoformat(taking.fields["delivered_on"])
    assert sent_on is not None
    if on < sent_on:
        raise Invalid("还有一处要改：", {"delivered_on": f"送到的日子不能早于发出之日（{sent_on}）。"})
    _begin_rating(taking, sent_on, on)
    if (ends_on := taking.of_handling.rating_due_on) and ends_on < taking.today:
        raise Invalid(
            "还有一处要改：",
            {"delivered_on": "登记晚了：照这一天算，评价期限已经过了。不登记的，按发出后第三个工作日算。"},
        )


def correct_reply(taking: Taking) -> None:
    """Take the letter up again: it keeps its number in the record, and the next one gets a new number."""
    handling = taking.of_handling
    taking.payload["document_number"] = handling.document_number
    handling.document_number = None
    handling.dispatched_on = handling.rating_due_on = handling.drafted_on = handling.published_on = None

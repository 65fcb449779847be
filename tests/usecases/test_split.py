"""A suggestion given to two units: each part lives for itself, and the suggestion ends with the last of them."""

from datetime import date
from typing import Any

from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from tests.usecases.test_suggestion import assignment, person, row, step, submitted


def test_a_split_suggestion_is_complete_when_every_part_is(play: Play) -> None:
    play.go_to(date(2026, 3, 10))
    id = submitted(play)
    step(play, id, "supervisor", A.ASSIGN, **assignment(co_units=[]))
    first, second = db.session.scalars(select(Handling).where(Handling.suggestion_id == id).order_by(Handling.id)).all()
    for handling, people in ((first, ("director", "handler", "clerk", "reviewer")), (second, of("区住房城乡建委"))):
        assert row(id).state is SuggestionState.ASSIGNED
        through(play, handling.id, people, f"云山函〔2026〕{handling.id}号")
    assert row(id).state is SuggestionState.CLOSED
    assert verify().faults == ()


def of(unit_name: str) -> tuple[str, str, str, str]:
    director, handler, clerk, reviewer = (
        f"{role}@{unit_name}" for role in ("director", "handler", "clerk", "reviewer")
    )
    return director, handler, clerk, reviewer


def through(play: Play, id: int, people: tuple[str, str, str, str], number: str) -> None:
    """The shortest lawful life of one handling."""
    director, handler, clerk, reviewer = people
    on = play.moment.date().isoformat()

    def do(who: str, action: A, **words: Any) -> None:
        play.step(Life.HANDLING, id, who, action, words)

    def each(**words: Any) -> list[dict[str, Any]]:
        return [{"request_no": str(at), **words} for at in (1, 2)]

    do(clerk, A.RECEIVE)
    do(director, A.READ_ORIGINAL, remark="办。", handler=person(play, handler))
    do(handler, A.SPLIT_REQUESTS, requests=[{"text": "简化手续"}, {"text": "给予补助"}])
    measures = each(measure="办", owner="某某", due_on=on)
    do(handler, A.SUBMIT_PLAN, measures=measures, hardest="钱", co_units=["none"])
    do(director, A.APPROVE_PLAN, remark="可。")
    do(handler, A.RECORD_CONTACT, form="phone", contacted_on=on, rank="staff", people="某某")
    do(director, A.URGE, form="hear", remark="听了", demand="快办", answer_due_on=on)
    answers = each(text="已经办成。", result_class="A", proof="批复")
    letter = {
        "opening": "收悉。",
        "answers": answers,
        "closing": "谢谢。",
        "result_class": "A",
        "publication": "proactive",
    }
    do(handler, A.DRAFT_REPLY, **letter)
    do(reviewer, A.ENDORSE, kind="secrecy", opinion="可公开")
    do(handler, A.SUBMIT_REPLY)
    do(director, A.SIGN_REPLY, remark="发。")
    do(clerk, A.DISPATCH, document_number=number, delivery="post", has_receipt_form="1")
    scores = each(score="satisfied")
    do("deputy", A.RATE, scores=scores, attitude="satisfied", result="satisfied", overall="mostly_satisfied")
    do("deputy", A.OPEN_RATING)
    do(director, A.COORDINATE, with_whom="财政局", remark="定了")
    do(director, A.CLOSE, conclusion="办结。")

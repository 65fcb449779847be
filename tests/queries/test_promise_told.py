"""What the deputy is told of a promise: that its report waits to be rated, and that it is open again."""

from datetime import timedelta

from suggestions.domain.actions import Action as A
from suggestions.domain.deadlines import Light
from suggestions.extensions import db
from suggestions.models import Promise
from suggestions.practice.play import Play
from suggestions.queries.desks import desk_of
from suggestions.queries.desks.deputy import DeputyDesk, Own
from suggestions.queries.lights import spoken
from tests.queries.reading import progress
from tests.usecases.walking import Walk


def closed(play: Play) -> tuple[Walk, Promise]:
    """A closed case whose one promise was kept and reported on."""
    walk = Walk(play).until("followed")
    until = (walk.today + timedelta(days=40)).isoformat()
    walk.do(
        "handler", A.ADD_PROMISE, request_no="1", sentence="将修好坡道。", measure="修好坡道。", owner="韩冬梅",
        due_on=until, evidence="验收单",
    )  # fmt: skip
    promise = db.session.query(Promise).filter_by(handling_id=walk.id).one()
    walk.do("handler", A.FULFIL_PROMISE, promise=str(promise.id), proof="修好两处")
    walk.until("closed")
    words = {"document_number": "云山民政函〔2026〕90号", "report": "两处坡道都修了。"}
    walk.do("director", A.REPORT_PROMISE, promise=str(promise.id), **words)
    return walk, promise


def seen(walk: Walk) -> tuple[DeputyDesk, Own | None]:
    """The lead deputy's list, and the case on it where it is not folded away."""
    with walk.clock():
        found = desk_of(walk.play.actor(walk.lead), walk.play.moment)
    assert isinstance(found, DeputyDesk)
    return found, next((own for own in found.suggestions if own.page.id == walk.id), None)


def test_a_report_on_a_promise_of_a_closed_case_waits_on_the_deputys_list(play: Play) -> None:
    walk, promise = closed(play)
    found, own = seen(walk)
    assert promise.rating_due_on
    (task,) = [task for task in found.tasks if task.form.action is A.RATE_PROMISE]
    assert task.head == "第010号的承诺办好了没有，等您评价"
    assert task.detail == f"修好坡道。请在{spoken(promise.rating_due_on, walk.today)}前评。"
    assert (task.form.id, task.form.promise) == (walk.id, promise.id)
    assert own is not None
    assert own.now == "办结了。"
    promise.rating_due_on = walk.today - timedelta(days=1)
    assert seen(walk)[0].tasks[-1].detail == "修好坡道。过了期限，也可以补评。"
    walk.do(walk.lead, A.RATE_PROMISE, promise=str(promise.id), score="satisfied", reason="")
    found, own = seen(walk)
    assert own is None
    assert A.RATE_PROMISE not in [task.form.action for task in found.tasks]


def test_a_promise_that_is_open_again_on_a_closed_case_is_told_with_its_day(play: Play) -> None:
    walk, promise = closed(play)
    walk.do(walk.lead, A.RATE_PROMISE, promise=str(promise.id), score="dissatisfied", reason="没有扶手。")
    on = spoken(promise.due_on, walk.today)
    own = seen(walk)[1]
    assert own is not None
    assert (own.now, own.next) == ("办结以后，有承诺重新打开了。", f"下一项答应的事，最晚{on}。")
    where = progress(walk, walk.lead).blocks[0].where
    assert where.lines == ("办结以后，", "有承诺重新打开了")
    assert ("说好的事", "修好坡道。", f"{on}前，韩冬梅负责") in where.rows
    assert where.light == own.light
    assert where.light
    assert where.light.kind is not Light.DONE

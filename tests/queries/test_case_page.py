"""The case page: due date, progress, answers, versions, record, in as many statements as ever."""

from dataclasses import replace
from datetime import date

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models.calendar import forget_calendar
from suggestions.practice.play import Play
from suggestions.queries.case_page import case_page
from suggestions.queries.record_view import record_of
from tests.queries.reading import SHELL, UNIT, look, page, reader
from tests.usecases.walking import Walk, counted


def test_the_due_date_explains_itself_with_both_clocks(play: Play) -> None:
    walk = Walk(play).until("received")
    due = page(walk, "handler").due
    assert due is not None
    assert (due.label, due.date_iso, due.date_text) == ("答复到期", "2026-05-09", "2026年5月9日 星期六")
    why = dict(due.why)
    assert "第二十一条" in why["依据"]
    assert "2月10日签收起20个工作日" in why["另一只钟"]
    assert why["另一只钟"].endswith("还没有联系")
    walk.until("worked")
    due = page(walk, "handler").due
    assert due is not None
    assert dict(due.why)["另一只钟"].endswith("2月10日已联系")


def test_what_runs_beside_the_reply_explains_itself_too(play: Play) -> None:
    walk = Walk(play)
    due = page(walk, "handler").due
    assert due is not None
    assert [each.label for each in due.beside] == ["签收到期", "申请退办到期"]
    assert all("过期以后" in dict(each.why) and "起算" in dict(each.why) for each in (due, *due.beside))
    assert "代为签收" in dict(due.beside[0].why)["过期以后"]
    walk.until("received")
    walk.do("director", A.OPEN_ORIGINAL, sha256=walk.facts("director").of_suggestion.files[0].sha256)
    walk.do("inspector", A.SUPERVISE, demand="请先联系代表。", answer_due_on="2026-02-25")
    due = page(walk, "handler").due
    assert due is not None
    assert [each.label for each in due.beside] == ["首次联系代表到期", "申请退办到期", "催办回话到期"]
    assert "督办时定的日期" in dict(due.beside[-1].why)["依据"]
    walk.until("dispatched")
    due = page(walk, "handler").due
    assert due is not None
    assert (due.label, [each.label for each in due.beside]) == (
        "代表评价到期",
        ["公开答复到期", "催办回话到期", "催办回话到期"],
    )
    assert due.light.rest.startswith("催办")


def test_a_denied_contact_is_shown_as_denied(play: Play) -> None:
    walk = Walk(play).until("approved")
    walk.worked()
    walk.do(
        walk.lead, A.DENY_CONTACT, contact=str(walk.facts("handler").story.contacts()[0].past.seq), reason="没有见过"
    )
    found = page(walk, "handler").progress
    assert found is not None
    contact = next(item for item in found.items if item.head == "办理中：上门走访")
    assert "代表否认" in contact.who
    assert contact.kind == "plain"
    assert "没有见过" in contact.text
    assert found.line == "联系1次，否认1次"


def test_requests_carry_answer_class_and_proof(play: Play) -> None:
    walk = Walk(play).until("drafted")
    found = page(walk, "handler").requests
    assert found is not None
    assert [(row.number, row.answer, row.class_mark, row.ground) for row in found.rows] == [
        (1, "已经办成。", "A", "批复"),
        (2, "已经办成。", "A", "批复"),
    ]
    assert found.caption == "第1稿的逐条对照"


def test_the_directors_edits_are_red_on_the_versions(play: Play) -> None:
    walk = Walk(play).until("submitted")
    play.step(Life.HANDLING, walk.id, "director", A.SIGN_REPLY, {"remark": "改了"}, edits={"closing": "谢谢您。"})
    reply = page(walk, "handler").reply
    assert reply is not None
    signed, draft = reply.entries
    assert (signed.head, signed.tag, signed.is_hand) == ("签批的第1稿", "局长改1处", True)
    assert [{op for op, _ in pieces} for pieces in signed.diffs] == [{"same", "del", "ins"}]
    assert draft.head == "第1稿"
    assert "保密审核通过" in draft.paragraphs[0]


def test_the_record_is_checked_and_says_where_it_breaks(play: Play) -> None:
    walk = Walk(play).until("planned")
    seen = look(walk, "handler")
    found = record_of(seen)
    assert found.is_sound
    assert found.line == f"{len(seen.case.events)}条，首尾相连，已核验"
    assert [row.number for row in found.rows] == sorted((row.number for row in found.rows), reverse=True)
    events = seen.case.events
    gap = record_of(replace(seen, case=replace(seen.case, events=(*events[:3], *events[4:]))))
    assert not gap.is_sound
    assert "核验不通过：第4号记录这一条不见了" in gap.line
    cut = record_of(replace(seen, case=replace(seen.case, events=events[:-1])))
    assert "末尾的记录与案卷不符" in cut.line


def test_statements_do_not_grow_with_the_record(play: Play) -> None:
    walk = Walk(play).until("worked")
    few = {}
    for who in ("handler", "supervisor", "auditor", f"handler@{UNIT}"):
        forget_calendar()
        assert statements(walk, who) + SHELL <= 14, who
        few[who] = statements(walk, who)
    for day in range(1, 51):
        walk.do("handler", A.RECORD_PROGRESS, progress=f"第{day}次进展", is_shown="1")
    assert len(walk.facts("handler").story.events) > 60
    assert {who: statements(walk, who) for who in few} == few


def statements(walk: Walk, who: str) -> int:
    by, id = reader(walk, who), walk.id
    db.session.expunge_all()
    with counted() as asked:
        case_page(db.session(), id, by)
    return asked["statements"]


def test_a_term_that_was_counted_on_an_unannounced_year_says_so(play: Play) -> None:
    walk = Walk(play).until("received")
    handling = play.handling("010")
    handling.assigned_on = date(2026, 11, 2)
    due = page(walk, "handler").due
    assert due is not None
    assert "暂定" in dict(due.why)

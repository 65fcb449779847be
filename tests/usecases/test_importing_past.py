"""Past years: each row a case that is never counted, its open promises in the ledger; a bad list refused whole."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from suggestions.domain.actions import Action as A
from suggestions.domain.errors import NotAllowed, NotNow
from suggestions.domain.states import HandlingState, Life, SuggestionState
from suggestions.extensions import db
from suggestions.models import Event, File, Handling, Notice, Person, Post, Promise, Suggestion
from suggestions.models.counting import counted_handlings, counted_suggestions
from suggestions.practice import PAST
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import importing_past
from suggestions.usecases.filing import Upload
from suggestions.usecases.importing import Imported, Refused
from tests.documents.past_making import GOOD, PROMISE, past_list
from tests.usecases.walking import Walk, count

TABLES = (Suggestion, Handling, Promise, Event, Notice, Person, File)
BOOK = Upload("past.xlsx", (PAST / "past.xlsx").read_bytes())
PAPERS = [Upload(file.name, file.read_bytes()) for file in sorted((PAST / "papers").iterdir())]


def bring(
    play: Play, book: Upload = BOOK, papers: Sequence[Upload] = PAPERS, who: str = "supervisor", **how: bool
) -> Imported:
    with Walk(play).clock():
        return importing_past.import_past(book, papers, by=play.actor(who), **how)


def made(*rows: dict[str, Any], promises: Sequence[dict[str, Any]] = ()) -> Upload:
    return Upload("往年.xlsx", past_list(rows or (GOOD,), promises))


def refused(play: Play, book: Upload, who: str = "supervisor", papers: Sequence[Upload] = ()) -> list[tuple[int, str]]:
    before = {table: count(table) for table in TABLES}
    with pytest.raises(Refused) as caught:
        bring(play, book, papers, who)
    assert {table: count(table) for table in TABLES} == before
    return [(fault.row, fault.message) for fault in caught.value.preview.faults]


def test_each_row_becomes_a_past_case_with_its_open_promises(play: Play) -> None:
    counted = count(Suggestion)
    assert bring(play) == Imported(added=4, known=0, left_out=0)
    row, handling = play.suggestion("112"), play.handling("112")
    assert (row.state, row.congress, row.term, row.session) == (SuggestionState.PAST, "云山区", 19, 5)
    assert row.lead is not None
    assert (row.lead.username, [each.person.name for each in row.cosigners]) == ("deputy", ["刘素芬"])
    assert (handling.state, handling.is_past, handling.result_class) == (HandlingState.CLOSED, True, "B")
    assert handling.handler is not None
    assert handling.handler.username == "handler"
    assert (handling.dispatched_on, handling.received_on) == (date(2025, 5, 8), None)
    assert (handling.document_number, handling.next_due) == ("云山民政函〔2025〕31号", "promise")
    assert (handling.next_due_on, handling.red_after) == (date(2026, 3, 6), date(2026, 3, 6))
    promise = db.session.scalars(select(Promise).where(Promise.handling_id == handling.id)).one()
    assert (promise.measure, promise.owner) == ("印发老年食堂运营补贴办法，按就餐人次补贴", "韩冬梅")
    assert play.handling("126").handler is None
    assert play.handling("135").next_due == ""
    assert len(db.session.scalars(select(Suggestion.id).where(counted_suggestions())).all()) == counted
    assert len(db.session.scalars(select(Handling.id).where(~counted_handlings())).all()) == 4
    assert verify().faults == ()


def test_one_event_of_the_person_bound_to_the_workbook_and_one_of_the_system_with_the_reply(play: Play) -> None:
    bring(play)
    events = db.session.scalars(
        select(Event).where(Event.suggestion_id == play.suggestion("126").id).order_by(Event.seq)
    ).all()
    assert [(e.action, e.life, e.actor_role, e.to_state) for e in events] == [
        ("import_past", "suggestion", "supervisor", "past"),
        ("keep_past", "handling", "system", "closed"),
    ]
    assert events[0].payload["workbook"] == sha256(BOOK.data).hexdigest()
    kept = events[1].payload
    assert (kept["document_number"], kept["replied_on"], kept["rating"]) == (
        "云山民政函〔2025〕44号",
        "2025-05-12",
        "理解",
    )
    assert "十五分钟内社区上门" in kept["reply"]
    assert kept["files"][0]["sha256"] == sha256(PAPERS[0].data).hexdigest()
    assert events[1].cause_seq == events[0].seq


def test_twice_the_same_list_adds_nothing_and_another_content_is_a_conflict(play: Play) -> None:
    bring(play)
    before = {table: count(table) for table in TABLES}
    assert bring(play) == Imported(added=0, known=4, left_out=0)
    assert {table: count(table) for table in TABLES} == before
    other = {**GOOD, "建议编号": "第112号", "复函文号": "另一号"}
    found = refused(play, made(other))
    assert found == [(3, "第112号已经在库里，但内容不同；要改请由人代工委在原件上办理，不能靠重新导入。")]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"主办单位": "区气象局"}, "没有“区气象局”这个单位，请核对名称或先登记单位。"),
        ({"结果类别": "E"}, "没有这个结果类别，请写A、B、C、D之一；没有分类的空着。"),
        ({"评价": "很好"}, "看不懂这个评价，请写满意、基本满意、理解、不满意之一；没有评价的写“未评”。"),
        ({"复函日期": "2026-05-06"}, "这一天还没有到；往年件是已经答复过的，请核对。"),
        ({"复函": "没有.docx"}, "没有这个文件，请把复函和清单一起上传。"),
        ({"原件": "没有.docx"}, "没有这个文件，请把原件和清单一起上传。"),
        ({"附议代表": "刘素芬", "领衔代表": "张三、李四"}, "领衔代表只能是一人，其余代表请写在“附议代表”一列。"),
    ],
)
def test_one_bad_row_leaves_everything_unwritten(play: Play, cells: dict[str, str], message: str) -> None:
    second = {**GOOD, **cells, "建议编号": "302", "复函文号": "函2号"}
    assert refused(play, made(GOOD, second)) == [(4, message)]


def test_a_document_number_is_one_letter_alone(play: Play) -> None:
    twice = refused(play, made(GOOD, {**GOOD, "建议编号": "302"}))
    assert twice == [(row, "这个文号在清单里写了不止一次，一个文号只能是一封复函。") for row in (3, 4)]
    bring(play)
    used = refused(play, made({**GOOD, "复函文号": "云山民政函〔2025〕31号"}))
    assert used == [(3, "这个文号已经是第112号的复函，请核对。")]


def test_what_is_no_file_for_a_reply_is_a_fault(play: Play) -> None:
    book = made({**GOOD, "复函": "复函.exe"})
    assert [row for row, _ in refused(play, book, papers=[Upload("复函.exe", b"MZ\x90\x00" * 40)])] == [3]


def test_faulty_rows_can_be_left_out(play: Play) -> None:
    second = {**GOOD, "建议编号": "302", "复函文号": "函2号"}
    book = made(GOOD, second, promises=({**PROMISE, "期限": "年底"}, {**PROMISE, "编号": "302"}))
    assert bring(play, book, (), is_skipping_errors=True) == Imported(added=1, known=0, left_out=1)
    assert play.handling("302").next_due_on == date(2026, 3, 31)


def test_a_clerk_imports_the_own_units_cases_alone(play: Play) -> None:
    foreign = {**GOOD, "建议编号": "302", "复函文号": "函2号", "主办单位": "区财政局", "协办单位": None}
    assert refused(play, made(GOOD, foreign), "clerk") == [
        (4, "局办公室只能导入本单位（区民政局）主办的往年件，别的单位的请由人代工委导入。")
    ]
    assert refused(play, made(), "clerk@区财政局") != []
    assert bring(play, made(), (), "clerk") == Imported(added=1, known=0, left_out=0)
    event = db.session.scalars(select(Event).where(Event.action == "import_past")).one()
    assert (event.actor_name, event.unit_name) == ("何雨", "区民政局")


@pytest.mark.parametrize(
    "who", ["handler", "director", "reviewer", "deputy", "inspector", "sysadmin", "secadmin", "auditor"]
)
def test_nobody_else_imports(play: Play, who: str) -> None:
    before = {table: count(table) for table in TABLES}
    with pytest.raises(NotAllowed):
        bring(play, who=who)
    assert {table: count(table) for table in TABLES} == before


def test_a_deputy_of_an_earlier_term_is_known_as_a_former_one(play: Play) -> None:
    earlier = {
        **GOOD,
        "届次": "第十八届第五次会议",
        "领衔代表": "赵前任",
        "代表团": "旧街道代表团",
        "交办日期": "2020-02-18",
    }
    bring(play, made(earlier, {**GOOD, "建议编号": "302", "领衔代表": "钱现任", "复函文号": "函2号"}), ())
    query = select(Person.name, Post.to_on).join(Post, Post.person_id == Person.id)
    rows = db.session.execute(query.where(Person.name.in_(("赵前任", "钱现任"))))
    assert {(name, to_on) for name, to_on in rows} == {("赵前任", date(2026, 2, 9)), ("钱现任", None)}


@pytest.mark.parametrize(
    ("who", "action", "words"),
    [
        ("supervisor", A.REOPEN, {"reason": "再办"}),
        ("clerk", A.DRAFT_PUBLIC_TEXT, {"text": "公开"}),
        ("clerk", A.PUBLISH, {}),
        ("clerk", A.WITHHOLD, {"ground": "涉及隐私"}),
    ],
)
def test_a_past_case_is_neither_reopened_nor_published(play: Play, who: str, action: A, words: dict[str, str]) -> None:
    bring(play)
    with pytest.raises(NotNow, match="现在是“办结”"):
        play.step(Life.HANDLING, play.handling("112").id, who, action, words)
    assert play.handling("112").state is HandlingState.CLOSED


def test_an_impossible_promise_of_a_past_case_can_be_released(play: Play) -> None:
    bring(play)
    handling = play.handling("126")
    promise = db.session.scalars(select(Promise).where(Promise.handling_id == handling.id)).one()
    words = {"promise": str(promise.id)}
    play.step(
        Life.HANDLING, handling.id, "director", A.RELEASE_PROMISE, words | {"ground": "区里停建", "letter": "说明"}
    )
    play.step(Life.HANDLING, handling.id, "supervisor", A.AGREE_RELEASE, words | {"opinion": "同意"})
    assert promise.released_on is not None
    assert play.handling("126").next_due == ""
    assert verify().faults == ()

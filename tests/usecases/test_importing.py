"""The handover: imported once however often it is sent, and a bad one refused whole, each fault in its place."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.documents.handover import read_handover
from suggestions.documents.originals import read_original
from suggestions.domain.errors import Invalid, NotAllowed
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Cosigner, Event, File, Handling, Notice, Person, Post, Suggestion, Unit
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import handover_preview, importing, office
from suggestions.usecases.filing import Upload
from suggestions.usecases.importing import Imported, Refused
from tests.conftest import ASSIGNED_ON, practice_originals, practice_workbook
from tests.usecases.walking import Walk, count

pytestmark = [pytest.mark.usefixtures("papers_are_read_once"), pytest.mark.whole_handover]
ORIGINALS = practice_originals()
UNITS = list(
    dict.fromkeys(
        name
        for row in read_handover(practice_workbook().data, "handover.xlsx").rows
        for name in (*row.main_units, *row.co_units)
    )
)
TABLES = (Suggestion, Handling, Event, Notice, Person, File)


@pytest.fixture
def house(empty_app: Flask) -> Iterator[Play]:
    """Every unit of the practice handover and the deputies office, and nothing handed over yet."""
    with empty_app.app_context():
        walk = Walk(Play(ASSIGNED_ON))
        with walk.clock():
            for name in UNITS:
                office.register_unit(name)
            office.appoint(office.create_user("周敏", username="supervisor"), Role.SUPERVISOR)
        yield walk.play
        db.session.rollback()


def sheet_with(cells: Mapping[str, Any]) -> Upload:
    """The practice workbook with some cells changed."""
    book = openpyxl.load_workbook(BytesIO(practice_workbook().data))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    target = BytesIO()
    book.save(target)
    return Upload("handover.xlsx", target.getvalue())


def bring(play: Play, workbook: Upload, originals: list[Upload] | None = None, **how: Any) -> Imported:
    with Walk(play).clock():
        by = play.actor("supervisor")
        return importing.import_handover(workbook, ORIGINALS if originals is None else originals, by=by, **how)


def faults(play: Play, workbook: Upload, originals: list[Upload] | None = None) -> dict[tuple[int, str], str]:
    before = {table: count(table) for table in TABLES}
    with pytest.raises(Refused) as refused:
        bring(play, workbook, originals)
    assert {table: count(table) for table in TABLES} == before
    found = {(fault.row, fault.column): fault.message for fault in refused.value.preview.faults}
    assert refused.value.message == f"有{len(refused.value.preview.faults)}处要改，一件也没有导入。"
    return found


def test_twice_is_24_and_not_48(app: Flask) -> None:
    with app.app_context():
        play = Play(date(2026, 2, 10))
        before = {table: count(table) for table in TABLES}
        assert count(Suggestion) == 24
        assert bring(play, practice_workbook()) == Imported(added=0, known=24, left_out=0)
        assert {table: count(table) for table in TABLES} == before
        assert verify().faults == ()


def test_what_the_papers_say_is_read_from_the_papers(house: Play) -> None:
    assert bring(house, practice_workbook()) == Imported(added=24, known=0, left_out=0)
    for upload in ORIGINALS:
        paper = read_original(upload.data, upload.name)
        assert paper.number is not None
        suggestion = house.suggestion(paper.number)
        assert (suggestion.title, suggestion.category) == (paper.title, paper.category)
        assert suggestion.content == "\n".join(paper.paragraphs)
        assert tuple(suggestion.asked) == paper.requests
        assert paper.requests
        assert suggestion.lead is not None
        assert (suggestion.lead.name, suggestion.lead.delegation) == (paper.lead, paper.delegation)
        assert tuple(cosigner.person.name for cosigner in suggestion.cosigners) == paper.joint
        assert all(cosigner.confirmed_at for cosigner in suggestion.cosigners)
    first = house.suggestion("001")
    assert [each.person.name for each in first.cosigners] == ["刘素芬", "何建平", "邓小红"]
    assert (first.congress, first.term, first.session, first.series, first.is_key) == ("云山区", 19, 6, "session", True)


def test_joint_deputies_come_from_the_paper_when_the_list_is_silent(house: Play) -> None:
    silent = sheet_with({f"G{row}": None for row in range(2, 27)})
    bring(house, silent)
    assert [each.person.name for each in house.suggestion("001").cosigners] == ["刘素芬", "何建平", "邓小红"]


def test_each_case_has_its_units_and_terms(house: Play) -> None:
    bring(house, practice_workbook())
    rows = db.session.execute(
        select(Suggestion.number, Unit.name, Handling.reply_due_on)
        .join(Handling, Handling.suggestion_id == Suggestion.id)
        .join(Unit, Unit.id == Handling.unit_id)
    ).all()
    main = {number: unit for number, unit, _ in rows}
    assert len(rows) == 24
    assert sum(unit == "区民政局" for unit in main.values()) == 20
    assert main["021"] == "区住房城乡建委"
    assert {due for _, _, due in rows} == {date(2026, 5, 9)}
    owed = db.session.execute(select(CoHandling.due_on, CoHandling.is_own_invitation).distinct()).all()
    assert [tuple(row) for row in owed] == [(date(2026, 3, 27), False)]


BAD = {
    "L5": "2026-02-30",
    "I6": "区不存在局",
    "C7": None,
    "B9": "第005号",
}


def broken(originals: list[Upload]) -> list[Upload]:
    """The papers with 第010号 cut in half and 第011号 forgotten."""
    kept = [paper for paper in originals if "011" not in paper.name]
    return [Upload(p.name, p.data[: len(p.data) // 2]) if "010" in p.name else p for p in kept]


def test_a_bad_workbook_names_each_fault_by_row_and_column_and_imports_nothing(house: Play) -> None:
    found = faults(house, sheet_with(BAD), broken(ORIGINALS))
    assert found == {
        (5, "L列 交办日期"): "不是有效的日期，请写成 2026-02-09 或 2026年2月9日。",
        (6, "I列 主办单位"): "没有“区不存在局”这个单位，请核对名称或先登记单位。",
        (7, "C列 建议标题"): "缺建议标题，请填写。",
        (7, "B列 建议编号"): "建议编号005在第7、9行重复出现，请核对。",
        (9, "B列 建议编号"): found[9, "B列 建议编号"],
        (12, "N列 原件"): found[12, "N列 原件"],
        (13, "N列 原件"): "没有这个文件，请把原件和清单一起上传。",
    }
    assert "005" in found[9, "B列 建议编号"]
    assert "第010号.docx" in found[12, "N列 原件"]
    assert count(Suggestion) == 0


def test_skipping_errors_imports_the_sound_rows_alone(house: Play) -> None:
    done = bring(house, sheet_with(BAD), broken(ORIGINALS), is_skipping_errors=True)
    assert done == Imported(added=18, known=0, left_out=6)
    numbers = set(db.session.scalars(select(Suggestion.number)))
    assert numbers.isdisjoint({"003", "004", "005", "007", "010", "011"})
    assert verify().faults == ()
    assert bring(house, practice_workbook()) == Imported(added=6, known=18, left_out=0)
    assert count(Suggestion) == 24


def test_only_some_numbers(house: Play) -> None:
    assert bring(house, practice_workbook(), only=frozenset({"004", "009"})).added == 2
    assert set(db.session.scalars(select(Suggestion.number))) == {"004", "009"}


@pytest.mark.parametrize(
    "change",
    [
        lambda: (sheet_with({"D6": "别的类别"}), ORIGINALS),
        lambda: (sheet_with({"J6": "区财政局"}), ORIGINALS),
        lambda: (
            practice_workbook(),
            [Upload(p.name, ORIGINALS[3].data + b"\0") if "004" in p.name else p for p in ORIGINALS],
        ),
    ],
    ids=["category", "co-unit", "file"],
)
def test_a_known_number_with_other_content_is_a_conflict(
    app: Flask, change: Callable[[], tuple[Upload, list[Upload]]]
) -> None:
    with app.app_context():
        play = Play(date(2026, 2, 10))
        workbook, originals = change()
        before = verify()
        with pytest.raises(Refused) as refused:
            bring(play, workbook, originals)
        (fault,) = refused.value.preview.faults
        assert (fault.row, fault.column) == (6, "B列 建议编号")
        assert "第004号已经在库里，但内容不同" in fault.message
        assert bring(play, workbook, originals, is_skipping_errors=True) == Imported(added=0, known=23, left_out=1)
        assert verify() == before


def test_paper_and_list_that_differ_are_named(house: Play) -> None:
    found = faults(house, sheet_with({"C3": "关于别的事的建议", "E4": "李某某"}))
    assert set(found) == {(3, "C列 建议标题"), (4, "E列 领衔代表")}
    assert "原件第001号.docx写的是“关于规范和签订社区工作者劳动合同的建议”" in found[3, "C列 建议标题"]


def test_a_deputy_whose_name_two_bear_is_ambiguous(house: Play) -> None:
    for delegation in ("甲代表团", "乙代表团"):
        with Walk(house).clock():
            office.appoint(office.create_user("刘素芬", delegation=delegation), Role.DEPUTY)
            office.appoint(office.create_user("罗正国", delegation=delegation), Role.DEPUTY)
    found = faults(house, practice_workbook())
    assert set(found) == {(3, "G列 附议代表"), (10, "G列 附议代表")}
    assert found[3, "G列 附议代表"].startswith("有2位代表叫“刘素芬”（甲代表团、乙代表团），分不清是哪一位")


def test_deputies_are_known_by_name_and_delegation_and_new_ones_have_no_login(house: Play) -> None:
    with Walk(house).clock():
        office.appoint(office.create_user("陈立群", username="chen", delegation="上河街道代表团"), Role.DEPUTY)
        office.appoint(office.create_user("王惠兰", username="wang", delegation="别的代表团"), Role.DEPUTY)
    bring(house, practice_workbook())
    assert house.suggestion("001").lead_id == house.suggestion("004").lead_id == house.actor("chen").person_id
    assert house.suggestion("002").lead_id != house.actor("wang").person_id
    assert house.suggestion("002").lead_id == house.suggestion("021").lead_id
    new = db.session.scalars(select(Person).join(Post).where(Post.role == Role.DEPUTY, Person.username.is_(None))).all()
    assert all(person.password_hash is None for person in new)
    assert len({(person.name, person.delegation) for person in new}) == len(new)
    in_005 = db.session.scalars(select(Cosigner).where(Cosigner.suggestion_id == house.suggestion("005").id)).one()
    assert in_005.person_id == house.actor("chen").person_id


@pytest.mark.parametrize("who", ["clerk", "director", "handler", "deputy", "inspector", "sysadmin", "auditor"])
def test_nobody_else_imports(play: Play, who: str) -> None:
    book = sheet_with(
        {f"B{row}": f"第9{row:02d}号" for row in range(3, 27)} | {f"N{row}": None for row in range(3, 27)}
    )
    before = {table: count(table) for table in TABLES}
    with Walk(play).clock(), pytest.raises((NotAllowed, Invalid)) as refused:
        importing.import_handover(book, [], by=play.actor(who))
    assert not isinstance(refused.value, Refused)
    db.session.rollback()
    assert {table: count(table) for table in TABLES} == before


def test_a_preview_writes_nothing(house: Play) -> None:
    before = {table: count(table) for table in TABLES}
    with Walk(house).clock():
        seen = handover_preview.preview(practice_workbook(), ORIGINALS)
    assert (len(seen.lines), len(seen.new), seen.faults) == (24, 24, ())
    assert {table: count(table) for table in TABLES} == before


def test_what_is_no_workbook_is_refused(house: Play) -> None:
    with pytest.raises(Invalid):
        bring(house, Upload("handover.xlsx", b"PK\x03\x04 not a workbook"))

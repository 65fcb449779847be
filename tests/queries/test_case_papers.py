"""The papers of the practice cases: made from the record for each person's sight, sound as Word, readable as PDF."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from sqlalchemy import select

from suggestions.documents.letters.parts import LetterPaper, plain
from suggestions.documents.papers import as_pdf, as_word
from suggestions.documents.papers.parts import Paper, Table, plain_words
from suggestions.domain.actions import Action as A
from suggestions.domain.errors import Missing
from suggestions.domain.states import Life, Seal
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.queries.case_papers import FoundPaper, entries_of, find_paper, papers_page
from suggestions.queries.case_papers.archive import archive_of
from suggestions.queries.case_papers.entry import Drawable, Entry, Kind
from suggestions.queries.looking import Look, Reader, look_at
from tests.documents.writing import converted, drawn_text, joined, validate
from tests.queries.conftest import NOON, House
from tests.queries.test_steps_offered import address

# What is drawn is the same, whichever database told it.
pytestmark = pytest.mark.parametrize("lived", ["sqlite"], indirect=True)
NEVER_FOR_DEPUTIES = {
    Kind.HANDLING_SLIP,
    Kind.READING_SLIP,
    Kind.CO_OPINION,
    Kind.RETURN_REQUEST,
    Kind.EXTENSION_REQUEST,
    Kind.FIVE_PROOFS,
}


def look(house: House, handling: Handling, who: str) -> Look:
    return look_at(db.session(), Life.HANDLING, handling.id, Reader(house.actor(who), NOON, address))


def entries(house: House, number: str, who: str) -> tuple[Entry, ...]:
    return entries_of(look(house, house.handling(number), who))


def find(house: House, number: str, who: str, kind: Kind, record: int | None = None) -> FoundPaper:
    reader = Reader(house.actor(who), NOON, address)
    return find_paper(db.session(), house.handling(number).id, reader, kind, record)


def said(paper: Drawable) -> str:
    return joined(paper.words())


def every_paper(house: House) -> Iterator[tuple[Entry, Drawable]]:
    """Every paper of every practice case, as the deputies office sees it."""
    for handling in db.session.scalars(select(Handling).order_by(Handling.id)):
        for entry in entries_of(look(house, handling, "supervisor")):
            yield entry, entry.make(db.session())


def test_every_kind_of_paper_is_sound_as_word_and_opens_elsewhere(house: House, tmp_path: Path) -> None:
    of_kind: dict[Kind, Drawable] = {}
    for entry, paper in every_paper(house):
        assert said(paper)
        of_kind.setdefault(entry.kind, paper)
    assert set(of_kind) == set(Kind) - {Kind.PROMISE_REPORT, Kind.PROMISE_RECEIPT}
    forms = [paper for paper in of_kind.values() if isinstance(paper, Paper)]
    letters = {kind.value: paper for kind, paper in of_kind.items() if isinstance(paper, LetterPaper)}
    whole = Paper("各种文书", "区民政局", tuple(block for paper in forms for block in paper.blocks), "未审定")
    drawn: dict[str, Drawable] = {"whole": whole, **letters}
    for name, paper in drawn.items():
        validate(as_word.render(paper), tmp_path / f"{name}.docx")
    for pdf in converted(sorted(tmp_path.glob("*.docx"))):
        assert drawn_text(pdf.read_bytes())


def test_word_and_pdf_say_what_the_paper_says(house: House) -> None:
    paper = find(house, "010", "handler", Kind.FIVE_PROOFS).paper
    assert isinstance(paper, Paper)
    word = as_word.render(paper)
    assert word == as_word.render(paper)
    document = docx.Document(BytesIO(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = joined([*(paragraph.text for paragraph in document.paragraphs), *cells])
    drawn = drawn_text(as_pdf.render(paper))
    for words in paper.words():
        assert plain(words) in text
        assert plain(words) in drawn


def test_the_five_proofs_card_has_each_step_with_all_that_proves_it(house: House) -> None:
    paper = said(find(house, "010", "director", Kind.FIVE_PROOFS).paper)
    story = look(house, house.handling("010"), "director").facts.story
    taken = story.all(A.READ_ORIGINAL, A.APPROVE_PLAN, A.URGE, A.SIGN_REPLY, A.COORDINATE)
    assert len(taken) == len(Seal)
    for past in taken:
        for proof in (past.payload["remark"], f"记录号：第{past.seq}号", past.content_hash, past.hash):
            assert plain(str(proof)) in paper
    assert paper.count("登录密码（当场重输）") == len(Seal)
    assert "区民政局局长沈怀远" in paper


def test_a_second_round_has_seals_of_its_own_on_the_card(house: House) -> None:
    handling = house.handling("003")
    handling.round = 2
    paper = said(find(house, "003", "director", Kind.FIVE_PROOFS).paper)
    assert "第1轮已得4枚" in paper
    assert "第2轮已得0枚" in paper


def test_the_reading_slip_says_what_was_opened_when(house: House) -> None:
    paper = said(find(house, "010", "handler", Kind.READING_SLIP).paper)
    story = look(house, house.handling("010"), "handler").facts.story
    (opened,), (read,) = story.all(A.OPEN_ORIGINAL), story.all(A.READ_ORIGINAL)
    assert f"第010号.docx2026年2月9日12:31{opened.payload['sha256']}" in paper
    assert plain(read.payload["remark"]) in paper
    assert "交给韩冬梅" in paper


def test_a_plan_that_is_not_approved_says_so_and_is_not_for_deputies(house: House) -> None:
    paper = find(house, "018", "handler", Kind.PLAN).paper
    assert paper.warning == "未审定"
    lead = house.handling("018").suggestion.lead
    assert lead is not None
    assert Kind.PLAN not in {entry.kind for entry in entries(house, "018", lead.username or lead.name)}


def test_an_urging_slip_has_the_answer_beside_what_was_asked(house: House) -> None:
    paper = said(find(house, "010", "director", Kind.URGING_SLIP).paper)
    story = look(house, house.handling("010"), "director").facts.story
    (urging,) = story.urgings()
    for words in (urging.past.payload["demand"], urging.answers[0].payload["answer"]):
        assert plain(words) in paper


def test_deputies_get_what_is_theirs_and_nothing_from_inside(house: House) -> None:
    found = entries(house, "010", "邓小红")
    assert {entry.kind for entry in found} == {Kind.PLAN, Kind.CONTACTS, Kind.LETTER, Kind.RECEIPT}
    plan = said(find(house, "010", "邓小红", Kind.PLAN).paper)
    story = look(house, house.handling("010"), "handler").facts.story
    approved = story.last(A.APPROVE_PLAN)
    assert approved is not None
    assert plain(approved.payload["remark"]) not in plan
    assert "最难的" not in plan
    for handling in db.session.scalars(select(Handling).order_by(Handling.id)):
        lead = handling.suggestion.lead
        if lead is not None and not handling.is_past:
            seen = entries_of(look(house, handling, lead.username or lead.name))
            assert not NEVER_FOR_DEPUTIES & {entry.kind for entry in seen}
            assert all("亮灯" in entry.line for entry in seen if entry.kind is Kind.URGING_SLIP)


@pytest.mark.parametrize("who", ["deputy", "otherdirector", "sysadmin"])
def test_who_may_not_see_the_case_finds_no_paper(house: House, who: str) -> None:
    with pytest.raises(Missing):
        papers_page(db.session(), house.handling("010").id, Reader(house.actor(who), NOON, address))
    with pytest.raises(Missing):
        find(house, "010", who, Kind.HANDLING_SLIP)


def test_a_co_unit_has_its_own_opinion_alone(house: House) -> None:
    found = entries(house, "010", "handler@区住房城乡建委")
    assert [entry.kind for entry in found] == [Kind.CO_OPINION]
    letter = find(house, "010", "handler@区住房城乡建委", Kind.CO_OPINION).paper
    assert isinstance(letter, LetterPaper)
    assert (letter.letterhead, letter.addressees) == ("云山区住房城乡建委", ("区民政局：",))
    with pytest.raises(Missing):
        find(house, "010", "handler@区住房城乡建委", Kind.READING_SLIP)


def test_remarks_made_inside_the_unit_are_on_no_paper(house: House) -> None:
    for handling in db.session.scalars(select(Handling).order_by(Handling.id)):
        story = look(house, handling, "handler" if handling.unit.name == "区民政局" else "auditor").facts.story
        remarks = [plain(past.payload["comment"]) for past in story.all(A.COMMENT)]
        for entry in entries_of(look(house, handling, "auditor")) if remarks else ():
            paper = said(entry.make(db.session()))
            assert not [remark for remark in remarks if remark in paper]


def test_a_sealed_rating_is_on_no_paper_of_the_unit(house: House) -> None:
    sealed = house.handling("013")
    assert sealed.state.value == "rated"
    paper = said(find(house, "013", "director", Kind.HANDLING_SLIP).paper)
    assert "封存" in paper
    (given,) = look(house, sealed, "supervisor").facts.story.all(A.RATE)
    label = look(house, sealed, "supervisor").facts.rulebook.ratings[given.payload["overall"]].label
    assert f"总的评价：{label}" not in paper
    assert f"总的评价：{label}" in said(find(house, "013", "supervisor", Kind.HANDLING_SLIP).paper)


def test_the_list_says_what_is_missing_and_why(house: House) -> None:
    page = papers_page(db.session(), house.handling("020").id, Reader(house.actor("director"), NOON, address))
    assert {line.name for line in page.lines} == {"办理单", "五个亲自履职卡", "归档卷"}
    assert ("阅批单", "局长阅看原件、写下批示以后才有。") in page.lacking
    named = {line.name for line in page.lines} | {name for name, _ in page.lacking}
    assert named == {kind.label for kind in Kind} | {"归档卷"}


def test_the_archive_has_every_paper_letter_and_file_for_who_sees_the_work(house: House) -> None:
    handling = house.handling("010")
    reader = Reader(house.actor("clerk"), NOON, address)
    archive = archive_of(db.session(), handling.id, reader)
    groups = {piece.group for piece in archive.pieces}
    assert groups == {"一、办理文书", "二、复函", "三、建议原件"}
    titles = [piece.title.partition("（")[0] for piece in archive.pieces]
    assert titles == [
        *("办理单", "阅批单", "办理方案", "联系登记表", "督办单", "协办意见函", "公开文本对照", "五个亲自履职卡"),
        *("复函", "第010号.docx"),
    ]
    for who in ("邓小红", "handler@区住房城乡建委", "deputy"):
        with pytest.raises(Missing):
            archive_of(db.session(), handling.id, Reader(house.actor(who), NOON, address))


def test_a_letter_stands_beside_what_would_be_published_of_it(house: House) -> None:
    paper = find(house, "010", "supervisor", Kind.PUBLIC_VERSION).paper
    assert isinstance(paper, Paper)
    (checked, rows) = (block.rows for block in paper.blocks if isinstance(block, Table))
    assert [row[:3] for row in checked] == [("复函", "通过", "方志诚 副局长")]
    left = [words for words, _ in rows]
    assert left[0] == (("del", "邓小红、赵启航代表："),)
    assert any("023-55500127" in plain_words(words) and words[0][0] == "del" for words in left if words)
    assert "没有发现电话、证件号码、住址" in said(paper)

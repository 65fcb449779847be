"""The letter as Word: sound in its structure, by its official fonts, word for word the letter."""

import posixpath
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from defusedxml import ElementTree
from docx.oxml.ns import qn
from docx.shared import Length, Mm

from suggestions.documents.letters import as_word
from suggestions.documents.letters import measures as m
from suggestions.documents.letters.word_styles import Style
from tests.documents.making import repacked
from tests.documents.writing import NUMBER, joined, letter, validate, without_notes, word_texts

PAPER = letter()
DATA = as_word.render(PAPER)
SUNG, FANGSONG, HEITI = "方正小标宋简体", "仿宋_GB2312", "黑体"


def mm(length: Length | None) -> float:
    assert length is not None
    return round(float(length.mm), 1)


def test_it_says_word_for_word_what_the_letter_says() -> None:
    assert without_notes(joined(word_texts(DATA)), PAPER) == joined(PAPER.words())


def test_the_same_letter_is_the_same_file() -> None:
    assert as_word.render(letter()) == DATA
    assert as_word.render(letter(2)) != DATA


def test_page_and_margins_are_the_standards() -> None:
    section = docx.Document(BytesIO(DATA)).sections[0]
    assert (mm(section.page_width), mm(section.page_height)) == m.PAGE
    sides = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert tuple(map(mm, sides)) == (m.TOP, m.RIGHT, m.BOTTOM, m.LEFT)
    assert mm(section.header_distance) == m.MARKS_TOP
    assert section.different_first_page_header_footer


@pytest.mark.parametrize(
    ("style", "face", "size", "line"),
    [
        (Style.LETTERHEAD, SUNG, 36, 36),
        (Style.TITLE, SUNG, 22, 32),
        (Style.BODY, FANGSONG, 16, 28.95),
        (Style.HEADING, HEITI, 16, 28.95),
        (Style.NUMBER, FANGSONG, 16, 28.95),
        (Style.COPIES, FANGSONG, 14, 22),
    ],
)
def test_styles_name_the_official_fonts_for_chinese_and_latin(style: Style, face: str, size: int, line: float) -> None:
    kept = docx.Document(BytesIO(DATA)).styles[style]
    fonts = kept.element.rPr.rFonts
    assert {fonts.get(qn(f"w:{where}")) for where in ("ascii", "hAnsi", "eastAsia", "cs")} == {face}
    assert kept.font.size.pt == size
    assert abs(kept.paragraph_format.line_spacing.pt - line) < 0.06


def test_twenty_two_lines_of_twenty_eight_fit_and_one_more_does_not() -> None:
    body = docx.Document(BytesIO(DATA)).styles[Style.BODY]
    line = body.paragraph_format.line_spacing.pt
    height, wide = Mm(225).pt, Mm(156).pt
    assert m.LINES * line <= height < (m.LINES + 1) * line
    tighter = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    assert m.PER_LINE * (m.CHARACTER + tighter) <= wide < (m.PER_LINE + 1) * (m.CHARACTER + tighter)


def anchors(data: bytes) -> list[tuple[float, float, float]]:
    """Where the pictures of the first page's header stand, with their width, in millimetres."""
    header = docx.Document(BytesIO(data)).sections[0].first_page_header
    found = []
    for anchor in header._element.iter(qn("wp:anchor")):
        offsets = [int(offset.text) / 36000 for offset in anchor.iter(qn("wp:posOffset"))]
        found.append((round(offsets[0], 1), round(offsets[1], 1), int(anchor.find(qn("wp:extent")).get("cx")) / 36000))
    return found


def test_the_red_double_lines_stand_where_the_standard_has_them() -> None:
    assert anchors(DATA) == [(20.0, round(m.rules_at(13), 1), 170.0), (20.0, round(297 - 20 - m.RULES, 1), 170.0)]


def test_the_header_pushes_the_number_below_the_line() -> None:
    header = docx.Document(BytesIO(DATA)).sections[0].first_page_header
    lines = [paragraph.paragraph_format.line_spacing.mm for paragraph in header.paragraphs]
    assert abs(m.MARKS_TOP + sum(lines[:2]) - m.LETTERHEAD_TOP) < 1
    number_at = m.MARKS_TOP + sum(lines)
    assert abs(number_at - (m.rules_at(13) + m.RULES + m.NUMBER_GAP)) < 0.1
    first = docx.Document(BytesIO(DATA)).paragraphs[0]
    assert (first.text, first.style and first.style.name) == (NUMBER, Style.NUMBER)


def test_page_numbers_stand_outside_and_not_on_the_first_page() -> None:
    section = docx.Document(BytesIO(DATA)).sections[0]
    right, left, first = section.footer, section.even_page_footer, section.first_page_footer
    assert [paragraph.text for paragraph in right.paragraphs] == ["— 2 —"]
    assert right.paragraphs[0].alignment == 2
    assert left.paragraphs[0].alignment == 0
    assert "".join(paragraph.text for paragraph in first.paragraphs) == ""
    assert "PAGE" in right._element.xml


def test_what_is_not_sent_says_so_on_every_page() -> None:
    draft = docx.Document(BytesIO(as_word.render(letter(warning="未签发", is_sent=False)))).sections[0]
    for header in (draft.first_page_header, draft.header, draft.even_page_header):
        warning = next(paragraph for paragraph in header.paragraphs if paragraph.text == "未签发")
        assert warning.style is not None
        assert warning.style.name == Style.WARNING
    sent = docx.Document(BytesIO(DATA)).sections[0]
    assert "".join(paragraph.text for paragraph in sent.header.paragraphs) == ""


def test_the_signature_never_stands_alone_on_a_page() -> None:
    paragraphs = docx.Document(BytesIO(DATA)).paragraphs
    date = next(at for at, paragraph in enumerate(paragraphs) if paragraph.text == PAPER.date)
    last_words = next(at for at, paragraph in enumerate(paragraphs) if paragraph.text == PAPER.blocks[-1].text)
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[last_words:date])


def test_the_receipt_has_a_page_of_its_own_and_boxes_to_tick() -> None:
    document = docx.Document(BytesIO(DATA))
    annex = next(paragraph for paragraph in document.paragraphs if paragraph.text == "附件")
    assert annex.paragraph_format.page_break_before
    said = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert said["第1条"] == "办一\n□满意　□基本满意　□不满意"
    assert "□是　□否" in said["要求重新办理"]


def test_every_part_is_well_formed_and_every_relation_leads_somewhere() -> None:
    with ZipFile(BytesIO(DATA)) as file:
        names = set(file.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(file.read(name))
        for name in (each for each in names if each.endswith(".rels")):
            folder = Path(name).parent.parent
            for relation in ElementTree.fromstring(file.read(name)):
                if relation.get("TargetMode") == "External":
                    pytest.fail(f"{name} leads outside")
                target = str(relation.get("Target"))
                path = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath((folder / target).as_posix())
                )
                assert path in names, (name, target)
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_it_passes_the_validator(tmp_path: Path) -> None:
    validate(DATA, tmp_path / "letter.docx")
    validate(as_word.render(letter(1, warning="未签发", is_sent=False)), tmp_path / "draft.docx")

    wrong = repacked(DATA, {"word/document.xml": lambda xml: xml.replace(b"<w:body>", b"<w:body><w:keepNext/>")})
    with pytest.raises(AssertionError):
        validate(wrong, tmp_path / "wrong.docx")


def test_a_paper_has_no_styles_but_its_own_and_those_it_stands_on() -> None:
    names = {style.name for style in docx.Document(BytesIO(DATA)).styles}
    assert names == {*Style, "Normal", "Header", "Header Char", "Footer", "Footer Char", "Default Paragraph Font"} | {
        "Normal Table",
        "Table Grid",
        "No List",
    }

"""The letter as PDF, measured with a ruler: margins, lines, letterhead, double lines, page numbers."""

import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdf
import pytest
from pdfplumber.page import Page
from PIL import ImageChops

from suggestions.documents.letters import as_pdf, installed
from suggestions.documents.letters import measures as m
from suggestions.domain.errors import NotNow
from tests.documents.writing import MM, NUMBER, is_turned, joined, letter, pdf_of, pdf_text, without_notes

PAPER = letter(6)
FULL = "全区社区工作者统一的劳动合同已经签完用工主体为街道办事处现答复如下"


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return pdf_of(PAPER)


@pytest.fixture(scope="module")
def pages(drawn: bytes) -> Iterator[list[Page]]:
    with pdfplumber.open(BytesIO(drawn)) as file:
        yield file.pages


def lines(page: Page) -> list[list[dict[str, Any]]]:
    """The signs of 3号 on a page, line by line."""
    found: dict[int, list[dict[str, Any]]] = {}
    for sign in page.chars:
        if abs(sign["size"] - m.CHARACTER) < 0.1:
            found.setdefault(round(sign["bottom"] / 4), []).append(sign)
    return [found[key] for key in sorted(found)]


def at(page: Page, text: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a text on a page, in millimetres."""
    place = page.search(text, regex=False)[0]
    return tuple(place[side] / MM for side in ("x0", "top", "x1", "bottom"))


def test_it_says_word_for_word_what_the_letter_says(drawn: bytes) -> None:
    assert without_notes(pdf_text(drawn), PAPER) == joined(PAPER.words())


def test_the_same_letter_is_the_same_text_and_file() -> None:
    assert pdf_of(letter(2)) == pdf_of(letter(2))


def test_the_paper_is_a4(pages: list[Page]) -> None:
    assert {(round(page.width / MM), round(page.height / MM)) for page in pages} == {(210, 297)}


def test_a_full_page_has_twenty_two_lines_between_the_margins(pages: list[Page]) -> None:
    full = lines(pages[1])
    assert len(full) == m.LINES
    tops = [line[0]["bottom"] for line in full]
    assert all(abs(b - a - m.LINE) < 0.1 for a, b in pairwise(tops))
    # A sign of 5 mm stands in the middle of a line of 10 mm.
    ink = [row for row in inked_rows(pages[1], (0, 100), (0, 100), (0, 100)) if row < m.PAGE[1] - m.BOTTOM + 4]
    assert m.TOP < ink[0] < m.TOP + 4
    assert m.PAGE[1] - m.BOTTOM - 4 < ink[-1] < m.PAGE[1] - m.BOTTOM


def test_a_line_holds_twenty_eight_characters() -> None:
    from_edge_to_edge = letter(0)
    long = from_edge_to_edge.__class__(
        **{**vars(from_edge_to_edge), "blocks": (from_edge_to_edge.blocks[0].__class__(FULL * 12),)}
    )
    with pdfplumber.open(BytesIO(pdf_of(long))) as file:
        whole = [line for line in lines(file.pages[1])[1:] if len(line) > 20]
    assert whole
    assert {len(line) for line in whole[:-1]} == {m.PER_LINE}
    assert abs(whole[0][0]["x0"] / MM - m.LEFT) < 1
    assert abs((210 - m.RIGHT) - whole[0][-1]["x1"] / MM) < 1


def test_the_letterhead_is_red_and_begins_thirty_millimetres_down(pages: list[Page]) -> None:
    signs = [sign for sign in pages[0].chars if abs(sign["size"] / MM - 13) < 0.2]
    assert "".join(sign["text"] for sign in signs) == PAPER.letterhead
    assert {tuple(round(value, 2) for value in sign["non_stroking_color"]) for sign in signs} == {(0.84, 0.0, 0.06)}
    middle = (signs[0]["x0"] + signs[-1]["x1"]) / 2 / MM
    assert abs(middle - 105) < 0.5
    assert abs(red_rows(pages[0])[0] - m.LETTERHEAD_TOP) <= 1


def red_rows(page: Page) -> list[float]:
    """The heights at which anything red is painted."""
    return inked_rows(page, (181, 256), (0, 90), (0, 90))


def inked_rows(page: Page, *wanted: tuple[int, int]) -> list[float]:
    """The heights at which anything is painted whose red, green and blue lie in these ranges.

    In millimetres from the upper edge, top first.
    """
    picture = page.to_image(resolution=254, antialias=True).original.convert("RGB")
    tables = ([255 * (low <= value < high) for value in range(256)] for low, high in wanted)
    red, green, blue = (band.point(table) for band, table in zip(picture.split(), tables, strict=True))
    _, rows = ImageChops.darker(ImageChops.darker(red, green), blue).getprojection()
    return [row / 10 for row, is_painted in enumerate(rows) if is_painted]


def test_the_double_lines_stand_where_the_standard_has_them(pages: list[Page]) -> None:
    rows = red_rows(pages[0])
    bands: list[list[float]] = [[rows[0], rows[0]]]
    for row in rows[1:]:
        if row - bands[-1][1] > 0.15:
            bands.append([row, row])
        bands[-1][1] = row
    thick = [round(end - start + 0.1, 1) for start, end in bands[-4:]]
    assert thick[0] > thick[1]
    assert thick[2] < thick[3]
    head, foot = bands[-4][0], bands[-1][1]
    assert abs(head - m.rules_at(13)) < 0.3
    assert abs((297 - foot) - m.FOOT_RULES_BOTTOM) < 0.5
    edges = [(rect["x0"] / MM, rect["x1"] / MM) for rect in pages[0].rects] or [
        (line["x0"] / MM, line["x1"] / MM) for line in pages[0].lines
    ]
    assert any(abs(a - 20) < 0.5 and abs(b - 190) < 0.5 for a, b in edges)
    assert red_rows(pages[1]) == []


def test_number_title_and_signature_have_their_places(pages: list[Page]) -> None:
    left, top, right, bottom = at(pages[0], NUMBER)
    assert abs((210 - m.RIGHT) - right) < 1
    assert top - (m.rules_at(13) + m.RULES) >= m.NUMBER_GAP - 1
    title_left, title_top, title_right, _ = at(pages[0], "关于区第十九届人民代表大会")
    assert abs((title_left + title_right) / 2 - (m.LEFT + 156 / 2)) < 1
    first_title = pages[0].search(PAPER.title[0], regex=False)[1]
    assert first_title["top"] / MM - bottom > 2 * m.LINE / MM - 3
    last = next(page for page in pages if page.search(PAPER.date, regex=False))
    _, _, date_right, _ = at(last, PAPER.date)
    assert abs((210 - m.RIGHT - date_right) - 4 * (m.CHARACTER + m.TIGHTER) / MM) < 1
    assert left < right
    assert title_top > top


def test_page_numbers_change_sides_and_the_first_page_has_none(pages: list[Page]) -> None:
    for number, page in enumerate(pages, start=1):
        below = page.filter(lambda thing: thing["object_type"] == "char" and thing["top"] > (297 - m.BOTTOM + 2) * MM)
        text = (below.extract_text() or "").replace(" ", "")
        if number == 1:
            assert text == ""
            continue
        assert text == f"—{number}—"
        dash = below.chars[0]
        middle = (dash["top"] + dash["bottom"]) / 2 / MM
        assert abs(middle - (297 - m.BOTTOM) - m.PAGE_NUMBER_BELOW) < 1.5
        assert (dash["x0"] / MM < 105) is (number % 2 == 0)


def test_copies_and_evidence_stand_at_the_foot_of_the_last_page(pages: list[Page]) -> None:
    last = next(page for page in pages if page.search(PAPER.date, regex=False))
    assert abs(at(last, "抄送")[3] - (297 - m.BOTTOM)) < 3
    assert last.search(PAPER.evidence.code if PAPER.evidence else "", regex=False)
    assert len(last.images) == 1
    assert pages[-1].search("代表签名", regex=False)


def test_the_fonts_that_stand_in_are_printed(pages: list[Page]) -> None:
    said = as_pdf.colophon(is_short=True)
    text = "".join(sign["text"] for page in pages for sign in page.chars)
    assert said.replace(" ", "") in text.replace(" ", "")


def test_what_is_not_sent_says_so_across_every_page() -> None:
    with pdfplumber.open(BytesIO(pdf_of(letter(3, warning="未签发", is_sent=False)))) as file:
        for page in file.pages:
            assert {sign["text"] for sign in page.chars if is_turned(sign)} == set("未签发")
        assert not any(page.images for page in file.pages)


@pytest.mark.parametrize("answers", range(8))
def test_signature_and_date_never_stand_alone(answers: int) -> None:
    paper = letter(answers)
    with pdfplumber.open(BytesIO(pdf_of(paper))) as file:
        last = next(page for page in file.pages if page.search(paper.date, regex=False))
        body = [line for line in lines(last) if line[0]["bottom"] < last.search(paper.unit, regex=False)[-1]["top"]]
        said = "".join(sign["text"] for line in body for sign in line)
        assert "关心。" in said


def test_the_file_says_what_it_is(drawn: bytes) -> None:
    told = pypdf.PdfReader(BytesIO(drawn)).metadata
    assert told is not None
    assert told.title == "".join(PAPER.title)


def test_without_its_libraries_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    as_pdf._weasyprint.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    try:
        with pytest.raises(NotNow) as refused:
            as_pdf.render(PAPER)
    finally:
        as_pdf._weasyprint.cache_clear()
    assert "libpango-1.0-0" in refused.value.missing[0]
    assert refused.value.missing[1] == "Word文件照常可以下载。"


def test_without_a_chinese_font_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pdf_of(PAPER)
    monkeypatch.setattr(installed, "families", frozenset)
    with pytest.raises(NotNow) as refused:
        as_pdf.render(PAPER)
    assert "fonts-noto-cjk" in refused.value.missing[0]

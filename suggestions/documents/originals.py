"""A deputy's suggestion read from its original: who asks, in which session, and every request word for word."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from suggestions.documents import ofd, office, pdf, scans
from suggestions.documents.asks import find_asks
from suggestions.documents.headings import NAMES, Field
from suggestions.documents.layout import Label, Layout, read_layout, read_lines
from suggestions.documents.pdf import PageText
from suggestions.documents.rows import Fault, HandoverRow
from suggestions.documents.safety import MediaType, accept, shown, sniff
from suggestions.documents.word import open_word
from suggestions.documents.words import (
    FORBIDDEN,
    Meeting,
    find_number,
    half_width,
    one_line,
    plain,
    read_meeting,
    read_names,
    read_person,
    suggestion_number,
)
from suggestions.domain.errors import Invalid

_NAME = re.compile(r"[㐀-鿿·•]{2,12}|[A-Za-z][A-Za-z .·-]{1,40}|.{0,2}[\U00020000-\U0003ffff].{0,4}")
_TITLE = re.compile(r"关于.{1,120}的(?:建议|意见|批评|批评和意见|议案)")


@dataclass(frozen=True)
class Doubt:
    """What a person should check: the attribute of an Original, why, and the page it came from (0: not known)."""

    field: str
    reason: str
    page: int = 0


@dataclass(frozen=True)
class Original:
    """What the paper says; "" and empty where it does not, with a doubt for each such gap and for each guess.

    `number` is in its one form (001), `number_written` as printed; `paragraphs` is the text below 内容 and not one
    sign of it changed; `requests` are verbatim without their ordinals. `pages` is 0 for a paper without fixed pages.
    """

    number: str | None = None
    number_written: str = ""
    meeting: Meeting | None = None
    title: str = ""
    lead: str = ""
    delegation: str = ""
    joint: tuple[str, ...] = ()
    category: str = ""
    paragraphs: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    pages: int = 0

    @property
    def unsure(self) -> tuple[str, ...]:
        """The reason of each doubt."""
        return tuple(doubt.reason for doubt in self.doubts)


def read_original(data: bytes, name: str) -> Original:
    """Read an original of any accepted kind; raises Invalid, naming the file, when it is hostile, broken or no paper.

    A scan has no text that could be read: all its fields are doubts.
    """
    kind = sniff(data, name)
    if kind is MediaType.DOCX:
        return _of_layout(read_layout(open_word(data, name)))
    if kind is MediaType.DOC:
        return _of_layout(read_layout(open_word(office.as_docx(data, name), f"{shown(name)}.docx")))
    if kind is MediaType.PDF:
        return _of_pages(pdf.read_pages(data, name))
    if kind is MediaType.OFD:
        return _of_pages(ofd.read_pages(data, name))
    if kind in scans.PICTURES:
        accept(data, name)
        return Original(doubts=_ALL_DOUBTS, pages=scans.count_pages(data, name))
    raise Invalid(f"“{shown(name)}”是工作簿，建议原件应是 Word、PDF、OFD 或扫描图片，请换一个文件。")


_SCANNED = "原件是扫描件，没有可读的文字，请对照原件"
_ALL_DOUBTS = (
    *(Doubt(field, f"{_SCANNED}核对。", 1) for field in ("number", "title", "lead", "delegation", "joint", "category")),
    *(Doubt(field, f"{_SCANNED}填写。", 1) for field in ("content", "requests")),
)


def _of_pages(pages: tuple[PageText, ...]) -> Original:
    """A paper with fixed pages: each doubt names the page of what it is about, a page without text is one."""
    if all(page.is_blank for page in pages):
        return Original(doubts=_ALL_DOUBTS, pages=len(pages))
    read = _of_layout(read_lines(text for page in pages for text in page.paragraphs))
    first = {"content": read.paragraphs[:1], "requests": read.requests[:1], "joint": read.joint[:1]}
    doubts = []
    for doubt in read.doubts:
        wanted = first.get(doubt.field) or (getattr(read, doubt.field, "") or "",)
        doubts.append(replace(doubt, page=_page_of(wanted[0], pages)))
    for at, page in enumerate(pages, start=1):
        if page.is_blank:
            doubts.append(Doubt("content", f"第{at}页没有可读的文字，可能是扫描或图片，请看这一页。", at))
    return replace(read, doubts=tuple(doubts), pages=len(pages))


def _page_of(text: object, pages: tuple[PageText, ...]) -> int:
    """The first page on which the words stand; page 1 for what was not found anywhere."""
    words = plain(str(text or ""))[:20]
    found = (at for at, page in enumerate(pages, start=1) if words and words in plain("".join(page.paragraphs)))
    return next(found, 1)


def _of_layout(layout: Layout) -> Original:
    number_written, number = _number(layout)
    head = [half_width(line) for line in layout.head]
    meeting = next(filter(None, map(read_meeting, [*head, "".join(head)])), None)
    labelled = one_line(layout.fields.get(Label.TITLE, ""))
    lead, delegation = read_person(layout.fields.get(Label.LEAD, ""))
    asks = find_asks(layout.body)
    said = {
        "title": labelled or _title(layout),
        "lead": lead,
        "delegation": plain(layout.fields.get(Label.DELEGATION, "")) or delegation,
        "category": one_line(layout.fields.get(Label.CATEGORY, "")),
    }
    clean = {field: FORBIDDEN.sub("", text) for field, text in said.items()}
    joint = [person for person in read_names(layout.fields.get(Label.JOINT, "")) if person != lead]
    gaps = (
        ("number", "没有找到建议编号，请对照原件填写。", number),
        ("meeting", "没有找到第几届第几次会议，请对照原件填写。", meeting),
        ("title", "没有找到标题，请对照原件填写。", clean["title"]),
        ("title", "没有“标题：”一项，把像标题的一行当作标题，请核对。", labelled or not clean["title"]),
        ("lead", "没有找到领衔代表，请对照原件填写。", lead),
        ("lead", "领衔代表一项写了不止一人，请核对谁是领衔代表。", "、" not in lead),
        ("delegation", "没有找到领衔代表所在的代表团，请对照原件填写。", clean["delegation"]),
        ("joint", "没有找到“附议代表”一项，请对照原件核对。", Label.JOINT in layout.fields),
        ("joint", "附议代表一项有不像姓名的字，请核对。", all(_NAME.fullmatch(person) for person in joint)),
        ("category", "没有找到类别，请对照原件填写。", clean["category"]),
        ("content", "没有找到“内容：”，把各项之后的文字当作正文，请核对。", Label.CONTENT in layout.fields),
        ("content", "没有找到正文，请打开原件查看。", layout.body),
        *((field, "含有看不见的控制符号，已经去掉，请核对。", text == clean[field]) for field, text in said.items()),
        ("content", "正文含有改变文字方向的符号，显示的次序可能不是书写的次序，请核对。", not _turns(layout.body)),
    )
    return Original(
        number=number,
        number_written=number_written,
        meeting=meeting,
        title=clean["title"],
        lead=clean["lead"],
        delegation=clean["delegation"],
        joint=tuple(FORBIDDEN.sub("", person) for person in joint),
        category=clean["category"],
        paragraphs=tuple(layout.body),
        requests=asks.texts,
        doubts=(
            *(Doubt(field, sentence) for field, sentence, found in gaps if not found),
            *(Doubt("requests", sentence) for sentence in asks.unsure),
        ),
    )


def _turns(body: list[str]) -> bool:
    return any(FORBIDDEN.search(text) for text in body)


def column_name(field: str) -> str:
    """The usual heading of a HandoverRow attribute, for a fault that is found away from the workbook."""
    return NAMES[Field(field)][0]


def compare(row: HandoverRow, original: Original, column_of: Callable[[str], str] = column_name) -> tuple[Fault, ...]:
    """Where workbook and original name another number, title or lead deputy, as faults that quote both.

    Spaces and width of signs do not count; what one of them does not say is not compared. Give the workbook's own
    `Handover.column_of` to have the column's letter named.
    """
    pairs = (
        (Field.NUMBER, row.number, original.number or ""),
        (Field.TITLE, row.title, original.title),
        (Field.LEAD, row.lead, original.lead),
    )
    return tuple(
        Fault(
            row.row,
            column_of(field),
            listed,
            f"清单写的是“{listed}”，原件{row.original_name}写的是“{printed}”，两处不一致，请核对。",
        )
        for field, listed, printed in pairs
        if listed and printed and plain(listed) != plain(printed)
    )


def _number(layout: Layout) -> tuple[str, str | None]:
    """The number behind its label, else the first 第…号 above the body."""
    written = layout.fields.get(Label.NUMBER, "")
    if written and (number := suggestion_number(written)):
        return written, number
    found = next(filter(None, map(find_number, [written, *layout.head])), None)
    return found or (written, None)


def _title(layout: Layout) -> str:
    """A heading that is a title by its wording: 关于……的建议."""
    return next((line for line in layout.head if _TITLE.fullmatch(plain(line))), "")

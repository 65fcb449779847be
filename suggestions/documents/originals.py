"""A deputy's suggestion read from the Word original: who asks, in which session, and every request word for word."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from suggestions.documents.asks import find_asks
from suggestions.documents.handover import Fault, HandoverRow
from suggestions.documents.headings import NAMES, Field
from suggestions.documents.layout import Label, Layout, read_layout
from suggestions.documents.word import open_word
from suggestions.documents.words import (
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

_TITLE = re.compile(r"关于.{1,120}的(?:建议|意见|批评|批评和意见|议案)")


@dataclass(frozen=True)
class Original:
    """What the paper says; "" and empty where it does not, with a sentence in `unsure` for each such gap.

    `number` is in its one form (001), `number_written` as printed; `paragraphs` is the text below 内容 and not one
    sign of it changed; `requests` are verbatim without their ordinals.
    """

    number: str | None
    number_written: str
    meeting: Meeting | None
    title: str
    lead: str
    delegation: str
    joint: tuple[str, ...]
    category: str
    paragraphs: tuple[str, ...]
    requests: tuple[str, ...]
    unsure: tuple[str, ...]


def read_original(data: bytes, name: str) -> Original:
    """Read a .docx original; raises Invalid, naming the file, when it is hostile, broken or no Word file."""
    layout = read_layout(open_word(data, name))
    number_written, number = _number(layout)
    head = [half_width(line) for line in layout.head]
    meeting = next(filter(None, map(read_meeting, [*head, "".join(head)])), None)
    title = one_line(layout.fields.get(Label.TITLE, "")) or _title(layout)
    lead, delegation = read_person(layout.fields.get(Label.LEAD, ""))
    delegation = plain(layout.fields.get(Label.DELEGATION, "")) or delegation
    category = one_line(layout.fields.get(Label.CATEGORY, ""))
    asks = find_asks(layout.body)
    gaps = {
        "没有找到建议编号，请对照原件填写。": number,
        "没有找到第几届第几次会议，请对照原件填写。": meeting,
        "没有找到标题，请对照原件填写。": title,
        "没有找到领衔代表，请对照原件填写。": lead,
        "没有找到领衔代表所在的代表团，请对照原件填写。": delegation,
        "没有找到“附议代表”一项，请对照原件核对。": Label.JOINT in layout.fields,
        "没有找到类别，请对照原件填写。": category,
        "没有找到“内容：”，把各项之后的文字当作正文，请核对。": Label.CONTENT in layout.fields,
        "没有找到正文，请打开原件查看。": layout.body,
    }
    return Original(
        number=number,
        number_written=number_written,
        meeting=meeting,
        title=title,
        lead=lead,
        delegation=delegation,
        joint=tuple(person for person in read_names(layout.fields.get(Label.JOINT, "")) if person != lead),
        category=category,
        paragraphs=tuple(layout.body),
        requests=asks.texts,
        unsure=(*(sentence for sentence, found in gaps.items() if not found), *asks.unsure),
    )


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

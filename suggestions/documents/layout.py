"""The parts of a suggestion on paper: labels with what stands behind them, the head without label, and the body."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from suggestions.documents.word import TABLE, Word, blocks, rows, text_boxes
from suggestions.documents.words import plain


class Label(StrEnum):
    """What a label announces; OTHER is a label that ends the field before it and is not kept."""

    NUMBER = "number"
    TITLE = "title"
    LEAD = "lead"
    DELEGATION = "delegation"
    JOINT = "joint"
    CATEGORY = "category"
    CONTENT = "content"
    OTHER = "other"


_NAMES = {
    Label.NUMBER: ("建议编号", "编号", "案号", "建议号", "建议案号"),
    Label.TITLE: ("建议标题", "标题", "题目", "案由", "建议名称", "建议题目"),
    Label.LEAD: ("领衔代表", "领衔人", "领衔代表姓名", "提出人", "提出代表", "提建议代表", "建议人", "代表姓名"),
    Label.DELEGATION: ("代表团", "所在代表团", "所属代表团", "代表小组"),
    Label.JOINT: ("附议代表", "附议人", "联名代表", "联名人", "附议", "联名"),
    Label.CATEGORY: ("类别", "建议类别", "建议分类", "分类", "内容分类"),
    Label.CONTENT: ("内容", "建议内容", "正文", "具体内容", "主要内容", "建议正文", "问题及建议", "情况和建议"),
    Label.OTHER: (
        *("联系电话", "电话", "手机", "联系方式", "通讯地址", "工作单位", "单位及职务", "邮编", "代表证号", "职务"),
        *("主办单位", "承办单位", "协办单位", "会办单位", "建议承办单位", "交办意见", "审查意见", "交办日期"),
        *("提交日期", "提出日期", "日期", "签名", "代表签名", "备注", "办理期限", "是否公开", "附件"),
    ),
}
_LABELS = {name: label for label, names in _NAMES.items() for name in names}
_ANY = "|".join(r"\s*".join(name) for name in sorted(_LABELS, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?:^|(?<=[\s;；]))(?:【\s*(?P<boxed>{_ANY})\s*】\s*[:：]?|(?P<name>{_ANY})\s*(?:[(（][^()（）]*[)）])?\s*[:：])[^\S\n]*"
)


@dataclass
class Layout:
    """What a paper says: the words behind each label, the lines before the body without label, the body verbatim."""

    fields: dict[Label, str] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A paragraph on its way to its place; a label comes from a cell of its own or is None."""

    text: str
    label: Label | None = None
    is_cell: bool = False


def read_layout(word: Word) -> Layout:
    """Sort every paragraph, table cell and text box of a suggestion into its part; nothing below 内容 is dropped."""
    sorter = _Sorter()
    for line in _lines(word, word.body, is_cell=False):
        sorter.take(line)
    layout = sorter.layout
    if not layout.body:
        layout.body = sorter.behind_labels
    return layout


def read_lines(lines: Iterable[str]) -> Layout:
    """Sort the paragraphs of a paper that is no Word file; its forms have no cells, so a label needs its colon."""
    sorter = _Sorter()
    for line in lines:
        sorter.take(_Line(line))
    layout = sorter.layout
    if not layout.body:
        layout.body = sorter.behind_labels
    return layout


def opens_label(line: str) -> bool:
    """Whether a line begins with a label such as 领衔代表：."""
    return _LABEL.match(line.lstrip()) is not None


def _lines(word: Word, container: Any, *, is_cell: bool) -> Iterator[_Line]:
    for block in blocks(container):
        if block.tag == TABLE:
            yield from _table(word, block)
            continue
        text = word.paragraph(block).printed
        if text.strip():
            yield _Line(text, is_cell=is_cell)
        for box in text_boxes(block):
            yield from _lines(word, box, is_cell=is_cell)


def _table(word: Word, table: Any) -> Iterator[_Line]:
    """A form gives its cells one after the other, a table of figures one line a row."""
    found = [[list(_lines(word, cell, is_cell=True)) for cell in row] for row in rows(table)]
    is_form = any(
        _named(cell) or any(line.label or _LABEL.match(line.text.strip()) for line in cell)
        for row in found
        for cell in row
    )
    for row in found:
        if is_form or len(row) == 1:
            yield from _form_row(row)
        elif any(row):
            yield _Line("\t".join(" ".join(line.text for line in cell) for cell in row))


def _form_row(row: list[list[_Line]]) -> Iterator[_Line]:
    """A cell that is only a label names what stands in the next one."""
    label: Label | None = None
    for cell in row:
        named = _named(cell)
        if named:
            yield from [_Line("", label, is_cell=True)] if label else []
            label = named
        elif label and cell:
            yield _Line("\n".join(line.text for line in cell) if label != Label.CONTENT else "", label, is_cell=True)
            yield from cell if label == Label.CONTENT else []
            label = None
        else:
            yield from cell
    if label:
        yield _Line("", label, is_cell=True)


def _named(cell: list[_Line]) -> Label | None:
    return _LABELS.get(re.sub(r"\(.*?\)|[:：【】]", "", plain("".join(line.text for line in cell))))


class _Sorter:
    """Takes the lines in order: head until 内容, then body until a form goes on with another label."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.behind_labels: list[str] = []
        self._is_body = False
        self._waiting: Label | None = None
        # A title may go on behind a soft line break, inside its paragraph.
        self._is_title_open = False

    def take(self, line: _Line) -> None:
        """Put one line where it belongs."""
        match = _LABEL.match(line.text.lstrip())
        is_label = line.label or (match is not None and line.is_cell)
        if self._is_body and not (line.is_cell and is_label):
            self.layout.body.append(line.text)
            return
        self._is_body = False
        if line.label:
            self._keep(line.label, line.text)
            return
        pieces = line.text.split("\n")
        self._is_title_open = False
        for index, piece in enumerate(pieces):
            if self._take_piece(piece):
                self.layout.body.extend(rest for rest in ["\n".join(pieces[index + 1 :])] if rest.strip())
                return

    def _take_piece(self, piece: str) -> bool:
        """Read one line of the head, which may bear several labels; true once the body has begun."""
        found = list(_LABEL.finditer(piece))
        before = piece[: found[0].start()] if found else piece
        if before.strip():
            self._unlabelled(before)
        ends = [*(match.start() for match in found[1:]), len(piece)]
        for match, end in zip(found, ends[: len(found)], strict=True):
            label = _LABELS[plain(match["name"] or match["boxed"])]
            if label == Label.CONTENT:
                self._keep(label, piece[match.end() :])
                return True
            self._keep(label, piece[match.end() : end])
        return False

    def _keep(self, label: Label, text: str) -> None:
        if label == Label.CONTENT:
            self._is_body, self._waiting = True, None
            self.layout.fields.setdefault(label, "")
            self.layout.body.extend([text] if text.strip() else [])
            return
        self.behind_labels.clear()
        self._waiting = None if text.strip() else label
        self._is_title_open = label == Label.TITLE and bool(text.strip())
        if label != Label.OTHER and text.strip():
            self.layout.fields.setdefault(label, text.strip())
        elif label != Label.OTHER:
            self.layout.fields.setdefault(label, "")

    def _unlabelled(self, text: str) -> None:
        """A line without label: what a label above is waiting for, else part of the head."""
        waiting, self._waiting = self._waiting, None
        if self._is_title_open:
            self.layout.fields[Label.TITLE] += text.strip()
        elif waiting and waiting != Label.OTHER and not self.layout.fields.get(waiting):
            self.layout.fields[waiting] = text.strip()
        elif self.layout.body:
            self.layout.body.append(text)
        else:
            self.layout.head.append(text.strip())
            self.behind_labels.append(text)

"""The columns of a handover workbook under the many names that offices give them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from suggestions.documents.words import plain


class Field(StrEnum):
    """What a column of the workbook holds; the value is the name of the HandoverRow attribute."""

    NUMBER = "number"
    TITLE = "title"
    CATEGORY = "category"
    LEAD = "lead"
    DELEGATION = "delegation"
    JOINT = "joint"
    PHONE = "phone"
    MAIN_UNITS = "main_units"
    CO_UNITS = "co_units"
    IS_KEY = "is_key"
    ASSIGNED_ON = "assigned_on"
    IS_COMPLEX = "is_complex"
    ORIGINAL_NAME = "original_name"

    MEETING = "meeting"
    YEAR = "year"
    CONTENT = "content"
    DOCUMENT_NUMBER = "document_number"
    REPLIED_ON = "replied_on"
    REPLY = "reply"
    REPLY_NAME = "reply_name"
    RESULT_CLASS = "result_class"
    RATING = "rating"
    HANDLER = "handler"
    PROMISE = "promise"
    PROMISE_OWNER = "promise_owner"
    PROMISE_DUE_ON = "promise_due_on"
    PROMISE_DONE = "promise_done"


# The first name of each is the one in our own sentences; the nearer to the front, the surer.
NAMES: dict[Field, tuple[str, ...]] = {
    Field.NUMBER: ("建议编号", "编号", "案号", "建议号", "建议案号", "建议序号", "件号", "提案号"),
    Field.TITLE: ("建议标题", "标题", "案由", "建议名称", "建议题目", "题目", "建议案由", "建议事项", "名称"),
    Field.CATEGORY: ("类别", "建议类别", "建议分类", "分类", "内容分类", "类型"),
    Field.LEAD: (
        *("领衔代表", "领衔人", "领衔代表姓名", "提出人", "提出代表", "提建议代表", "建议人", "建议代表"),
        *("第一代表", "代表姓名", "领衔", "代表"),
    ),
    Field.DELEGATION: ("代表团", "所在代表团", "所属代表团", "代表团名称", "代表小组", "代表组"),
    Field.JOINT: ("附议代表", "联名代表", "附议人", "联名人", "附议", "联名", "附议代表姓名", "联名代表姓名"),
    Field.PHONE: ("联系电话", "代表电话", "代表联系电话", "代表联系方式", "联系方式", "手机", "手机号码", "电话"),
    Field.MAIN_UNITS: ("主办单位", "承办单位", "主办部门", "承办部门", "主办", "牵头单位", "分办单位", "主办承办单位"),
    Field.CO_UNITS: ("协办单位", "会办单位", "协办部门", "会办部门", "协办", "会办", "配合单位", "协助单位"),
    Field.IS_KEY: ("是否重点督办", "重点督办", "是否重点", "重点建议", "是否重点建议", "是否重点督办建议"),
    Field.ASSIGNED_ON: ("交办日期", "交办时间", "交办日", "转办日期", "转办时间", "分办日期", "分办时间"),
    Field.IS_COMPLEX: (
        "答复期限",
        "办理期限",
        "办理时限",
        "答复时限",
        "答复时间",
        "办结期限",
        "办结时限",
        "期限",
        "时限",
    ),
    Field.ORIGINAL_NAME: ("原件", "原件名", "原件名称", "建议原件", "原文", "原件文件", "附件", "文件名"),
}
_OF_PAST: dict[Field, tuple[str, ...]] = {
    Field.MEETING: ("届次", "届次会议", "会议届次", "届别", "会议名称"),
    Field.YEAR: ("年度", "年份", "办理年度"),
    Field.CONTENT: ("建议内容", "建议正文", "建议原文", "内容", "具体内容"),
    Field.DOCUMENT_NUMBER: ("复函文号", "答复文号", "答复函文号", "发文字号", "文号"),
    Field.REPLIED_ON: ("复函日期", "答复日期", "答复时间", "复函时间", "发文日期"),
    Field.REPLY: ("复函正文", "答复正文", "答复内容", "复函内容", "答复意见"),
    Field.REPLY_NAME: ("复函", "复函文件", "复函文件名", "答复函", "复函原件"),
    Field.RESULT_CLASS: ("结果类别", "办理结果", "办理结果类别", "结果分类", "答复类别", "办理结果分类"),
    Field.RATING: ("评价", "代表评价", "总体评价", "满意度", "满意程度", "评价结果"),
    Field.HANDLER: ("承办人", "经办人", "承办人姓名"),
    Field.PROMISE: ("承诺事项", "承诺内容", "承诺", "承诺措施"),
    Field.PROMISE_OWNER: ("责任人", "承诺责任人", "落实责任人", "责任科室"),
    Field.PROMISE_DUE_ON: ("期限", "承诺期限", "完成期限", "完成时限", "兑现期限", "落实期限", "时限"),
    Field.PROMISE_DONE: ("完成情况", "落实情况", "兑现情况", "承诺完成情况"),
}
PAST_NAMES: dict[Field, tuple[str, ...]] = {
    **{field: names for field, names in NAMES.items() if field is not Field.IS_COMPLEX},
    **_OF_PAST,
}
"""The columns of a list of past years: those of the handover, and what became of each suggestion."""
ALL_NAMES = NAMES | _OF_PAST
REQUIRED = (Field.TITLE, Field.LEAD, Field.MAIN_UNITS, Field.ASSIGNED_ON)
"""Columns without which no row can be taken over; the number is asked for first of all."""

_LONGEST = {
    Field.TITLE: 200,
    Field.CATEGORY: 40,
    Field.LEAD: 100,
    Field.DELEGATION: 100,
    Field.PHONE: 40,
    Field.ORIGINAL_NAME: 200,
}
_ELSE_LONGEST = 20_000


@dataclass(frozen=True)
class Header:
    """Where the header stands and what each column holds: last header row and columns, all counted from 0."""

    row: int
    columns: Mapping[Field, int]
    written: Mapping[Field, str]
    twice: tuple[tuple[int, str], ...] = ()

    def name_of(self, field: Field) -> str:
        """The column as a person finds it: H列 交办日期; the usual name alone when there is no such column."""
        if field not in self.columns:
            return ALL_NAMES[field][0]
        return f"{letters(self.columns[field])}列 {self.written[field]}"


def too_long(asked: Field, text: str) -> str:
    """What is wrong with a text that has no room where it is kept; "" when it fits."""
    most = _LONGEST.get(asked, _ELSE_LONGEST)
    return f"有{len(text)}个字，最多{most}个字，请缩短。" if len(text) > most else ""


def find_header(
    rows: Sequence[Sequence[str]], within: int, names: Mapping[Field, tuple[str, ...]] = NAMES
) -> Header | None:
    """The header among the first rows: the one that names most columns, the number among them; None if none does.

    A second row below it that names more columns under a joint heading (办理单位: 主办 | 协办) belongs to it.
    """
    ranks = {name: (field, rank) for field, alike in names.items() for rank, name in enumerate(alike)}
    best: Header | None = None
    for index, row in enumerate(rows[:within]):
        header = _header(index, row, ranks)
        if Field.NUMBER in header.columns and len(header.columns) > (len(best.columns) if best else 1):
            best = header
    if best is None or best.row + 1 >= len(rows):
        return best
    below = _header(best.row + 1, rows[best.row + 1], ranks)
    if not below.columns or Field.NUMBER in below.columns or rows[best.row + 1][best.columns[Field.NUMBER]].strip():
        return best
    return Header(
        below.row,
        {**below.columns, **best.columns},
        {**below.written, **best.written},
        best.twice + below.twice,
    )


def letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _header(index: int, row: Sequence[str], ranks: Mapping[str, tuple[Field, int]]) -> Header:
    """Read one row as a header; of two names for one field the surer is taken, of two equal ones both are named."""
    taken: dict[Field, tuple[int, int]] = {}
    twice: list[tuple[int, str]] = []
    for column, written in enumerate(row):
        name = re.sub(r"[(（\[【].*?[)）\]】]|[:：*]", "", plain(written))
        if name not in ranks:
            continue
        field, rank = ranks[name]
        if field in taken and taken[field][0] == rank:
            twice.append((column, plain(written)))
        elif field not in taken or rank < taken[field][0]:
            taken[field] = (rank, column)
    columns = {field: column for field, (_, column) in taken.items()}
    return Header(index, columns, {field: plain(row[column]) for field, column in columns.items()}, tuple(twice))

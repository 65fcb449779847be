"""Lists of past years for tests: one good row, and whatever a test writes over it."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl

TITLE = "云山区第十九届人民代表大会第五次会议代表建议办理情况"
GOOD: dict[str, Any] = {
    "建议编号": "第301号",
    "建议标题": "关于修缮社区养老设施的建议",
    "类别": "养老服务",
    "领衔代表": "陈立群",
    "代表团": "上河街道代表团",
    "附议代表": "刘素芬",
    "主办单位": "区民政局",
    "协办单位": "区财政局",
    "承办人": "韩冬梅",
    "交办日期": "2025-02-18",
    "复函文号": "云山民政函〔2025〕90号",
    "复函日期": "2025-05-06",
    "复函正文": "已修缮三处，其余两处计划于2026年3月底前修好。",
    "结果类别": "B",
    "评价": "满意",
}
PROMISE: dict[str, Any] = {
    "编号": "301",
    "承诺事项": "修好其余两处养老设施",
    "责任人": "韩冬梅",
    "期限": "2026-03-31",
    "完成情况": "未完成",
}


def past_list(
    rows: Sequence[dict[str, Any]] = (GOOD,), promises: Sequence[dict[str, Any]] = (), title: str = TITLE
) -> bytes:
    """A workbook with a list, and with a second sheet where there are promises; each row by its headings."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "清单"
    if title:
        sheet.append([title])
    _write(sheet, rows)
    if promises:
        _write(book.create_sheet("承诺"), promises)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _write(sheet: Any, rows: Sequence[dict[str, Any]]) -> None:
    header = list(dict.fromkeys(name for row in rows for name in row))
    sheet.append(header)
    for row in rows:
        sheet.append([row.get(name) for name in header])

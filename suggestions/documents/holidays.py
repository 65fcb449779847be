"""A holiday notice as it comes to hand: words that were pasted, an Excel table, or days as JSON."""

import json

from suggestions.documents.sheets import visible_sheets
from suggestions.domain.errors import Invalid
from suggestions.domain.holidays import Notice, read_list, read_notice


def read(text: str, *, year: int | None = None, name: str = "", data: bytes = b"") -> Notice:
    """The notice in the file, else in the pasted words; raises Invalid, saying what is not understood."""
    if name.lower().endswith((".xlsx", ".xls")):
        rows = visible_sheets(data, name)[0].texts
        return read_notice("\n".join("\t".join(cell.replace("\n", "") for cell in row) for row in rows), year)
    if data:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Invalid("没有读。", {"file": f"“{name}”不是 UTF-8 的文本、JSON 或 Excel 表格。"}) from None
    if not text.strip():
        raise Invalid("没有读。", {"text": "请粘贴通知全文，或者选一个文件。"})
    return _json(text) if text.lstrip().startswith("{") else read_notice(text, year)


def _json(text: str) -> Notice:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid("没有读。", {"text": f"这份 JSON 读不出来：{str(error)[:100]}。"}) from error
    days = held.get("days")
    if not isinstance(days, list) or not all(isinstance(day, dict) for day in days):
        raise Invalid("没有读。", {"text": "JSON 里要有 days，一天一项：date、name、isOffDay。"})
    return read_list(held.get("year"), days)

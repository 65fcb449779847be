"""Workbooks, Word files and hostile packages made for the tests of this folder."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import openpyxl

PRACTICE = Path(__file__).parents[2] / "suggestions" / "practice_data" / "handover-2026"
TITLE = "云山区第十九届人民代表大会第六次会议代表建议交办清单"
HEADER = ("建议编号", "建议标题", "领衔代表", "附议代表", "主办单位", "协办单位", "交办日期")
ROW = ("001", "关于甲的建议", "陈立群", "刘素芬、何建平", "区民政局", "区财政局", "2026-02-09")


def workbook(*rows: Sequence[object], merge: str = "") -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    return saved(made.save)


def word(*paragraphs: str, fill: Callable[[docx.document.Document], None] | None = None) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    if fill:
        fill(made)
    return saved(made.save)


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    target = io.BytesIO()
    save(target)
    return target.getvalue()


def practice_original(number: str = "001") -> bytes:
    return (PRACTICE / "originals" / f"第{number}号.docx").read_bytes()


def repacked(data: bytes, changed: Mapping[str, bytes | Callable[[bytes], bytes]], method: int = 8) -> bytes:
    """The package with entries replaced, changed by a function, or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", method) as new:
        for name in old.namelist():
            change = changed.get(name, old.read(name))
            new.writestr(name, change(old.read(name)) if callable(change) else change)
        for name in changed.keys() - set(old.namelist()):
            content = changed[name]
            assert isinstance(content, bytes)
            new.writestr(name, content)
    return target.getvalue()

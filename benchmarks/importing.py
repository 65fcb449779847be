"""A handover with originals beside python-docx reading alone: `python -m benchmarks.importing`, by default 10,000 rows.

Both are done in this process, one after the other; the ratio travels to other machines, the seconds do not. Memory is
the highest this process had.
"""

import resource
import sys
import tempfile
import time
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import openpyxl

from benchmarks.__main__ import house
from suggestions import clock
from suggestions.practice import HANDOVER
from suggestions.practice.play import Play
from suggestions.usecases import importing
from suggestions.usecases.filing import OnDisk, Upload

UNITS = ("区民政局", "区财政局", "区人力社保局")


def papers(folder: Path, rows: int) -> list[OnDisk]:
    """So many originals, each with its own number, title and text, made from the first of the practice."""
    with zipfile.ZipFile(HANDOVER / "originals" / "第001号.docx") as pattern:
        parts = {name: pattern.read(name) for name in pattern.namelist()}
    body = parts["word/document.xml"].decode()
    made = []
    for number in range(1001, 1001 + rows):
        path = folder / f"{number}.docx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, part in parts.items():
                own = body.replace("001", str(number)).replace("劳动合同", f"劳动合同{number}")
                package.writestr(name, own if name == "word/document.xml" else part)
        made.append(OnDisk(path))
    return made


def workbook(rows: int) -> Upload:
    """The workbook that names them."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["云山区第十九届人民代表大会第七次会议代表建议交办清单"])
    sheet.append(["建议编号", "建议标题", "领衔代表", "代表团", "附议代表", "主办单位", "协办单位", "交办日期", "原件"])
    for number in range(1001, 1001 + rows):
        title = f"关于规范和签订社区工作者劳动合同{number}的建议"
        main, co = UNITS[number % 3], UNITS[(number + 1) % 3] if number % 2 else ""
        row = [number, title, "陈立群", "上河街道代表团", "刘素芬、何建平", main, co, "2026-02-09", f"{number}.docx"]
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return Upload("交办清单.xlsx", target.getvalue())


def main(rows: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        app = house(folder)
        (folder / "originals").mkdir()
        originals, table = papers(folder / "originals", rows), workbook(rows)
        begun = time.process_time()
        signs = sum(len(p.text) for paper in originals for p in docx.Document(BytesIO(paper.data)).paragraphs)
        alone = time.process_time() - begun
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        with app.app_context(), clock.pinned(clock.now()):
            by = Play(date(2026, 2, 24)).actor("supervisor")
            begun = time.process_time()
            done = importing.import_handover(table, originals, by=by)
            whole = time.process_time() - begun
        highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{rows} rows, {signs} signs read, {done.added} added")
        print(f"python-docx alone {alone:8.1f} s")
        print(f"import            {whole:8.1f} s  {whole / alone:5.2f} x")
        print(f"memory            {before} MB before, {highest} MB at its highest")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

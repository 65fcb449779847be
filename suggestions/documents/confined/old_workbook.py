"""The visible sheets of an .xls workbook as JSON: old_workbook.py FILE MAX_CELLS."""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum


def cell(value: Any) -> Any:
    """A cell as JSON can say it: a day as {"day": …}, a length of time as text."""
    if isinstance(value, datetime | date):
        return {"day": value.isoformat()[:10]}
    return str(value) if isinstance(value, time | timedelta) else value


def main() -> None:
    """Write the sheets: name, rows of cells, merged corners."""
    workbook = CalamineWorkbook.from_path(sys.argv[1])
    left, sheets = int(sys.argv[2]), []
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        left -= (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end else 0
        if left < 0:
            sys.stdout.write('"too large"')
            return
        rows = [[cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        sheets.append([about.name, rows, sheet.merged_cell_ranges or []])
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    main()

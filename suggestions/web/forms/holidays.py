"""What the system administrator is asked about the holidays of a year."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional


class HolidaysForm(FlaskForm):
    """The notice, pasted or as a file."""

    text = TextAreaField(
        "通知全文",
        [Optional(), Length(max=20_000, message="不超过20000个字。")],
        description="国务院办公厅通知从标题起原样粘贴；也可以粘贴表格：节日、放假日期、上班日期各一列。",
    )
    file = FileField("或者选一个文件", [Optional()], description="Excel 表格、文本文件（UTF-8 编码），或者 JSON 文件。")
    year = IntegerField(
        "年份",
        [Optional(), NumberRange(2000, 2100, "请写2000到2100之间的年份。")],
        description="通知标题里写着年份的，不用写。",
    )

"""The form in which an office words its own letters."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from suggestions.domain.letter_form import HANDLER, PHONE, LetterForm

WORDS = ("letterhead", "series", "closing", "contact", "copies")


class LetterTemplateForm(FlaskForm):
    """Letterhead, number series, closing, contact line and copies of a unit's letters."""

    letterhead = StringField("发文机关标志", [Optional()], description="信头的红字，写全称；空着，就用单位的全称。")
    series = StringField(
        "发文机关代字",
        [Optional()],
        description="例如“云山民政函”。写了以后，发文字号按年连着编，跳号要写明原因；空着，发出时自己填。",
    )
    closing = TextAreaField(
        "结尾用语",
        [InputRequired("结尾用语不能空着。")],
        description="起草复函时先填好这一段；联名的，“您”换成“你们”。",
    )
    contact = StringField(
        "联系行", [Optional()], description=f"{HANDLER}和{PHONE}会换成承办人的姓名和单位的电话；各项之间用分号。"
    )
    copies = StringField("抄送", [Optional()], description="发出时先填好；例如“区人大常委会人代工委，区政府办公室”。")
    seen_version = HiddenField()

    @classmethod
    def of(cls, form: LetterForm) -> "LetterTemplateForm":
        """The form with the words that count now."""
        return cls(**form.words(), seen_version=str(form.version))

    def words(self) -> dict[str, str]:
        """What was typed, by name."""
        return {name: str(self[name].data or "") for name in WORDS}

"""What somebody is asked who signs a hand-over list in the place of a giver who is gone."""

from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from suggestions.domain.hand_over import GROUNDS


class InPlaceForm(FlaskForm):
    """Why the giver cannot sign; asked only of who stands in their place."""

    ground = SelectField(
        "移交人本人为什么不能签",
        choices=[SelectChoice("", "请选择"), *(SelectChoice(code, words) for code, words in GROUNDS.items())],
        validate_choice=False,
    )
    words = TextAreaField("具体情况", description="哪一天离任、凭什么文件；印在清单上。")

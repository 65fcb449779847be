"""What the security administrator is asked about a person, a post, a unit."""

from collections.abc import Sequence
from datetime import date

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import AnyOf, InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from suggestions.domain.fields import plain
from suggestions.domain.labels import ROLES
from suggestions.domain.states import Role

_NONE = SelectChoice("", "请选择")
_ROLES = [SelectChoice(role.value, ROLES[role]) for role in Role if role is not Role.SYSTEM]
_STRONG = "至少12个字符，要有大写、小写、数字、符号中的三种。"
_FIRST = "本人第一次登录时要先改掉，改了以后您也不再知道。"


class Day(DateField):
    """A day, whose fault is said in a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take 2026-03-01; ValueError with the sentence otherwise."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError("请写成年-月-日，例如2026-03-01。") from None


class Line(StringField):
    """A line of words that can be kept; what cannot is said in a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the words without blanks around them; ValueError for signs that nobody sees."""
        self.data = plain(valuelist[0]) if valuelist else ""


class Checks(SelectMultipleField):
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _at_most(signs: int) -> Length:
    return Length(max=signs, message=f"不超过{signs}个字。")


class AccountForm(FlaskForm):
    """A new person with a login."""

    name = Line("姓名", [InputRequired("请填写姓名。"), _at_most(50)])
    username = Line(
        "账号",
        [InputRequired("请填写账号。"), _at_most(50)],
        description="登录时写的，如 zhangsan；定了以后不改。",
    )
    delegation = Line("代表团", [Optional(), _at_most(100)], description="人大代表才写。")
    phone = Line("电话", [Optional(), _at_most(40)])
    password = PasswordField("首个密码", [InputRequired("请填写密码。")], description=_STRONG + _FIRST)
    again = PasswordField("再写一次密码", [InputRequired("请再写一次。")])


class GivenPasswordForm(FlaskForm):
    """A first password for somebody else; the account too, when there is none."""

    username = Line(
        "账号",
        [InputRequired("请填写账号。"), _at_most(50)],
        description="这个人还没有登录账号，一并开通。",
    )
    password = PasswordField("新的首个密码", [InputRequired("请填写密码。")], description=_STRONG + _FIRST)
    again = PasswordField("再写一次密码", [InputRequired("请再写一次。")])


class AppointForm(FlaskForm):
    """A post with its dates."""

    role = SelectField(
        "岗位",
        [AnyOf([each.value for each in _ROLES], "请选择岗位。")],
        choices=[_NONE, *_ROLES],
        validate_choice=False,
    )
    unit = SelectField(
        "承办单位", validate_choice=False, description="局长、审核人、承办人、局办公室要选单位，别的岗位不选。"
    )
    title = Line(
        "职务名称", [Optional(), _at_most(100)], description="页面和公文上怎么写，如“养老服务科”；不写就用岗位的名称。"
    )
    from_on = Day("到任日期", [InputRequired("请填写到任日期。")])
    to_on = Day("离任日期", [Optional()], description="最后一天在任的日期；没有定就不写。")
    is_acting = BooleanField(
        "主持工作", description="局长空缺或者不能履职时，由别人主持工作才勾选；要写明到哪一天，附文件。"
    )
    document = Line("批准主持工作的文件号", [Optional(), _at_most(200)], description="主持工作才写。")
    scan = FileField("文件的扫描件", [Optional()], description="主持工作才附；PDF、JPG或PNG。")
    endorsement_kinds = Checks("管哪几种审核", validate_choice=False, description="审核人才选，至少一种。")

    @classmethod
    def of(
        cls, units: Sequence[tuple[int, str]], endorsements: Sequence[tuple[str, str]], today: date
    ) -> "AppointForm":
        """The form with the units and kinds of endorsement to choose from."""
        form = cls(from_on=today)
        form.unit.choices = [SelectChoice("", "不属于承办单位"), *(SelectChoice(str(id), name) for id, name in units)]
        form.endorsement_kinds.choices = [SelectChoice(code, label) for code, label in endorsements]
        return form


class EndForm(FlaskForm):
    """The last day of a post."""

    to_on = Day(
        "离任日期",
        [InputRequired("请填写离任日期。")],
        description="最后一天在任的日期。写昨天，从现在起就不能再用这个岗位办事；写今天，用到今天为止。",
    )


class DecisionForm(FlaskForm):
    """What the second person says to an appointment."""

    reason = TextAreaField("不同意的理由", [_at_most(500)], description="同意时不用写。")


class EndorsementKindsForm(FlaskForm):
    """Which kinds of endorsement the replies of a unit need."""

    kinds = Checks("复函要过哪几种审核", validate_choice=False, description="一种也不勾，就按规则库的默认办。")

    @classmethod
    def of(cls, endorsements: Sequence[tuple[str, str]], chosen: Sequence[str] | None) -> "EndorsementKindsForm":
        """The form with the kinds to choose from and those that are chosen now."""
        form = cls(kinds=list(chosen or ()))
        form.kinds.choices = [SelectChoice(code, label) for code, label in endorsements]
        return form


class UnitForm(FlaskForm):
    """A new unit."""

    name = Line(
        "单位名称",
        [InputRequired("请填写单位名称。"), _at_most(100)],
        description="全称以交办清单上的写法为准，如“区民政局”。",
    )
    phone = Line("电话", [Optional(), _at_most(40)], description="代表的页面上会写出来。")
    is_government = BooleanField("属于政府部门", default=True, description="不勾选的，政府督查室看不到它的件。")

"""What a person is asked about being reached."""

from collections.abc import Collection

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from suggestions.domain.reaching import CHANNELS, Channel, Rhythm
from suggestions.models import Reach

_HOURS = [SelectChoice(str(hour), f"{hour}点") for hour in range(24)]
_NO = SelectChoice("", "不设")


class CodeForm(FlaskForm):
    """The code that was sent to an address."""

    code = StringField("验证码", [InputRequired("请填邮件里的6位数字。")], description="邮件里的6位数字。")


class ReachForm(FlaskForm):
    """Channels, address, quiet hours, digest."""

    channels = SelectMultipleField(
        "除了系统里的提醒，还发到",
        [Optional()],
        choices=[SelectChoice(str(channel), label) for channel, label in CHANNELS.items()],
        description="发到群里的只有姓名、件号和网页地址；邮件里写明办什么。都不选，就只在系统里提醒。",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    email = StringField(
        "邮件地址",
        [Optional()],
        description="例如 name@example.cn。请写自己一个人看的信箱；写好以后先验证，验证以前不往那里发提醒。",
    )
    quiet_from = SelectField("安静时段从", [Optional()], choices=[_NO, *_HOURS])
    quiet_to = SelectField("安静时段到", [Optional()], choices=[_NO, *_HOURS], description="可以过夜，例如22点到7点。")
    digest_at = SelectField(
        "合并发送",
        [Optional()],
        choices=[
            SelectChoice("", "有了就发"),
            *(SelectChoice(str(hour), f"每天{hour}点合成一条") for hour in range(24)),
        ],
    )

    @classmethod
    def of(cls, reach: Reach, open_ways: Collection[Channel], *, is_shown: bool = False) -> "ReachForm":
        """The form with what was chosen, of the channels that this house was given; as shown beside another."""
        hours = {
            name: "" if (hour := getattr(reach, name)) is None else str(hour)
            for name in ("quiet_from", "quiet_to", "digest_at")
        }
        given = {"formdata": None} if is_shown else {}
        form = cls(channels=[c for c in reach.channels if c in open_ways], email=reach.email, **hours, **given)
        form.channels.choices = [SelectChoice(str(c), label) for c, label in CHANNELS.items() if c in open_ways]
        return form

    def chosen(self) -> list[Channel]:
        """The channels that were ticked."""
        return [Channel(value) for value in self.channels.data or ()]

    def rhythm(self) -> Rhythm:
        """The hours that were chosen."""
        return Rhythm(*(int(f.data) if f.data else None for f in (self.quiet_from, self.quiet_to, self.digest_at)))

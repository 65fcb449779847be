"""The words of login and password."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

_AS_TYPED = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
"""No phone turns director into Director."""


class LoginForm(FlaskForm):
    """Who is it?"""

    username = StringField(
        "账号", [InputRequired("请填写账号。")], description="代表可以直接写姓名。", render_kw=_AS_TYPED
    )
    password = PasswordField("密码", [InputRequired("请填写密码。")])


class PasswordForm(FlaskForm):
    """A new password."""

    old = PasswordField("原密码", [InputRequired("请填写原密码。")])
    new = PasswordField(
        "新密码", [InputRequired("请填写新密码。")], description="至少12个字符，要有大写、小写、数字、符号中的三种。"
    )
    again = PasswordField("再写一次新密码", [InputRequired("请再写一次。")])

"""The filters of the register, as a form that only asks."""

from collections.abc import Iterable

from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length

from suggestions.domain.facts import Actor
from suggestions.domain.states import UNIT_ROLES
from suggestions.queries.register import Register
from suggestions.queries.register_filters import LONGEST, Wanted, choices_of_state

_LIGHTS = (("over", "超期"), ("near", "临近"), ("ok", "正常"), ("done", "办结"))


def _choices(offered: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", "不限"), *(SelectChoice(code, label) for code, label in offered)]


class Filters(Form):
    """What the register can be narrowed to; fields without a choice for this person are left out."""

    q = StringField("搜索", validators=[Length(max=LONGEST)])
    state = SelectField("办到哪一步", choices=_choices(choices_of_state()))
    category = SelectField("类别")
    light = SelectField("灯", choices=_choices(_LIGHTS))
    role = SelectField("本单位是", choices=_choices((("main", "主办"), ("co", "协办"))))
    unit = SelectField("主办单位")
    handler = SelectField("承办人")
    past = SelectField("往年件", choices=_choices((("1", "只看往年件"),)))
    challenged = SelectField("分类异议", choices=_choices((("1", "有过异议"), ("open", "还没有答复"))))
    key = SelectField("重点督办", choices=_choices((("1", "只看重点督办"),)))

    @classmethod
    def of(cls, asks: Wanted, page: Register, actor: Actor) -> "Filters":
        """The form as this person asked it, with the choices that the register holds for them."""
        form = cls(data=asks.arguments)
        form.category.choices = _choices(page.categories)
        form.unit.choices = _choices(page.units)
        form.handler.choices = _choices(page.handlers)
        unused = ("unit",) if actor.role in UNIT_ROLES else ("role", "handler")
        for name in unused:
            del form[name]
        return form

    def shows(self, name: str, word: str) -> bool:
        """Whether a field of the form shows that this is asked."""
        offered = {field.name: field for field in self if isinstance(field, SelectField)}
        return name == "q" or (name in offered and word in {choice[0] for choice in offered[name].iter_choices()})

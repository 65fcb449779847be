"""The filters of the promise register, as a form that only asks."""

from wtforms import Form, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from suggestions.queries.promise_filters import Wanted
from suggestions.queries.promise_register import Register


class Filters(Form):
    """Of which unit, handler and year; fields without a choice for this person are left out."""

    show = HiddenField()
    unit = SelectField("承办单位")
    handler = SelectField("承办人")
    year = SelectField("作出承诺的年份")

    @classmethod
    def of(cls, asks: Wanted, page: Register) -> "Filters":
        """The form as this person asked it."""
        form = cls(data=asks.arguments)
        years = tuple((str(year), f"{year}年") for year in page.years)
        for field, offered in ((form.unit, page.units), (form.handler, page.handlers), (form.year, years)):
            field.choices = [SelectChoice("", "不限"), *(SelectChoice(code, label) for code, label in offered)]
            if not offered:
                del form[field.name]
        return form

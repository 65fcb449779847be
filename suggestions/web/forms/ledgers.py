"""The filters of the ledgers, as a form that only asks."""

from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from suggestions.queries.counts import Asked
from suggestions.queries.ledgers import Choices


class Filters(Form):
    """Of which year, and of which unit where there are several."""

    year = SelectField("年份")
    unit = SelectField("承办单位")

    @classmethod
    def of(cls, asks: Asked, offered: Choices) -> "Filters":
        """The form as this person asked it."""
        form = cls(data={"year": str(asks.year), "unit": "" if asks.unit is None else str(asks.unit)})
        form.year.choices = [SelectChoice(str(year), f"{year}年") for year in offered.years]
        form.unit.choices = [
            SelectChoice("", "全部承办单位"),
            *(SelectChoice(str(id), name) for id, name in offered.units),
        ]
        if not offered.units:
            del form["unit"]
        return form

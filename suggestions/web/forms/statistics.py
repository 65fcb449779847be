"""The filters of the statistics, as a form that only asks."""

from collections.abc import Iterable

from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from suggestions.queries.counts import CLASSES, NO_CATEGORY, Asked
from suggestions.queries.statistics import Choices


def _choices(offered: Iterable[tuple[str, str]], first: str = "不限") -> list[SelectChoice]:
    return [SelectChoice("", first), *(SelectChoice(code, label) for code, label in offered)]


class Filters(Form):
    """What the numbers can be narrowed to; fields without a choice for this person are left out."""

    year = SelectField("年份")
    unit = SelectField("承办单位")
    category = SelectField("类别")
    result = SelectField("结果", name="class", choices=_choices((code, f"{code}类") for code in CLASSES))
    deputy = SelectField("领衔代表")
    rounds = SelectField(
        "轮次", name="round", choices=_choices([("first", "首轮"), ("later", "重新办理")], "到现在为止")
    )

    @classmethod
    def of(cls, asks: Asked, offered: Choices) -> "Filters":
        """The form as this person asked it, with the choices that the year holds for them."""
        form = cls(
            data={
                "year": str(asks.year),
                "unit": "" if asks.unit is None else str(asks.unit),
                "category": "" if asks.category is None else asks.category or NO_CATEGORY,
                "result": asks.result_class,
                "deputy": "" if asks.deputy is None else str(asks.deputy),
                "rounds": "" if asks.rounds.value == "latest" else asks.rounds.value,
            }
        )
        form.year.choices = [SelectChoice(str(year), f"{year}年") for year in offered.years]
        form.unit.choices = _choices((str(id), name) for id, name in offered.units)
        form.category.choices = _choices(offered.categories)
        form.deputy.choices = _choices((str(id), name) for id, name in offered.deputies)
        if not offered.units:
            del form["unit"]
        if not offered.categories and not offered.deputies:
            for name in ("category", "result", "deputy", "rounds"):
                del form[name]
        return form

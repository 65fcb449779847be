"""The filters of the duty report, as a form that only asks."""

from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from suggestions.queries.duty import DutyReport

_YEARS_BACK = 5


class Filters(Form):
    """Of which year, and of whom where several people were director in it."""

    year = SelectField("年份")
    person = SelectField("局长")

    @classmethod
    def of(cls, report: DutyReport, newest: int) -> "Filters":
        """The form as this person asked it."""
        held = "" if report.holder is None else str(report.holder.person_id)
        form = cls(data={"year": str(report.year), "person": held})
        years = sorted({report.year, *range(newest - _YEARS_BACK, newest + 1)}, reverse=True)
        form.year.choices = [SelectChoice(str(year), f"{year}年") for year in years]
        form.person.choices = [
            SelectChoice(str(each.person_id), f"{each.name}（主持工作）" if each.is_acting else each.name)
            for each in report.holders
        ]
        if len(report.holders) < 2:
            del form["person"]
        return form

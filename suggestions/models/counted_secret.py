"""A secret item as a row of the statistics: what was registered of it, and nothing else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from suggestions.domain.counting import Kind, Reached, Row, Said
from suggestions.domain.deadlines import add_months
from suggestions.domain.rulebook import Rulebook
from suggestions.models.counted_round import level


def secret_row(noted: Mapping[str, Any], rules: Rulebook) -> tuple[Row, str]:
    """How a secret item stands by its dates and its rating, and in which months it was assigned and replied."""
    assigned = date.fromisoformat(noted["assigned_on"])
    replied = date.fromisoformat(noted["replied_on"]) if noted["replied_on"] else None
    # Registered before the end of the term was noted: then it is the day that the months alone lead to.
    nominal = add_months(assigned, rules.term("reply_ordinary").amount)
    due_on = date.fromisoformat(noted.get("reply_due_on", nominal.isoformat()))
    said = level(noted["rating"], rules) if noted["rating"] else Said.WAITING
    row = Row(
        Kind.HANDLING,
        Reached.REPLIED if replied else Reached.OPEN,
        is_on_time=replied is not None and replied <= due_on,
        said=said,
        shown=said,
        due_on=None if replied else due_on,
        is_secret=True,
    )
    marks = [f"course:assigned.{assigned:%Y-%m}", *([f"course:replied.{replied:%Y-%m}"] if replied else [])]
    return row, " ".join(marks)

"""Extension: a later day for the reply, explained in writing to the deputy; consent where the rulebook asks it."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.rows import handling_row as _row
from suggestions.domain.lifecycle.step import Audience as A
from suggestions.domain.lifecycle.step import Field, Kind, Stage, Step
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import span

_UNTIL_SIGNED = span(S.RECEIVED, S.SIGNING)

TABLE: tuple[Step, ...] = (
    _row(
        Stage.EXTENSION,
        Action.REQUEST_EXTENSION,
        _UNTIL_SIGNED,
        None,
        rules.director_of_unit,
        asks=(
            Field("months", "延长多久", Kind.CHOICE, source="extension_months"),
            Field("explanation", "给代表的书面说明", hint="写明限期内为什么办不完、现在到了哪一步；代表会看到全文。"),
            Field("delivery", "怎么送到代表手里", Kind.CHOICE, source="delivery_ways"),
        ),
        has_effect=True,
        tells=(A.DEPUTIES, A.SUPERVISORS, A.HANDLER),
        follows="说明随即给代表。须经同意的，等人代工委决定，签批复函时还没有决定的自动失效；不须同意的，期限即时延长。",
        is_public=True,
    ),
    _row(
        Stage.EXTENSION,
        Action.GRANT_EXTENSION,
        _UNTIL_SIGNED,
        None,
        rules.supervisor,
        rules.system,
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER, A.DEPUTIES),
        follows="答复期限从原起算日重新计算。",
        is_public=True,
    ),
    _row(
        Stage.EXTENSION,
        Action.REFUSE_EXTENSION,
        _UNTIL_SIGNED,
        None,
        rules.supervisor,
        asks=(Field("reason", "不同意的理由"),),
        has_effect=True,
        tells=(A.DIRECTOR, A.HANDLER, A.DEPUTIES),
        follows="仍按原来的期限答复。",
        is_public=True,
    ),
)

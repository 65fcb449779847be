"""Merging: suggestions on one matter are handled together; every lead deputy gets the reply and rates."""

from suggestions.domain import rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle.step import Audience, Field, Kind, Stage, Step
from suggestions.domain.states import Life
from suggestions.domain.states import SuggestionState as S

TABLE: tuple[Step, ...] = (
    Step(
        Action.MERGE,
        Life.SUGGESTION,
        (S.SUBMITTED,),
        S.MERGED,
        (rules.supervisor,),
        stage=Stage.MERGING,
        asks=(
            Field("into", "并入哪一件", Kind.CHOICE, source="merge_targets", hint="复函还没有报签的才能并入。"),
            Field("reason", "为什么并案", hint="说的是同一件事在哪里。"),
        ),
        has_effect=True,
        tells=(Audience.DEPUTIES,),
        follows="两件一起办、一起答复；本件的领衔代表也会收到复函，也要评价。",
    ),
    Step(
        Action.UNMERGE,
        Life.SUGGESTION,
        (S.MERGED,),
        S.SUBMITTED,
        (rules.supervisor,),
        stage=Stage.MERGING,
        asks=(Field("reason", "为什么取消并案"),),
        has_effect=True,
        tells=(Audience.DEPUTIES,),
        follows="本件回到待交办，另行交办。",
    ),
    Step(
        Action.NOTE_MERGER,
        Life.SUGGESTION,
        (S.SUBMITTED, S.ASSIGNED),
        None,
        (rules.system,),
        stage=Stage.MERGING,
        tells=(Audience.DIRECTOR, Audience.CLERKS, Audience.LEAD),
        follows="并入的建议一起办、一起答复，各位领衔代表都要评价。",
    ),
)

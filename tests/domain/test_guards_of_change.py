"""What must be true when people and rounds change: each sentence appears, and disappears when it no longer holds."""

from dataclasses import replace

import pytest

from suggestions.domain import letter as letters
from suggestions.domain.actions import Action as A
from suggestions.domain.guards import SEAL_ACTIONS, missing
from suggestions.domain.states import CoState
from tests.domain.making import CO, facts, past
from tests.domain.test_guards import ROUND_TWO, WITH_PASSAGE, draft


@pytest.mark.parametrize("action", list(SEAL_ACTIONS.values()))
def test_while_somebody_stands_in_the_director_takes_no_personal_step(action: A) -> None:
    proper = facts("director")
    away = replace(proper, actor=replace(proper.actor, stood_in_by="文向东（2026-03-01至2026-03-31）"))
    sentence = "现在由文向东（2026-03-01至2026-03-31）主持工作，“五个亲自”由其本人办，您的账号这期间不能办。"
    assert missing(action, away)[0] == sentence
    assert sentence not in missing(action, proper)


def test_a_former_deputy_submits_nothing_more() -> None:
    judged = facts("lead_deputy")
    former = replace(judged, actor=replace(judged.actor, is_former=True))
    sentence = "您的代表任期已满，不能再提交建议；已经提交的，照样跟踪和评价。"
    assert sentence in missing(A.SUBMIT, former)
    assert sentence not in missing(A.SUBMIT, judged)


def test_an_opinion_of_an_earlier_round_is_asked_for_only_when_the_letter_speaks_of_the_unit() -> None:
    accepted = replace(CO, state=CoState.ACCEPTED)
    taken = past(8, A.ACCEPT_CO_OPINION, "named_handler", co_handling_id=CO.id)
    later = facts("named_handler", taken, draft(round=2), handling=ROUND_TWO, co_handlings=(accepted,))
    assert letters.co_faults(later.story.letter(2) or {}, later) == []
    speaking = facts(
        "named_handler",
        taken,
        draft(round=2, on=later.today, **WITH_PASSAGE),
        handling=ROUND_TWO,
        co_handlings=(accepted,),
    )
    (fault,) = letters.co_faults(speaking.story.letter(2) or {}, speaking)
    assert "还没有会签复函中写到它的那一段" in fault
    now = facts("named_handler", replace(taken, round=2), draft(round=2), handling=ROUND_TWO, co_handlings=(accepted,))
    assert letters.co_faults(now.story.letter(2) or {}, now) == [f"还差：复函没有写到{CO.unit_name}的意见。"]

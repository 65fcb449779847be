"""The model check can fail: each fault that is sown into tables, rules or guards is found, and told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from suggestions.domain import rules
from suggestions.domain.actions import Action as A
from suggestions.domain.facts import Facts
from suggestions.domain.guards import GUARDS, assignment
from suggestions.domain.lifecycle import TABLES
from suggestions.domain.lifecycle.step import Rule
from suggestions.domain.states import HandlingState as S
from suggestions.domain.states import Life
from tests.domain.model import scenes
from tests.domain.model.case import Fate
from tests.domain.model.scene import Scene
from tests.domain.model.search import Found, search


def scene(name: str) -> Scene:
    return next(scene for scene in scenes.ALL if scene.name == name)


def never(_facts: Facts) -> Iterator[str]:
    yield "还差：永远还差一样。"


class Saboteur:
    """Takes rows, people or guards out of the house for one test."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def without_row(self, life: Life, action: A, *origins: S) -> None:
        def goes(row_action: A, row_origins: tuple[object, ...]) -> bool:
            return row_action is action and (not origins or set(origins) <= set(row_origins))

        kept = tuple(row for row in TABLES[life] if not goes(row.action, row.origins))
        assert len(kept) < len(TABLES[life])
        self.patch.setitem(TABLES, life, kept)

    def without_person(self, action: A, *who: Rule) -> None:
        table = TABLES[Life.HANDLING]
        changed = tuple(
            replace(row, who=tuple(rule for rule in row.who if rule not in who)) if row.action is action else row
            for row in table
        )
        assert changed != table
        self.patch.setitem(TABLES, Life.HANDLING, changed)

    def with_guard_that_never_holds(self, action: A) -> None:
        self.patch.setitem(GUARDS, action, (*GUARDS.get(action, ()), never))


@pytest.fixture
def saboteur(monkeypatch: pytest.MonkeyPatch) -> Saboteur:
    return Saboteur(monkeypatch)


def stuck(name: str) -> Found:
    found = search(scene(name))
    assert found.stuck
    return found


def test_a_silent_co_unit_that_cannot_be_gone_without(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.CO_HANDLING, A.GO_ON_WITHOUT)
    assert stuck("协办单位不回话").counterexample() == (
        "协办单位不回话：走到这里，再也到不了终点：\n"
        "  1. （协办单位从此不回话）\n"
        "  停在：建议已交办，第1轮办理中，协办待报意见，协办单位从此不回话"
    )


def test_a_silent_deputy_whose_rating_never_lapses(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.HANDLING, A.LAPSE_RATING)
    assert "代表们从此" in stuck("代表不说话").counterexample()


def test_a_step_whose_guard_never_holds(saboteur: Saboteur) -> None:
    saboteur.with_guard_that_never_holds(A.SIGN_REPLY)
    told = stuck("平常的一件").counterexample()
    assert told.startswith("平常的一件：走到这里，再也到不了终点：\n  1. ")
    assert "签批复函" not in told


def test_a_unit_without_reviewer_where_nobody_stands_in(saboteur: Saboteur) -> None:
    saboteur.without_person(A.ENDORSE, rules.clerk_of_unit_without_reviewer)
    assert Fate.NO_REVIEWER in stuck("单位没有审核人").stuck[0].fates


def test_an_absent_director_whose_stand_in_cannot_read_the_original(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.HANDLING, A.READ_ORIGINAL, S.SIGNING)
    assert stuck("局长外出，有人主持工作").counterexample().endswith("局长外出，由副局长主持工作")


def test_a_handler_who_left_and_cannot_be_replaced(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.HANDLING, A.NAME_HANDLER)
    assert stuck("承办人调走").counterexample().endswith("承办人调走了")


def test_a_promise_that_nobody_can_release(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.HANDLING, A.AGREE_RELEASE)
    assert "有一项承诺没有兑现" in stuck("承诺办不到").counterexample()


def test_a_dispute_that_nobody_concludes(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.HANDLING, A.CONCLUDE_DISPUTE)
    told = stuck("重新办理").counterexample()
    assert "第2轮" in told
    assert told.index("责成重新办理") < told.rindex("评价")


def test_a_dead_deputy_whose_rating_is_waited_for(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.HANDLING, A.WAIVE_RATING)
    assert "人代工委：更换领衔代表" in stuck("领衔代表去世").counterexample()


def test_a_challenge_that_the_office_does_not_settle(saboteur: Saboteur) -> None:
    saboteur.without_person(A.SETTLE_CLASS, rules.supervisor)
    assert stuck("分类异议").stuck[0].handlings[0].challenge == "insisted"


def test_a_suggestion_that_stays_open_when_all_its_handlings_ended(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.SUGGESTION, A.COMPLETE)
    stuck("分办和恢复办理")


def test_a_reassignment_that_leaves_a_promise_with_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(GUARDS, A.REASSIGN, (assignment.unit_is_free,))
    assert stuck("重新办理中改办，承诺还没有兑现").counterexample() == (
        "重新办理中改办，承诺还没有兑现：走到这里，再也到不了终点：\n"
        "  1. 人代工委：改办\n"
        "  停在：建议已交办，第2轮已改办，有一项承诺没有兑现，第1轮待签收"
    )


def test_a_promise_reopened_where_the_handling_cannot_be(saboteur: Saboteur) -> None:
    saboteur.with_guard_that_never_holds(A.REOPEN)
    found = stuck("撤回以后为并入件办结，承诺被代表重新打开，又办不到")
    assert "并入件的领衔代表：评价落实情况" in found.counterexample()


def test_a_row_that_leads_out_of_nowhere_is_never_reached(saboteur: Saboteur) -> None:
    saboteur.without_row(Life.HANDLING, A.LAPSE_RATING)
    saboteur.without_row(Life.HANDLING, A.OPEN_RATING)
    states = search(scene("平常的一件")).states
    assert (Life.HANDLING, S.RATED) in states
    assert (Life.HANDLING, S.FOLLOW_UP) not in states

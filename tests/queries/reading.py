"""How the tests of the pages read them: one person, one case, and all that the page says as text."""

from dataclasses import asdict
from typing import Any

from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models.case import load_case
from suggestions.practice.play import Play
from suggestions.queries.case_page import CasePage, case_page
from suggestions.queries.deputy_page import DeputyPage, deputy_page
from suggestions.queries.looking import Look, Reader, look_at
from suggestions.queries.seals import SealView
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk

UNIT = "区住房城乡建委"
REASON = "门面话多，事没办。"
UNITS_OWN = ("director", "handler", "handler2", "reviewer", "clerk")
SHELL = 3
"""Statements that the shell of every page takes: session, practice day, count of notices."""


def reader(walk: Walk, who: str) -> Reader:
    return Reader(walk.play.actor(who), walk.play.moment, address)


def page(walk: Walk, who: str) -> CasePage:
    return case_page(db.session(), walk.id, reader(walk, who))


def look(walk: Walk, who: str) -> Look:
    return look_at(db.session(), Life.HANDLING, walk.id, reader(walk, who))


def progress(walk: Walk, who: str) -> DeputyPage:
    case = load_case(db.session(), walk.play.suggestion(walk.number).id)
    return deputy_page(db.session(), case, reader(walk, who))


def text(found: Any) -> str:
    return str(asdict(found))


def seals(walk: Walk, who: str = "handler") -> dict[str, SealView]:
    return {seal.name: seal for seal in page(walk, who).seals}


def rated(play: Play, overall: str = "dissatisfied") -> Walk:
    """A case whose rating is sealed, with a reason for every request and the quiet flag."""
    walk = Walk(play).until("dispatched")
    words = walk.rating(overall, REASON)
    words["scores"] = [{"request_no": "1", "score": "dissatisfied", "reason": "第一条只换了牌子。"}, words["scores"][1]]
    walk.do(walk.lead, A.RATE, **{**words, "is_pressed": "1"})
    walk.stages.append("rated")
    return walk

"""Every case page of the practice history offers each person exactly what the table written by hand lets them do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from suggestions.domain import lifecycle, rules
from suggestions.domain.actions import Action as A
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Post, Suggestion, Unit
from suggestions.practice import START
from suggestions.practice.play import Play
from tests.conftest import PLAYED
from tests.databases import Databases
from tests.domain.expected import SEES
from tests.web.offering import Offered, Page, Somebody, allowed, called_for, read
from tests.web.visitor import Visitor

CHINESE = re.compile(r"[\u4e00-\u9fff]")
TWINS = {A.REFUSE_ENDORSEMENT: A.ENDORSE, A.DISSENT: A.COUNTERSIGN, A.REFUSE_EXTENSION: A.GRANT_EXTENSION}
"""Two answers to one question: what is missing is said once, under the first."""


@pytest.fixture(scope="module")
def house(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The practice history, with the states beside the way that it has not."""
    for app in sqlite_databases.copy(PLAYED, tmp_path_factory.mktemp("offered") / "files"):
        with app.app_context():
            beside_the_way(Play(START))
        yield app


def beside_the_way(play: Play) -> None:
    """Asked back, given to another, moved, merged, withdrawn, cancelled, challenged, pressed, promised, on paper."""
    play.moment = play.moment.replace(hour=17)
    unit = {name: id for id, name in _units()}
    play.handle("011", "director", A.REQUEST_RETURN, reason="归规划自然资源局管。")
    play.handle("020", "supervisor", A.REASSIGN, unit=str(unit["区财政局"]), reason="归财政局办。")
    play.handle("016", "supervisor", A.TRANSFER, unit=str(unit["区财政局"]), document="云山编〔2026〕1号")
    play.handle("004", "deputy", A.CHALLENGE_CLASS, result_class="C", reason="还没有办成。")
    play.handle("017", "director", A.REQUEST_EXTENSION, months="1", explanation="还要两周。", delivery="in_person")
    play.handle("002", "director", A.RELEASE_PROMISE, promise="第1项", ground="文件变了。", letter="照实说明。")
    play.handle("019", "赵启航", A.LIGHT_UP, demand="窗口什么时候加？")
    play.answer("012", "区林业局", "supervisor", A.CANCEL_CO_OPINION, reason="用不着。")
    waiting = db.session.scalars(select(Suggestion.id).where(Suggestion.title.contains("夜间购药点"))).one()
    play.step(Life.SUGGESTION, waiting, "supervisor", A.MERGE, {"into": "第006号", "reason": "同一件事。"})
    taken_back = play.suggestion("018").id
    play.step(Life.SUGGESTION, taken_back, "deputy3", A.WITHDRAW, {"reason": "已经办成。"})


def _units() -> list[tuple[int, str]]:
    return [(unit.id, unit.name) for unit in db.session.scalars(select(Unit))]


def concerned(suggestion: Suggestion, handlings: list[Handling]) -> list[Somebody]:
    """Everybody of the units and the deputies whom the suggestion concerns, and one stranger of each role."""
    units = {h.unit_id for h in handlings} | {co.unit_id for h in handlings for co in owed(h)}
    deputies = {suggestion.lead_id} | {c.person_id for c in suggestion.cosigners}
    found, strange = list[Somebody](), set[Role]()
    for post in db.session.scalars(select(Post).join(Post.person).order_by(Post.id)):
        is_concerned = post.unit_id in units or post.person_id in deputies
        if is_concerned or post.role not in strange:
            found.append(Somebody(post.person, post))
        if not is_concerned:
            strange.add(post.role)
    return found


def owed(handling: Handling) -> list[CoHandling]:
    return list(db.session.scalars(select(CoHandling).where(CoHandling.handling_id == handling.id)))


class Visitors:
    """Everybody's browsers."""

    def __init__(self, house: Flask) -> None:
        self.house = house
        self.known: dict[str, Visitor] = {}

    def get(self, username: str, path: str) -> TestResponse:
        if username not in self.known:
            self.known[username] = Visitor(self.house, username)
        return self.known[username].client.get(path, follow_redirects=True)


@dataclass(frozen=True)
class Visit:
    """One person's visit to one page of a case: what must stand there, and whether it must open or stay closed."""

    username: str
    role: Role
    path: str
    wanted: frozenset[tuple[Life, int, A]]
    status: int | None

    def __str__(self) -> str:
        return f"{self.path} {self.username}"


def wanted_of(who: Somebody, suggestion: Suggestion, handling: Handling | None) -> Offered:
    """What must stand on the page of one row: its own steps that are called for, and those on what is owed to it."""
    found: Offered = set()
    for co in (None, *(owed(handling) if handling else ())):
        life = Life.CO_HANDLING if co else Life.HANDLING if handling else Life.SUGGESTION
        id = (co or handling or suggestion).id
        found |= {
            (life, id, action)
            for action in allowed(who, suggestion, handling, co)
            if called_for(action, who.post.role, suggestion, handling, co)
        }
    return found


def differing(page: Page, wanted: Offered, where: str) -> list[str]:
    """How a page differs from what must stand there: a link too many, a step that neither can nor cannot be taken."""
    found = [f"{where}: {action} of {life} {id} must not be there" for life, id, action in page.links.keys() - wanted]
    for life, id, action in wanted - page.links.keys():
        named = ACTIONS[TWINS[action]] if action in TWINS else ACTIONS[action]
        if named not in page.labels:
            found.append(f"{where}: {action} of {life} {id} is not there")
    may_wait = {ACTIONS[action] for _, _, action in wanted}
    found += [f"{where}: {label} must not wait there" for label in page.labels - may_wait]
    for label, sentences in page.waiting.items():
        if not sentences or not all(s.endswith("。") and CHINESE.search(s) for s in sentences):
            found.append(f"{where}: {label} does not say what is missing: {sentences}")
    return found


def test_every_page_offers_exactly_what_the_table_lets_each_person_do(house: Flask) -> None:
    visitors, found, forms = Visitors(house), list[str](), dict[tuple[Life, A, Role, int], tuple[str, str]]()
    with house.app_context():
        visits = list(all_visits())
    for visit in visits:
        answer = visitors.get(visit.username, visit.path)
        page = read(answer.text) if answer.status_code == 200 else Page()
        if visit.status not in (None, answer.status_code):
            found.append(f"{visit}: {answer.status_code}, not {visit.status}")
        found += differing(page, set(visit.wanted), str(visit))
        for (life, _id, action), address in page.links.items():
            forms.setdefault((life, action, visit.role, len(page.links)), (visit.username, address))
    assert found == []
    assert len({action for _, action, _, _ in forms}) > 60
    assert [fault for who, address in forms.values() for fault in faults_of_form(visitors, who, address)] == []


def all_visits() -> Iterator[Visit]:
    """Everybody's visits to every page of every case."""
    for suggestion in db.session.scalars(select(Suggestion).order_by(Suggestion.id)).all():
        of_it = select(Handling).where(Handling.suggestion_id == suggestion.id).order_by(Handling.id)
        handlings = list(db.session.scalars(of_it))
        for who in concerned(suggestion, handlings):
            yield from visits_of(who, suggestion, handlings)


def visits_of(who: Somebody, suggestion: Suggestion, handlings: list[Handling]) -> Iterator[Visit]:
    """A person's visits to the pages of a case; a deputy has one page for all of it."""
    name, role = str(who.person.username), who.post.role
    whole = wanted_of(who, suggestion, None)
    each = {handling.id: wanted_of(who, suggestion, handling) for handling in handlings}
    if not handlings or role is Role.DEPUTY:
        wanted = whole.union(*each.values())
        yield Visit(name, role, f"/suggestions/{suggestion.id}", frozenset(wanted), 200 if wanted else None)
        return
    for handling in handlings:
        sees = SEES.get(("handling", who.relation(Life.HANDLING, suggestion, handling, None)))
        owes = {co.unit_id for co in owed(handling)}
        status = None if who.post.unit_id in owes else sees
        wanted = each[handling.id] | (whole if role is Role.SUPERVISOR else set())
        yield Visit(name, role, f"/handlings/{handling.id}", frozenset(wanted), status)


def faults_of_form(visitors: Visitors, who: str, address: str) -> Iterator[str]:
    """What is wrong with the form behind an offer: status, heading, labels, the sentence of what follows."""
    answer = visitors.get(who, address)
    if answer.status_code != 200:
        yield f"{address} {who}: {answer.status_code}"
        return
    action = A(address.rpartition("/")[2].replace("-", "_"))
    main = answer.text[answer.text.index("<main") : answer.text.index("</main>")]
    heading = re.findall(r"<h1[^>]*>(.*?)</h1>", main, re.DOTALL)
    if heading != [ACTIONS[action]]:
        yield f"{address}: heading {heading}"
    labels = re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", main, re.DOTALL)
    plain = [re.sub(r"<[^>]*>", "", label).strip() for label in labels]
    yield from (f"{address}: label {label!r}" for label in plain if not CHINESE.search(label))
    follows = {step.follows for life in Life for step in lifecycle.rows(life, action) if step.origins}
    if "" in follows or not any(sentence in main for sentence in follows):
        yield f"{address}: does not say what follows: {follows}"


def test_every_step_of_people_says_what_follows() -> None:
    bare = [
        step.action
        for table in lifecycle.TABLES.values()
        for step in table
        if not step.follows and set(step.who) != {rules.system}
    ]
    assert bare == []

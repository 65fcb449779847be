"""A hand at the browser: finds a step on the case page, opens its form, fills every field by its kind, sends, looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from sqlalchemy import select

from suggestions import clock
from suggestions.domain import lifecycle
from suggestions.domain.actions import Action
from suggestions.domain.labels import ACTIONS, STATES
from suggestions.domain.lifecycle import Field, Kind, Step
from suggestions.domain.states import HandlingState, Life
from suggestions.extensions import db
from suggestions.models import CoHandling, Handling, Suggestion, Unit
from tests.browser.conftest import DESKTOP, HEIGHT, Person
from tests.lives.house import PIXEL
from tests.web.visitor import PASSWORD

SCAN: Any = {"name": "签名的纸.png", "mimeType": "image/png", "buffer": PIXEL}
_PLACES = {Life.SUGGESTION: "suggestions", Life.HANDLING: "handlings", Life.CO_HANDLING: "co-handlings"}
_LABELS = "all => all.map(e => (e.closest('label') || document.querySelector(`label[for='${e.id}']`)).innerText.trim())"


@dataclass(frozen=True)
class Do:
    """One step of one person, and what must stand on the page afterwards; `of` names the unit whose row it is on."""

    who: str
    action: Action
    sees: str = ""
    words: Mapping[str, Any] = field(default_factory=dict)
    of: str = ""
    life: Life = Life.HANDLING
    entered: Action | None = None
    """What is entered for a deputy who wrote on paper."""


class Hands:
    """Everybody's browsers in one house; each person logs in once."""

    def __init__(self, house: Flask, site: str, browser: Browser) -> None:
        self.house, self.site, self.browser = house, site, browser
        self._people: dict[str, Person] = {}
        self._contexts: list[BrowserContext] = []
        self._last: Person | None = None

    def person(self, username: str) -> Person:
        """The person at an own screen."""
        if username not in self._people:
            context = self.browser.new_context(
                viewport={"width": DESKTOP, "height": HEIGHT}, locale="zh-CN", reduced_motion="reduce"
            )
            self._contexts.append(context)
            self._people[username] = Person(context, self.site).log_in(username)
        return self._people[username]

    def complaints(self) -> list[str]:
        """What the browsers complained of since they were asked last."""
        found = [text for person in self._people.values() for text in person.complaints]
        for person in self._people.values():
            person.complaints.clear()
        return found

    def close(self) -> None:
        """Close every browser."""
        for context in self._contexts:
            context.close()

    def do(self, case: str, move: Do) -> None:
        """Take one step as its person would: from the case page through the form, and see what came of it."""
        person, (shown, form_at) = self.person(move.who), self._addresses(case, move)
        page = person.page
        if not (self._last is person and page.url == f"{self.site}{shown}"):
            person.go(shown)
        self._last = person
        before = page.locator("main").inner_text()
        tap = page.locator(f"main form[action='{form_at}'] button")
        is_tap = tap.count() > 0
        if is_tap:
            tap.first.click()
        else:
            self._follow(page, form_at)
        if move.action is Action.OPEN_ORIGINAL:
            page.get_by_role("button", name="已看完本件").first.click()
            expect(page.locator("main")).to_contain_text("您已看完")
            return
        rows = lifecycle.rows(move.life, move.action)
        if not is_tap:
            self._fill_in(page, move, rows)
        done = page.locator(".notice-done")
        expect(done).to_contain_text(f"已{ACTIONS[move.action]}")
        page.wait_for_load_state()
        after = page.locator("main").inner_text()
        assert after != before
        expect(page.locator("main")).to_contain_text(move.sees or _standing(rows))

    def _fill_in(self, page: Page, move: Do, rows: Sequence[Step]) -> None:
        asks = [ask for row in rows for ask in row.asks]
        if move.entered is not None:
            page.locator(f"main a[href='?for={move.entered}']").click()
            asks += [ask for row in lifecycle.rows(move.life, move.entered) for ask in row.asks]
            asks += [Field("deputies", "谁签了名", Kind.CHOICES, is_required=False)]
        expect(page.get_by_role("heading", level=1)).to_have_text(ACTIONS[move.action])
        page.wait_for_load_state()
        form = page.locator("main form[method=post]").filter(has=page.locator("[name=idempotency_key]"))
        fill(form, {ask.name: ask for ask in asks}.values(), move.words, self._today())
        send(form, rows[0])

    def _follow(self, page: Page, form_at: str) -> None:
        link = page.locator(f"main a[href='{form_at}'], main a[href^='{form_at}?']").first
        expect(link).to_be_attached()
        if not link.is_visible():
            link.locator("xpath=ancestor::details[1]/summary").click()
        link.click()

    def _addresses(self, case: str, move: Do) -> tuple[str, str]:
        address = move.action.replace("_", "-")
        if move.action is Action.OPEN_ORIGINAL:
            address = Action.READ_ORIGINAL.replace("_", "-")
        with self.house.app_context():
            of_case = (Suggestion.number == case) | Suggestion.title.contains(case)
            suggestion = db.session.scalars(select(Suggestion).where(of_case)).one()
            if move.life is Life.SUGGESTION:
                at = f"/suggestions/{suggestion.id}"
                return at, f"{at}/{address}"
            handlings = select(Handling).where(
                Handling.suggestion_id == suggestion.id, Handling.state != HandlingState.REASSIGNED
            )
            handling = db.session.scalars(handlings.order_by(Handling.id)).first()
            assert handling is not None
            id = handling.id
            if move.life is Life.CO_HANDLING:
                owed = select(CoHandling.id).join(CoHandling.unit).where(CoHandling.handling_id == handling.id)
                id = db.session.scalars(owed.where(Unit.name == move.of)).one()
            return f"/handlings/{handling.id}", f"/{_PLACES[move.life]}/{id}/{address}"

    def _today(self) -> Any:
        with self.house.app_context():
            return clock.today()


def _standing(rows: Sequence[Step]) -> str:
    """Where a step that leads somewhere leads, in the words of the page."""
    (to,) = {row.to for row in rows if row.to is not None}
    return STATES[rows[0].life][to]


def send(form: Locator, row: Step) -> None:
    """Send the form; a personal step with the person's password."""
    if row.personal is not None:
        form.locator("#password").fill(PASSWORD)
        form.locator("button[name=presence]").click()
    else:
        form.locator(".form-actions button[type=submit]").click()


def fill(form: Locator, asks: Any, words: Mapping[str, Any], today: Any) -> None:
    """Fill every field by its kind: with what is said of it, else with something sensible where it must be filled."""
    for ask in asks:
        if ask.kind is Kind.ROWS:
            _fill_rows(form, ask, words.get(ask.name, ()), today)
        else:
            _fill_one(form, ask, ask.name, words.get(ask.name), today)


def _fill_rows(form: Locator, ask: Field, said: Sequence[Mapping[str, Any]], today: Any) -> None:
    at = 0
    while ask.is_required or at < len(said):
        cells = form.locator(f"[name^='{ask.name}-{at}-']")
        if not cells.count():
            if at >= len(said):
                return
            form.locator(f"button[name=add_row][value='{ask.name}']").click()
            expect(cells.last).to_be_attached()
            form.page.wait_for_load_state()
        for column in ask.columns:
            row = said[at] if at < len(said) else {}
            _fill_one(form, column, f"{ask.name}-{at}-{column.name}", row.get(column.name), today)
        at += 1


def _fill_one(form: Locator, ask: Field, name: str, said: Any, today: Any) -> None:
    controls = form.locator(f"[name='{name}']")
    if (
        not controls.count()
        or controls.first.get_attribute("type") == "hidden"
        or (said is None and not ask.is_required)
    ):
        return
    match ask.kind:
        case Kind.CHOICE | Kind.CHOICES:
            for one in said if isinstance(said, tuple) else (said,):
                _choose(controls, one)
        case Kind.FLAG:
            controls.check()
        case Kind.FILES:
            controls.set_input_files(SCAN)
        case Kind.DATE:
            controls.fill(said or (today if ask.reach != "future" else today + timedelta(days=40)).isoformat())
        case Kind.TEXT | Kind.LONG:
            if said or not controls.input_value():
                controls.fill(said or f"{ask.label}：同代表商量过，照实写明。")


def _choose(controls: Locator, said: str | None) -> None:
    """Choose what is said, in the form's own words; else leave what is chosen, or take the first."""
    if controls.first.evaluate("e => e.tagName") == "SELECT":
        labels = controls.locator("option").all_inner_texts()
        if said is not None or not controls.input_value():
            controls.select_option(index=_place(labels, said, 1))
    elif said is not None or not controls.evaluate_all("all => all.some(e => e.checked)"):
        labels = controls.evaluate_all(_LABELS)
        controls.nth(_place(labels, said, 0)).check(force=True)


def _place(labels: Sequence[str], said: str | None, first: int) -> int:
    if said is None:
        return first
    exact = [at for at, label in enumerate(labels) if label.strip() == said]
    return (exact or [at for at, label in enumerate(labels) if said in label])[0]

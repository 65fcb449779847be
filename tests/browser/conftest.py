"""A real browser on the played practice house: served on this machine, left as it was found."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from tests import servers
from tests.conftest import PLAYED
from tests.databases import Databases
from tests.web.visitor import PASSWORD

DESKTOP, PHONE, HEIGHT = 1280, 375, 812
# A machine that does three things at once may take longer than the five seconds that Playwright waits for.
expect.set_options(timeout=20_000)
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture(scope="module")
def house(sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The practice house with its played history."""
    yield from sqlite_databases.copy(PLAYED, tmp_path_factory.mktemp("house") / "files")


@pytest.fixture(scope="module")
def site(house: Flask) -> Iterator[str]:
    """The address of the running house."""
    server = make_server("127.0.0.1", 0, house, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none, the asking test says so."""
    path = servers.find_chromium()
    if path is None:
        servers.missing(servers.NO_CHROMIUM)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=servers.chromium_flags())
        yield found
        found.close()


class Person:
    """Somebody at a screen, and everything the browser complained of meanwhile."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.site = site
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "request",
            lambda asked: None if asked.url.startswith((site, "data:")) else self.complaints.append(asked.url),
        )

    def log_in(self, username: str) -> "Person":
        self.go("/login")
        self.page.fill("#username", username)
        self.page.fill("#password", PASSWORD)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url(f"{self.site}/")
        return self

    def go(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def offences(self, width: int) -> list[str]:
        """What axe finds at this width against WCAG 2.2 A and AA and its best practices, and any sideways scrolling."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})"
            ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(', ')))"
        )
        wide = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        return [*found, *(["scrolls sideways"] if wide else [])]


@pytest.fixture
def somebody(browser: Browser, site: str) -> Iterator[Callable[..., Person]]:
    """Make a person with a screen of their own; at the end nobody's browser may have complained."""
    contexts: list[BrowserContext] = []
    people: list[Person] = []

    def make(username: str, width: int = DESKTOP) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, locale="zh-CN", reduced_motion="reduce"
        )
        contexts.append(context)
        people.append(Person(context, site))
        return people[-1].log_in(username)

    yield make
    complaints = [text for person in people for text in person.complaints]
    for context in contexts:
        context.close()
    assert complaints == []

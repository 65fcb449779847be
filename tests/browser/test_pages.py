"""Every desk and the main pages of every role: no offence against WCAG 2.2 AA, no sideways scrolling, no complaint."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.browser.conftest import DESKTOP, PHONE, Person
from tests.browser.test_in_person import handling_of

pytestmark = pytest.mark.browser
PAGES = {
    "director": [
        "/",
        "/register",
        "{014}",
        "{014}/sign-reply",
        "{018}/approve-plan",
        "{020}/read-original",
        "{002}/urge",
        "/statistics",
        "/hand-overs",
    ],
    "handler": [
        "/",
        "{002}",
        "{006}",
        "{006}/record-contact",
        "{010}",
        "{010}/papers",
        "{010}/papers/archive",
        "/password",
        "/reach",
    ],
    "handler2": ["/", "{017}/draft-reply", "{012}"],
    "reviewer": ["/", "{015}/endorse"],
    "clerk": [
        "/",
        "{009}",
        "{009}/dispatch",
        "{010}/public-version",
        "/notices",
        "/letter-template",
        "/letter-template/1",
        "/letter-numbers",
        "{004}/letter",
    ],
    "cohandler": ["/", "/register"],
    "otherdirector": ["/"],
    "deputy": ["/", "/suggestions/new", "{004}/rate", "{004}/letter", "{004}/papers", "/statistics", "/statistics/how"],
    "supervisor": [
        "/",
        "/register",
        "/promises",
        "/urgings",
        "/key-items",
        "/statistics",
        "/statistics/list/items",
        "/big-screen",
        "/bulletin",
        "/annual-report",
        "/import",
        "{003}",
        "{003}/order-redo",
        "{003}/replies",
        "/suggestions/new",
        "/appointments",
    ],
    "inspector": ["/", "/register", "/big-screen", "{003}"],
    "sysadmin": ["/", "/units", "/units/new", "/holidays"],
    "secadmin": [
        "/",
        "/people",
        "/people/new",
        "/people/1",
        "/people/1/appoint",
        "/people/1/password",
        "/appointments",
    ],
    "auditor": ["/", "/verification", "{010}"],
}


@pytest.mark.parametrize("username", list(PAGES))
def test_pages_of_a_role_are_sound(house: Flask, somebody: Callable[..., Person], username: str) -> None:
    person, found = somebody(username), {}
    for path in PAGES[username]:
        number = path[1:4] if path.startswith("{") else ""
        person.go(path.replace(f"{{{number}}}", f"/handlings/{handling_of(house, number)}") if number else path)
        assert person.page.locator("h1").count() == 1, path
        for width in (DESKTOP, PHONE):
            if offences := person.offences(width):
                found[path, width] = offences
    assert found == {}


def test_what_is_wrong_with_a_page_is_found(somebody: Callable[..., Person]) -> None:
    person = somebody("handler")
    person.page.evaluate(
        "const wide = Object.assign(document.createElement('p'), {textContent: '浅浅的灰字'});"
        "Object.assign(wide.style, {color: '#ccc', minWidth: '600px'});"
        "document.querySelector('main').prepend(wide, document.createElement('button'))"
    )
    assert [said.split(":")[0] for said in person.offences(DESKTOP)] == ["button-name", "color-contrast"]
    assert "scrolls sideways" in person.offences(PHONE)

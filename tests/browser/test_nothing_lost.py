"""What was written stays until it has become a step, and does not come back after that."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.conftest import PHONE, Person
from tests.browser.test_in_person import handling_of
from tests.web.visitor import PASSWORD

pytestmark = pytest.mark.browser
Make = Callable[..., Person]
SEND = "main form[data-autosave] button.btn-hand[type=submit]"
WORDS = "去年答应的两处停车位，今年还没有看到。"


def writer(somebody: Make, at: str, *who: Any) -> Person:
    """Somebody before a form."""
    person = somebody(*who)
    person.go(at)
    return person


def kept_here(person: Person) -> int:
    """How many working copies the device holds."""
    return int(person.page.evaluate("localStorage.length"))


def until_forgotten(person: Person) -> None:
    """Wait until the server has said that it took what the device holds."""
    for _ in range(200):
        if kept_here(person) == 0:
            return
        person.page.wait_for_timeout(50)
    raise AssertionError("the device still holds words")


def send_in_vain(page: Page) -> None:
    """Send the form and see the browser's own page of a lost connection."""
    page.click(SEND, no_wait_after=True)
    with pytest.raises(Error, match="ERR_"):
        page.wait_for_url("chrome-error://**")
    expect(page).to_have_url("chrome-error://chromewebdata/")


def test_words_sent_into_a_dead_connection_are_there_again(house: Flask, somebody: Make) -> None:
    at = f"/handlings/{handling_of(house, '012')}/submit-plan"
    handler = writer(somebody, at, "handler")
    page = handler.page
    page.fill("textarea[name='measures-0-measure']", "选址两处，报区政府定。")
    page.click("[data-row-add]")
    page.fill("textarea[name='measures-1-measure']", "五月底前开工。")
    page.context.set_offline(True)
    send_in_vain(page)
    page.context.set_offline(False)
    handler.complaints.clear()  # the browser logs the lost connection that this test asks for
    handler.go(at)
    expect(page.locator("textarea[name='measures-0-measure']")).to_have_value("选址两处，报区政府定。")
    expect(page.locator("textarea[name='measures-1-measure']")).to_have_value("五月底前开工。")


def test_words_outlive_the_session_and_the_login_leads_back_to_them(house: Flask, somebody: Make) -> None:
    at = f"/handlings/{handling_of(house, '019')}/light-up"
    deputy = writer(somebody, at, "赵启航", PHONE)
    page = deputy.page
    page.fill("textarea", WORDS)
    page.context.clear_cookies()
    page.click(SEND)
    expect(page.locator("main")).to_contain_text("写过的字还在")
    deputy.complaints.clear()  # the browser logs the 400 that this test asks for
    deputy.log_in("赵启航")
    deputy.go(at)
    expect(page.locator("textarea")).to_have_value(WORDS)
    expect(page.locator("[data-autosave-state]")).to_contain_text("已保存")
    page.fill("textarea", f"{WORDS}请答复。")
    with house.test_client() as other:
        cookies = {each["name"]: each["value"] for each in page.context.cookies()}
        other.set_cookie("session", cookies["session"])
        token = page.locator("[name=csrf_token]").first.input_value()
        other.post("/logout", data={"csrf_token": token})
    page.click(SEND)
    page.fill("#username", "赵启航")
    page.fill("#password", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url(f"{deputy.site}{at}")
    expect(page.locator("textarea")).to_have_value(f"{WORDS}请答复。")
    page.click(SEND)
    expect(page.locator(".notice-done")).to_contain_text("已亮灯")


def test_a_new_suggestion_is_kept_until_it_is_a_draft(somebody: Make) -> None:
    at = "/suggestions/new"
    deputy = writer(somebody, at, "deputy2", PHONE)
    page = deputy.page
    page.fill("[name=content]", "医院没有母婴室。")
    page.click(SEND)
    expect(page.locator(".trouble").first).to_contain_text("要改")
    deputy.complaints.clear()  # the browser logs the 422 that this test asks for
    deputy.go("/")
    deputy.go(at)
    expect(page.locator("[name=content]")).to_have_value("医院没有母婴室。")
    page.fill("[name=title]", "关于增设母婴室的建议")
    expect(page.locator("[data-autosave-state]")).to_contain_text("已保存")
    deputy.go("/")
    assert kept_here(deputy) == 0
    deputy.go(at)
    expect(page.locator("[name=content]")).to_have_value("医院没有母婴室。")
    page.fill("[name=content]", "医院没有母婴室。\n建议增设。")

    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route(f"**{at}", lose_the_answer, times=1)
    send_in_vain(page)
    deputy.complaints.clear()  # the browser logs the answer that this test loses
    deputy.go(at)
    expect(page.locator("[name=content]")).to_have_value("")
    until_forgotten(deputy)
    expect(page.locator("[name=title]")).to_have_value("")


def test_taken_words_leave_the_device_and_refused_ones_do_not(house: Flask, somebody: Make) -> None:
    at = f"/handlings/{handling_of(house, '012')}/comment"
    handler = writer(somebody, at, "handler")
    page = handler.page
    page.fill("textarea", WORDS)
    page.route(f"**{at}", lambda route: route.fulfill(status=500, body="down"), times=1)
    page.click(SEND)
    expect(page.locator("body")).to_have_text("down")
    handler.complaints.clear()  # the browser logs the 500 that this test asks for
    handler.go("/")
    assert kept_here(handler) == 1
    handler.go(at)
    expect(page.locator("textarea")).to_have_value(WORDS)
    page.click(SEND)
    expect(page.locator(".notice-done")).to_contain_text("内部意见")
    until_forgotten(handler)
    handler.go(at)
    expect(page.locator("textarea")).to_have_value("")


def test_a_directors_remark_and_changes_wait_for_the_signature(house: Flask, somebody: Make) -> None:
    at = f"/handlings/{handling_of(house, '014')}/sign-reply"
    director = writer(somebody, at, "director", PHONE)
    page = director.page
    page.fill("[name=remark]", WORDS)
    page.get_by_role("link", name="改正文").click()
    page.fill("[name=closing]", "谢谢您，我再来看您。")
    director.go("/")
    director.go(at)
    expect(page.locator("[name=remark]")).to_have_value(WORDS)
    expect(page.locator("main")).to_contain_text("显示我的批改，1处")

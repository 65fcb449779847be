"""The director and the deputy, each at a phone, as they will really do it."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from suggestions.extensions import db
from suggestions.models import Handling, Suggestion
from tests.browser.conftest import PHONE, Person
from tests.web.visitor import PASSWORD

pytestmark = pytest.mark.browser
Make = Callable[..., Person]


def handling_of(house: Flask, number: str) -> int:
    with house.app_context():
        found = select(Handling.id).join(Handling.suggestion).where(Suggestion.number == number)
        return db.session.scalars(found).one()


def test_a_director_reads_an_original_from_the_desk(house: Flask, somebody: Make) -> None:
    director = somebody("director", PHONE)
    page = director.page
    expect(page.get_by_role("heading", level=1)).to_contain_text("沈")
    director.go(f"/handlings/{handling_of(house, '007')}")
    page.get_by_role("link", name="阅看原件").first.click()
    page.fill("textarea[name=remark]", "支出型家庭先摸底数，三月底前拿认定办法初稿。")
    page.get_by_label("韩冬梅", exact=False).check()
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="本人确认").click()
    expect(page.locator(".trouble")).to_contain_text("还没有用您本人的账号打开看完")
    expect(page.locator("textarea[name=remark]")).to_have_value("支出型家庭先摸底数，三月底前拿认定办法初稿。")
    director.complaints.clear()  # the browser logs the 409 that this test asks for
    page.get_by_role("button", name="已看完本件").click()
    expect(page.get_by_text("您已看完")).to_be_visible()
    expect(page.locator("textarea[name=remark]")).to_have_value("支出型家庭先摸底数，三月底前拿认定办法初稿。")
    expect(page.get_by_label("韩冬梅", exact=False)).to_be_checked()
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="本人确认").click()
    expect(page.locator(".notice-done")).to_contain_text("已阅看原件")
    expect(page.locator(".seal-earned").first).to_be_visible()


def test_a_deputy_rates_and_opens_the_rating_with_large_type(house: Flask, somebody: Make) -> None:
    at = f"/handlings/{handling_of(house, '004')}"
    deputy = somebody("deputy", PHONE)
    page = deputy.page
    assert "large" in (page.locator("html").get_attribute("class") or "")
    deputy.go(f"{at}/rate")
    for name in ("scores-0-score", "scores-1-score", "attitude", "result"):
        page.locator(f"label.tile:has(input[name='{name}'][value=satisfied])").click()
    page.locator("label.tile:has(input[name='scores-2-score'][value=dissatisfied])").click()
    expect(page.locator("#scores-2-reason")).to_be_visible()
    page.fill("#scores-2-reason", "去年也说列入计划，先把街道的数据用起来。")
    page.locator("label.tile:has(input[name='overall'][value=mostly_satisfied])").click()
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator(".notice-done")).to_contain_text("先封存")
    director = somebody("director")
    director.go(at)
    expect(director.page.locator("main")).not_to_contain_text("先把街道的数据用起来")
    deputy.go(f"{at}/open-rating")
    page.get_by_role("button", name="公布评价").click()
    expect(page.locator(".notice-done")).to_contain_text("一字不改")
    director.go(at)
    expect(director.page.locator("main")).to_contain_text("先把街道的数据用起来")


def test_a_working_copy_survives_a_closed_page(house: Flask, somebody: Make) -> None:
    at = f"/handlings/{handling_of(house, '017')}/draft-reply"
    handler = somebody("handler2")
    handler.go(at)
    handler.page.fill("textarea[name='answers-0-text']", "儿童督导员12名已经到岗。")
    expect(handler.page.locator("[data-autosave-state]")).to_contain_text("已保存", timeout=8000)
    handler.go("/")
    handler.go(at)
    expect(handler.page.locator("textarea[name='answers-0-text']")).to_have_value("儿童督导员12名已经到岗。")
    other = somebody("handler")
    other.go(f"/handlings/{handling_of(house, '017')}")
    expect(other.page.locator("main")).not_to_contain_text("儿童督导员12名")


def test_enter_in_a_row_deletes_nothing(house: Flask, somebody: Make) -> None:
    handler = somebody("handler")
    handler.go(f"/handlings/{handling_of(house, '012')}/submit-plan")
    page = handler.page
    page.fill("textarea[name='measures-0-measure']", "选址两处，报区政府定。")
    page.fill("input[name='measures-0-owner']", "韩冬梅")
    page.press("input[name='measures-0-owner']", "Enter")
    expect(page.locator(".trouble").first).to_contain_text("要改")
    handler.complaints.clear()  # the browser logs the 422 that this test asks for
    expect(page.locator("textarea[name='measures-0-measure']")).to_have_value("选址两处，报区政府定。")
    expect(page.locator("input[name='measures-0-owner']")).to_have_value("韩冬梅")

"""Due dates: vectors worked out by hand, ends of months and years, and the lines that explain them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from suggestions.domain.deadlines import (
    Due,
    Light,
    add_months,
    checkpoints,
    due,
    due_in_year,
    light,
    near_on,
    remaining,
)
from suggestions.domain.rulebook import Unit, load
from suggestions.domain.workdays import Calendar, Day, seed_days, seed_years

CALENDAR = Calendar({day.on: day for day in seed_days()}, frozenset(seed_years()))
BOOK = load("chongqing")
HANDED_OVER = date(2026, 2, 9)
DAY = timedelta(days=1)


def due_for(key: str, start: date, extended_months: int = 0) -> Due:
    return due(BOOK.term(key), start, CALENDAR, extended_months=extended_months)


def text_of(found: Due, label: str) -> str:
    return "".join(line.text for line in found.lines if line.label == label)


# Worked out by hand. After 9 February 2026 the working days are 10-14 (the 14th a make-up Saturday), then after the
# holiday 24-28 (the 28th another): that is 10. 2-6 March: 15; 9-13: 20; 16-20: 25; 23-27: 30.
# 9 May is a make-up Saturday.
@pytest.mark.parametrize(
    ("key", "on"),
    [
        ("receive", date(2026, 2, 12)),
        ("request_return", date(2026, 2, 28)),
        ("first_contact", date(2026, 3, 13)),
        ("co_opinion", date(2026, 3, 27)),
        ("reply_ordinary", date(2026, 5, 9)),
        ("reply_complex", date(2026, 8, 10)),  # 9 August is a Sunday
    ],
)
def test_handed_over_and_received_on_9_february_2026(key: str, on: date) -> None:
    found = due_for(key, HANDED_OVER)
    assert found.on == on
    assert not found.is_provisional


@pytest.mark.parametrize(
    ("key", "start", "on"),
    [
        ("reply_ordinary", date(2025, 11, 30), date(2026, 2, 28)),  # no 30 February; the 28th is a make-up Saturday
        ("reply_complex", date(2025, 8, 31), date(2026, 2, 28)),
        ("reply_ordinary", date(2023, 11, 30), date(2024, 2, 29)),  # leap year, a Thursday
        ("reply_ordinary", date(2023, 11, 29), date(2024, 2, 29)),
        ("reply_complex", date(2024, 2, 29), date(2024, 8, 29)),
        ("redo", date(2025, 12, 31), date(2026, 2, 28)),
        ("reply_ordinary", date(2025, 10, 31), date(2026, 2, 2)),  # 31 January is a Saturday
        ("reply_ordinary", date(2026, 2, 1), date(2026, 5, 6)),  # 1 May: the holiday lasts until the 5th
        (
            "reply_ordinary",
            date(2025, 11, 17),
            date(2026, 2, 24),
        ),  # 17 February is the first day of the year of the horse
        ("reply_ordinary", date(2025, 10, 1), date(2026, 1, 4)),  # 1-3 January holiday, Sunday the 4th made up
        ("rating", date(2025, 12, 22), date(2026, 1, 20)),
    ],
)
def test_ends_of_months_years_and_holidays(key: str, start: date, on: date) -> None:
    assert due_for(key, start).on == on


def test_months_by_the_corresponding_day() -> None:
    assert add_months(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 31), 12) == date(2027, 12, 31)
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)


def test_a_due_date_in_an_unannounced_year_is_provisional_and_says_so() -> None:
    found = due_for("reply_ordinary", date(2026, 11, 30))
    assert found.on == date(2027, 3, 1)  # 28 February 2027 is a Sunday
    assert found.is_provisional
    assert text_of(found, "暂定").startswith("2027年的放假安排还没有公布")
    assert due_for("rating", date(2026, 12, 10)).is_provisional
    late = due_for("receive", date(2026, 12, 25))  # the notice for 2027 may still reach into these days
    assert late.on == date(2026, 12, 30)
    assert text_of(late, "暂定").startswith("2027年的放假安排还没有公布")
    assert not due_for("reply_ordinary", date(2026, 9, 1)).is_provisional


def test_an_announced_calendar_moves_a_provisional_date() -> None:
    start = date(2026, 11, 5)
    assert due_for("reply_ordinary", start).on == date(2027, 2, 5)
    new_year = {on: Day(on, False, "春节") for on in (date(2027, 2, 5) + DAY * n for n in range(7))}
    announced = Calendar({**CALENDAR.days, **new_year}, CALENDAR.announced_years | {2027})
    found = due(BOOK.term("reply_ordinary"), start, announced)
    assert found.on == date(2027, 2, 12)
    assert not found.is_provisional


def test_the_reply_explains_itself() -> None:
    found = due_for("reply_ordinary", HANDED_OVER)
    assert [line.label for line in found.lines] == ["依据", "起算", "加三个月", "遇休息日", "延期", "过期以后"]
    assert text_of(found, "依据").startswith(
        "《重庆市人民代表大会代表建议批评和意见工作条例》第二十一条：自交办之日起三个月内答复代表"
    )
    assert "区县依第三十九条参照执行" in text_of(found, "依据")
    assert text_of(found, "起算") == "2026年2月9日交办，当日不计"
    assert text_of(found, "加三个月") == "2026年5月9日，星期六"
    assert text_of(found, "遇休息日") == "5月9日（周六）劳动节调休上班，是工作日，不顺延"
    assert "应在5月9日前由主要负责人提出" in text_of(found, "延期")
    assert text_of(found, "延期").endswith("最长到2026年8月10日")
    assert text_of(found, "过期以后").startswith("办理件亮红灯，计入超期；")


def test_working_days_name_every_day_skipped_and_made_up() -> None:
    found = due_for("first_contact", HANDED_OVER)
    assert [line.label for line in found.lines] == ["依据", "起算", "数工作日", "跳过", "调休", "过期以后"]
    assert text_of(found, "数工作日") == "数20个工作日，到2026年3月13日，星期五"
    assert text_of(found, "跳过") == "2月15日至23日春节假期、3月1日周日、3月7日至8日周末"
    assert text_of(found, "调休") == "2月14日（周六）春节调休上班、2月28日（周六）春节调休上班，照算工作日"
    assert text_of(due_for("receive", HANDED_OVER), "跳过") == "没有遇到休息日"
    assert text_of(due_for("receive", HANDED_OVER), "依据").startswith("本系统默认：")


def test_a_moved_or_clamped_last_day_cites_the_civil_code() -> None:
    moved = due_for("reply_ordinary", date(2026, 2, 1))
    assert text_of(moved, "遇休息日") == "5月1日至5日劳动节假期，依《民法典》第二百零三条顺延到5月6日，星期三"
    clamped = due_for("reply_ordinary", date(2025, 11, 30))
    assert "2月没有30日，依《民法典》第二百零二条取月末" in text_of(clamped, "加三个月")
    across = due_for("light_up_again", date(2025, 12, 27))
    assert text_of(across, "加7天") == "2026年1月3日，星期六"
    assert text_of(across, "遇休息日") == "2026年1月3日元旦假期，依《民法典》第二百零三条顺延到2026年1月4日，星期日"


def test_spans_across_a_year_name_both_years() -> None:
    found = due_for("receive", date(2018, 12, 28))
    assert text_of(found, "跳过") == "12月30日至2019年1月1日元旦假期"
    assert text_of(found, "调休") == "12月29日（周六）元旦调休上班，照算工作日"


def test_an_extension_counts_from_the_same_start_and_is_capped() -> None:
    found = due_for("reply_ordinary", HANDED_OVER, extended_months=3)
    assert found.on == date(2026, 8, 10)
    assert found.extended_months == 3
    assert text_of(found, "延期") == "已延期三个月，从起算日起共六个月；原为2026年5月9日"
    with pytest.raises(ValueError, match="at most 3"):
        due_for("reply_ordinary", HANDED_OVER, extended_months=4)
    with pytest.raises(ValueError, match="at most 0"):
        due_for("first_contact", HANDED_OVER, extended_months=1)


def test_promises_are_due_on_the_last_day_of_the_year_and_never_moved() -> None:
    found = due_in_year(BOOK.season("promise_report"), 2022)
    assert (found.start, found.on) == (date(2022, 10, 1), date(2022, 12, 31))
    assert not CALENDAR.is_workday(found.on)
    assert text_of(found, "时段") == "2022年10月1日至12月31日，最后一日遇休息日不顺延"
    assert near_on(found, CALENDAR) == date(2022, 12, 12)


def test_yellow_begins_when_the_days_of_near_are_left() -> None:
    assert near_on(due_for("first_contact", HANDED_OVER), CALENDAR) == date(2026, 3, 6)
    assert near_on(due_for("reply_ordinary", HANDED_OVER), CALENDAR) == date(2026, 4, 24)
    assert near_on(due_for("light_up_again", HANDED_OVER), CALENDAR) == due_for("light_up_again", HANDED_OVER).on
    term = replace(BOOK.term("receive"), near=replace(BOOK.term("receive").near, amount=10))
    assert near_on(due(term, HANDED_OVER, CALENDAR), CALENDAR) == HANDED_OVER


def test_lights() -> None:
    yellow_on, red_after = date(2026, 4, 24), date(2026, 5, 9)
    assert light(date(2026, 4, 23), yellow_on, red_after) is Light.OK
    assert light(yellow_on, yellow_on, red_after) is Light.NEAR
    assert light(red_after, yellow_on, red_after) is Light.NEAR
    assert light(date(2026, 5, 10), yellow_on, red_after) is Light.OVER
    assert light(date(2026, 5, 10), yellow_on, red_after, is_done=True) is Light.DONE
    assert light(date(2026, 5, 10), None, None) is Light.NONE
    assert light(red_after, None, red_after) is Light.OK


def test_work_that_is_behind_turns_yellow_early() -> None:
    reply = due_for("reply_ordinary", HANDED_OVER)  # 89 days: a third is 29.67, half 44.5, two thirds 59.33
    assert checkpoints(BOOK, reply, HANDED_OVER, CALENDAR) == {
        "contact": date(2026, 3, 7),  # the 15th working day was the 6th
        "plan": date(2026, 3, 11),
        "urge": date(2026, 3, 26),
        "draft": date(2026, 4, 10),
    }
    assert "contact" not in checkpoints(BOOK, reply, None, CALENDAR)
    extended = due_for("reply_ordinary", HANDED_OVER, extended_months=3)
    assert checkpoints(BOOK, extended, None, CALENDAR)["draft"] > date(2026, 5, 9)


@pytest.mark.parametrize(
    ("today", "due_on", "unit", "said"),
    [
        (date(2026, 4, 22), date(2026, 5, 9), Unit.MONTHS, "还剩10个工作日"),
        (date(2026, 5, 9), date(2026, 5, 9), Unit.MONTHS, "今天到期"),
        (date(2026, 4, 22), date(2026, 4, 16), Unit.WORKDAYS, "超4个工作日"),
        (date(2026, 3, 14), date(2026, 3, 13), Unit.WORKDAYS, "已过期，不到1个工作日"),
        (date(2022, 12, 31), date(2023, 1, 1), Unit.WORKDAYS, "还剩不到1个工作日"),
        (date(2026, 2, 9), date(2026, 2, 16), Unit.DAYS, "还剩7天"),
        (date(2026, 2, 18), date(2026, 2, 16), Unit.DAYS, "超2天"),
    ],
)
def test_what_is_left(today: date, due_on: date, unit: Unit, said: str) -> None:
    assert remaining(today, due_on, unit, CALENDAR) == said

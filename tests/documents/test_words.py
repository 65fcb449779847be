"""Numbers, dates, names and sessions in the ways offices write them."""

from datetime import date, datetime

import pytest

from suggestions.documents.words import (
    Meeting,
    Series,
    count_of,
    in_chinese,
    read_date,
    read_meeting,
    read_months,
    read_names,
    read_person,
    read_units,
    read_yes,
    suggestion_number,
)

DAY = date(2026, 2, 9)


@pytest.mark.parametrize(
    "written",
    [
        *(
            DAY,
            datetime.fromisoformat("2026-02-09T10:30"),
            46062,
            46062.0,
            46062.4375,
            "46062",
            "2026-02-09",
            "2026/2/9",
            "2026.2.9",
        ),
        *(
            "2026年2月9日",
            "2026 年 02 月 09 日",
            "2026年2月9号",
            "20260209",
            "２０２６－０２－０９",
            "２０２６年２月９日",
        ),
        *("二〇二六年二月九日", "2026-02-09 10:30:00", "2026/2/9 0:00", "2026-02-09T00:00:00", " 2026-2-9\n"),
    ],
)
def test_a_day_is_read_in_every_dress(written: object) -> None:
    assert read_date(written) == DAY


@pytest.mark.parametrize(
    "written",
    ["2026-02-30", "2026-13-01", "2026/2.9", "2月9日", "26-2-9", "1926-02-09", "待定", "", None, 9, 123456789, True],
)
def test_what_is_no_day_is_none(written: object) -> None:
    assert read_date(written) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("十九", 19),
        ("二十", 20),
        ("十", 10),
        ("一百零一", 101),
        ("二〇二六", 2026),
        ("１９", 19),
        ("两", 2),
        ("一千二百", 1200),
    ],
)
def test_chinese_numbers(written: str, number: int) -> None:
    assert count_of(written) == number


def test_chinese_list_numbers_come_back_as_themselves() -> None:
    assert [count_of(in_chinese(number)) for number in range(1, 100)] == list(range(1, 100))
    assert (in_chinese(10), in_chinese(11), in_chinese(20), in_chinese(99)) == ("十", "十一", "二十", "九十九")


@pytest.mark.parametrize(
    "written", ["第001号", "001", "1", "第１号", "第一号", " 第 001 号 ", "建议第001号", "（第001号）"]
)
def test_one_form_of_a_number(written: str) -> None:
    assert suggestion_number(written) == "001"


@pytest.mark.parametrize("written", ["", "第号", "待编", "001-2", "0", "#REF!", "1.5"])
def test_no_number(written: str) -> None:
    assert suggestion_number(written) is None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("刘素芬、何建平、邓小红", ("刘素芬", "何建平", "邓小红")),
        ("刘素芬，何建平,邓小红；向明", ("刘素芬", "何建平", "邓小红", "向明")),
        ("刘素芬 何建平\n邓小红", ("刘素芬", "何建平", "邓小红")),
        ("向　明、唐 伟 刘素芬", ("向明", "唐伟", "刘素芬")),
        ("陈 立 群", ("陈立群",)),
        ("向 明 唐 伟", ("向明", "唐伟")),
        ("刘素芬（上河街道）、何建平等5人", ("刘素芬", "何建平")),
        ("刘素芬、刘素芬", ("刘素芬",)),
        ("无", ()),
        ("——", ()),
        ("", ()),
    ],
)
def test_names(written: str, names: tuple[str, ...]) -> None:
    assert read_names(written) == names


def test_units_keep_their_brackets() -> None:
    assert read_units("区人力社保局、区财政局\n区应急管理局(区地震局、区减灾办) 无") == (
        "区人力社保局",
        "区财政局",
        "区应急管理局（区地震局、区减灾办）",
    )


@pytest.mark.parametrize("written", ["陈立群（上河街道代表团）", "陈立群(上河街道代表团)", "陈立群　上河街道代表团"])
def test_a_person_with_delegation(written: str) -> None:
    assert read_person(written) == ("陈立群", "上河街道代表团")


@pytest.mark.parametrize(
    "written",
    [
        "云山区第十九届人民代表大会第六次会议代表建议交办清单",
        "云山区第１９届人民代表大会第６次会议",
        "关于交办云山区十九届人大六次会议代表建议的清单",
        "2026年云山区第十九届人大第六次会议建议",
        "附件1：云山区 第十九届 人民代表大会 第六次会议",
        "云山区人民代表大会第十九届第六次会议",
    ],
)
def test_a_session(written: str) -> None:
    assert read_meeting(written) == Meeting("云山区", 19, 6)


def test_between_sessions() -> None:
    assert read_meeting("云山区第十九届人民代表大会第六次会议闭会期间代表建议") == Meeting(
        "云山区", 19, 6, Series.BETWEEN
    )
    assert read_meeting("代表建议交办清单") is None


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("3个月", 3),
        ("六个月内", 6),
        ("６月", 6),
        ("半年", 6),
        ("3", 3),
        ("尽快", None),
        ("60日", None),
        ("3个月15天", None),
        ("三个月零五天", None),
        ("半年多", None),
    ],
)
def test_terms(written: str, months: int | None) -> None:
    assert read_months(written) == months


@pytest.mark.parametrize(("written", "answer"), [("是", True), ("√", True), ("否", False), ("", False), ("也许", None)])
def test_yes_and_no(written: str, answer: bool | None) -> None:
    assert read_yes(written) is answer

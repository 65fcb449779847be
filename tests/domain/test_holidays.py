"""Holiday notices: read as they are worded, checked against what they say of themselves."""

import pytest

from suggestions.domain.errors import Invalid
from suggestions.domain.holidays import Notice, read_list, read_notice
from suggestions.domain.workdays import seed_days

NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府：
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""
NOTICE_2023 = """国务院办公厅关于2023年部分节假日安排的通知
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。"""


def _days(notice: Notice) -> dict[str, bool]:
    return {day.on.isoformat(): day.is_workday for day in notice.days}


def _known(*years: int) -> dict[str, bool]:
    return {day.on.isoformat(): day.is_workday for day in seed_days() if day.on.year in years}


def test_the_notice_of_2026_reads_as_the_holiday_library_has_it() -> None:
    notice = read_notice(NOTICE_2026)
    assert notice.year == 2026
    assert _days(notice) == _known(2026)
    assert {day.name for day in notice.made_up} == {
        "元旦调休上班", "春节调休上班", "劳动节调休上班", "国庆节调休上班",
    }  # fmt: skip


def test_a_notice_that_begins_in_december_reaches_back() -> None:
    notice = read_notice(NOTICE_2023)
    of_2023 = {on: worked for on, worked in _days(notice).items() if on.startswith("2023")}
    assert of_2023 == {on: worked for on, worked in _known(2023).items() if on < "2023-12-29"}
    assert _days(notice)["2022-12-31"] is False


def test_a_table_from_a_sheet_reads_the_same() -> None:
    table = "节日\t放假\t上班\n元旦\t1月1日至3日\t1月4日\n国庆节\t10月1日至7日\t9月20日、10月10日（周六）\n"
    assert _days(read_notice(table, 2026)) == {
        on: worked
        for on, worked in _days(read_notice(NOTICE_2026)).items()
        if on.startswith(("2026-01", "2026-10", "2026-09-20"))
    }


def test_days_as_data() -> None:
    listed = [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
        {"name": "元旦", "date": "2027-01-09", "isOffDay": False},
    ]
    assert _days(read_list(2027, listed)) == {"2027-01-01": False, "2027-01-09": True}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。", "哪一年"),
        ("2027年部分节假日安排\n一、元旦：1月1日（周四）放假。", "2027-01-01是周五，不是周四"),
        ("2027年部分节假日安排\n一、元旦：1月1日至3日放假，共4天。", "写的是共4天"),
        ("2027年部分节假日安排\n一、元旦：1月1日放假。1月4日上班。", "2027-01-04是周一，本来就上班"),
        ("2027年部分节假日安排\n一、元旦：1月32日放假。", "没有2027年1月32日这一天"),
        ("2027年部分节假日安排\n一、元旦：另行通知，日期不定。", "没有看到放假的日期"),
        ("2027年部分节假日安排，另行通知。", "没有读出一天放假"),
        ("2027年部分节假日安排\n一、元旦：1月1日至3日放假。\n二、春节：1月2日（周六）至5日放假。1月3日（周日）上班。", "既写了放假"),
        ("1927年部分节假日安排", "2000到2100"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_said(text: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_notice(text)
    assert said in " ".join([refused.value.message, *refused.value.faults.values()])


def test_an_entry_that_is_no_day_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        read_list(2027, [{"name": "元旦", "date": "2027-13-01", "isOffDay": True}])
    assert "第1项" in refused.value.faults["text"]

"""Document numbers: next in their series, never back, every gap with its reason."""

from datetime import date

import pytest

from suggestions.domain.numbering import Gap, Issued, Number, fault, gaps, proposed, read

TODAY, SERIES = date(2026, 4, 22), "云山民政函"


def issued(*numbers: int, year: int = 2026, reason: str = "") -> list[Issued]:
    return [Issued(f"{SERIES}〔{year}〕{n}号", date(year, 4, 1), reason) for n in numbers]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("云山民政函〔2026〕35号", Number(SERIES, 2026, 35)),
        (" 云山民政函〔2026〕1号 ", Number(SERIES, 2026, 1)),
        ("云山民政函〔2026〕035号", None),
        ("云山民政函[2026]35号", None),
        ("函9号", None),
    ],
)
def test_a_number_is_read_in_its_parts(text: str, number: Number | None) -> None:
    assert read(text) == number
    assert number is None or str(number) == text.strip()


def test_the_next_number_follows_the_largest_and_each_year_begins_anew() -> None:
    assert proposed([], "", TODAY) == ""
    assert proposed([], SERIES, TODAY) == f"{SERIES}〔2026〕1号"
    assert proposed(issued(11, 9), SERIES, TODAY) == f"{SERIES}〔2026〕12号"
    assert proposed(issued(35), "", TODAY) == f"{SERIES}〔2026〕36号"
    assert proposed(issued(35, year=2025), SERIES, TODAY) == f"{SERIES}〔2026〕1号"
    assert proposed(issued(35, year=2025), "", TODAY) == f"{SERIES}〔2026〕1号"


@pytest.mark.parametrize(
    ("text", "reason", "field", "said"),
    [
        ("云山民函〔2026〕4号", "", "document_number", "请照这样写"),
        ("云山民政函4号", "", "document_number", "请照这样写"),
        ("云山民政函〔2025〕4号", "", "document_number", "2026年的号"),
        ("云山民政函〔2026〕3号", "", "document_number", "已经编到云山民政函〔2026〕3号"),
        ("云山民政函〔2026〕2号", "补发", "document_number", "不倒回去编"),
        ("云山民政函〔2026〕5号", "", "gap_reason", "跳过了4号，"),
        ("云山民政函〔2026〕9号", "", "gap_reason", "跳过了4号到8号，"),
    ],
)
def test_what_does_not_follow_is_refused_in_a_sentence(text: str, reason: str, field: str, said: str) -> None:
    wrong = fault(text, reason, issued(3), SERIES, TODAY)
    assert wrong is not None
    assert wrong[0] == field
    assert said in wrong[1]


def test_what_follows_or_is_explained_may_be_issued_and_without_a_series_anything() -> None:
    assert fault("云山民政函〔2026〕4号", "", issued(3), SERIES, TODAY) is None
    assert fault("云山民政函〔2026〕9号", "用于其他公文", issued(3), SERIES, TODAY) is None
    assert fault("云山民政函〔2026〕9号", "", issued(3), "", TODAY) is None
    first = fault("云山民政函〔2026〕3号", "", [], SERIES, TODAY)
    assert first is not None
    assert first[0] == "gap_reason"


def test_gaps_are_told_with_their_reasons() -> None:
    numbers = [*issued(2, reason="启用前已用"), *issued(3), *issued(7, reason="用于其他公文"), *issued(4, year=2025)]
    assert list(gaps(numbers, SERIES, 2026)) == [Gap(1, 1, "启用前已用"), Gap(4, 6, "用于其他公文")]
    assert list(gaps(numbers, SERIES, 2025)) == [Gap(1, 3, "")]

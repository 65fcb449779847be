"""The rulebooks of other places: own numbers, scales, classes and grounds; what is default says so."""

from datetime import date

import pytest

from suggestions.domain.deadlines import due
from suggestions.domain.rulebook import Party, Rated, Rulebook, Scale, load, rulebook_names
from suggestions.domain.workdays import Calendar

LAW = "《中华人民共和国全国人民代表大会和地方各级人民代表大会代表法》"
SHANGHAI = "《上海市人民代表大会关于代表建议、批评和意见的规定》"
ZHEJIANG = "《浙江省人民代表大会代表建议、批评和意见办理的规定》"
MEASURES = "《浙江省实施〈中华人民共和国全国人民代表大会和地方各级人民代表大会代表法〉办法》"
NAMES = ["chongqing", "national", "shanghai", "yunshan", "zhejiang"]
CALENDAR = Calendar({}, frozenset(range(2020, 2040)))


def cited(rules: Rulebook) -> dict[str, tuple[int, str, str, str]]:
    """The terms that a law fixes, as (amount, unit, start, citation)."""
    return {
        term.key: (term.amount, term.unit, term.start, term.article)
        for term in (*rules.terms.values(), *rules.extra_terms.values())
        if not term.is_default
    }


def test_these_are_the_rulebooks() -> None:
    assert rulebook_names() == NAMES


def test_the_national_law_fixes_three_and_six_months_and_nothing_more() -> None:
    assert cited(load("national")) == {
        "reply_ordinary": (3, "months", "assigned_on", LAW + "第五十一条第二款"),
        "reply_complex": (6, "months", "assigned_on", LAW + "第五十一条第二款"),
        "publication": (20, "workdays", "dispatched_on", "《中华人民共和国政府信息公开条例》第二十六条"),
    }


def test_what_shanghai_fixes() -> None:
    assert cited(load("shanghai")) == {
        "assign": (7, "workdays", "submitted_on", SHANGHAI + "第十一条第一款"),
        "request_return": (7, "workdays", "received_on", SHANGHAI + "第十四条第一款"),
        "co_opinion": (1, "months", "received_on", SHANGHAI + "第十七条第一款"),
        "reply_ordinary": (3, "months", "assigned_on", SHANGHAI + "第十九条第一款"),
        "reply_complex": (6, "months", "assigned_on", LAW + "第五十一条第二款"),
        "redo": (1, "months", "redo_on", SHANGHAI + "第二十一条第二款"),
        "publication": (20, "workdays", "dispatched_on", "《中华人民共和国政府信息公开条例》第二十六条"),
    }


def test_what_zhejiang_fixes() -> None:
    assert cited(load("zhejiang")) == {
        "acceptance_notice": (7, "days", "submitted_on", ZHEJIANG + "第十条第一款"),
        "request_return": (10, "days", "received_on", ZHEJIANG + "第十四条"),
        "co_opinion": (2, "months", "received_on", ZHEJIANG + "第十八条第一款"),
        "reply_ordinary": (3, "months", "assigned_on", MEASURES + "第四十三条第一款"),
        "reply_complex": (6, "months", "assigned_on", MEASURES + "第四十三条第一款"),
        "redo": (1, "months", "redo_on", ZHEJIANG + "第二十四条"),
        "inspection_report": (3, "months", "assigned_on", MEASURES + "第二十四条第二款"),
        "publication": (20, "workdays", "dispatched_on", "《中华人民共和国政府信息公开条例》第二十六条"),
    }


def test_only_zhejiang_owes_the_deputy_a_notice_of_acceptance() -> None:
    notice = load("zhejiang").extra_term("acceptance_notice")
    assert notice is not None
    assert notice.owed_by is Party.SUPERVISOR
    assert [name for name in NAMES if load(name).extra_terms] == ["zhejiang"]


@pytest.mark.parametrize(
    ("name", "needs_consent", "cap", "months"),
    [
        ("chongqing", False, "本系统默认", [3, 3]),
        ("national", True, "本系统默认", [3, 0]),
        ("shanghai", True, SHANGHAI + "第十九条第一款", [3, 0]),
        ("zhejiang", True, ZHEJIANG + "第二十一条", [3, 0]),
    ],
)
def test_extension(name: str, needs_consent: bool, cap: str, months: list[int]) -> None:
    rules = load(name)
    assert rules.extension_needs_consent is needs_consent
    assert rules.extension.cap_article == cap
    assert rules.extension.is_cap_default is (cap == "本系统默认")
    assert [rules.term(key).extension_months for key in ("reply_ordinary", "reply_complex")] == months


def test_an_extension_where_consent_is_needed_never_passes_six_months_from_the_start() -> None:
    for name in ("national", "shanghai", "zhejiang"):
        rules, start = load(name), date(2026, 2, 9)
        extended = due(rules.term("reply_ordinary"), start, CALENDAR, extended_months=3)
        assert extended.on == due(rules.term("reply_complex"), start, CALENDAR).on


def test_only_in_shanghai_all_deputies_of_a_joint_suggestion_must_ask_for_its_withdrawal() -> None:
    assert [name for name in NAMES if load(name).withdrawal_needs_all] == ["shanghai"]
    assert load("shanghai").withdrawal.basis.article == SHANGHAI + "第十条"
    assert load("zhejiang").withdrawal.basis.is_default


def test_one_redo_everywhere_by_law_in_chongqing_alone() -> None:
    assert {load(name).redo_limit for name in NAMES} == {1}
    assert [name for name in NAMES if not load(name).redo.basis.is_default] == ["chongqing", "yunshan"]
    assert not load("shanghai").conference.is_default
    assert load("zhejiang").conference.is_default


def test_shanghai_rates_attitude_and_result_separately() -> None:
    rules = load("shanghai")
    assert rules.asked.objects == (Rated.ATTITUDE, Rated.RESULT)
    assert rules.asked.basis.article == SHANGHAI + "第二十一条第一款"
    assert rules.reasons_asked_for == (Rated.OVERALL, Rated.ATTITUDE, Rated.RESULT)
    assert load("national").asked.basis.is_default


def test_understood_is_a_level_of_chongqing_alone() -> None:
    levels = {name: [rating.code for rating in load(name).overall_scale] for name in NAMES}
    assert [name for name, codes in levels.items() if "understood" in codes] == ["chongqing", "yunshan"]
    assert levels["shanghai"] == levels["zhejiang"] == ["satisfied", "mostly_satisfied", "dissatisfied"]
    assert all("understood" not in {rating.code for rating in load(name).scales[Scale.PART]} for name in NAMES)


def test_the_letters_mean_different_things() -> None:
    kinds = {name: {code: kind.proof.value for code, kind in load(name).result_classes.items()} for name in NAMES}
    assert kinds == {
        "chongqing": {"A": "fact", "B": "date", "C": "ground", "D": "letter"},
        "national": {"A": "fact", "B": "date", "C": "ground", "D": "ground"},
        "shanghai": {"A": "fact", "B": "date", "C": "date", "D": "ground"},
        "yunshan": {"A": "fact", "B": "date", "C": "ground", "D": "letter"},
        "zhejiang": {"A": "fact", "B": "date", "C": "ground"},
    }
    for name in NAMES:
        for kind in load(name).result_classes.values():
            assert kind.is_promise is (kind.proof == "date")
    assert load("shanghai").result_class("C").label == "所提事项已经列入工作计划，逐步加以解决，并有计划解决时限"
    assert load("shanghai").result_class("C").article == SHANGHAI + "第十八条第三项"
    assert load("zhejiang").result_class("C").label == "确实不能解决"


def test_each_place_declines_on_its_own_grounds() -> None:
    numbers = "一二三四五六七"
    assert [ground.article for ground in load("shanghai").decline_grounds.values()] == [
        f"{SHANGHAI}第八条第一款第{number}项" for number in numbers
    ]
    assert [ground.article for ground in load("zhejiang").decline_grounds.values()] == [
        f"{ZHEJIANG}第六条第{number}项" for number in numbers
    ]
    assert [ground.article for ground in load("national").decline_grounds.values()] == [
        LAW + "第二十四条、第三十六条",
        LAW + "第五十九条",
    ]


def test_the_districts_act_by_reference_and_are_told_so() -> None:
    assert load("shanghai").term("redo").basis.reference == "区和乡镇依第二十八条参照执行"
    assert load("zhejiang").term("co_opinion").basis.reference.startswith("规定适用于省人大代表")
    assert load("zhejiang").term("reply_ordinary").basis.reference == ""


def test_no_default_cites_a_law_and_no_law_is_cited_without_an_article() -> None:
    for name in NAMES:
        rules = load(name)
        bases = [term.basis for term in rules.terms.values()] + [season.basis for season in rules.seasons.values()]
        bases += [rules.extension.basis, rules.redo.basis, rules.conference, rules.withdrawal.basis, rules.asked.basis]
        for basis in bases:
            assert basis.is_default is (basis.article == "本系统默认")
            assert basis.is_default or ("第" in basis.article and basis.article.startswith("《"))
            assert basis.rule


def test_what_a_place_says_itself_is_told_from_what_stands_beneath() -> None:
    rules = load("shanghai")
    assert rules.extends == "national"
    assert rules.term("redo").basis.file == "shanghai.toml"
    assert rules.term("receive").basis.file == "national.toml"
    assert rules.valid_from == load("national").valid_from == date(2025, 3, 11)

"""The rulebook: Chongqing's numbers as the regulation has them, and a bad file refused with the key named."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from suggestions.domain.rulebook import (
    Party,
    Rated,
    Rulebook,
    RulebookError,
    Scale,
    Start,
    TermKey,
    Unit,
    in_order,
    load,
    read,
    rulebook_names,
)

TOML = (files("suggestions.rulebooks") / "chongqing.toml").read_text(encoding="utf-8")
BOOK = load("chongqing")
REGULATION = "《重庆市人民代表大会代表建议批评和意见工作条例》"


@pytest.mark.parametrize(
    ("key", "amount", "unit", "start", "article"),
    [
        ("assign", 10, "workdays", "submitted_on", "第十三条"),
        ("request_return", 10, "workdays", "assigned_on", "第十六条"),
        ("name_new_unit", 10, "workdays", "requested_on", "第十六条"),
        ("first_contact", 20, "workdays", "received_on", "第十八条"),
        ("co_opinion", 30, "workdays", "assigned_on", "第二十条"),
        ("co_opinion_redo", 5, "workdays", "sent_back_on", "第二十条"),
        ("reply_ordinary", 3, "months", "assigned_on", "第二十一条"),
        ("reply_complex", 6, "months", "assigned_on", "第二十一条"),
        ("redo", 2, "months", "redo_on", "第二十七条"),
        ("rating", 20, "workdays", "delivered_on", "第二十七条"),
        ("promise_rating", 20, "workdays", "delivered_on", "第二十八条"),
    ],
)
def test_terms_of_the_regulation(key: str, amount: int, unit: str, start: str, article: str) -> None:
    term = BOOK.term(key)
    assert (term.amount, term.unit, term.start) == (amount, Unit(unit), Start(start))
    assert term.article == REGULATION + article
    assert not term.is_default
    assert term.basis.reference == "区县依第三十九条参照执行"


@pytest.mark.parametrize(
    ("key", "amount", "unit"),
    [
        ("receive", 3, "workdays"),
        ("co_opinion_invited", 30, "workdays"),
        ("countersign", 5, "workdays"),
        ("delivery", 3, "workdays"),
        ("rating_window", 5, "workdays"),
        ("light_up_answer", 3, "workdays"),
        ("light_up_again", 7, "days"),
    ],
)
def test_our_own_defaults_say_so(key: str, amount: int, unit: str) -> None:
    term = BOOK.term(key)
    assert (term.amount, term.unit) == (amount, Unit(unit))
    assert term.is_default
    assert term.article == "本系统默认"


def test_terms_of_other_texts() -> None:
    assert BOOK.term("publication").article == "《中华人民共和国政府信息公开条例》第二十六条"
    assert BOOK.term("inspection_report").article.endswith("代表法〉办法》第三十一条")
    assert {term.key for term in BOOK.terms.values() if term.owed_by is Party.DEPUTY} == {
        TermKey.RATING,
        TermKey.RATING_WINDOW,
        TermKey.PROMISE_RATING,
        TermKey.LIGHT_UP_AGAIN,
    }


def test_an_unknown_term_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="no_such_term"):
        BOOK.term("no_such_term")


def test_promises_are_reported_in_the_fourth_quarter() -> None:
    season = BOOK.season("promise_report")
    assert (season.opens_on(2026), season.closes_on(2026)) == (date(2026, 10, 1), date(2026, 12, 31))
    assert season.basis.article == REGULATION + "第二十四条"


def test_limits_and_extension() -> None:
    assert BOOK.redo_limit == 1
    assert not BOOK.extension_needs_consent
    assert BOOK.extension.needs_explanation
    assert BOOK.extension.basis.article.endswith("办法》第四十七条")
    assert BOOK.extension.cap_article == "本系统默认"
    assert {key for key, term in BOOK.terms.items() if term.extension_months} == {"reply_ordinary", "reply_complex"}
    assert BOOK.term("reply_ordinary").extension_months == 3
    assert BOOK.extension.is_cap_default
    assert BOOK.behind.contact_workdays == 15
    assert (BOOK.behind.plan, BOOK.behind.urge, BOOK.behind.draft) == ((1, 3), (1, 2), (2, 3))


def test_a_second_refusal_goes_to_the_conference() -> None:
    assert BOOK.redo.basis.article == BOOK.conference.article == REGULATION + "第二十七条"
    assert (
        BOOK.conference.rule == "重新办理答复后代表仍然不满意的，由人代工委召集有关代表和承办单位进行研究，提出处理意见"
    )


def test_the_lead_deputy_alone_withdraws_by_default() -> None:
    assert not BOOK.withdrawal_needs_all
    assert BOOK.withdrawal.basis.is_default
    assert BOOK.withdrawal.basis.also == REGULATION + "第十二条"


def test_letter_and_promise_are_rated_and_a_refusal_of_either_needs_a_reason() -> None:
    assert BOOK.asked.basis.article == REGULATION + "第二十六条"
    assert BOOK.reasons_asked_for == (Rated.OVERALL, Rated.PROMISE)


def test_a_term_that_only_some_places_have() -> None:
    assert BOOK.extra_term("acceptance_notice") is None
    with pytest.raises(ValueError, match="receive"):
        BOOK.extra_term("receive")


def test_understood_is_a_receipt_but_satisfied_in_no_rate_and_not_contested() -> None:
    assert [rating.label for rating in BOOK.overall_scale] == ["满意", "基本满意", "理解", "不满意"]
    assert [rating.label for rating in BOOK.part_scale] == ["满意", "基本满意", "不满意"]
    assert [rating.label for rating in BOOK.scales[Scale.PROMISE]] == ["满意", "基本满意", "不满意"]
    understood = BOOK.ratings["understood"]
    assert not understood.is_satisfied_strictly
    assert not understood.is_satisfied_loosely
    assert not BOOK.is_contesting("understood")
    assert BOOK.is_contesting("dissatisfied")
    assert BOOK.ratings["dissatisfied"].needs_reason
    assert [code for code, rating in BOOK.ratings.items() if rating.is_satisfied_loosely] == [
        "satisfied",
        "mostly_satisfied",
    ]
    assert [code for code, rating in BOOK.ratings.items() if rating.is_satisfied_strictly] == ["satisfied"]


def test_each_class_asks_for_its_proof() -> None:
    assert BOOK.result_class("B").proof == "date"
    proofs = {code: (kind.proof, kind.proof_label) for code, kind in BOOK.result_classes.items()}
    assert proofs == {
        "A": ("fact", "事实"),
        "B": ("date", "日期"),
        "C": ("ground", "依据"),
        "D": ("letter", "上报文号"),
    }
    assert [kind.article for kind in BOOK.result_classes.values()] == [
        f"{REGULATION}第二十二条第{number}项" for number in "一二三四"
    ]
    assert [code for code, kind in BOOK.result_classes.items() if kind.is_promise] == ["B"]


def test_choices() -> None:
    assert len(BOOK.decline_grounds) == 5
    assert BOOK.decline_grounds["accusation"].article == REGULATION + "第九条第二款第四项"
    assert BOOK.required_endorsements == ("secrecy",)
    assert BOOK.endorsement_label("secrecy") == "保密审核"
    assert [mark.label for mark in BOOK.publications.values()] == ["主动公开", "依申请公开", "不予公开"]
    assert BOOK.default_publication == "proactive"
    assert not BOOK.needs_ground("proactive")
    assert BOOK.needs_ground("withheld")


def test_the_tables_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        BOOK.terms["receive"] = BOOK.term("redo")  # type: ignore[index]


def test_load_picks_the_version_valid_on_the_day() -> None:
    assert "chongqing" in rulebook_names()
    assert load("chongqing", date(2026, 2, 9)) is BOOK
    with pytest.raises(RulebookError, match="2017-12-31"):
        load("chongqing", date(2017, 12, 31))
    with pytest.raises(RulebookError, match=r"没有名为“\.\./x”的规则书，现有：chongqing"):
        load("../x")


def test_versions_follow_each_other_without_overlap() -> None:
    old = replace(BOOK, version="old", valid_to=date(2026, 12, 31))
    new = replace(BOOK, version="new", valid_from=date(2027, 1, 1))
    assert in_order("chongqing", [new, old]) == (old, new)
    assert old.is_valid_on(date(2026, 12, 31))
    assert not old.is_valid_on(date(2027, 1, 1))
    with pytest.raises(RulebookError, match="old 和 new 有效期重叠"):
        in_order("chongqing", [replace(old, valid_to=None), new])
    with pytest.raises(RulebookError, match="请把 old 的 valid_to 改到 2027-01-01 以前"):
        in_order("chongqing", [replace(old, valid_to=new.valid_from), new])
    with pytest.raises(RulebookError, match="name"):
        in_order("beijing", [BOOK])


def spoilt(old: str, new: str, after: str = "") -> str:
    """The real file with the first `old` behind `after` replaced."""
    head, mark, tail = TOML.partition(after) if after else ("", "", TOML)
    assert old in tail
    return head + mark + tail.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            spoilt("amount = 20", 'amount = "二十"', "[terms.first_contact]"),
            "terms.first_contact.amount 应是不小于1的整数",
        ),
        (
            spoilt("amount = 20", "amount = 0", "[terms.first_contact]"),
            "terms.first_contact.amount 应是不小于1的整数，现在是0",
        ),
        (
            spoilt("amount = 20", "amount = true", "[terms.first_contact]"),
            "terms.first_contact.amount 应是不小于1的整数",
        ),
        (spoilt("amount = 20\n", "", "[terms.first_contact]"), "terms.first_contact.amount 缺少"),
        (
            spoilt('"months"', '"weeks"', "[terms.redo]"),
            "terms.redo.unit 应是 workdays、days、months 之一，现在是“weeks”",
        ),
        (spoilt('"redo_on"', '"someday"', "[terms.redo]"), "terms.redo.start 应是 "),
        (spoilt('"regulation"', '"rumour"', "[terms.redo]"), "terms.redo.source 应是 sources 中的一个"),
        (spoilt('article = "第二十七条"\n', "", "[terms.redo]"), "terms.redo.article 缺少"),
        (spoilt('rule = "收到', 'rule = " "\nrulle = "收到', "[terms.redo]"), "terms.redo.rule 不能是空的"),
        (spoilt("on_failure", "on_failrue", "[terms.redo]"), "terms.redo.on_failrue 不认识"),
        (spoilt("[terms.redo]", "[terms.re_do]"), "terms.redo 缺少"),
        (spoilt("[terms.redo]", "[terms.re_do]"), "terms.re_do 不认识"),
        (spoilt('unit = "days"', 'unit = "months"', "[terms.redo]"), "terms.redo.near.unit 只能是"),
        (
            spoilt("amount = 3\n", "amount = 3\nextension_months = 1\n", "[terms.receive]"),
            "terms.receive.extension_months",
        ),
        (spoilt("valid_from = 2018-01-01", "valid_from = 2018-01-01T08:00:00"), "valid_from 应是日期"),
        (
            spoilt("valid_from = 2018-01-01", "valid_from = 2018-01-01\nvalid_to = 2017-01-01"),
            "valid_to 早于 valid_from",
        ),
        (spoilt('closes = "12-31"', 'closes = "02-29"'), "seasons.promise_report.closes 应是每年都有的月和日"),
        (spoilt('closes = "12-31"', 'closes = "03-31"'), "seasons.promise_report.closes 早于 opens"),
        (spoilt("plan = [1, 3]", "plan = [3, 1]"), "behind.plan 应是真分数"),
        (spoilt("limit = 1", "limit = -1", "[redo]"), "redo.limit 应是不小于0的整数，现在是-1"),
        (spoilt("[conference]", "[conferences]"), "conference 缺少"),
        (spoilt("needs_all = false", "needs_all = 0", "[withdrawal]"), "withdrawal.needs_all 应是true或者false"),
        (
            spoilt('"promise"]', '"mood"]', "[asked]"),
            "asked.objects 应在 overall、attitude、result、promise 之中，现在有：mood",
        ),
        (spoilt('cap_source = "house"', 'cap_source = "measures"'), "extension.cap_article 缺少"),
        (
            spoilt("contact_workdays = 15", "contact_workdays = 21"),
            "behind.contact_workdays 不能大于 terms.first_contact.amount（20）",
        ),
        (spoilt("needs_consent = false", 'needs_consent = "no"'), "extension.needs_consent 应是true或者false"),
        (spoilt('"understood"', '"satisfied"', "[[ratings]]"), "ratings 有两个 code 是“satisfied”"),
        (spoilt('"understood"', '"shrug"', "[scales]"), "scales.overall 有 ratings 中没有的评价：shrug"),
        (spoilt("is_satisfied_loosely = true", "is_satisfied_loosely = false"), "ratings[1].is_satisfied_loosely"),
        (spoilt("is_contested = false", "is_contested = true"), "ratings[1].is_contested"),
        (spoilt('proof = "ground"', 'proof = "faith"'), "result_classes[3].proof 应是"),
        (spoilt("is_default = true", "is_default = false", "[[publications]]"), "publications 应当正好有一种"),
        (spoilt("based_on = [", "based_on = [3,"), "based_on 应是至少一段文字的列表"),
        ("name = ", "不是有效的TOML"),
        ("ratings = []", "ratings 应是至少一个表"),
        ("ratings = [1]", "ratings 应是至少一个表"),
        ("", "terms 缺少"),
    ],
)
def test_a_bad_rulebook_is_refused_with_file_and_key(text: str, fault: str) -> None:
    with pytest.raises(RulebookError) as refused:
        read(text, "chongqing.toml")
    assert "规则书 chongqing.toml" in refused.value.message
    assert fault in refused.value.message


def test_all_faults_are_named_at_once() -> None:
    text = spoilt("amount = 3\n", "amount = 0\n", "[terms.receive]").replace("limit = 1", "limit = -1", 1)
    with pytest.raises(
        RulebookError, match=r"有2处错误：.*terms\.receive\.amount.*redo\.limit|redo\.limit.*terms\.receive"
    ):
        read(text, "chongqing.toml")


def test_the_file_reads_as_it_stands() -> None:
    assert isinstance(read(TOML, "chongqing.toml"), Rulebook)

"""The parts of a letter: lines that break where the rules let them, a date four characters from the edge."""

import pytest

from suggestions.documents.letters import fonts, rules
from suggestions.documents.letters import measures as m
from suggestions.documents.letters.fonts import Face
from suggestions.documents.letters.parts import (
    attachment_lines,
    salutation_lines,
    signature_indents,
    title_lines,
    width,
)


def test_latin_signs_are_half_as_wide() -> None:
    assert width("第001号") == 3.5
    assert width("（A类）") == 3.5


def test_names_are_never_cut_in_two_and_no_line_is_too_long() -> None:
    names = [f"欧阳{sign}华" for sign in "甲乙丙丁戊己庚辛壬癸"]
    lines = salutation_lines(f"{'、'.join(names)}代表：")
    assert "".join(lines) == f"{'、'.join(names)}代表："
    assert all(width(line) <= m.PER_LINE for line in lines)
    assert all(any(name in line for line in lines) for name in names)
    assert all(line.endswith("、") for line in lines[:-1])
    assert salutation_lines("有关代表：") == ("有关代表：",)


def test_a_long_title_breaks_between_words_into_two_of_about_one_length() -> None:
    assert title_lines(["云山区民政局", "关于区第十九届人民代表大会第六次会议第001号建议的复函"]) == (
        "云山区民政局",
        "关于区第十九届人民代表大会",
        "第六次会议第001号建议的复函",
    )
    assert title_lines(["关于第001号建议的复函"]) == ("关于第001号建议的复函",)
    endless = "办" * 50
    assert [len(line) for line in title_lines([endless])] == [m.TITLE_PER_LINE, m.TITLE_PER_LINE, 12]


@pytest.mark.parametrize(
    ("unit", "away"),
    [
        ("云山区民政局", (4.25, 4)),
        ("云山区住房和城乡建设委员会", (0.75, 4)),
        ("重庆市云山区人力资源和社会保障局劳动监察支队", (0.0, 7.75)),
    ],
)
def test_the_date_stands_four_characters_from_the_edge_and_the_unit_over_its_middle(
    unit: str, away: tuple[float, float]
) -> None:
    assert signature_indents(unit, "2026年4月22日") == away
    unit_away, date_away = signature_indents(unit, "2026年4月22日")
    assert unit_away + width(unit) / 2 == date_away + width("2026年4月22日") / 2


def test_several_attachments_are_numbered() -> None:
    assert list(attachment_lines(["甲", "乙"])) == ["附件：1. 甲", "　　　2. 乙"]


def test_the_double_line_is_thick_above_at_the_head_and_below_at_the_foot() -> None:
    (top, upper), (lower, bottom) = rules.bands(is_head=True)
    assert upper - top == m.THICK > bottom - lower > 0
    (top, upper), (lower, bottom) = rules.bands(is_head=False)
    assert upper - top == m.THIN < bottom - lower
    assert round(bottom, 6) == round(m.RULES, 6)
    assert rules.png(is_head=True).startswith(b"\x89PNG")


def test_a_long_letterhead_stays_between_the_ends_of_the_lines() -> None:
    assert m.letterhead_size(6) == 13.0
    assert m.letterhead_size(20) * 20 < m.RULE_WIDTH


def test_what_stands_in_for_a_font_is_said_aloud() -> None:
    bare = fonts.chosen(frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"}))
    assert fonts.substitution(bare) == (
        "本机没有装全公文标准字体：方正小标宋简体、仿宋_GB2312、宋体以思源宋体（Noto Serif CJK SC）代替，"
        "黑体以思源黑体（Noto Sans CJK SC）代替。"
    )
    office = fonts.chosen(frozenset({"方正小标宋简体", "FangSong_GB2312", "SimHei", "SimSun", "FangSong"}))
    assert office[Face.BODY] == "FangSong_GB2312"
    assert fonts.substitution(office) == ""
    nearly = fonts.chosen(frozenset({"方正小标宋简体", "FangSong", "SimHei", "SimSun"}))
    assert fonts.substitution(nearly) == "本机没有装全公文标准字体：仿宋_GB2312以FangSong代替。"
    assert set(fonts.chosen(frozenset()).values()) == {"serif"}

"""An office's own words: what is filled in, what is left out, what cannot stand."""

import pytest

from suggestions.domain.letter_form import CLOSING, LetterForm, faults

GOOD = LetterForm().words()


def test_the_contact_line_is_filled_in_and_leaves_out_what_is_not_known() -> None:
    assert LetterForm().contact_line("韩冬梅", "023-1") == "（联系人：韩冬梅；电话：023-1）"
    assert LetterForm().contact_line("韩冬梅", "") == "（联系人：韩冬梅）"
    own = LetterForm(contact="（联系科室：办公室；联系电话：{电话}；邮编：400000）")
    assert own.contact_line("韩冬梅", "023-1") == "（联系科室：办公室；联系电话：023-1；邮编：400000）"
    assert LetterForm(contact="电话：{电话}").contact_line("韩冬梅", "") == ""


def test_several_deputies_are_addressed_as_several() -> None:
    assert LetterForm().closing_for(is_joint=False) == CLOSING
    assert LetterForm().closing_for(is_joint=True).startswith("感谢你们对")


def test_the_words_of_the_house_can_stand() -> None:
    assert faults(GOOD) == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"letterhead": "局" * 25}, "最多24个字"),
        ({"series": "云山民政函〔2026〕"}, "不写年份和号"),
        ({"series": "函 字"}, "不写年份和号"),
        ({"closing": "  "}, "不能空着"),
        ({"contact": "{传真}"}, "“{传真}”认不出"),
        ({"contact": "{电话"}, "“{”认不出"),
    ],
)
def test_what_cannot_stand_is_named(words: dict[str, str], said: str) -> None:
    found = faults({**GOOD, **words})
    assert list(found) == list(words)
    assert said in found[next(iter(words))]

"""Promising sentences are found as officers write them, and what is done, quoted or only asked for is left alone."""

from pathlib import Path

import pytest

from suggestions.domain.promising import is_promising, sentences

LINES = (Path(__file__).parent / "promise_sentences.txt").read_text(encoding="utf-8").splitlines()
KNOWN = [(line[2:], line[0] == "+") for line in LINES if line[:2] in ("+ ", "- ")]


@pytest.mark.parametrize(("sentence", "is_one"), KNOWN)
def test_a_sentence_is_known_for_what_it_is(sentence: str, is_one: bool) -> None:
    assert is_promising(sentence) is is_one


def test_the_list_is_long_and_of_both_kinds() -> None:
    assert len(KNOWN) == len(dict(KNOWN)) >= 80
    assert min(sum(is_one for _, is_one in KNOWN), sum(not is_one for _, is_one in KNOWN)) >= 35


def test_sentences_keep_their_marks() -> None:
    assert list(sentences("已挂牌。正在办；\n请放心！")) == ["已挂牌。", "正在办；", "请放心！"]

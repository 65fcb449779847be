"""The letter of an abstract case, word by word, and the hashes that opinions and signatures are bound to."""

from functools import cache
from typing import Any

from suggestions.domain import letter as letters
from tests.domain.making import CO
from tests.domain.model.case import NAMES, Letter

_FUTURE = "我局将在6月底前建成电梯20部。"
PASSAGE = "区人力社保局已核定配套用房两处。"


def text_of(letter: Letter, *, is_edited: bool = False) -> dict[str, Any]:
    """The letter word by word."""
    text = f"手续已由七项减为三项。{_FUTURE if letter.is_promising else ''}"
    return {
        "opening": "局长改过的开头。" if is_edited else "您提出的建议收悉，现答复如下：",
        "answers": [{"request_no": "1", "text": text, "result_class": "A", "proof": "文件", "done_on": ""}],
        "passages": [{"co_handling": CO.id, "text": PASSAGE}] if letter.has_passage else [],
        "closing": "感谢您的关心。",
        "result_class": "A",
        "publication": "proactive",
        "publication_ground": "",
        "not_promises": [],
        "addressees": [NAMES[id] for id in sorted(letter.leads)],
    }


@cache
def hash_of(letter: Letter, is_edited: bool) -> str:
    return letters.content_hash(text_of(letter, is_edited=is_edited))


def bare(letter: Letter) -> Letter:
    """The letter without what was said of it, so that one text has one hash."""
    return letter._replace(opinion="", is_edited=False, signed_opinion="", is_passage_old=False)

"""What stands before signatures taken back, challenged classes, papers and publications, on plain facts."""

from dataclasses import replace
from typing import Any

import pytest

from suggestions.domain import letter as letters
from suggestions.domain import publication
from suggestions.domain.actions import Action as A
from suggestions.domain.canonical import digest
from suggestions.domain.guards import missing
from suggestions.domain.states import HandlingState
from suggestions.domain.story import Past, Story
from tests.domain.making import BOOK, HANDLING, facts, letter, past

REPLIED = replace(HANDLING, state=HandlingState.REPLIED)
DRAFTED = past(10, A.DRAFT_REPLY, "named_handler", payload={"letter": letter(opening="草稿")})
CLOSED_MARK = next(code for code, mark in BOOK.publications.items() if mark.needs_ground)


def signed(seq: int = 12, **words: Any) -> Past:
    text = letter(**words)
    return past(seq, A.SIGN_REPLY, payload={"letter": text}, content_hash=letters.content_hash(text))


def sent(seq: int = 14) -> Past:
    return past(seq, A.DISPATCH, "clerk", payload={"document_number": "1号"})


def public(seq: int = 20, text: str = "已经办成。") -> Past:
    return past(seq, A.DRAFT_PUBLIC_TEXT, "clerk", payload={"text": text})


def opinion(text: Past, seq: int = 22, action: A = A.ENDORSE) -> Past:
    words = {"kind": "secrecy", "opinion": "可", "reason": "有住址"}
    return past(seq, action, "reviewer", payload=words, content_hash=digest(dict(text.payload)))


@pytest.mark.parametrize("action", [A.VOID_SIGNATURE, A.CORRECT_REPLY])
def test_a_signature_taken_back_no_longer_counts_and_the_next_one_does(action: A) -> None:
    back = past(16, action, payload={"reason": "错"})
    story = Story((DRAFTED, signed(), back))
    assert story.signature(1) is None
    assert story.earned(A.SIGN_REPLY, 1) == ()
    again = signed(18)
    assert Story((*story.events, again)).signature(1) is again
    assert "还差：“亲自签复函”还没有做。" in missing(A.CLOSE, facts("director", *story.events))
    assert missing(A.DISPATCH, facts("clerk", *story.events))[0] == "还差：没有签批。"


def test_the_draft_stands_again_after_a_void_and_nothing_after_a_correction() -> None:
    void, correct = past(16, A.VOID_SIGNATURE), past(16, A.CORRECT_REPLY)
    assert Story((DRAFTED, signed())).letter(1) == letter()
    assert Story((DRAFTED, signed(), void)).letter(1) == DRAFTED.payload["letter"]
    assert Story((DRAFTED, signed(), void)).newest_text is DRAFTED
    corrected = Story((DRAFTED, signed(), sent(), correct))
    assert corrected.letter(1) is None
    assert corrected.newest_text is not None
    assert corrected.newest_text.payload["letter"] == letter()


def test_a_class_is_challenged_answered_and_settled_in_this_order() -> None:
    challenge, answer = (
        past(20, A.CHALLENGE_CLASS, "lead_deputy"),
        past(21, A.SETTLE_CLASS, payload={"is_final": False}),
    )
    insisted, final = past(22, A.CHALLENGE_CLASS, "lead_deputy"), past(23, A.SETTLE_CLASS, payload={"is_final": True})
    story = (challenge, answer, insisted, final)
    for so_far, deputy, director, office in (
        (0, True, False, False),
        (1, False, True, False),
        (2, True, False, False),
        (3, False, False, True),
        (4, False, False, False),
    ):
        open_to = [
            not missing(action, facts(who, *story[:so_far], handling=REPLIED))
            for who, action in (
                ("lead_deputy", A.CHALLENGE_CLASS),
                ("director", A.SETTLE_CLASS),
                ("supervisor", A.SETTLE_CLASS),
            )
        ]
        assert open_to == [deputy, director, office], so_far


def test_exactly_the_endorsed_public_text_is_published() -> None:
    gone = (DRAFTED, signed(), sent())
    assert missing(A.PUBLISH, facts("clerk", DRAFTED, signed()))[0] == "还差：复函还没有发出。"
    assert missing(A.PUBLISH, facts("clerk", *gone, public())) == ["还差：这一稿公开稿没有保密审核意见，请审核人审。"]
    ready = (*gone, public(), opinion(public()))
    assert missing(A.PUBLISH, facts("clerk", *ready)) == []
    changed = public(24, "已经办成。电话……")
    assert len(missing(A.PUBLISH, facts("clerk", *ready, changed))) == 1
    refused = opinion(public(), 25, A.REFUSE_ENDORSEMENT)
    assert missing(A.PUBLISH, facts("clerk", *ready, refused)) == ["还差：公开稿保密审核没有通过：有住址"]


def test_what_the_director_signed_as_closed_is_not_published() -> None:
    story = (DRAFTED, signed(publication=CLOSED_MARK), sent(), public(), opinion(public()))
    (sentence,) = missing(A.PUBLISH, facts("clerk", *story))
    assert sentence.startswith(f"局长签批时定为“{BOOK.publications[CLOSED_MARK].label}”")


def test_the_public_text_begins_without_people_and_telephones() -> None:
    text = publication.default_text(letter(addressees=["陈立群"], closing="联系人：韩冬梅，电话55500127。"))
    assert text == "手续已由七项减为三项。\n每部补助二十万元。"


def test_whoever_prepared_the_public_text_does_not_endorse_it() -> None:
    story = (DRAFTED, signed(), sent(), public())
    alone = facts("clerk", *story, handling=REPLIED, has_reviewer=False)
    assert missing(A.ENDORSE, alone) == ["这一稿是您自己起草的，要由别人审核。"]
    assert missing(A.ENDORSE, facts("reviewer", *story, handling=REPLIED)) == []


def test_where_nobody_reviews_the_clerk_answers_for_the_kinds_that_are_needed() -> None:
    assert facts("clerk").endorses == ()
    assert facts("clerk", has_reviewer=False).endorses == BOOK.required_endorsements
    own = replace(HANDLING, endorsement_kinds=("secrecy", "legal"))
    assert facts("clerk", has_reviewer=False, handling=own).endorses == ("secrecy", "legal")
    assert facts("reviewer", handling=own).required_endorsements == ("secrecy", "legal")

"""The letter of each practice suggestion, on paper: its facts are brought together without living 24 whole lives."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from suggestions.documents.letters import as_word
from suggestions.documents.letters.parts import plain
from suggestions.domain.actions import Action as A
from suggestions.domain.states import Life
from suggestions.domain.story import Past, Story
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.models.letter_template import form_of
from suggestions.practice.play import Play
from suggestions.queries.letter_marks import code_of
from suggestions.queries.letter_page import Found, Which, find_letter
from suggestions.queries.letter_paper import paper_of
from suggestions.queries.letter_view import dispatched_letter_of
from suggestions.queries.looking import Reader, look_at
from tests.documents.writing import converted, drawn_text, joined, pdf_of, pdf_text, validate, without_notes, word_texts
from tests.queries.test_steps_offered import address
from tests.usecases.walking import Walk

# What is drawn is the same, whichever database told it.
ON_ONE = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)
HASH = "a1b2c3d4e5f60718" * 4
CLASSES = {"A": "区民政局验收单", "B": "", "C": "《云山区2026年财政预算》没有这一项", "D": "云山民政〔2026〕8号"}


def signed_text(found: Handling, requests: list[str], names: list[str], at: int) -> dict[str, Any]:
    """A letter that a director could have signed: each request answered at length, each class in turn."""
    codes = "ABCD"
    answers = [
        {
            "request_no": str(number),
            "text": f"关于您提的第{number}条，我局会同有关部门作了专门研究：{text}\n"
            "经现场核实，这件事已经列入今年的工作安排，经费和人员都已经落实到具体的科室和责任人。" * (1 + at % 3),
            "result_class": codes[(at + number) % 4],
            "proof": CLASSES[codes[(at + number) % 4]],
            "done_on": "2026-07-31",
        }
        for number, text in enumerate(requests, start=1)
    ]
    return {
        "opening": f"{'你们' if len(names) > 1 else '您'}提出的《{found.suggestion.title}》"
        f"（{found.suggestion.number_text}）收悉。经研究，现答复如下：",
        "answers": answers,
        "passages": [],
        "closing": form_of(db.session(), found.unit_id).closing_for(is_joint=len(names) > 1),
        "result_class": codes[at % 4],
        "publication": ("proactive", "on_request", "withheld")[at % 3],
        "publication_ground": "涉及个人隐私",
        "addressees": names,
        "title": found.suggestion.title,
        "number": found.number_text,
        "requests": requests,
    }


def found_letter(play: Play, handling: Handling, at: int) -> tuple[Found, dict[str, Any]]:
    """The letter of a handling as if it had been drafted, signed and sent."""
    director = "director" if handling.unit.name == "区民政局" else f"director@{handling.unit.name}"
    if handling.unit.name == "区人力社保局":
        director = "otherdirector"
    actor = play.actor(director)
    look = look_at(db.session(), Life.HANDLING, handling.id, Reader(actor, play.moment, address))
    requests = list(handling.suggestion.asked)
    names = [handling.suggestion.lead.name] if handling.suggestion.lead else []
    names += [each.person.name for each in look.case.cosigners]
    text = signed_text(handling, requests, names, at)

    def past(seq: int, action: A, payload: dict[str, Any]) -> Past:
        return Past(
            seq=seq,
            action=action,
            round=1,
            actor_id=actor.person_id,
            actor_name=actor.name,
            actor_title=actor.title,
            unit_name=handling.unit.name,
            at=play.moment,
            on=play.moment.date(),
            payload=payload,
            handling_id=handling.id,
            hash=HASH,
        )

    story = Story(
        (
            past(1, A.SPLIT_REQUESTS, {"requests": [{"text": each} for each in requests]}),
            past(2, A.DRAFT_REPLY, {"letter": text}),
            past(3, A.SIGN_REPLY, {"letter": text, "remark": "属实。"}),
            past(4, A.DISPATCH, {"document_number": f"云山函〔2026〕{at}号", "copies": "区人大常委会人代工委"}),
        )
    )
    facts = replace(look.facts, story=story)
    sheet = dispatched_letter_of(look.case, facts)
    assert sheet is not None
    return Found(replace(look, facts=facts), sheet, story.last(A.DISPATCH)), text


@pytest.mark.whole_handover
@ON_ONE
def test_each_of_the_practice_suggestions_gets_its_letter_as_word_and_pdf(play: Play, tmp_path: Path) -> None:
    handlings = db.session.scalars(select(Handling).order_by(Handling.id)).all()
    assert len(handlings) == 24
    for at, handling in enumerate(handlings, start=1):
        found, text = found_letter(play, handling, at)
        paper = paper_of(found)
        said = joined(paper.words())
        for signed in (text["opening"], text["closing"], *(answer["text"] for answer in text["answers"])):
            assert plain(signed) in said, handling.number_text
        assert all(f"{name}" in "".join(paper.addressees) for name in text["addressees"])
        assert paper.evidence is not None
        assert paper.evidence.code == code_of(HASH) == "A1B2 C3D4 E5F6 0718"
        word = as_word.render(paper)
        assert without_notes(joined(word_texts(word)), paper) == said, handling.number_text
        validate(word, tmp_path / f"{handling.number_text}.docx")
        assert without_notes(pdf_text(pdf_of(paper)), paper) == said, handling.number_text
    for pdf in converted(sorted(tmp_path.glob("*.docx"))):
        assert f"{pdf.stem}建议的复函" in drawn_text(pdf.read_bytes())


def paper_for(walk: Walk, who: str, **which: int) -> str:
    reader = Reader(walk.play.actor(who), walk.play.moment, address)
    return joined(paper_of(find_letter(db.session(), walk.id, reader, Which(**which))).words())


def test_paper_never_shows_what_a_hand_struck_out(play: Play) -> None:
    walk = Walk(play).until("submitted")
    play.step(Life.HANDLING, walk.id, "director", A.SIGN_REPLY, {"remark": "改"}, edits={"closing": "谢谢您来信。"})
    said = paper_for(walk, "handler")
    assert "谢谢您来信。" in said
    assert "感谢您的关心" not in said


def test_a_name_that_is_hidden_from_the_unit_is_not_on_its_paper(play: Play) -> None:
    walk = Walk(play).until("dispatched")
    play.suggestion(walk.number).is_name_hidden = True
    assert "有关代表、赵启航代表：" in paper_for(walk, "clerk")
    assert walk.lead not in paper_for(walk, "clerk")
    assert f"{walk.lead}、赵启航代表：" in paper_for(walk, walk.lead)

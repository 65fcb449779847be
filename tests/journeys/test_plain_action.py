"""A plain action is a verb with its label, and a row: nothing else is written for it to be offered, taken and kept."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from suggestions.domain import labels, lifecycle, rules
from suggestions.domain.actions import Action
from suggestions.domain.lifecycle import Field, Kind, Stage, Step
from suggestions.domain.lifecycle.rows import WORKING
from suggestions.domain.lifecycle.step import Audience
from suggestions.domain.states import Life
from suggestions.extensions import db
from suggestions.models import Event
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from suggestions.usecases.effects import held
from tests.usecases.walking import Walk
from tests.web.visitor import Visitor

LABEL, FOLLOWS = "记来访", "局长会收到提醒。"


def verb(monkeypatch: pytest.MonkeyPatch, name: str, label: str) -> Action:
    """A member that the source does not have, for as long as the test lasts."""
    member = str.__new__(Action, name)
    member._name_, member._value_, member.label = name.upper(), name, label
    monkeypatch.setitem(Action._member_map_, name.upper(), member)
    monkeypatch.setitem(Action._value2member_map_, name, member)
    monkeypatch.setattr(Action, "_member_names_", [*Action._member_names_, name.upper()])
    monkeypatch.setitem(labels.ACTIONS, member, member.label)  # read from the verbs when the program starts
    return member


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> Action:
    """The verb with its label, and its row."""
    action = verb(monkeypatch, "note_visitor", LABEL)
    row = Step(
        action,
        Life.HANDLING,
        WORKING,
        None,
        (rules.handler_of_case,),
        stage=Stage.PROGRESS,
        asks=(Field("visitor", "谁来访", Kind.TEXT), Field("said", "说了什么", hint="照原话写。")),
        is_evidence=True,
        tells=(Audience.DIRECTOR,),
        follows=FOLLOWS,
    )
    monkeypatch.setitem(lifecycle.TABLES, Life.HANDLING, (*lifecycle.TABLES[Life.HANDLING], row))
    monkeypatch.setitem(lifecycle._MACHINES, Life.HANDLING, lifecycle._machine(Life.HANDLING))
    return action


@pytest.fixture
def at(app: Flask) -> Iterator[str]:
    """A handling whose plan was approved."""
    with app.app_context():
        play = Play(date(2026, 2, 10))
        id = Walk(play).until("approved").id
        housekeeping.set_practice_day(date(2026, 2, 11))
    yield f"/handlings/{id}"
    with app.app_context():
        assert verify().faults == ()


def test_a_plain_action_is_a_verb_with_its_label_and_a_row(app: Flask, at: str, noted: Action) -> None:
    assert lifecycle.check_tables(held()) == []
    handler, director = Visitor(app, "handler"), Visitor(app, "director")
    form_at = f"{at}/note-visitor"
    assert f'href="{form_at}"' in handler.get(at).text
    for other in (director, Visitor(app, "clerk"), Visitor(app, "supervisor"), Visitor(app, "邓小红")):
        assert "note-visitor" not in other.client.get(at, follow_redirects=True).text
        assert other.get(form_at).status_code == 403
    form = handler.get(form_at).text
    assert all(words in form for words in (f"<h1>{LABEL}</h1>", "谁来访", "说了什么", "照原话写。", FOLLOWS))
    bare = handler.send(form_at, visitor="赵启航代表", said="")
    assert bare.status_code == 422
    assert "请填写说了什么" in bare.text
    page = handler.take(form_at, visitor="赵启航代表", said="用房还漏水。").text
    assert f"已{LABEL}。{FOLLOWS}" in page
    record = page[page.index('id="record"') :]
    assert LABEL in record
    assert f"韩冬梅{LABEL}" in director.get("/notices").text
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.action == "note_visitor")).one()
        assert event.payload == {"visitor": "赵启航代表", "said": "用房还漏水。"}


def test_without_its_label_or_effect_the_program_does_not_start(monkeypatch: pytest.MonkeyPatch, noted: Action) -> None:
    monkeypatch.delitem(labels.ACTIONS, noted)
    assert lifecycle.check_tables(held()) == ["handling.note_visitor has no label"]

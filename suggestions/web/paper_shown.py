"""What was entered from paper, in the words of the form, for the person who compares it with the scan."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from suggestions.domain import paper
from suggestions.domain.actions import Action
from suggestions.domain.facts import Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.lifecycle import Field, Kind
from suggestions.usecases.choices import options


@dataclass(frozen=True)
class EntryShown:
    """One entry that waits for a second person."""

    label: str
    who: str
    rows: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]


def entries(facts: Facts) -> Iterator[EntryShown]:
    """Every entry that waits, with its words as the form asks them and its scans."""
    rows = paper.rows_now(facts)
    names = dict(options("deputies_on_paper", facts))
    for past in paper.waiting(facts.story):
        action = Action(past.payload["entered"])
        asked = rows[action].asks if action in rows else ()
        yield EntryShown(
            ACTIONS[action],
            past.actor_name,
            (
                ("代表", "、".join(names.get(str(id), "") for id in paper.deputies_of(past))),
                *_said(asked, past.payload["words"], facts),
            ),
            tuple((file["name"], url_for("files.file", id=file["id"])) for file in past.payload["files"]),
        )


def _said(asked: tuple[Field, ...], words: Any, facts: Facts) -> Iterator[tuple[str, str]]:
    for field in asked:
        value = words.get(field.name)
        if field.kind is Kind.ROWS:
            for row in value or ():
                yield (
                    field.label,
                    "，".join(text.rstrip("。；") for _, text in _said(field.columns, row, facts) if text),
                )
        elif field.kind is Kind.FLAG:
            yield field.label, "是" if value else "否"
        elif field.kind is Kind.CHOICE:
            yield field.label, dict(options(field.source, facts)).get(value, str(value or ""))
        else:
            yield field.label, str(value or "")

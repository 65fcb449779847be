"""A key item (重点督办) on the page of its case: the supervision plan as it stands, and what each visit found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from suggestions.domain.actions import Action
from suggestions.domain.sight import Sight
from suggestions.domain.story import Past
from suggestions.queries.lights import spoken
from suggestions.queries.looking import Look
from suggestions.queries.papers import Paper

SEEN_BY = frozenset({Sight.UNIT, Sight.OFFICE, Sight.INSPECTOR, Sight.AUDIT})
NO_PLAN = "还没有督办方案，等人代工委定。"


@dataclass(frozen=True)
class Visit:
    """A visit or a meeting that the plan sets a day for."""

    date_text: str
    what: str
    people: str


@dataclass(frozen=True)
class KeyItem:
    """The supervision as it stands; `line` says who planned it when, or that nobody has."""

    line: str
    facts: tuple[tuple[str, str], ...]
    visits: tuple[Visit, ...]
    reports: tuple[Paper, ...]
    earlier: tuple[str, ...]
    """Why the plan was changed, one sentence each, the newest first."""


def key_item_of(look: Look) -> KeyItem | None:
    """The supervision of this case; None where it is no key item, or where this person does not see the work."""
    if not look.case.suggestion.is_key or look.sight not in SEEN_BY:
        return None
    story = look.case.story(None)
    plans = story.all(Action.PLAN_SUPERVISION)
    standing = plans[-1] if plans else None
    return KeyItem(
        line=_line(look, standing) if standing else NO_PLAN,
        facts=facts_of_plan(standing.payload) if standing else (),
        visits=tuple(_visits(standing.payload, look.today)) if standing else (),
        reports=tuple(_report(look, past) for past in reversed(story.all(Action.REPORT_SUPERVISION))),
        earlier=tuple(
            f"{spoken(past.on, look.today)}{look.who(past)}调整：{past.payload['reason']}" for past in plans[:0:-1]
        ),
    )


def _line(look: Look, past: Past) -> str:
    version = int(past.payload["version"])
    return f"{spoken(past.on, look.today)}{look.who(past)}定" + (f"，第{version}稿" if version > 1 else "")


def facts_of_plan(words: Any) -> tuple[tuple[str, str], ...]:
    """Who leads, which body is in charge, by which measures."""
    said = (("牵头督办的领导", "leader"), ("负责督办的机构", "body"), ("督办措施", "measures"))
    return tuple((label, str(words[name])) for label, name in said)


def _visits(words: Any, today: date) -> Iterator[Visit]:
    for row in sorted(words["visits"], key=lambda row: str(row["on"])):
        on = date.fromisoformat(str(row["on"]))
        yield Visit(spoken(on, today), str(row["what"]), str(row.get("people") or ""))


def _report(look: Look, past: Past) -> Paper:
    words = past.payload
    kept = look.files([str(file["sha256"]) for file in words.get("files", ())])
    return Paper(
        head=f"{spoken(date.fromisoformat(str(words['held_on'])), look.today)}督办",
        line=f"{look.who(past)}{spoken(past.on, look.today)}记",
        links=tuple((file.name, look.url("files.file", id=file.id)) for file in kept),
        paragraphs=tuple(filter(None, (f"参加：{words['people']}", str(words["found"]), _demand(words)))),
    )


def _demand(words: Any) -> str:
    return f"要求：{words['demand']}" if words.get("demand") else ""

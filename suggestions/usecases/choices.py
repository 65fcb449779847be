"""What can be chosen in a form: one list for each source that a table row names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import exists, select

from suggestions.domain import labels, letter, limits, paper
from suggestions.domain.actions import Action
from suggestions.domain.due_lines import full, months_text
from suggestions.domain.facts import Facts, PromiseFacts
from suggestions.domain.rulebook import Scale
from suggestions.domain.states import MERGEABLE, UNIT_ROLES, CoState, HandlingState, Role, SuggestionState, span
from suggestions.extensions import db
from suggestions.models import Handling, Person, Post, Suggestion, Unit

Options = Sequence[tuple[str, str]]
NO_CO_UNIT = "none"


def _handlers(facts: Facts) -> Options:
    posts = db.session.execute(
        select(Person.id, Person.name, Post.title)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.unit_id == facts.of_handling.unit_id,
            Post.role == Role.HANDLER,
            Post.from_on <= facts.today,
            Post.to_on.is_(None) | (Post.to_on >= facts.today),
        )
        .order_by(Person.id)
    )
    return [(str(id), f"{name}（{title}）" if title else name) for id, name, title in posts]


def _units(facts: Facts) -> Options:
    taken = {co.unit_id for co in facts.co_handlings} | ({facts.handling.unit_id} if facts.handling else set())
    works_there = select(Post.id).where(Post.unit_id == Unit.id, Post.role.in_(UNIT_ROLES)).exists()
    rows = db.session.execute(select(Unit.id, Unit.name).where(works_there).order_by(Unit.id))
    return [(str(id), name) for id, name in rows if id not in taken]


def _next_units(facts: Facts) -> Options:
    """Every unit but the one that has it; whoever handles or co-handles is refused by the guard, with a sentence."""
    works_there = select(Post.id).where(Post.unit_id == Unit.id, Post.role.in_(UNIT_ROLES)).exists()
    rows = db.session.execute(select(Unit.id, Unit.name).where(works_there).order_by(Unit.id))
    return [(str(id), name) for id, name in rows if id != facts.of_handling.unit_id]


def _extension_months(facts: Facts) -> Options:
    """Each number of months with the day it leads to; one month where none is left, which the guard refuses."""
    handling, start = facts.of_handling, limits.round_start(facts)
    left = limits.extension_left(handling, facts.rulebook)
    if left < 1:
        return [("1", months_text(1))]
    found = []
    for months in range(1, left + 1):
        longer = replace(handling, extended_months=handling.extended_months + months)
        due = limits.reply_due(longer, facts.rulebook, facts.calendar, start)
        found.append((str(months), f"{months_text(months)}，到{full(due.on)}"))
    return found


def _deputies(facts: Facts) -> Options:
    rows = db.session.execute(
        select(Person.id, Person.name, Person.delegation)
        .join(Post, Post.person_id == Person.id)
        .where(
            Post.role == Role.DEPUTY, Post.from_on <= facts.today, Post.to_on.is_(None) | (Post.to_on >= facts.today)
        )
        .order_by(Person.delegation, Person.id)
    )
    known: set[int | None] = {facts.suggestion.lead_id, *facts.suggestion.cosigners} if facts.suggestion else set()
    return [(str(id), f"{name}（{delegation}）") for id, name, delegation in rows if id not in known]


def _cosigners(facts: Facts) -> Options:
    if facts.suggestion is None:
        return []
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(list(facts.suggestion.cosigners))))
    return [(str(id), name) for id, name in rows]


def _any_units(facts: Facts) -> Options:
    works_there = select(Post.id).where(Post.unit_id == Unit.id, Post.role.in_(UNIT_ROLES)).exists()
    rows = db.session.execute(select(Unit.id, Unit.name).where(works_there).order_by(Unit.id))
    return [(str(id), name) for id, name in rows if id not in {handling.unit_id for handling in facts.handlings}]


def _open_handlings(facts: Facts) -> Options:
    early = span(HandlingState.ASSIGNED, HandlingState.IN_PROGRESS)
    return [(str(h.id), f"{h.unit_name}主办的一件") for h in facts.handlings if h.state in early]


def _merge_targets(facts: Facts) -> Options:
    """Suggestions that are not answered yet; the reply of none of their units was submitted."""
    is_late = exists().where(Handling.suggestion_id == Suggestion.id, Handling.state.not_in(MERGEABLE))
    rows = db.session.scalars(
        select(Suggestion)
        .where(
            Suggestion.state.in_((SuggestionState.SUBMITTED, SuggestionState.ASSIGNED)),
            Suggestion.id != facts.of_suggestion.id,
            ~is_late,
        )
        .order_by(Suggestion.number.nulls_last(), Suggestion.id)
    )
    return [(str(row.id), f"{row.number_text}《{row.title}》") for row in rows]


def _requests(facts: Facts) -> Options:
    return [(str(n), f"第{n}条 {text}") for n, text in enumerate(facts.story.requests, start=1)]


def _contacts(facts: Facts) -> Options:
    return [
        (str(c.past.seq), f"{c.past.payload['contacted_on']} {labels.CONTACT_FORMS[c.past.payload['form']]}")
        for c in facts.story.contacts()
        if c.verdict is None and not c.is_attempt
    ]


def _urgings(facts: Facts) -> Options:
    return [
        (
            str(u.past.seq),
            f"{u.past.on.month}月{u.past.on.day}日 {u.past.actor_name}：{' '.join(u.past.payload['demand'].split())}",
        )
        for u in facts.story.urgings()
        if not u.answers
    ]


def _plan_co_units(facts: Facts) -> Options:
    named = [
        (str(co.unit_id), f"{co.unit_name}（{'再请一次' if letter.is_to_ask_anew(co, facts) else '已列为协办'}）")
        for co in facts.co_handlings
    ]
    return [(NO_CO_UNIT, "不需要协办"), *named, *_units(facts)]


def _co_handlings(facts: Facts) -> Options:
    gone = (CoState.CANCELLED,)
    return [(str(co.id), co.unit_name) for co in facts.co_handlings if co.state not in gone]


def _open_promises(facts: Facts) -> Options:
    return [(str(p.id), f"第{p.number}项 {p.measure}") for p in facts.promises if p.is_open]


def _promises_where(is_meant: Callable[[PromiseFacts], bool]) -> Callable[[Facts], Options]:
    return lambda facts: [(str(p.id), f"第{p.number}项 {p.measure}") for p in facts.promises if is_meant(p)]


def _endorsement_kinds(facts: Facts) -> Options:
    return [(kind, facts.rulebook.endorsement_label(kind)) for kind in facts.endorses]


def _paper_actions(facts: Facts) -> Options:
    return [(action.value, labels.ACTIONS[action]) for action in paper.rows_now(facts)]


def _paper_entries(facts: Facts) -> Options:
    return [
        (str(e.seq), f"{labels.ACTIONS[Action(e.payload['entered'])]}（{e.actor_name}{e.on.month}月{e.on.day}日录入）")
        for e in paper.waiting(facts.story)
    ]


def _deputies_on_paper(facts: Facts) -> Options:
    """Whoever leads or signed, by name: for the person who compares an entry with its sheet."""
    ids = {facts.of_suggestion.lead_id, *facts.of_suggestion.cosigners, *facts.lead_names} - {None}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return [(str(id), f"{name}代表") for id, name in rows]


def _paper_writers(action: Action, facts: Facts) -> Options:
    ids = paper.writers(action, facts)
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    names = {row.id: row.name for row in rows}
    return [(str(id), f"{names[id]}代表") for id in ids]


def _stands_on_dispute(facts: Facts) -> Options:
    """To do it again only while the rulebook allows one more round."""
    is_left = facts.of_handling.round <= facts.rulebook.redo_limit
    return [(code, label) for code, label in labels.DISPUTE_PROPOSALS.items() if is_left or code != "redo"]


def _files(facts: Facts) -> Options:
    return [(file.sha256, file.name) for file in facts.of_suggestion.files]


def _table(words: Mapping[str, str]) -> Callable[[Facts], Options]:
    return lambda _facts: list(words.items())


SOURCES: Mapping[str, Callable[[Facts], Options]] = {
    "handlers": _handlers,
    "units": _units,
    "next_units": _next_units,
    "extension_months": _extension_months,
    "deputies": _deputies,
    "cosigners": _cosigners,
    "any_units": _any_units,
    "open_handlings": _open_handlings,
    "unit_roles": _table(labels.UNIT_PARTS),
    "lead_changes": _table(labels.LEAD_CHANGES),
    "merge_targets": _merge_targets,
    "requests": _requests,
    "contacts": _contacts,
    "urgings": _urgings,
    "plan_co_units": _plan_co_units,
    "co_handlings": _co_handlings,
    "open_promises": _open_promises,
    "promises_to_report": _promises_where(lambda p: not p.is_released),
    "promises_to_rate": _promises_where(lambda p: p.is_to_rate),
    "releases_asked": _promises_where(lambda p: p.is_release_asked),
    "endorsement_kinds": _endorsement_kinds,
    "files": _files,
    "paper_actions": _paper_actions,
    "paper_entries": _paper_entries,
    "deputies_on_paper": _deputies_on_paper,
    **{f"paper_{action}": partial(_paper_writers, action) for action in paper.ON_PAPER},
    "contact_forms": _table(labels.CONTACT_FORMS),
    "contact_ranks": _table(labels.CONTACT_RANKS),
    "urging_forms": _table(labels.URGING_FORMS),
    "stands_on_request": _table(labels.PROPOSALS),
    "stands_on_dispute": _stands_on_dispute,
    "delivery_ways": _table(labels.DELIVERY_WAYS),
    "letter_ways": _table(labels.LETTER_WAYS),
    "series": _table(labels.SERIES),
    "reply_terms": _table(labels.REPLY_TERMS),
    "decline_grounds": lambda f: [(c.code, c.label) for c in f.rulebook.decline_grounds.values()],
    "publication": lambda f: [(c.code, c.label) for c in f.rulebook.publications.values()],
    "result_classes": lambda f: [(c.code, f"{c.code}类 {c.label}") for c in f.rulebook.result_classes.values()],
    "part_scale": lambda f: [(c.code, c.label) for c in f.rulebook.scales[Scale.PART]],
    "promise_scale": lambda f: [(c.code, c.label) for c in f.rulebook.scales[Scale.PROMISE]],
    "overall_scale": lambda f: [(c.code, c.label) for c in f.rulebook.overall_scale],
}


def options(source: str, facts: Facts) -> Options:
    """The (code, label) pairs of a source as they stand for these facts."""
    return SOURCES[source](facts)

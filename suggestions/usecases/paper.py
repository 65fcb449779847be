"""Paper: one person enters what a deputy wrote, another confirms it, and the step is taken in the deputy's name."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from suggestions.domain import guards, paper
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotNow
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models import Post
from suggestions.models.actors import actor_of
from suggestions.usecases import feedback, filing
from suggestions.usecases.judging import facts_for
from suggestions.usecases.taking import ForAnother, Taking

_OWN = ("entered", "files")
_CHECKS: Mapping[Action, Callable[[Facts, Mapping[str, Any]], None]] = {
    Action.RATE: feedback.refuse_unfinished,
    Action.CORRECT_RATING: feedback.refuse_unfinished,
}


def enter_on_paper(taking: Taking) -> None:
    """Keep what was read from the paper, with its scan; NotNow where the deputy could not take the step either."""
    action = Action(taking.fields["entered"])
    words = {name: value for name, value in taking.fields.items() if name not in _OWN}
    if action in _CHECKS:
        _CHECKS[action](taking.facts, words)
    facts = facts_for(taking.case, _lead(taking), Life.HANDLING, taking.of_handling.id, words=words)
    if lacking := guards.missing(action, facts):
        raise NotNow(f"还不能代录“{ACTIONS[action]}”：", lacking)
    files = filing.keep(taking, taking.fields["files"])
    db.session.flush()
    kept = [{"id": file.id, "name": file.name, "sha256": file.sha256} for file in files]
    taking.payload = {"entered": action.value, "words": words, "files": kept}


def confirm_on_paper(taking: Taking) -> None:
    """Take the very step in the deputy's name, marked for ever with who entered and who confirmed it."""
    entry = next(e for e in paper.waiting(taking.facts.story) if str(e.seq) == taking.fields["entry"])
    action = Action(entry.payload["entered"])
    taking.payload = {"entry": entry.seq, "entered": action.value, "entered_by": entry.actor_name}
    mark = {"entry": entry.seq, "entered_by": entry.actor_name, "confirmed_by": taking.facts.actor.name}
    taking.for_others.append(ForAnother(_lead(taking), action, taking.of_handling, entry.payload["words"], mark))


def _lead(taking: Taking) -> Actor:
    """The lead deputy as they would act today; NotNow when they hold no deputy's post."""
    held = select(Post).where(Post.person_id == taking.suggestion.lead_id, Post.role == Role.DEPUTY).order_by(Post.id)
    post = next((p for p in db.session.scalars(held) if p.is_held_on(taking.today)), None)
    if post is None:
        raise NotNow("还不能代录：", ["领衔代表今天不任人大代表，请先更换领衔代表。"])
    return actor_of(post, taking.today)

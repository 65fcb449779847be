"""Paper: one person enters what a deputy wrote, another confirms it, and the step is taken in the deputy's name."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from suggestions.domain import guards, lifecycle, paper
from suggestions.domain.actions import Action
from suggestions.domain.errors import NotNow
from suggestions.domain.facts import Actor, Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Handling, Person, Post, Suggestion
from suggestions.models.actors import actor_of, is_worn_on
from suggestions.usecases import feedback, filing, follow_up
from suggestions.usecases.judging import facts_for
from suggestions.usecases.taking import ForAnother, Taking, life_of

_OWN = ("entered", "files", "deputies")
_CHECKS: Mapping[Action, Callable[[Facts, Mapping[str, Any]], None]] = {
    Action.RATE: feedback.refuse_unfinished,
    Action.CORRECT_RATING: feedback.refuse_unfinished,
    Action.RATE_PROMISE: follow_up.refuse_unreasoned,
    Action.CHALLENGE_CLASS: feedback.refuse_same_class,
}


def enter_on_paper(taking: Taking) -> None:
    """Keep what was read from the paper, with its scan; NotNow where the deputies could not take the step either."""
    action, row = Action(taking.fields["entered"]), _row(taking)
    deputies = _whose(taking, action)
    words = {name: value for name, value in taking.fields.items() if name not in _OWN}
    if action in _CHECKS:
        _CHECKS[action](taking.facts, words)
    for id in deputies:
        actor = _deputy(taking, id)
        facts = facts_for(taking.case, actor, life_of(row), row.id, words=words)
        lacking = guards.missing(action, facts)
        if not any(lifecycle.may_take(step, facts) for step in lifecycle.rows(life_of(row), action)):
            lacking = [f"{actor.name}的代表任期已满，这一步不能再由其本人办。", *lacking]
        if lacking:
            raise NotNow(f"还不能代录“{ACTIONS[action]}”：", lacking)
    files = filing.keep(taking, taking.fields["files"])
    db.session.flush()
    kept = [{"id": file.id, "name": file.name, "sha256": file.sha256} for file in files]
    taking.payload = {"entered": action.value, "words": words, "files": kept, "deputies": list(deputies)}


def confirm_on_paper(taking: Taking) -> None:
    """Take the very step in each deputy's name, marked for ever with who entered and who confirmed it."""
    entry = next(e for e in paper.waiting(taking.facts.story) if str(e.seq) == taking.fields["entry"])
    action, row = Action(entry.payload["entered"]), _row(taking)
    writers = paper.writers(action, taking.facts)
    for id in paper.deputies_of(entry):
        if id not in writers:
            raise NotNow("还不能核对代录：", [_overtaken(taking, id, action)])
    taking.payload = {"entry": entry.seq, "entered": action.value, "entered_by": entry.actor_name}
    mark = {"entry": entry.seq, "entered_by": entry.actor_name, "confirmed_by": taking.facts.actor.name}
    for id in paper.deputies_of(entry):
        taking.for_others.append(ForAnother(_deputy(taking, id), action, row, entry.payload["words"], mark))


def _row(taking: Taking) -> Handling | Suggestion:
    return taking.suggestion if taking.handling is None else taking.handling


def _whose(taking: Taking, action: Action) -> tuple[int, ...]:
    """The deputies named in the form; where only one can have written it, that one."""
    named = taking.fields.get("deputies")
    if not named:
        return paper.writers(action, taking.facts)
    return tuple(int(id) for id in (named if isinstance(named, list) else [named]))


def _overtaken(taking: Taking, id: int, action: Action) -> str:
    if action not in (Action.COSIGN, Action.AGREE_WITHDRAWAL) and id not in taking.facts.lead_names:
        return "录入以后更换了领衔代表，这一份不再有效，请现在的领衔代表重新填写。"
    name = db.session.get_one(Person, id).name
    return f"录入以后情况变了：{name}代表现在不用、也不能“{ACTIONS[action]}”，这一份不再有效。"


def _deputy(taking: Taking, id: int) -> Actor:
    """The deputy as they would act today; NotNow when they neither hold a deputy's post nor follow a suggestion."""
    posts = db.session.scalars(select(Post).where(Post.person_id == id, Post.role == Role.DEPUTY)).all()
    newest_first = sorted(posts, key=lambda post: (post.is_held_on(taking.today), post.from_on), reverse=True)
    post = next((p for p in newest_first if is_worn_on(db.session(), p, taking.today)), None)
    if post is None:
        name = db.session.get_one(Person, id).name
        raise NotNow("还不能代录：", [f"{name}今天不任人大代表；是领衔代表的，请先更换领衔代表。"])
    return actor_of(post, taking.today)

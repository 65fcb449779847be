"""The doors of the steps: one form and one answer for every row of the tables."""

import secrets
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from suggestions.domain import guards, lifecycle, paper, shown
from suggestions.domain.actions import Action
from suggestions.domain.errors import Invalid, Missing, NotNow, Stale
from suggestions.domain.facts import Facts
from suggestions.domain.labels import ACTIONS
from suggestions.domain.lifecycle import Field, Kind, Step
from suggestions.domain.sight import Sight, sight
from suggestions.domain.states import Life, Role
from suggestions.extensions import db
from suggestions.models.case import Case, load_case, suggestion_id_of
from suggestions.usecases import housekeeping, record
from suggestions.usecases.accounts import Presence
from suggestions.usecases.judging import facts_for, state_of
from suggestions.usecases.step import Taken, take
from suggestions.web import defaults, showing
from suggestions.web.forms import steps as forms
from suggestions.web.guard import ANYBODY, enter, visitor
from suggestions.web.hand_overs import led_to
from suggestions.web.papers_shown import paper_made

bp = Blueprint("steps", __name__)


def _action(address: str) -> Action:
    try:
        return Action(address.replace("-", "_"))
    except ValueError:
        raise Missing from None


@bp.route("/suggestions/<int:id>/<action>", methods=["GET", "POST"])
@enter(ANYBODY)
def suggestion(id: int, action: str) -> Any:
    """A step on a suggestion."""
    return _door(Life.SUGGESTION, id, _action(action))


@bp.route("/handlings/<int:id>/<action>", methods=["GET", "POST"])
@enter(ANYBODY)
def handling(id: int, action: str) -> Any:
    """A step on a handling."""
    return _door(Life.HANDLING, id, _action(action))


@bp.route("/co-handlings/<int:id>/<action>", methods=["GET", "POST"])
@enter(ANYBODY)
def co_handling(id: int, action: str) -> Any:
    """A step on a co-handling."""
    return _door(Life.CO_HANDLING, id, _action(action))


class Page:
    """One form of one row, as one person sees it now."""

    def __init__(self, life: Life, id: int, action: Action) -> None:
        self.life, self.id, self.action = life, id, action
        self.actor = visitor().actor
        self.case: Case = load_case(db.session(), suggestion_id_of(db.session(), life, id))
        copy = housekeeping.working_copy(self.actor.person_id, life, id, action)
        self.kept: dict[str, Any] = dict(copy.content) if copy else {}
        self.kept_at = copy.saved_at if copy else None
        is_signing = action is Action.SIGN_REPLY
        self.draft = self.case.story(id).draft_number if is_signing else 0
        edits = housekeeping.working_copy(self.actor.person_id, life, id, self.sheet_of_edits) if is_signing else None
        self.edits: dict[str, Any] | None = dict(edits.content) if edits else None
        """The director's own changes to the letter that is about to be signed."""
        self.edited_at = edits.saved_at if edits else None
        self.facts: Facts = facts_for(self.case, self.actor, life, id, words=self.edits)
        if sight(self.facts) is Sight.NOTHING:
            raise Missing
        candidates = lifecycle.permitted(life, action, self.facts)
        here = [step for step in candidates if state_of(self.facts, life) in step.origins]
        now = [step for step in here if step.when is None or step.when(self.facts)]
        self.step: Step = (now or here or list(candidates))[0]
        self.is_open = bool(now)
        wanted = request.args.get("for") or request.form.get("entered") or ""
        self.chosen: str = wanted if wanted in paper.rows_now(self.facts) else ""

    @property
    def sheet_of_edits(self) -> str:
        """The name of the working copy of changes to this draft: on the next one they would undo what was rewritten."""
        return f"{self.action} edits {self.draft}"

    @property
    def version(self) -> int:
        """The version of the row that the page shows."""
        return {
            Life.SUGGESTION: self.facts.of_suggestion.version,
            Life.HANDLING: self.facts.handling.version if self.facts.handling else 0,
            Life.CO_HANDLING: self.facts.co.version if self.facts.co else 0,
        }[self.life]

    @property
    def content_hash(self) -> str:
        """The hash of what the page shows."""
        return shown.content_hash(self.step.binds, self.facts) if self.step.binds else ""

    @property
    def asks(self) -> tuple[Field, ...]:
        """What the form asks; where the office enters for a deputy, also what the chosen step asks."""
        return paper.asks(self.step, self.facts, self.chosen)

    @property
    def back_url(self) -> str:
        """The case page that this step belongs to."""
        if self.facts.handling:
            return url_for("cases.handling", id=self.facts.handling.id)
        return url_for("cases.suggestion", id=self.facts.of_suggestion.id)

    def form(self) -> Any:
        """The row's form: what was posted, else what was being written, else what is known already."""
        values = self.kept or defaults.values(self.step, self.case, self.facts)
        if self.step.action is Action.ENTER_ON_PAPER and self.chosen:
            row = paper.rows_now(self.facts)[Action(self.chosen)]
            values = {**defaults.values(row, self.case, self.facts), "entered": self.chosen}
        asked = {ask.name for ask in self.step.asks}
        values = {**values, **{name: text for name, text in request.args.items() if name in asked}}
        return forms.form_for(self.asks, self.facts, values)

    def render(self, form: Any, status: int = 200, refusal: Any = None) -> tuple[str, int]:
        """The page of the form, with what was refused and what is still missing."""
        lacking = guards.missing(self.action, self.facts)
        name = f"{self.step.stage}/{self.action}.html"
        page = render_template(
            [name, "step.html"],
            page=self,
            layout="deputy/base.html" if self.actor.role is Role.DEPUTY else "base.html",
            form=form,
            step=self.step,
            label=ACTIONS[self.action],
            asks=self.asks,
            missing=getattr(refusal, "missing", ()) or lacking,
            changes=getattr(refusal, "changes", ()),
            refusal=refusal,
            idempotency_key=request.form.get("idempotency_key") or secrets.token_urlsafe(16),
            autosave_url=self._autosave_url(),
            **showing.beside(self.step, self.case, self.facts),
        )
        return page, status

    def _autosave_url(self) -> str:
        is_writing = any(ask.kind in (Kind.LONG, Kind.ROWS) for ask in self.step.asks)
        if not is_writing or self.action is Action.ENTER_ON_PAPER:
            return ""
        return url_for("steps.keep", life=self.life, id=self.id, action=self.step.address)


def _door(life: Life, id: int, action: Action) -> Any:
    page = Page(life, id, action)
    form = page.form()
    if request.method == "GET":
        if not page.is_open:
            lifecycle.row_for(life, action, state_of(page.facts, life), page.facts)
        return page.render(form)
    if "add_row" in request.form or "remove_row" in request.form:
        _change_rows(page, form)
        return page.render(form)
    try:
        taken = _take(page, form)
    except Invalid as refusal:
        forms.show_faults(form, refusal.faults)
        return Page(life, id, action).render(form, 422, refusal)
    except (NotNow, Stale) as refusal:
        if not page.is_open:
            raise
        return Page(life, id, action).render(form, refusal.status, refusal)
    return _answer(page, taken)


def _take(page: Page, form: Any) -> Taken:
    version = request.form.get("version", type=int)
    password = request.form.get("password")
    return take(
        page.life,
        page.action,
        page.id,
        by=page.actor,
        words=forms.words(page.asks, form),
        edits=page.edits,
        version=-1 if version is None else version,
        content_hash=request.form.get("content_hash"),
        presence=Presence(password) if password else None,
        key=(request.form.get("idempotency_key") or "")[:64] or None,
    )


def _answer(page: Page, taken: Taken) -> Response:
    housekeeping.drop_working_copy(page.actor.person_id, page.life, page.id, page.action)
    if page.edits:
        housekeeping.drop_working_copy(page.actor.person_id, page.life, page.id, page.sheet_of_edits)
    flash(taken.sentence, "done")
    if page.action is Action.OPEN_ORIGINAL:
        _keep_words(Page(page.life, page.id, Action.READ_ORIGINAL))
        return redirect(url_for("steps.handling", id=page.id, action="read-original"), 303)
    return redirect(_place_after(page), 303)


def _place_after(page: Page) -> str:
    """The case page; the desk where the step took the case out of this person's sight, as a draft sent back is."""
    case = load_case(db.session(), page.case.suggestion.id)
    facts = facts_for(case, page.actor, page.life, page.id)
    if made := paper_made(page.action, case, facts):
        link = Markup('{}可以打印了：<a href="{}">下载{}</a>')
        flash(link.format(made.name, made.pdf_url, made.name), "plain")
    if page.action in (Action.NAME_HANDLER, Action.READ_ORIGINAL) and (led := led_to(page.id)):
        flash(led, "plain")
    return url_for("desks.desk") if sight(facts) is Sight.NOTHING else page.back_url


def _change_rows(page: Page, form: Any) -> None:
    """Add or remove a row where there is no script to do it."""
    for ask in page.asks:
        if ask.kind is not Kind.ROWS:
            continue
        if request.form.get("add_row") == ask.name:
            form[ask.name].append_entry()
        name, _, at = (request.form.get("remove_row") or "").rpartition("-")
        if name == ask.name and at.isdigit() and int(at) < len(form[ask.name].entries):
            del form[ask.name].entries[int(at)]


@bp.post("/working-copies/<any(suggestion, handling, co_handling):life>/<int:id>/<action>")
@enter(ANYBODY)
def keep(life: str, id: int, action: str) -> tuple[str, int]:
    """Keep what a person is writing; only the writer ever sees it. A sheet that was taken is not kept any more."""
    if record.taken(visitor().person.id, request.form.get("idempotency_key")):
        return "", 409
    _keep_words(Page(Life(life), id, _action(action)))
    return "", 204


@bp.get("/working-copies/taken")
@enter(ANYBODY)
def taken() -> Response:
    """Whether a sheet of this person's was taken, so that the device may forget its words."""
    return jsonify(record.taken(visitor().person.id, request.args.get("sheet")) is not None)


def _keep_words(page: Page) -> None:
    """Keep what was posted into this form as the writer's working copy, files left out."""
    asks = tuple(ask for ask in page.step.asks if ask.kind is not Kind.FILES)
    content = forms.words(asks, forms.form_for(asks, page.facts))
    housekeeping.save_working_copy(page.actor.person_id, page.life, page.id, page.action, content)


@bp.route("/handlings/<int:id>/sign-reply/edit", methods=["GET", "POST"])
@enter(ANYBODY)
def edit_letter(id: int) -> Any:
    """The director's own changes to the letter, before it is signed; signing shows and binds them."""
    page = _letter(id)
    if request.method == "POST":
        emptied = [
            row["label"] for row in showing.edit_rows(page.facts) if not request.form.get(row["name"], "-").strip()
        ]
        if emptied:
            flash(f"{'、'.join(emptied)}不能整段删去，留着原来的字；整段不要的，请退回，写明理由。", "plain")
        if changed := _keep_edits(page):
            flash(f"改了{changed}处，还没有签批；请在下面看清全文再签。", "plain")
        return redirect(url_for("steps.handling", id=id, action="sign-reply"), 303)
    return render_template("reply/edit_letter.html", page=page, texts=showing.edit_rows(page.facts))


@bp.post("/handlings/<int:id>/sign-reply/edit/working-copy")
@enter(ANYBODY)
def keep_letter(id: int) -> tuple[str, int]:
    """Keep the director's changes while they are being written."""
    _keep_edits(_letter(id))
    return "", 204


def _letter(id: int) -> Page:
    page = Page(Life.HANDLING, id, Action.SIGN_REPLY)
    if not page.is_open:
        abort(409)
    return page


def _keep_edits(page: Page) -> int:
    """Keep what differs from the draft; in how many places it does."""
    edits = {name: request.form.get(name, text).strip() for name, text in showing.editable(page.facts).items()}
    drafted = showing.drafted(page.facts)
    changed = {name: text for name, text in edits.items() if text and text != drafted[name]}
    if changed:
        housekeeping.save_working_copy(page.actor.person_id, page.life, page.id, page.sheet_of_edits, changed)
    else:
        housekeeping.drop_working_copy(page.actor.person_id, page.life, page.id, page.sheet_of_edits)
    return len(changed)

"""Hand-over lists: all that a person may read, one of them to read, sign and take along.

Who no longer holds a post still enters here, because whoever leaves signs what they leave.
"""

from functools import partial
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from suggestions import clock
from suggestions.documents.papers import as_pdf, as_word
from suggestions.domain.errors import DomainError, Invalid, Missing, NotNow, Stale
from suggestions.domain.facts import Actor
from suggestions.domain.hand_over import (
    day,
    may_read,
    opinion_words,
    promise_words,
    sealed,
    stands,
    terms,
    urging_words,
)
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import HandOver
from suggestions.models.actors import actor_of
from suggestions.queries.hand_overs.listing import GIVE, TAKE, ListPage, list_page, lists
from suggestions.queries.hand_overs.paper import TITLE, paper_of, summary
from suggestions.queries.hand_overs.waiting import Waiting, list_of_handling, list_to_director, waiting
from suggestions.usecases import hand_overs as verbs
from suggestions.usecases.accounts import Presence
from suggestions.web.case_papers import sent
from suggestions.web.forms.hand_overs import InPlaceForm
from suggestions.web.forms.steps import show_faults
from suggestions.web.guard import ANYBODY, enter, visitor
from suggestions.web.pager import pager

bp = Blueprint("hand_overs", __name__)
_SAYS = {
    "stands": stands,
    "terms": terms,
    "sealed": sealed,
    "promise_words": promise_words,
    "urging_words": urging_words,
    "opinion_words": opinion_words,
    "day": day,
}


def party() -> Actor:
    """Who reads and signs: the person in the hat they wear; without one as who they were last."""
    person, today = visitor(), clock.today()
    if person.post is not None:
        return person.actor
    if not person.person.posts:
        raise Missing
    return actor_of(
        max(person.person.posts, key=lambda post: (post.from_on <= today, post.to_on or today, post.id)), today
    )


def _layout() -> str:
    post = visitor().post
    if post is None:
        return "bare.html"
    return "deputy/base.html" if post.role is Role.DEPUTY else "base.html"


@bp.get("/hand-overs")
@enter(ANYBODY)
def index() -> str:
    """The lists that this person may read, the unsigned first."""
    page = lists(db.session(), party(), request.args.get("page", 1, type=int))
    turned = pager(page.page, partial(url_for, "hand_overs.index"))
    return render_template("hand_overs/index.html", page=page, pager=turned, layout=_layout())


@bp.route("/hand-overs/<int:id>", methods=["GET", "POST"])
@enter(ANYBODY)
def page(id: int) -> str | Response | tuple[str, int]:
    """One list: what is on it, what changed since it was signed, and the signature that is this person's to give."""
    by, form = party(), InPlaceForm()
    if request.method == "GET":
        return _render(list_page(db.session(), id, by), form)
    try:
        flash(*_sign(id, by, form))
    except (Invalid, NotNow, Stale) as refusal:
        if isinstance(refusal, Invalid):
            show_faults(form, refusal.faults)
        return _render(list_page(db.session(), id, by), form, refusal), refusal.status
    return redirect(url_for("hand_overs.page", id=id), 303)


def _sign(id: int, by: Actor, form: InPlaceForm) -> tuple[str, str]:
    password, digest = request.form.get("password"), request.form.get("content_hash", "")
    presence = Presence(password) if password else None
    match request.form.get("act", ""):
        case act if act == GIVE:
            in_place = verbs.InPlace(form.ground.data or "", form.words.data or "")
            found = verbs.hand_over(id, by=by, digest=digest, presence=presence, in_place=in_place)
            return f"已签字移交，等{found.taker.name}看过接收。", "done"
        case act if act == TAKE:
            found = verbs.take_over(id, by=by, digest=digest, presence=presence)
            return f"已签字接收{found.giver.name}移交的工作，双方签的是同一份清单。", "done"
    list_page(db.session(), id, by)
    raise Invalid("没有签，请回到清单再签一次。")


def _render(found: ListPage, form: InPlaceForm, refusal: DomainError | None = None) -> str:
    return render_template(
        "hand_overs/page.html",
        page=found,
        form=form,
        refusal=refusal,
        summary=summary(found),
        layout=_layout(),
        may_open=visitor().post is not None,
        **_SAYS,
    )


@bp.get("/hand-overs/<int:id>.docx")
@enter(ANYBODY)
def word(id: int) -> Response:
    """The list as .docx."""
    return _paper(id, "docx", as_word.MEDIA_TYPE, as_word.render)


@bp.get("/hand-overs/<int:id>.pdf")
@enter(ANYBODY)
def pdf(id: int) -> Response:
    """The list as .pdf."""
    return _paper(id, "pdf", as_pdf.MEDIA_TYPE, as_pdf.render)


def _paper(id: int, ending: str, media_type: str, render: Any) -> Response:
    found = list_page(db.session(), id, party())
    return sent(BytesIO(render(paper_of(found))), f"{TITLE} {found.giver}移交{found.taker}", ending, media_type)


def lists_left() -> tuple[Waiting, ...]:
    """What still waits for the signature of somebody who holds no post any more."""
    try:
        return waiting(db.session(), party())
    except Missing:
        return ()


def led_to(handling_id: int) -> Markup | None:
    """The sentence that leads from a change of handler to the list on which the handling now stands."""
    found = list_of_handling(db.session(), handling_id)
    return None if found is None else _led(found)


def led_to_director(unit_id: int | None, person_id: int) -> Markup | None:
    """The same for a new director; without the link for who reads no list, such as a security administrator."""
    found = list_to_director(db.session(), unit_id, person_id) if unit_id is not None else None
    return None if found is None else _led(found)


def _led(found: HandOver) -> Markup:
    """Between whom it stands, with a link for who may read it."""
    said = Markup("{}移交{}，要在{}上双方签字。")
    name = Markup('<a href="{}">交接清单</a>').format(url_for("hand_overs.page", id=found.id))
    plain = "交接清单（两位和局办公室的桌面上有）"
    return said.format(found.giver.name, found.taker.name, name if may_read(found.parties, party()) else plain)

"""A suggestion handed in on paper: its original is read first, and what was read stands in the form beside it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from suggestions.documents import readings, scans, store
from suggestions.documents.originals import Doubt
from suggestions.documents.safety import kind_of_checked
from suggestions.domain.errors import Invalid, Missing
from suggestions.domain.states import Life, Role
from suggestions.usecases import housekeeping
from suggestions.usecases.filing import Stored
from suggestions.web.guard import enter, visitor
from suggestions.web.pages import Leaves, leaves, picture

bp = Blueprint("paper_drafts", __name__)
_ACTION = "read_paper"


@dataclass(frozen=True)
class Read:
    """The paper that was read for the form: what can be shown of it, and by field what should be checked."""

    name: str
    shown: Leaves
    pages: list[str]
    doubts: dict[str, list[Doubt]]
    joint: tuple[str, ...]


def paper_of(person_id: int) -> Stored | None:
    """The paper that this person had read last for a new suggestion."""
    copy = housekeeping.working_copy(person_id, Life.SUGGESTION, 0, _ACTION)
    return Stored(**copy.content) if copy else None


@bp.post("/suggestions/new/paper")
@enter(Role.SUPERVISOR)
def read_paper() -> Response:
    """Read an original, and go on to the form that it fills; a refusal is said in its own words."""
    file = request.files.get("paper")
    if file is None or not file.filename:
        return redirect(url_for("intake.new"), 303)
    data = file.read()
    file.close()
    name = file.filename.replace("\\", "/").rsplit("/", 1)[-1][:200]
    try:
        sha256 = store.keep(data)
        readings.read(data, name, sha256)
    except Invalid as refusal:
        flash(refusal.message, "warn")
        return redirect(url_for("intake.new"), 303)
    housekeeping.save_working_copy(visitor().person.id, Life.SUGGESTION, 0, _ACTION, {"name": name, "sha256": sha256})
    return redirect(url_for("intake.new", paper=1), 303)


def fill(form: Any, paper: Stored, *, is_kept: bool) -> Read:
    """Put what was read into a form without kept words; a guess stands there marked, and the person decides."""
    found = readings.read(paper.data, paper.name, paper.sha256)
    if request.method == "GET" and not is_kept:
        form.title.data, form.category.data = found.title, found.category
        form.content.data = "\n".join(found.paragraphs)
        same = [code for code, label, *_ in form.lead.choices if found.lead and label.startswith(found.lead)]
        form.lead.data = same[0] if len(same) == 1 else form.lead.data
    doubts: dict[str, list[Doubt]] = {}
    for doubt in found.doubts:
        doubts.setdefault(doubt.field, []).append(doubt)
    if found.lead and form.lead.data is None:
        doubts.setdefault("lead", []).append(Doubt("lead", f"原件上写的是“{found.lead}”，名册里对不上一个人，请选择。"))
    shown = leaves(paper.sha256, paper.name)
    pages = [url_for("paper_drafts.page", page=at) for at in range(1, shown.pages + 1)]
    return Read(paper.name, shown, pages, doubts, found.joint)


def forget(person_id: int) -> None:
    """The paper has become the original of a suggestion."""
    housekeeping.drop_working_copy(person_id, Life.SUGGESTION, 0, _ACTION)


@bp.get("/suggestions/new/paper/<int:page>.png")
@enter(Role.SUPERVISOR)
def page(page: int) -> Response:
    """One page of the paper that was read, as a picture."""
    paper = paper_of(visitor().person.id)
    if paper is None or kind_of_checked(paper.name) not in scans.PAGED:
        raise Missing
    return picture(paper.sha256, page)

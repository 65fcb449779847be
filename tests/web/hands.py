"""The administrators' hands in tests: accounts, posts and proposals made through the pages."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.wrappers import Response

from suggestions.extensions import db
from suggestions.models import Appointment, AppointmentState, Event, Person, Unit
from suggestions.models.event import OFFICE
from suggestions.practice.people import BUREAU
from tests.web.visitor import Visitor

STRONG, STRONGER = "Yunshan-2026-wx", "Yunshan-2027-wx"


def is_out(answer: Response) -> bool:
    """Whether the answer sends the person to the login."""
    return answer.status_code == 302 and answer.headers["Location"].startswith("/login")


def token(visitor: Visitor, path: str = "/password") -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.get(path).text)
    assert found
    return found[1]


def person(username: str) -> Person:
    return db.session.scalars(select(Person).where(Person.username == username)).one()


def page_of(app: Flask, username: str) -> str:
    with app.app_context():
        return f"/people/{person(username).id}"


def post_of(app: Flask, username: str) -> int:
    with app.app_context():
        return person(username).posts[0].id


def unit_of(app: Flask, name: str = BUREAU) -> str:
    with app.app_context():
        return str(db.session.scalars(select(Unit.id).where(Unit.name == name)).one())


def acts(app: Flask) -> list[tuple[str, str, dict[str, Any]]]:
    """The acts of office since the house was furnished: who did what with which words."""
    with app.app_context():
        query = select(Event).where(Event.chain == OFFICE, Event.actor_id.is_not(None)).order_by(Event.seq)
        return [(each.actor_name, each.action, each.payload) for each in db.session.scalars(query)]


def open_account(admin: Visitor, username: str = "wenxd", **words: str) -> Any:
    told = {"name": "文向东", "username": username, "password": STRONG, "again": STRONG, **words}
    return admin.send("/people/new", **told)


def post(visitor: Visitor, path: str, **words: str) -> Any:
    """Send a bare form, with the token of the page that the person last saw."""
    token = Visitor.find(visitor.get("/password").text, "/password")["csrf_token"]
    return visitor.client.post(path, data={"csrf_token": token, **words})


def propose(app: Flask, admin: Visitor, username: str = "wenxd", **words: str) -> Any:
    told = {"role": "director", "unit": unit_of(app), "title": "局长", "from_on": "2026-03-01", **words}
    return admin.send(f"{page_of(app, username)}/appoint", **told)


def command(app: Flask, *words: str) -> str:
    """What a command that must succeed says."""
    with app.app_context():
        done = app.test_cli_runner().invoke(args=words)
    assert done.exit_code == 0, done.output
    return done.output


def make_way(app: Flask, admin: Visitor) -> None:
    """A new account, and the director's last day is the end of February."""
    open_account(admin)
    admin.take(f"{page_of(app, 'director')}/posts/{post_of(app, 'director')}/end", to_on="2026-02-28")


def only_proposal(app: Flask) -> tuple[str, AppointmentState, str]:
    with app.app_context():
        found = db.session.scalars(select(Appointment)).one()
        return f"/appointments/{found.id}", found.state, found.reason

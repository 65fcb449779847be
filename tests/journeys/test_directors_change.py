"""The director changes in the middle: a new one reads first, and one who stands in signs as such; through the pages."""

import struct
import zlib
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from suggestions.domain.errors import Invalid
from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Event, File, Handling, Person, Post, Suggestion, Unit
from suggestions.practice.play import Play
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping, office
from tests.documents.making import word
from tests.usecases.walking import BUREAU, Walk
from tests.web.hands import open_account, page_of, unit_of
from tests.web.visitor import PASSWORD, Visitor

STANDING_IN = "云山府人〔2026〕12号"
SIGN = {"remark": "属实，发。", "password": PASSWORD}


def _png() -> BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = zlib.compress((b"\x00" + b"\xff" * 40) * 30)
    head = struct.pack(">IIBBBBB", 40, 30, 8, 0, 0, 0, 0)
    return BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b""))


def _walked(app: Flask, last: str) -> str:
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 10))).until(last)
        return f"/handlings/{walk.id}"


def _go_to(app: Flask, day: date) -> None:
    with app.app_context():
        housekeeping.set_practice_day(day)


def _propose(app: Flask, admin: Visitor, **words: Any) -> str:
    """Propose 文向东, deputy head, to stand in from 2 to 31 March; the words that come back when it was refused."""
    told = {
        "role": "director", "unit": unit_of(app), "title": "副局长", "from_on": "2026-03-02", "to_on": "2026-03-31",
        "is_acting": "y", "document": STANDING_IN, "scan": (_png(), "任职文件.png"), **words,
    }  # fmt: skip
    answer = admin.send(f"{page_of(app, 'wenxd')}/appoint", **told)
    return "" if answer.status_code == 303 else answer.text


def _own_password(app: Flask, username: str) -> None:
    with app.app_context():
        people = {p.username: p for p in db.session.scalars(select(Person).where(Person.username.is_not(None)))}
        people[username].password_hash = people["director"].password_hash
        people[username].is_password_given = False
        db.session.commit()


def _read(app: Flask, at: str, reader: Visitor, remark: str = "我从头看了一遍。") -> None:
    with app.app_context():
        handling = db.session.get_one(Handling, int(at.rpartition("/")[2]))
        is_original = (File.suggestion_id == handling.suggestion_id, File.is_original)
        digests = list(db.session.scalars(select(File.sha256).where(*is_original)))
    for sha256 in digests:
        values = {**reader.form(f"{at}/read-original"), "sha256": sha256}
        assert reader.client.post(f"{at}/open-original", data=values).status_code == 303
    reader.take(f"{at}/read-original", remark=remark, password=PASSWORD)


def test_who_stands_in_signs_and_the_letter_says_so(app: Flask) -> None:
    at = _walked(app, "submitted")
    _go_to(app, date(2026, 3, 2))
    admin, supervisor, director = (Visitor(app, who) for who in ("secadmin", "supervisor", "director"))
    open_account(admin)
    _own_password(app, "wenxd")
    assert "请写批准主持工作的文件号" in _propose(app, admin, document="")
    assert "请附文件的扫描件" in _propose(app, admin, scan="")
    assert "主持工作要写明到哪一天为止" in _propose(app, admin, to_on="")
    assert "请写本人的职务" in _propose(app, admin, title="")
    assert "只有局长这个岗位能由人主持工作" in _propose(app, admin, role="clerk")
    assert "扫描件请用PDF、JPG或PNG" in _propose(app, admin, scan=(BytesIO(word("任职")), "任职.docx"))
    assert _propose(app, admin) == ""
    assert director.get(f"{at}/sign-reply").status_code == 200

    assert Visitor(app, "wenxd").get("/").status_code == 302
    waiting = supervisor.get("/appointments").text
    assert "文向东任区民政局副局长主持工作" in waiting
    path = waiting[waiting.index("/appointments/") :].split('"')[0]
    assert STANDING_IN in supervisor.get(path).text
    scan = supervisor.get(f"{path}/scan")
    assert (scan.status_code, scan.mimetype) == (200, "image/png")
    assert director.get(f"{path}/scan").status_code == 403
    supervisor.take(path, decision="confirm")

    refused = director.send(f"{at}/sign-reply", **SIGN)
    assert refused.status_code == 409
    assert "现在由文向东（2026-03-02至2026-03-31）主持工作" in refused.text
    assert "主持工作" in director.get(at).text
    twice = _propose(app, admin, from_on="2026-03-20", to_on="2026-04-20")
    assert "已经任" in twice or "同一天不能有两位" in twice

    standin = Visitor(app, "wenxd")
    unread = standin.send(f"{at}/sign-reply", **SIGN)
    assert unread.status_code == 409
    assert "您本人还没有阅看原件" in unread.text
    _read(app, at, standin)
    standin.take(f"{at}/sign-reply", **SIGN)
    assert "副局长（主持工作）文向东审签" in standin.get(f"{at}/letter").text
    assert "文向东 副局长（主持工作）" in standin.get(at).text
    assert "主持工作期间履职记录" in standin.get("/").text
    with app.app_context():
        signed = db.session.scalars(
            select(Event).where(Event.action == "sign_reply").order_by(Event.seq.desc())
        ).first()
        assert signed is not None
        assert (signed.actor_name, signed.is_acting) == ("文向东", True)
    _go_to(app, date(2026, 4, 1))
    assert standin.get("/").status_code == 302
    director.take(f"{at}/coordinate", with_whom="区财政局", remark="定了。", checked="看了", password=PASSWORD)
    with app.app_context():
        assert verify().faults == ()


def test_a_second_stand_in_is_refused_and_so_is_a_new_director_meanwhile(app: Flask) -> None:
    with app.app_context():
        unit = db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()
        people = {p.username: p for p in db.session.scalars(select(Person))}
        march: Any = {"unit": unit, "from_on": date(2026, 3, 1), "to_on": date(2026, 3, 31)}
        words: Any = {**march, "title": "副局长", "is_acting": True, "document": STANDING_IN}
        office.appoint(people["clerk"], Role.DIRECTOR, **words)
        with pytest.raises(Invalid, match=r"主持工作的是.*同一天不能有两位"):
            office.appoint(people["handler"], Role.DIRECTOR, **words)
        with pytest.raises(Invalid, match="同一天不能有两位"):
            office.appoint(people["handler"], Role.DIRECTOR, **march)
        old = db.session.scalars(select(Post).join(Post.person).where(Person.username == "director")).one()
        office.end_post(old, to_on=date(2026, 2, 20))
        with pytest.raises(Invalid, match="主持工作的是"):
            office.appoint(people["handler"], Role.DIRECTOR, **march)
        db.session.rollback()
        without_document = Post(
            person_id=people["handler"].id,
            role=Role.DIRECTOR,
            unit_id=unit.id,
            is_acting=True,
            from_on=date(2026, 5, 1),
        )
        db.session.add(without_document)
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def test_a_new_director_reads_before_signing_and_the_old_seals_stay(app: Flask) -> None:
    at = _walked(app, "approved")
    with app.app_context():
        unit = db.session.scalars(select(Unit).where(Unit.name == BUREAU)).one()
        old = db.session.scalars(select(Post).join(Post.person).where(Person.username == "director")).one()
        office.end_post(old, to_on=date(2026, 2, 20))
        heir = office.create_user("文向东", username="wenxd", password=PASSWORD)
        office.appoint(heir, Role.DIRECTOR, unit=unit, from_on=date(2026, 2, 21))
    _go_to(app, date(2026, 2, 24))
    assert Visitor(app, "director").answer.headers["Location"] == "/hats"
    new = Visitor(app, "wenxd")
    assert "您接任后还没有看过这件的原件" in new.get("/").text
    with app.app_context():
        walk = Walk(Play(date(2026, 2, 24)))
        walk.stages = ["received", "read", "planned", "approved"]
        do = walk.do
        walk.do = lambda who, action, **words: do("wenxd" if who == "director" else who, action, **words)  # type: ignore[method-assign]
        walk.until("submitted")
    refused = new.send(f"{at}/sign-reply", **SIGN)
    assert refused.status_code == 409
    assert "您本人还没有阅看原件" in refused.text
    _read(app, at, new)
    new.take(f"{at}/sign-reply", **SIGN)
    page = new.get(at).text
    assert "沈怀远" in page
    with app.app_context():
        handling = db.session.get_one(Handling, int(at.rpartition("/")[2]))
        query = select(Event.action, Event.actor_name).where(
            Event.suggestion_id == handling.suggestion_id, Event.action.in_(["approve_plan", "sign_reply"])
        )
        assert {row.action: row.actor_name for row in db.session.execute(query)} == {
            "approve_plan": "沈怀远",
            "sign_reply": "文向东",
        }
        assert db.session.get_one(Suggestion, handling.suggestion_id).state == "assigned"

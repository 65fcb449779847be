"""Delivering on both databases: what was chosen goes out, once, in its hours; what fails is tried again and shown."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import exists, select

from suggestions import clock
from suggestions.domain.errors import Invalid, Missing, NotNow
from suggestions.domain.reaching import Channel, Rhythm, Sending
from suggestions.extensions import db
from suggestions.models import Delivery, EmailCode, Event, Notice, Person
from suggestions.notify.message import Line, Message, NotSentError, UncertainError
from suggestions.practice.play import Play
from suggestions.usecases import delivering, outbox, proving_email, reaching
from suggestions.usecases.transaction import use_case

SITE = "https://jy.example.cn"
TEXT = "第010号《关于修路的建议》：请签收。"


class Outside:
    """A way out that keeps what it was given, or fails as told."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.taken: list[Message] = []
        self.fault = fault

    def send(self, message: Message) -> None:
        self.taken.append(message)
        if self.fault:
            raise self.fault


def person(name: str = "clerk") -> int:
    return db.session.scalars(select(Person.id).where(Person.username == name)).one()


@use_case
def tell(person_id: int) -> None:
    """Tell a person of an event that they were not told of yet."""
    known = exists().where(Notice.chain == Event.chain, Notice.seq == Event.seq, Notice.person_id == person_id)
    event = db.session.scalars(select(Event).where(~known).order_by(Event.chain, Event.seq).limit(1)).one()
    told = Event(chain=event.chain, seq=event.seq, at=clock.now())
    outbox.tell([person_id], told, text=TEXT, address="/handlings/10")


def rows() -> list[Delivery]:
    db.session.rollback()
    return list(db.session.scalars(select(Delivery).order_by(Delivery.id)))


def choose(rhythm: Rhythm = Rhythm(), channels: tuple[Channel, ...] = (Channel.MAIL,)) -> int:  # noqa: B008
    reaching.set_reach(person(), channels=channels, email="a@example.cn", rhythm=rhythm)
    if not reaching.reach_of(person()).is_email_proven:
        proving_email.ask_code(person())
        proving_email.prove(person(), sent_code())
    return person()


def sent_code() -> str:
    """The newest code, as the letter brings it."""
    row = proving_email.newest(reaching.reach_of(person()))
    assert row is not None
    return proving_email.code_of(row)


@pytest.fixture
def noon(play: Play) -> Iterator[datetime]:
    moment = datetime(2026, 2, 10, 12, tzinfo=clock.CHINA)
    with clock.pinned(moment):
        yield moment


def test_what_was_chosen_goes_out_once(noon: datetime) -> None:
    me, mail = choose(), Outside()
    tell(me)
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 1
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 0
    assert [m.lines for m in mail.taken] == [(Line(TEXT, f"{SITE}/handlings/10"),)]
    assert rows()[0].state is Sending.SENT


def test_nothing_goes_out_of_a_transaction_that_fails(noon: datetime) -> None:
    me = choose()

    @use_case
    def fails() -> None:
        tell(me)
        raise Invalid("不办了")

    with pytest.raises(Invalid):
        fails()
    assert rows() == []


def test_quiet_hours_and_digest_wait(noon: datetime) -> None:
    me, mail = choose(Rhythm(22, 7, 8)), Outside()
    tell(me)
    tell(me)
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 0
    with clock.pinned(noon + timedelta(hours=21)):
        assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 1
    assert [len(m.lines) for m in mail.taken] == [2]


def test_a_late_run_keeps_the_quiet_hours(noon: datetime) -> None:
    me, mail = choose(Rhythm(22, 7)), Outside()
    tell(me)
    with clock.pinned(noon + timedelta(hours=11)):
        assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 0
    assert rows()[0].due_at == datetime(2026, 2, 11, 7, tzinfo=clock.CHINA)


def test_a_refusal_is_tried_again_later_and_at_last_given_up(noon: datetime) -> None:
    me, mail = choose(), Outside(NotSentError("连不上"))
    tell(me)
    for hours in range(40):
        with clock.pinned(noon + timedelta(hours=hours)):
            delivering.deliver({Channel.MAIL: mail}, SITE)
    assert (len(mail.taken), rows()[0].state, rows()[0].last_error) == (6, Sending.FAILED, "连不上")


def test_of_an_unknown_fate_nothing_is_sent_twice(noon: datetime) -> None:
    me, mail = choose(), Outside(UncertainError("没有回话"))
    tell(me)
    tell(me)
    assert delivering.deliver({Channel.MAIL: mail}, SITE).unknown == 2
    with clock.pinned(noon + timedelta(days=1)):
        delivering.deliver({Channel.MAIL: mail}, SITE)
    assert len(mail.taken) == 2


def test_a_sender_killed_between_sending_and_marking_leaves_an_unknown_fate(noon: datetime) -> None:
    me, mail = choose(), Outside()
    tell(me)
    assert delivering.claim([Channel.MAIL], SITE) is not None
    assert delivering.deliver({Channel.MAIL: mail}, SITE) == delivering.Delivered()
    row = rows()[0]
    row.claimed_at = datetime.now(UTC) - timedelta(hours=1)
    db.session.commit()
    assert delivering.deliver({Channel.MAIL: mail}, SITE).unknown == 1
    assert mail.taken == []


def test_nothing_but_a_code_goes_to_an_address_before_it_is_proven(noon: datetime) -> None:
    me, mail = person(), Outside()
    reaching.set_reach(me, channels=[Channel.MAIL], email="b@example.cn", rhythm=Rhythm())
    tell(me)
    proving_email.ask_code(me)
    code = sent_code()
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 1
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 0
    assert [(m.to, m.code, m.lines) for m in mail.taken] == [("b@example.cn", code, ())]
    proving_email.prove(me, f" {code[:3]} {code[3:]}")
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 1
    assert mail.taken[-1].lines[0].text == TEXT
    reaching.set_reach(me, channels=[Channel.MAIL], email="c@example.cn", rhythm=Rhythm())
    tell(me)
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 0
    with pytest.raises(Invalid):
        proving_email.prove(me, code)
    with clock.pinned(noon + timedelta(days=4)):
        delivering.deliver({Channel.MAIL: mail}, SITE)
    assert [row.last_error for row in rows()] == ["", "过了三天，邮件地址还没有验证"]


def test_a_code_expires_bears_few_guesses_and_comes_few_times(noon: datetime) -> None:
    me = person()
    with pytest.raises(NotNow):
        proving_email.ask_code(me)
    reaching.set_reach(me, channels=[Channel.MAIL], email="b@example.cn", rhythm=Rhythm())
    proving_email.ask_code(me)
    code = sent_code()
    wrong = "000000" if code != "000000" else "000001"
    for left in (4, 3, 2, 1):
        with pytest.raises(Invalid) as refusal:
            proving_email.prove(me, wrong)
        assert f"还可以试{left}次" in refusal.value.faults["code"]
    for given in (wrong, code):
        with pytest.raises(Invalid) as refusal:
            proving_email.prove(me, given)
        assert "作废" in refusal.value.faults["code"]
    proving_email.ask_code(me)
    row = db.session.scalars(select(EmailCode).order_by(EmailCode.id.desc())).first()
    assert row is not None
    late = proving_email.code_of(row)
    row.asked_at -= timedelta(minutes=31)
    db.session.commit()
    with pytest.raises(Invalid):
        proving_email.prove(me, late)
    mail = Outside()
    assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 0, "nobody could give it any more"
    for _ in range(3):
        proving_email.ask_code(me)
    with pytest.raises(NotNow, match="一天最多发5个"):
        proving_email.ask_code(me)
    mail.fault = NotSentError("连不上邮件服务器")
    assert delivering.deliver({Channel.MAIL: mail}, SITE).failed == 1
    assert delivering.deliver({Channel.MAIL: mail}, SITE).failed == 0
    assert not reaching.reach_of(me).is_email_proven


def test_what_failed_is_sent_again_by_a_button(noon: datetime) -> None:
    me, mail = choose(), Outside(NotSentError("连不上"))
    tell(me)
    (waiting,) = rows()
    with pytest.raises(Missing):
        delivering.send_again(waiting.id, person_id=me)
    with clock.pinned(noon + timedelta(days=4)):
        delivering.deliver({Channel.MAIL: mail}, SITE)
        assert rows()[0].state is Sending.FAILED
        for other in ("handler", "supervisor"):
            with pytest.raises(Missing):
                delivering.send_again(waiting.id, person_id=person(other))
        delivering.send_again(waiting.id)
        mail.fault = UncertainError("没有回话")
        assert delivering.deliver({Channel.MAIL: mail}, SITE).unknown == 1
        with pytest.raises(Missing):
            delivering.send_again(waiting.id)
        delivering.send_again(waiting.id, person_id=me)
        mail.fault = None
        assert delivering.deliver({Channel.MAIL: mail}, SITE).sent == 1
        with pytest.raises(Missing):
            delivering.send_again(waiting.id, person_id=me)
    assert len({m.key for m in mail.taken}) == len(mail.taken) == 2


def test_of_two_at_once_each_message_is_taken_by_one(app: Flask, noon: datetime) -> None:
    me, mail, barrier = choose(), Outside(), Barrier(3)
    for _ in range(3):
        tell(me)
    db.session.rollback()

    def run(_: int) -> int:
        with app.app_context(), clock.pinned(noon):
            barrier.wait(timeout=30)
            return delivering.deliver({Channel.MAIL: mail}, SITE).sent

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(run, range(3))) == 3
    assert len({m.key for m in mail.taken}) == len(mail.taken) == 3


def test_what_is_switched_off_does_not_leave(noon: datetime) -> None:
    me = choose()
    tell(me)
    choose(channels=())
    assert rows()[0].state is Sending.DROPPED


def test_a_deputy_is_never_named_in_a_group(noon: datetime) -> None:
    with pytest.raises(Invalid) as refusal:
        reaching.set_reach(person("deputy"), channels=[Channel.WECOM], email="", rhythm=Rhythm())
    assert "群" in refusal.value.faults["channels"]


def test_the_command_says_what_is_missing(app: Flask) -> None:
    run = app.test_cli_runner().invoke
    assert "发出0条" in run(args=["deliver"]).output
    app.config["MAIL_URL"] = "smtp://127.0.0.1:1?from=jy@example.cn"
    refused = run(args=["deliver"])
    assert (refused.exit_code, "SITE_URL" in refused.output) == (1, True)

"""Appointments: at once, or for a director when a second person confirms it."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from suggestions.domain.states import Role
from suggestions.extensions import db
from suggestions.models import Appointment, AppointmentState, Notice, Person, Post, Unit
from suggestions.practice.people import BUREAU
from suggestions.usecases import office
from tests.conftest import ASSIGNED_ON
from tests.web.hands import STRONG, acts, command, make_way, only_proposal, page_of, person, post, propose, unit_of
from tests.web.visitor import Visitor


@pytest.mark.parametrize(
    ("username", "words", "sentence"),
    [
        ("auditor", {"role": "sysadmin"}, "不能兼任"),
        ("handler", {"role": "auditor"}, "不能兼任"),
        ("sysadmin", {"role": "deputy"}, "是管理员，不能再任别的职务"),
        ("deputy", {"role": "handler"}, "属于一个承办单位"),
        ("deputy", {"role": ""}, "请选择岗位"),
        ("deputy", {"role": "system"}, "请选择岗位"),
        ("deputy", {"role": "handler", "unit": "9999"}, "请从列表里选单位"),
        ("deputy", {"role": "inspector", "from_on": "2026-03-02", "to_on": "2026-03-01"}, "不能早于到任日期"),
        ("deputy", {"role": "inspector", "from_on": "2026-02-30"}, "请写成年-月-日"),
    ],
)
def test_posts_that_cannot_be_held_are_refused(
    house: Flask, admin: Visitor, username: str, words: dict[str, str], sentence: str
) -> None:
    answer = admin.send(f"{page_of(house, username)}/appoint", **words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert acts(house) == []


def test_other_posts_take_effect_at_once(house: Flask, admin: Visitor) -> None:
    page = page_of(house, "deputy3")
    assert "请至少选一种审核" in admin.send(f"{page}/appoint", role="reviewer", unit=unit_of(house)).text
    words: dict[str, Any] = {"role": "reviewer", "unit": unit_of(house), "endorsement_kinds": ["legal", "secrecy"]}
    admin.take(f"{page}/appoint", **words)
    with house.app_context():
        held = person("deputy3").posts[-1]
        assert (held.role, held.endorsement_kinds, held.title) == ("reviewer", ["legal", "secrecy"], "审核人")
    twice = admin.send(f"{page}/appoint", **words)
    assert twice.status_code == 422
    assert "不用再任一次" in twice.text
    assert Visitor(house, "deputy3").answer.headers["Location"] == "/hats"


def test_two_directors_on_one_day_are_refused(house: Flask, admin: Visitor) -> None:
    make_way(house, admin)
    answer = propose(house, admin, from_on="2026-02-28")
    assert answer.status_code == 422
    assert "的局长是沈怀远，同一天不能有两位" in answer.text
    assert propose(house, admin).status_code == 303


def test_a_director_is_confirmed_by_a_second_person(house: Flask, admin: Visitor) -> None:
    make_way(house, admin)
    assert propose(house, admin).status_code == 303
    assert "已经提出，正等第二个人确认" in propose(house, admin).text
    path, state, _ = only_proposal(house)
    assert state is AppointmentState.PROPOSED
    with house.app_context():
        assert person("wenxd").posts == []
        told = select(Person.username).join(Notice, Notice.person_id == Person.id).where(Notice.address == path)
        assert sorted(str(name) for name in db.session.scalars(told)) == ["supervisor", "supervisor2"]
    own = admin.get(path).text
    assert "撤回" in own
    assert "确认任命" not in own
    assert post(admin, path, decision="confirm").status_code == 403
    assert only_proposal(house)[1] is AppointmentState.PROPOSED
    supervisor = Visitor(house, "supervisor")
    assert "文向东任区民政局局长" in supervisor.get("/appointments").text
    assert "已确认" in supervisor.take(path, decision="confirm").text
    assert only_proposal(house)[1] is AppointmentState.CONFIRMED
    with house.app_context():
        (held,) = person("wenxd").posts
        assert (held.role, held.unit_id, str(held.from_on)) == ("director", int(unit_of(house)), "2026-03-01")
    late = post(Visitor(house, "supervisor2"), path, decision="refuse", reason="不对")
    assert late.status_code == 409
    assert "周敏已经确认了这项任命" in late.text
    assert [(who, act) for who, act, _ in acts(house)] == [
        ("冯立", "create_user"),
        ("冯立", "end_post"),
        ("冯立", "propose_appointment"),
        ("周敏", "appoint"),
        ("周敏", "confirm_appointment"),
    ]


def test_confirming_judges_the_post_anew(house: Flask, admin: Visitor) -> None:
    make_way(house, admin)
    propose(house, admin)
    path = only_proposal(house)[0]
    with house.app_context():
        unit = db.session.get_one(Unit, int(unit_of(house)))
        other = office.create_user("别的人")
        office.appoint(other, Role.DIRECTOR, unit=unit, from_on=ASSIGNED_ON.replace(month=3, day=20))
    answer = Visitor(house, "supervisor").send(path, decision="confirm")
    assert answer.status_code == 422
    assert "的局长是别的人，同一天不能有两位" in answer.text
    assert only_proposal(house)[1] is AppointmentState.PROPOSED
    with house.app_context():
        assert person("wenxd").posts == []


def test_a_proposal_is_refused_with_a_reason_or_withdrawn(house: Flask, admin: Visitor) -> None:
    make_way(house, admin)
    propose(house, admin)
    path = only_proposal(house)[0]
    supervisor = Visitor(house, "supervisor")
    assert "不同意要写明理由" in supervisor.send(path, decision="refuse").text
    assert post(supervisor, path, decision="withdraw").status_code == 403
    assert post(supervisor, path, decision="anything").status_code == 422
    supervisor.take(path, decision="refuse", reason="任命文件还没有下。")
    assert only_proposal(house)[1:] == (AppointmentState.REFUSED, "任命文件还没有下。")
    propose(house, admin)
    with house.app_context():
        newest = db.session.scalars(select(Appointment.id).order_by(Appointment.id.desc())).first()
    admin.take(f"/appointments/{newest}", decision="withdraw")
    assert [act for _, act, _ in acts(house)][-1] == "withdraw_appointment"
    assert "没有待确认的任命" in admin.get("/appointments").text
    assert admin.get("/appointments/999").status_code == 404


def test_nobody_confirms_the_own_appointment(house: Flask, admin: Visitor) -> None:
    make_way(house, admin)
    propose(house, admin, "supervisor")
    path = only_proposal(house)[0]
    supervisor = Visitor(house, "supervisor")
    assert "确认任命" not in supervisor.get(path).text.split("<main", 1)[1]
    assert post(supervisor, path, decision="confirm").status_code == 403
    Visitor(house, "supervisor2").take(path, decision="confirm")


def test_the_database_refuses_one_person_as_both(house: Flask, admin: Visitor) -> None:
    make_way(house, admin)
    propose(house, admin)
    statement = text("UPDATE appointment SET state = 'confirmed', decided_by_id = proposed_by_id")
    with house.app_context(), pytest.raises(IntegrityError, match="two_persons"), db.engine.begin() as connection:
        connection.execute(statement)


def test_the_command_line_appoints_at_the_first_run_and_proposes_afterwards(house: Flask, empty_app: Flask) -> None:
    command(empty_app, "register-unit", BUREAU)
    for username in ("wenxd", "longzt"):
        command(empty_app, "create-user", username, "张三", "--password", STRONG)
    assert "任区民政局局长。" in command(empty_app, "appoint", "wenxd", "director", "--unit", BUREAU)
    with empty_app.app_context():
        assert [each.role for each in db.session.scalars(select(Post))] == ["director"]
        assert person("wenxd").is_password_given
    with house.app_context():
        office.register_unit("区新设局")
        office.create_user("文向东", username="wenxd")
    assert "还没有生效" in command(house, "appoint", "wenxd", "director", "--unit", "区新设局")
    path, state, _ = only_proposal(house)
    assert state is AppointmentState.PROPOSED
    assert "命令行" in Visitor(house, "secadmin").take(path, decision="confirm").text
    assert "任区新设局承办人" in command(house, "appoint", "wenxd", "handler", "--unit", "区新设局")

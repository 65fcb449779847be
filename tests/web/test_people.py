"""The people pages: accounts, first passwords, posts with their end, units."""

import pytest
from flask import Flask
from sqlalchemy import event

from suggestions.extensions import db
from suggestions.practice.people import BUREAU
from suggestions.usecases import office
from tests.web.hands import STRONG, STRONGER, acts, open_account, page_of, person, post, post_of, unit_of
from tests.web.visitor import PASSWORD, Visitor

PATHS = ("/people", "/people/new", "/people/1", "/people/1/appoint", "/people/1/password", "/people/1/posts/1/end")


@pytest.mark.parametrize("who", ["sysadmin", "auditor", "supervisor", "director", "deputy"])
def test_only_the_security_administrator_sees_people(house: Flask, who: str) -> None:
    visitor = Visitor(house, who)
    assert {path: visitor.get(path).status_code for path in PATHS} == dict.fromkeys(PATHS, 403)
    for path in ("/people/1/deactivate", "/people/1/activate", "/people/1/posts/1/take-back"):
        assert post(visitor, path).status_code == 403
    assert visitor.get("/units").status_code == (200 if who == "sysadmin" else 403)
    assert visitor.get("/units/1/endorsement-kinds").status_code == 403
    assert visitor.get("/appointments").status_code == (200 if who == "supervisor" else 403)
    assert acts(house) == []


def test_the_security_administrator_reads_no_case_and_registers_no_unit(admin: Visitor) -> None:
    paths = ("/units/new", "/register", "/import", "/verification")
    assert {path: admin.get(path).status_code for path in paths} == dict.fromkeys(paths, 403)


def test_people_are_found_by_name_account_unit_and_post(admin: Visitor) -> None:
    for q, name in (("沈怀", "沈怀远"), ("DIRECTOR", "沈怀远"), ("区民政局", "沈怀远"), ("审计员", "邱林")):
        found = admin.get(f"/people?q={q}").text
        assert name in found, q
    assert "陈立群" not in admin.get("/people?q=区民政局").text
    assert "没有找到" in admin.get("/people?q=%25").text


def test_people_turn_their_pages_by_key(admin: Visitor) -> None:
    first = admin.get("/people").text
    assert "第1—25人，共" in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = admin.get(following).text
    assert "第26—50人" in second
    back = second.split('rel="prev"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "第1—25人" in admin.get(back).text
    assert admin.get("/people?after=99999999999999999999").status_code == 200


@pytest.mark.parametrize(
    ("path", "most"), [("/people", 5), ("/people?q=局", 5), ("/people/1", 8), ("/appointments", 5)]
)
def test_pages_ask_few_questions(house: Flask, admin: Visitor, path: str, most: int) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            statements.append(statement)

    admin.get(path)
    with house.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    assert admin.get(path).status_code == 200
    event.remove(engine, "before_cursor_execute", note)
    assert len(statements) <= most, statements


def test_an_account_is_opened_and_its_password_is_changed_first(house: Flask, admin: Visitor) -> None:
    assert open_account(admin).status_code == 303
    admin.take(f"{page_of(house, 'wenxd')}/appoint", role="inspector", title="区政府督查室")
    assert [(who, act) for who, act, _ in acts(house)] == [("冯立", "create_user"), ("冯立", "appoint")]
    newcomer = Visitor(house, "wenxd", STRONG)
    for path in ("/", "/register", "/notices"):
        assert newcomer.get(path).headers["Location"] == "/password"
    assert "别人替您设的" in newcomer.get("/password").text
    same = newcomer.send("/password", old=STRONG, new=STRONG, again=STRONG)
    assert same.status_code == 422
    assert "新密码要和原密码不一样" in same.text
    newcomer.take("/password", old=STRONG, new=STRONGER, again=STRONGER)
    assert newcomer.get("/").status_code == 200


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"password": "short", "again": "short"}, "至少12个字符"),
        ({"password": "onlysmallletters", "again": "onlysmallletters"}, "三种"),
        ({"password": "Wenxd-2026-abc", "again": "Wenxd-2026-abc", "username": "Wenxd"}, "不能含有账号"),
        ({"again": STRONGER}, "两次输入的密码不一样"),
        ({"username": "director"}, "已经有人用"),
        ({"username": "wen xd"}, "中间不能有空格"),
        ({"username": "x" * 51}, "不超过50个字"),
        ({"name": " "}, "请写姓名"),
    ],
)
def test_an_account_that_is_ill_formed_is_refused(
    house: Flask, admin: Visitor, words: dict[str, str], sentence: str
) -> None:
    answer = open_account(admin, **words)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert STRONG not in answer.text
    assert acts(house) == []


def test_a_first_password_ends_every_session(house: Flask, admin: Visitor) -> None:
    handler = Visitor(house, "handler")
    assert handler.get("/").status_code == 200
    admin.take(f"{page_of(house, 'handler')}/password", password=STRONG, again=STRONG)
    assert handler.get("/").headers["Location"].startswith("/login")
    assert Visitor(house, "handler", PASSWORD).answer.status_code == 422
    assert Visitor(house, "handler", STRONG).get("/").headers["Location"] == "/password"
    ((who, act, payload),) = acts(house)
    assert (who, act, payload["username"]) == ("冯立", "give_password", "handler")
    assert "argon2" not in str(payload)
    assert STRONG not in str(payload)


def test_a_person_without_account_is_given_one(house: Flask, admin: Visitor) -> None:
    with house.app_context():
        id = office.create_user("龙在田").id
    path = f"/people/{id}/password"
    assert "开账号" in admin.get(f"/people/{id}").text
    assert admin.send(path, username="director", password=STRONG, again=STRONG).status_code == 422
    admin.take(path, username="longzt", password=STRONG, again=STRONG)
    newcomer = Visitor(house, "longzt", STRONG)
    assert "您今天没有岗位" in newcomer.get("/hats").text
    assert newcomer.get("/").headers["Location"] == "/hats"


def test_a_stopped_account_is_dead_at_once(house: Flask, admin: Visitor) -> None:
    clerk, page = Visitor(house, "clerk"), page_of(house, "clerk")
    assert clerk.get("/").status_code == 200
    assert post(admin, f"{page}/deactivate").status_code == 303
    assert clerk.get("/").headers["Location"].startswith("/login")
    assert Visitor(house, "clerk").answer.status_code == 422
    assert "停用" in admin.get(page).text
    refused = admin.send(f"{page}/appoint", role="handler", unit=unit_of(house))
    assert refused.status_code == 422
    assert "先启用再任职" in refused.text
    assert post(admin, f"{page}/activate").status_code == 303
    assert clerk.get("/").headers["Location"].startswith("/login")
    assert Visitor(house, "clerk").get("/").status_code == 200
    assert [act for _, act, _ in acts(house)] == ["deactivate_account", "activate_account"]


def test_an_administrator_does_not_change_the_own_account(house: Flask, admin: Visitor) -> None:
    own = page_of(house, "secadmin")
    assert "由另一位安全管理员来改" in admin.get(own).text
    end = f"/posts/{post_of(house, 'secadmin')}"
    answers = [
        post(admin, f"{own}/deactivate"),
        post(admin, f"{own}{end}/take-back"),
        admin.send(f"{own}{end}/end", to_on="2026-02-08"),
        admin.send(f"{own}/password", password=STRONG, again=STRONG),
        admin.send(f"{own}/appoint", role="auditor"),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert acts(house) == []


def test_a_post_that_has_ended_stops_acting_at_the_next_request(house: Flask, admin: Visitor) -> None:
    inspector = Visitor(house, "inspector")
    assert inspector.get("/register").status_code == 200
    page, id = page_of(house, "inspector"), post_of(house, "inspector")
    end = f"{page}/posts/{id}/end"
    early = admin.send(end, to_on="2025-12-31")
    assert early.status_code == 422
    assert "不能早于到任日期2026-01-01" in early.text
    assert "请写成年-月-日" in admin.send(end, to_on="明天").text
    admin.take(end, to_on="2026-02-08")
    assert inspector.get("/register").headers["Location"] == "/hats"
    assert "您今天没有岗位" in inspector.get("/hats").text
    longer = admin.send(end, to_on="2026-12-31")
    assert longer.status_code == 422
    assert "只能提前" in longer.text
    assert [act for _, act, _ in acts(house)] == ["end_post"]
    assert admin.get(f"{page_of(house, 'handler')}/posts/{id}/end").status_code == 404


def test_a_post_entered_by_mistake_is_taken_back_unless_it_was_used(house: Flask, admin: Visitor) -> None:
    open_account(admin)
    page = page_of(house, "wenxd")
    admin.take(f"{page}/appoint", role="clerk", unit=unit_of(house), from_on="2027-01-01")
    assert "录错了，撤销" in admin.get(page).text
    assert post(admin, f"{page}/posts/{post_of(house, 'wenxd')}/take-back").status_code == 303
    with house.app_context():
        assert person("wenxd").posts == []
    supervisor, used = page_of(house, "supervisor"), post_of(house, "supervisor")
    assert "录错了，撤销" not in admin.get(supervisor).text
    refused = post(admin, f"{supervisor}/posts/{used}/take-back")
    assert refused.status_code == 409
    assert "只能写离任日期" in refused.text


def test_the_security_administrator_decides_which_endorsements_a_unit_needs(house: Flask, admin: Visitor) -> None:
    path = f"/units/{unit_of(house)}/endorsement-kinds"
    assert "按规则库" in admin.get("/units").text
    assert "登记单位</a>" not in admin.get("/units").text
    refused = admin.send(path, kinds=["section"])
    assert refused.status_code == 422
    assert "保密审核不能去掉" in refused.text
    assert "科室审核、保密审核" in admin.take(path, kinds=["section", "secrecy"]).text
    admin.take(path, kinds=[])
    said = [(act, payload["name"], payload["kinds"]) for _, act, payload in acts(house)]
    wanted = "set_endorsement_kinds", BUREAU
    assert said == [(*wanted, ["section", "secrecy"]), (*wanted, None)]
    assert admin.get("/units/999999999999/endorsement-kinds").status_code == 404


def test_the_system_administrator_registers_units(house: Flask) -> None:
    sysadmin = Visitor(house, "sysadmin")
    assert BUREAU in sysadmin.get("/units").text
    assert BUREAU in sysadmin.take("/units/new", name=" 区新设局 ", phone="023-55500199").text
    taken = sysadmin.send("/units/new", name="区新设局")
    assert taken.status_code == 422
    assert "已经登记过" in taken.text
    ((who, act, payload),) = acts(house)
    assert (who, act, payload["name"], payload["is_government"]) == ("卢翔", "register_unit", "区新设局", True)

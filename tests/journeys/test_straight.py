"""第001号 from 待签收 to 办结, through the pages, one browser for each person."""

import re

from flask import Flask
from sqlalchemy import select

from suggestions import clock
from suggestions.documents.letters.parts import plain
from suggestions.extensions import db
from suggestions.models import CoHandling, Event, File, Handling, Person, Suggestion, Unit
from suggestions.practice import START
from suggestions.queries.verification import verify
from suggestions.usecases import housekeeping
from tests.documents.writing import joined, word_texts
from tests.web.visitor import PASSWORD, Visitor

ANSWERS = [
    {
        "request_no": "1",
        "text": "全区社区工作者637人，统一的劳动合同已于2月26日签完，用工主体为街道办事处。",
        "result_class": "A",
        "proof": "区人力社保局备案回执",
    },
    {
        "request_no": "2",
        "text": "缴纳基数已统一为本人上年度月平均工资，7月31日前完成核定并逐人告知。",
        "result_class": "B",
        "done_on": "2026-07-31",
    },
    {
        "request_no": "3",
        "text": "岗位等级需要市级部门定标准，已于3月2日上报市民政局。",
        "result_class": "D",
        "proof": "云山民政〔2026〕8号",
    },
]


def _ids(app: Flask) -> dict[str, int]:
    with app.app_context():
        handling = db.session.scalars(select(Handling).join(Suggestion).where(Suggestion.number == "001")).one()
        found = {"handling": handling.id, "suggestion": handling.suggestion_id}
        found["handler"] = db.session.scalars(select(Person.id).where(Person.username == "handler")).one()
        rows = db.session.execute(
            select(Unit.name, CoHandling.id).join(Unit).where(CoHandling.handling_id == handling.id)
        )
        return found | {str(name): int(id) for name, id in rows}


def _state(app: Flask, id: int) -> str:
    with app.app_context():
        return str(db.session.scalars(select(Handling.state).where(Handling.id == id)).one())


def _files(app: Flask, id: int) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(File.sha256).where(File.suggestion_id == id, File.is_original)))


def _move_day(app: Flask) -> None:
    with app.app_context():
        housekeeping.set_practice_day(START)


def test_001_goes_from_receipt_to_close(app: Flask) -> None:
    _move_day(app)
    ids = _ids(app)
    at = f"/handlings/{ids['handling']}"
    director, handler, reviewer, clerk = (Visitor(app, who) for who in ("director", "handler", "reviewer", "clerk"))
    deputy, supervisor = Visitor(app, "deputy"), Visitor(app, "supervisor")

    page = clerk.take(f"{at}/receive").text
    assert "已签收" in page

    refused = director.send(f"{at}/read-original", remark="看过", handler=str(ids["handler"]), password=PASSWORD)
    assert refused.status_code == 409
    assert "还没有用您本人的账号打开看完" in refused.text
    for sha256 in _files(app, ids["suggestion"]):
        opened = director.client.post(
            f"{at}/open-original", data={**director.form(f"{at}/read-original"), "sha256": sha256}
        )
        assert opened.status_code == 303
    read = {"remark": "社区工作者的合同拖不得，冬梅牵头，先把人数核清。", "handler": str(ids["handler"])}
    assert director.send(f"{at}/read-original", **read).status_code == 422
    wrong = director.send(f"{at}/read-original", **read, password="not-the-password")
    assert wrong.status_code == 422
    assert "密码不对" in wrong.text
    director.take(f"{at}/read-original", **read, password=PASSWORD)
    assert _state(app, ids["handling"]) == "planning"

    split = handler.form(f"{at}/split-requests")
    assert split["requests-0-text"] == ["明确社区工作者的用工主体，统一签订书面劳动合同或服务协议文本。"]
    handler.take(f"{at}/split-requests")
    measures = [
        {"request_no": str(n), "measure": f"办第{n}条", "owner": "韩冬梅", "due_on": "2026-04-30"} for n in (1, 2)
    ]
    short = handler.send(f"{at}/submit-plan", measures=measures, hardest="经费，请区财政局出面。")
    assert short.status_code == 409
    assert "第3条诉求没有措施" in short.text
    measures.append({"request_no": "3", "measure": "报市局", "owner": "韩冬梅", "due_on": "2026-04-30"})
    handler.take(f"{at}/submit-plan", measures=measures, hardest="经费，请区财政局出面。")
    director.take(f"{at}/return-plan", reason="第2条没有写钱从哪里来。")
    handler.take(f"{at}/submit-plan", measures=measures, hardest="经费，请区财政局列入预算调整。")
    director.take(f"{at}/approve-plan", remark="最难的是第2条，我去找财政局。", password=PASSWORD)
    assert _state(app, ids["handling"]) == "in_progress"

    lacking = handler.send(f"{at}/submit-reply")
    assert lacking.status_code == 409
    for sentence in ("还没有联系过代表", "还没有起草复函", "局长本人还没有督促过"):
        assert sentence in lacking.text
    with app.app_context():
        today = clock.today().isoformat()
    handler.take(
        f"{at}/record-contact", form="visit", contacted_on=today, place="上河街道", rank="section", people="韩冬梅 科长",
        asked="合同文本要全区统一", agreed="三月底前给名单",
    )  # fmt: skip
    deputy.take(f"{at}/confirm-contact", contact=_first_option(deputy, f"{at}/confirm-contact"))
    handler.take(f"{at}/record-progress", progress="三个街道已签412份合同。", is_shown="y")
    director.take(
        f"{at}/urge", form="hear", remark="听了韩冬梅汇报，财政局还没有回话。", demand="后天带回财政局意见",
        answer_due_on="2026-05-08", password=PASSWORD,
    )  # fmt: skip
    handler.take(f"{at}/answer-urging", urging=_first_option(handler, f"{at}/answer-urging"), answer="财政局同意列入。")

    hr, money = ids["区人力社保局"], ids["区财政局"]
    for co, who, boss in ((hr, "cohandler", "otherdirector"), (money, "handler@区财政局", "director@区财政局")):
        giver, releaser = Visitor(app, who), Visitor(app, boss)
        giver.take(f"/co-handlings/{co}/give-co-opinion", opinion="同意使用统一文本，已安排3名专员到街道指导。")
        releaser.take(f"/co-handlings/{co}/release-co-opinion")
        handler.take(f"/co-handlings/{co}/accept-co-opinion")

    handler.take(
        f"{at}/add-promise", request_no="2", sentence=ANSWERS[1]["text"], measure="完成基数核定并逐人告知",
        owner="韩冬梅", due_on="2026-07-31", evidence="核定名册",
    )  # fmt: skip
    passages = [
        {"co_handling": str(hr), "text": "区人力社保局提供了统一文本并派员指导。"},
        {"co_handling": str(money), "text": "区财政局将所需经费列入预算调整方案。"},
    ]
    letter = {
        "answers": ANSWERS,
        "passages": passages,
        "result_class": "B",
        "publication": "proactive",
        "not_promises": [{"sentence": passages[1]["text"], "reason": "已经列入，文件已发"}],
    }
    handler.take(f"{at}/draft-reply", **letter)
    assert "保密审核" in handler.send(f"{at}/submit-reply").text
    reviewer.take(f"{at}/endorse", kind="secrecy", opinion="不涉密，可以公开。")
    for co, who in ((hr, "cohandler"), (money, "handler@区财政局")):
        Visitor(app, who).take(f"/co-handlings/{co}/countersign")
    handler.take(f"{at}/submit-reply")
    assert _state(app, ids["handling"]) == "signing"

    edited = director.client.post(
        f"{at}/sign-reply/edit",
        data={**director.form(f"{at}/sign-reply/edit"), "answer_1": ANSWERS[0]["text"].replace("签完", "全部签完")},
    )
    assert edited.status_code == 303
    signed = director.take(f"{at}/sign-reply", remark="合同补签我问过三个街道，属实。", password=PASSWORD).text
    assert "已签批复函" in signed
    unchecked = clerk.send(
        f"{at}/dispatch", document_number="云山民政函〔2026〕35号", delivery="in_person", has_receipt_form="y"
    )
    assert unchecked.status_code == 409
    assert "再做一次保密审核" in unchecked.text
    reviewer.take(f"{at}/endorse", kind="secrecy", opinion="改动处不涉密。")
    clerk.take(
        f"{at}/dispatch", document_number="云山民政函〔2026〕35号", delivery="in_person", copies="区人大常委会人代工委",
        has_receipt_form="y",
    )  # fmt: skip
    assert "全部签完" in deputy.get(f"{at}/letter").text
    _has_the_signed_words(app, ids["handling"], deputy.get(f"{at}/letter/word").data)

    scores = [{"request_no": str(n), "score": "satisfied"} for n in (1, 2, 3)]
    rating = {"scores": scores, "attitude": "satisfied", "result": "mostly_satisfied", "overall": "mostly_satisfied"}
    deputy.take(f"{at}/rate", **rating, is_pressed="y")
    for nosy in (director, handler, clerk, reviewer, Visitor(app, "inspector")):
        seen = nosy.get(at).text
        assert "基本满意" not in seen
        assert "打招呼" not in seen
    assert "基本满意" in supervisor.get(at).text
    deputy.take(f"{at}/open-rating")
    assert "基本满意" in director.get(at).text

    refused = director.send(f"{at}/close", conclusion="办结")
    assert refused.status_code == 409
    assert "承诺第1项" in refused.text
    assert "亲自协调" in refused.text
    director.take(
        f"{at}/coordinate", with_whom="区财政局、区人力社保局", remark="经费渠道定了，七月前核定。",
        checked="上河街道看了合同台账", password=PASSWORD,
    )  # fmt: skip
    handler.take(
        f"{at}/fulfil-promise", promise=_first_option(handler, f"{at}/fulfil-promise"), proof="核定名册637人，附签收单"
    )
    director.take(f"{at}/close", conclusion="三条都有着落，承诺已兑现。")
    assert _state(app, ids["handling"]) == "closed"
    with app.app_context():
        assert verify().faults == ()
        assert db.session.get_one(Suggestion, ids["suggestion"]).state == "closed"
    closed = director.get(at).text
    assert closed.count("seal-earned") >= 5


def _has_the_signed_words(app: Flask, id: int, word: bytes) -> None:
    """The Word file that the deputy takes along says, word for word, what the director signed."""
    with app.app_context():
        signed = db.session.scalars(select(Event).where(Event.handling_id == id, Event.action == "sign_reply")).one()
        text = signed.payload["letter"]
    said = joined(word_texts(word))
    words = [text["opening"], *(answer["text"] for answer in text["answers"]), text["closing"]]
    words += [passage["text"] for passage in text["passages"]]
    assert all(plain(each) in said for each in words)
    assert "云山民政函〔2026〕35号" in said
    assert "此复函已经区民政局局长沈怀远审签。" in said
    assert "抄送：区人大常委会人代工委。" in said


def _first_option(person: Visitor, path: str) -> str:
    """The first real choice of a form's only choice."""
    page = person.get(path).text
    options = re.findall(r'<option value="(\d+)"', page)
    radios = [re.search(r'value="(\d+)"', tag) for tag in re.findall(r'<input[^>]*type="radio"[^>]*>', page)]
    return str([*options, *(found[1] for found in radios if found)][0])

"""A practice case at the pages, one browser for each person."""

from flask import Flask
from sqlalchemy import select

from suggestions import clock
from suggestions.extensions import db
from suggestions.models import Handling
from suggestions.practice.play import Play
from suggestions.usecases import housekeeping
from tests.usecases.walking import Walk
from tests.web.visitor import PASSWORD, Visitor

ANSWER = {"text": "已经办成。", "result_class": "A", "proof": "批复"}


class Case:
    """第010号 at the pages, taken so far by the use cases, with its people logged in when they are called."""

    def __init__(self, app: Flask, last: str) -> None:
        self.app = app
        self.people: dict[str, Visitor] = {}
        with app.app_context():
            play = Play(clock.today())
            walk = Walk(play).until(last)
            self.id, self.lead = walk.id, walk.lead
            self.requests = walk.requests
            housekeeping.set_practice_day(play.moment.date())

    @property
    def at(self) -> str:
        return f"/handlings/{self.id}"

    def __call__(self, who: str) -> Visitor:
        if who not in self.people:
            self.people[who] = Visitor(self.app, who)
        return self.people[who]

    def state(self) -> str:
        with self.app.app_context():
            return str(db.session.scalars(select(Handling.state).where(Handling.id == self.id)).one())

    def draft(self, **more: object) -> None:
        """Draft, endorse, countersign, submit."""
        answers = [{**ANSWER, "request_no": str(n)} for n in range(1, self.requests + 1)]
        form = self("handler").form(f"{self.at}/draft-reply")
        known = {name: held for name, held in form.items() if not name.startswith("answers-")}
        posted = {**known, "result_class": "A", "publication": "proactive", **more}
        for n, answer in enumerate(answers):
            posted |= {f"answers-{n}-{name}": text for name, text in answer.items()}
        sent = self("handler").client.post(f"{self.at}/draft-reply", data=posted)
        assert sent.status_code == 303, sent.text[:3000]
        self("reviewer").take(f"{self.at}/endorse", kind="secrecy", opinion="可以公开")
        self("handler").take(f"{self.at}/submit-reply")

    def send(self, number: str) -> str:
        self("director").take(f"{self.at}/sign-reply", remark="看过了，属实。", password=PASSWORD)
        words = {"document_number": number, "delivery": "post", "has_receipt_form": "y"}
        return str(self("clerk").take(f"{self.at}/dispatch", **words).text)

    def rating(self, overall: str, **more: str) -> dict[str, object]:
        scores = [{"request_no": str(n), "score": "satisfied"} for n in range(1, self.requests + 1)]
        return {"scores": scores, "attitude": "satisfied", "result": "satisfied", "overall": overall, **more}

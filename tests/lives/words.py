"""What people write into forms: mostly sense, sometimes a field left empty, a request forgotten."""

import random
from datetime import timedelta
from typing import Any

from tests.lives.forms import NO_CO_UNIT, SCORES, Ask, asks, choices
from tests.lives.must import PROMISE, passage
from tests.lives.trying import Try
from tests.lives.world import Words, World

PHOTO = ("照片",)
PLAIN = "感谢您的关心。"


class Writer:
    """Writes words, each number and each reason only once in a life."""

    def __init__(self) -> None:
        self.count = 0

    def fill(self, world: World, t: Try, dice: random.Random) -> Words:
        """Words for the form of this step."""
        words = {ask.name: self._word(world, t, ask, dice) for ask in asks(t)}
        t.words = words
        if t.action == "enter_on_paper":
            words |= {ask.name: self._word(world, t, ask, dice) for ask in asks(t) if ask.name not in words}
        self._with_sense(world, t, dice)
        return t.words

    def spoil(self, t: Try, dice: random.Random) -> None:
        """Leave one field empty."""
        if found := asks(t):
            ask = dice.choice(found)
            t.words[ask.name] = [] if ask.kind in "[*@" and ask.kind else ""

    def _word(self, world: World, t: Try, ask: Ask, dice: random.Random) -> Any:
        self.count += 1
        match ask.kind:
            case "=":
                found = choices(world, t, ask.source)
                return dice.choice(found) if found else ""
            case "*":
                found = choices(world, t, ask.source)
                many = dice.sample(found, min(len(found), dice.choice((1, 1, 1, 2))))
                return [] if ask.is_optional and dice.random() < 0.4 else many
            case "<":
                return world.today.isoformat()
            case ">":
                return (world.today + timedelta(days=dice.randint(0, 40))).isoformat()
            case "!":
                return "1" if not ask.is_optional else ""
            case "@":
                return [] if ask.is_optional else [PHOTO]
            case "[":
                return self._rows(world, t, ask, dice)
        return f"已经核实{self.count}处。"

    def _rows(self, world: World, t: Try, ask: Ask, dice: random.Random) -> list[Words]:
        leading = next((column for column in ask.columns if column.source in ("requests", "co_handlings")), None)
        if leading is None:
            return [] if ask.is_optional else [self._row(world, t, ask, dice) for _ in range(dice.randint(1, 2))]
        codes = choices(world, t, leading.source)
        if len(codes) > 1 and dice.random() < 0.05:
            codes = codes[1:]
        return [{**self._row(world, t, ask, dice), leading.name: code} for code in codes]

    def _row(self, world: World, t: Try, ask: Ask, dice: random.Random) -> Words:
        return {column.name: self._word(world, t, column, dice) for column in ask.columns}

    def _with_sense(self, world: World, t: Try, dice: random.Random) -> None:
        words = t.words
        match t.action:
            case "record_contact":
                words["contacted_on"] = (world.today - timedelta(days=dice.choice((0, 0, 0, 1)))).isoformat()
            case "record_delivery":
                words["delivered_on"] = (world.today - timedelta(days=dice.choice((0, 0, 1, 2)))).isoformat()
            case "assign":
                words["number"] = (
                    f"第{100 + self.count}号" if dice.random() < 0.95 or not world.numbers else min(world.numbers)
                )
                words["co_units"] = [code for code in words["co_units"] if code not in words["main_units"]]
            case "submit_plan":
                words["co_units"] = [NO_CO_UNIT] if dice.random() < 0.7 else words["co_units"]
            case "draft_reply":
                self._letter(t, dice)
            case "sign_reply" if dice.random() < 0.2:
                words["edits"] = dice.choice((f"{PLAIN}请继续监督。", PROMISE))
            case "dispatch":
                is_new = dice.random() < 0.95 or not world.letters_sent
                words["document_number"] = f"云山函〔2026〕{self.count}号" if is_new else min(world.letters_sent)
            case "add_promise":
                words["sentence"] = PROMISE if dice.random() < 0.8 else "十月动工。"
            case _:
                self._with_more_sense(words, t.action, dice)

    def _with_more_sense(self, words: Words, action: str, dice: random.Random) -> None:
        match words.get("entered") or action:
            case "rate" | "correct_rating":
                self._rating(words, dice)
            case "rate_promise":
                words["reason"] = "没有看到。" if dice.random() < 0.9 else ""
            case "add_unit":
                words["handling"] = words["handling"] if words["role"] == "co" else ""

    def _rating(self, words: Words, dice: random.Random) -> None:
        """A reason that is nobody else's, so that it can be looked for on everybody's pages."""
        self.count += 1
        words["overall"] = dice.choice((*SCORES, "dissatisfied"))
        words["reason"] = f"封存的话{self.count}号。" if dice.random() < 0.95 else ""
        for row in words["scores"]:
            row["reason"] = ""

    def _letter(self, t: Try, dice: random.Random) -> None:
        words, has_promise = t.words, dice.random() < 0.25
        words["opening"], words["closing"] = "您提出的建议收悉，答复如下：", PROMISE if has_promise else PLAIN
        for row in words["answers"]:
            row["text"], row["result_class"] = "已经办成。", dice.choice(("A", "A", "B", "C"))
            row["proof"] = "批复" if dice.random() < 0.97 else ""
            row["done_on"] = "2026-01-30"
        for row in words["passages"]:
            co = next(co for co in t.h.cos if str(co.id) == row["co_handling"])
            row["text"] = passage(t.h, co) or f"已核定{self.count}处。"
        words["not_promises"] = []
        if has_promise and dice.random() < 0.5:
            words["not_promises"] = [{"sentence": PROMISE, "reason": "说的是别的单位。"}]
        words["publication"] = dice.choice(("proactive", "proactive", "on_request"))
        words["publication_ground"] = "涉及个人隐私。" if dice.random() < 0.9 else ""

"""Whether the words of a form are well-formed: each fault names its field with a sentence."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from suggestions.domain.errors import Invalid
from suggestions.domain.lifecycle.step import Field, Kind

Choices = Callable[[str], Sequence[tuple[str, str]]]
LONGEST = {Kind.TEXT: 200, Kind.LONG: 20000}
_ROWS_AT_MOST = 60
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """The text in NFC with plain line breaks and no blanks around; ValueError names what cannot be kept."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_UNSEEN).strip()
    for sign in text:
        if sign in _BIDI or (unicodedata.category(sign) in ("Cc", "Cs", "Co") and sign not in "\n\t"):
            raise ValueError("含有不能保存的控制字符，请删去后重填")
    return text


class Cleaner:
    """Turns the raw words of one form into plain data and gathers every fault on the way."""

    def __init__(self, choices: Choices, today: date) -> None:
        self.choices = choices
        self.today = today
        self.faults: dict[str, str] = {}

    def clean(self, asks: Sequence[Field], raw: Mapping[str, Any]) -> dict[str, Any]:
        """The plain data of these fields: text, ISO dates, codes, flags, rows; unknown words are left out."""
        return {field.name: self._field(field, raw.get(field.name), field.name) for field in asks}

    def _field(self, field: Field, value: Any, name: str) -> Any:
        if field.kind is Kind.FILES:
            if field.is_required and not value:
                self.faults[name] = f"请选择{field.label}。"
            return value or []
        if field.kind is Kind.FLAG:
            return self._flag(field, value, name)
        if field.kind is Kind.ROWS:
            return self._rows(field, value or (), name)
        if field.kind is Kind.CHOICES:
            return self._choices(field, value or (), name)
        try:
            text = plain(str(value)) if value is not None else ""
        except ValueError as fault:
            self.faults[name] = f"{field.label}{fault}。"
            return ""
        if not text:
            if field.is_required:
                self.faults[name] = f"请{'选择' if field.kind is Kind.CHOICE else '填写'}{field.label.rstrip('？')}。"
            return ""
        return self._one(field, text, name)

    def _one(self, field: Field, text: str, name: str) -> str:
        if field.kind is Kind.CHOICE:
            if text not in {code for code, _ in self.choices(field.source)}:
                self.faults[name] = f"{field.label}不在可选的范围里，请重新选择。"
        elif field.kind is Kind.DATE:
            return self._date(field, text, name)
        elif len(text) > LONGEST[field.kind]:
            self.faults[name] = f"{field.label}太长，最多{LONGEST[field.kind]}个字，现在{len(text)}个。"
        return text

    def _date(self, field: Field, text: str, name: str) -> str:
        try:
            on = date.fromisoformat(text)
        except ValueError:
            self.faults[name] = f"{field.label}“{text}”不是日期，请写成2026-02-24这样。"
            return ""
        if field.reach == "past" and on > self.today:
            self.faults[name] = f"{field.label}不能晚于今天（{self.today}）。"
        if field.reach == "future" and on < self.today:
            self.faults[name] = f"{field.label}不能早于今天（{self.today}）。"
        return on.isoformat()

    def _flag(self, field: Field, value: Any, name: str) -> bool:
        is_set = value not in (None, "", False, "0", "false")
        if field.is_required and not is_set:
            self.faults[name] = f"请确认：{field.label}。"
        return is_set

    def _choices(self, field: Field, value: Any, name: str) -> list[str]:
        codes = [str(item) for item in (value if isinstance(value, list | tuple) else [value]) if item]
        known = {code for code, _ in self.choices(field.source)}
        if any(code not in known for code in codes):
            self.faults[name] = f"{field.label}里有不能选的一项，请重新选择。"
        if field.is_required and not codes:
            self.faults[name] = f"请选择{field.label}。"
        return list(dict.fromkeys(codes))

    def _rows(self, field: Field, value: Any, name: str) -> list[dict[str, Any]]:
        filled = [(at, row) for at, row in enumerate(value) if any(str(item or "").strip() for item in row.values())]
        if field.is_required and not filled:
            self.faults[name] = f"请至少写一条{field.label}。"
        if len(filled) > _ROWS_AT_MOST:
            self.faults[name] = f"{field.label}最多{_ROWS_AT_MOST}条。"
        return [
            {c.name: self._field(c, row.get(c.name), f"{name}-{at}-{c.name}") for c in field.columns}
            for at, row in filled
        ]


def clean(asks: Sequence[Field], raw: Mapping[str, Any], choices: Choices, today: date) -> dict[str, Any]:
    """The plain data of a form; Invalid names every fault at once, by field."""
    cleaner = Cleaner(choices, today)
    cleaned = cleaner.clean(asks, raw)
    if cleaner.faults:
        raise Invalid("有几处要改：", cleaner.faults)
    return cleaned

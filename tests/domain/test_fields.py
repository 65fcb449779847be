"""The words of a form: what is kept, and every fault named at its field."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from suggestions.domain.errors import Invalid
from suggestions.domain.fields import clean, plain
from suggestions.domain.lifecycle.step import Field, Kind

TODAY = date(2026, 3, 10)


def choices(source: str) -> Sequence[tuple[str, str]]:
    return {"units": [("1", "区民政局"), ("2", "区财政局")], "requests": [("1", "第1条")]}[source]


ASKS = (
    Field("remark", "批示"),
    Field("title", "标题", Kind.TEXT),
    Field("unit", "单位", Kind.CHOICE, source="units"),
    Field("units", "各单位", Kind.CHOICES, source="units"),
    Field("on", "日期", Kind.DATE, reach="past"),
    Field("due", "期限", Kind.DATE, reach="future"),
    Field("agreed", "已附回执", Kind.FLAG),
    Field("files", "文件", Kind.FILES),
    Field(
        "rows",
        "措施",
        Kind.ROWS,
        columns=(Field("no", "诉求", Kind.CHOICE, source="requests"), Field("text", "做什么")),
    ),
)
SOUND: dict[str, Any] = {
    "remark": "  先办第一条\r\n再办第二条 ",
    "title": "标题",
    "unit": "1",
    "units": ["2", "1", "2", ""],
    "on": "2026-03-10",
    "due": "2026-03-10",
    "agreed": "1",
    "files": ["a file"],
    "rows": [{"no": "1", "text": "加装电梯"}, {"no": "", "text": " "}],
}


def faults(**changes: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        clean(ASKS, {**SOUND, **changes}, choices, TODAY)
    assert refused.value.status == 422
    return refused.value.faults


def test_what_is_well_formed_comes_back_as_plain_data() -> None:
    assert clean(ASKS, {**SOUND, "unknown": "left out"}, choices, TODAY) == {
        "remark": "先办第一条\n再办第二条",
        "title": "标题",
        "unit": "1",
        "units": ["2", "1"],
        "on": "2026-03-10",
        "due": "2026-03-10",
        "agreed": True,
        "files": ["a file"],
        "rows": [{"no": "1", "text": "加装电梯"}],
    }


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("remark", "", "请填写批示。"),
        ("remark", None, "请填写批示。"),
        ("remark", " \t\n　", "请填写批示。"),
        ("remark", "一" * 20001, "批示太长，最多20000个字，现在20001个。"),
        ("title", "一" * 201, "标题太长，最多200个字，现在201个。"),
        ("remark", "可\u202e否", "批示含有不能保存的控制字符，请删去后重填。"),
        ("remark", "可\x00否", "批示含有不能保存的控制字符，请删去后重填。"),
        ("remark", "可\ud800否", "批示含有不能保存的控制字符，请删去后重填。"),
        ("unit", "", "请选择单位。"),
        ("unit", "3", "单位不在可选的范围里，请重新选择。"),
        ("units", [], "请选择各单位。"),
        ("units", ["1", "3"], "各单位里有不能选的一项，请重新选择。"),
        ("on", "2026-03-11", "日期不能晚于今天（2026-03-10）。"),
        ("on", "三月一日", "日期“三月一日”不是日期，请写成2026-02-24这样。"),
        ("on", "2026-02-29", "日期“2026-02-29”不是日期，请写成2026-02-24这样。"),
        ("due", "2026-03-09", "期限不能早于今天（2026-03-10）。"),
        ("agreed", "", "请确认：已附回执。"),
        ("agreed", "0", "请确认：已附回执。"),
        ("files", [], "请选择文件。"),
        ("rows", [], "请至少写一条措施。"),
        ("rows", [{"no": "1", "text": "做"}] * 61, "措施最多60条。"),
    ],
)
def test_each_fault_is_named_at_its_field(name: str, value: object, sentence: str) -> None:
    assert faults(**{name: value}) == {name: sentence}


def test_a_fault_in_a_row_names_row_and_column() -> None:
    assert faults(rows=[{"no": "1", "text": "做"}, {"no": "9", "text": ""}]) == {
        "rows-1-no": "诉求不在可选的范围里，请重新选择。",
        "rows-1-text": "请填写做什么。",
    }


def test_all_faults_come_at_once() -> None:
    assert set(faults(remark="", title="", unit="", units=[], on="", due="", agreed="", files=[], rows=[])) == {
        field.name for field in ASKS
    }


def test_what_is_not_required_may_be_empty() -> None:
    asks = tuple(Field(kind.value, "空", kind, is_required=False, source="units") for kind in Kind)
    assert clean(asks, {}, choices, TODAY) == {
        "text": "",
        "long": "",
        "date": "",
        "choice": "",
        "choices": [],
        "flag": False,
        "rows": [],
        "files": [],
    }


def test_text_is_kept_in_one_spelling() -> None:
    assert plain("cafe\u0301\r\n二\r三\t四") == "café\n二\n三\t四"

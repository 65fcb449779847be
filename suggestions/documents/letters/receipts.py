"""What the two receipt forms ask of a deputy: on the reply letter, and on a promise that was reported on."""

from collections.abc import Sequence

_REASON_LINES = 3
_SIGNED = ("代表签名", "\n日期：＿＿＿＿年＿＿月＿＿日")
Lines = tuple[tuple[str, str], ...]


def boxes(scale: Sequence[str]) -> str:
    """What can be ticked, each with its box: □满意　□基本满意."""
    return "　".join(f"□{label}" for label in scale)


def on_reply(
    facts: Lines,
    requests: Sequence[str],
    part_scale: Sequence[str],
    overall_scale: Sequence[str],
    contact_forms: Sequence[str],
) -> Lines:
    """The form on a reply (答复函回执): each request, attitude and result, and the word that counts."""
    asked = [(f"第{number}条", f"{text}\n{boxes(part_scale)}") for number, text in enumerate(requests, 1)]
    return (
        *facts,
        ("联系我的方式", f"{boxes((*contact_forms, '没有联系'))}\n共＿＿＿次"),
        *asked,
        ("办理态度", boxes(part_scale)),
        ("办理结果", boxes(part_scale)),
        ("总的评价", boxes(overall_scale)),
        ("不满意的理由", "\n" * _REASON_LINES),
        ("要求重新办理", boxes(("是", "否"))),
        _SIGNED,
    )


def on_promise(facts: Lines, scale: Sequence[str]) -> Lines:
    """The form on a promise (承诺事项落实情况回执): what was promised, what was reported, and the word on it."""
    return (*facts, ("对落实情况的评价", boxes(scale)), ("不满意的理由", "\n" * _REASON_LINES), _SIGNED)

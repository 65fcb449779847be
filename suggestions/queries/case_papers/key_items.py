"""Papers of a key item (重点督办): the supervision plan (督办方案) and each report (督办情况报告)."""

from collections.abc import Iterator
from functools import partial

from suggestions.documents.papers.parts import Form, Heading, Paper, Part, Table, Text
from suggestions.domain.actions import Action
from suggestions.domain.story import Past
from suggestions.queries.case_papers.common import day, head, source
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.looking import Look, full_moment

_OFFICE = "人代工委"


def plans(look: Look) -> Iterator[Entry]:
    """The plan as it stands."""
    past = look.case.story(None).last(Action.PLAN_SUPERVISION)
    if past is not None:
        line = f"第{past.payload['version']}稿，{day(past.on)}定"
        yield Entry(Kind.SUPERVISION_PLAN, partial(_plan, look, past), line, past.seq)


def _plan(look: Look, past: Past, _session: object) -> Paper:
    words = past.payload
    visits = sorted(words["visits"], key=lambda row: str(row["on"]))
    blocks: list[Part] = [
        head(look, (("牵头督办的领导", str(words["leader"])),), (("负责督办的机构", str(words["body"])),)),
        Heading("一、走访、座谈"),
        Table(
            ("日期", "做什么", "谁参加"),
            (5, 9, 8),
            [(day(row["on"]), str(row["what"]), str(row.get("people") or "")) for row in visits],
        ),
        Heading("二、督办措施"),
        Text(str(words["measures"])),
    ]
    if int(words["version"]) > 1:
        blocks += [Heading("三、为什么调整"), Text(str(words["reason"]))]
    blocks += [Form([(("拟定", look.who(past, with_title=True)), ("时间", full_moment(past.at)))]), source(look)]
    return Paper(f"{look.case.suggestion.number_text}重点建议督办方案", _OFFICE, tuple(blocks))


def reports(look: Look) -> Iterator[Entry]:
    """One report for each supervision."""
    for past in look.case.story(None).all(Action.REPORT_SUPERVISION):
        line = f"{day(str(past.payload['held_on']))}督办，{past.payload['people']}"
        yield Entry(Kind.SUPERVISION_REPORT, partial(_report, look, past), line, past.seq)


def _report(look: Look, past: Past, _session: object) -> Paper:
    words = past.payload
    planned = look.case.story(None).last(Action.PLAN_SUPERVISION)
    led = ((("牵头督办的领导", str(planned.payload["leader"])),),) if planned else ()
    names = "、".join(str(file["name"]) for file in words.get("files", ()))
    blocks: tuple[Part, ...] = (
        head(look, (("督办日期", day(str(words["held_on"]))),), (("参加人员", str(words["people"])),), *led),
        Heading("一、督办情况"),
        Text(str(words["found"])),
        Heading("二、提出的要求"),
        Text(str(words.get("demand") or "这次没有提出新的要求。")),
        Form(
            [(("附件", names or "没有"),), (("记录", look.who(past, with_title=True)), ("时间", full_moment(past.at)))]
        ),
        source(look),
    )
    return Paper(f"{look.case.suggestion.number_text}重点建议督办情况报告", _OFFICE, blocks)

"""Papers of receipt and planning: the reading slip (阅批单) and the handling plan (办理方案)."""

from collections.abc import Iterator
from functools import partial

from suggestions.documents.papers.parts import Form, Heading, Paper, Part, Table, Text
from suggestions.domain.actions import Action
from suggestions.domain.sight import Sight
from suggestions.domain.story import Past, Story
from suggestions.queries.case_papers.common import day, head, proof_lines, signature, source
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.looking import Look, full_moment

_FATES = {
    Action.APPROVE_PLAN: "审定",
    Action.RETURN_PLAN: "退回",
    Action.RECALL_PLAN: "取回",
}


def reading_slips(look: Look) -> Iterator[Entry]:
    """One slip for each reading: a new round and a new director read anew."""
    for past in look.facts.story.all(Action.READ_ORIGINAL):
        line = f"第{past.round}轮，{past.actor_name}，{day(past.on)}"
        yield Entry(Kind.READING_SLIP, partial(_reading_slip, look, past), line, past.seq)


def _reading_slip(look: Look, past: Past, _session: object) -> Paper:
    handling = look.handling
    dates = (
        (("交办日期", day(handling.assigned_on)), ("签收日期", day(handling.received_on))),
        (("答复期限", day(handling.reply_due_on)), ("第几轮", f"第{past.round}轮")),
    )
    given = (("交给", str(past.payload["handler_name"])),) if past.payload.get("handler_name") else ()
    blocks: list[Part] = [head(look, *dates), *_asked_anew(look, past), Heading("一、阅看原件"), _opened(look, past)]
    blocks += [
        Heading("二、批示"),
        Form([(("批示", str(past.payload["remark"])),), *([given] if given else []), *proof_lines(past)]),
        source(look),
    ]
    return Paper("代表建议阅批单", look.handling.unit.name, tuple(blocks))


def _asked_anew(look: Look, past: Past) -> Iterator[Part]:
    """Why the round before was not accepted, which is read before anything else."""
    if past.round == 1:
        return
    before = look.facts.story.ratings(past.round - 1)
    for given in before:
        if look.sees_rating(given) and (reason := str(given.payload.get("reason", ""))):
            yield Heading("代表不满意的理由")
            yield Text(reason)
    ordered = look.facts.story.last(Action.ORDER_REDO, round=past.round - 1)
    if ordered is not None:
        yield Heading("重新办理的要求")
        yield Text(str(ordered.payload["reason"]))


def _opened(look: Look, past: Past) -> Part:
    """Which file was opened when, by the director's own account."""
    digests = [str(digest) for digest in past.payload.get("files", ())]
    if not digests:
        return Text("建议没有附文件，阅看的是系统里的正文。")
    names = {file.sha256: file.name for file in look.case.files}
    opened: dict[str, str] = {}
    for each in look.facts.story.all(Action.OPEN_ORIGINAL, round=past.round):
        if each.actor_id == past.actor_id and each.seq < past.seq:
            opened.setdefault(str(each.payload["sha256"]), full_moment(each.at))
    rows = [(names.get(digest, "原件"), opened.get(digest, "没有记录"), digest) for digest in digests]
    return Table(("原件", "打开时间", "文件指纹（SHA-256）"), (5, 4, 6), rows)


def plans(look: Look) -> Iterator[Entry]:
    """The newest plan of every round, to a deputy as it was approved."""
    story = look.facts.story
    newest = {past.round: past for past in story.all(Action.SUBMIT_PLAN)}
    for past in newest.values():
        fate = next(iter(story.after(past).all(*_FATES, round=past.round)), None)
        is_approved = fate is not None and fate.action is Action.APPROVE_PLAN
        if look.sight is Sight.DEPUTY and not is_approved:
            continue
        said = f"{day(fate.on)}{_FATES[fate.action]}" if fate else "未审定"
        yield Entry(Kind.PLAN, partial(_plan, look, past, fate), f"第{past.round}轮，{said}", past.seq)


def _plan(look: Look, past: Past, fate: Past | None, _session: object) -> Paper:
    is_whole = look.is_whole
    units = {str(co.unit_id): co.unit_name for co in look.facts.co_handlings}
    named = "、".join(units[code] for code in past.payload["co_units"] if code in units)
    requests = Story(tuple(e for e in look.facts.story.events if e.seq < past.seq)).requests
    blocks: list[Part] = [
        head(look, (("协办单位", named or "不需要协办"),)),
        Heading("一、代表的诉求"),
        Text("\n".join(f"{number}. {text}" for number, text in enumerate(requests, start=1))),
        Heading("二、措施"),
        Table(
            ("对应诉求", "做什么", "责任人", "完成日期"),
            (4, 10, 4, 6),
            [
                (f"第{row['request_no']}条", str(row["measure"]), str(row["owner"]), day(row["due_on"]))
                for row in past.payload["measures"]
            ],
        ),
    ]
    if is_whole:
        blocks += [Heading("三、最难的是哪一条，谁负责"), Text(str(past.payload.get("hardest", "")))]
        blocks += [Heading("四、审定"), _decision(past, fate)]
    elif fate is not None:
        blocks.append(Text(f"{signature(fate)}{day(fate.on)}审定。"))
    is_approved = fate is not None and fate.action is Action.APPROVE_PLAN
    warning = "" if is_approved else f"已{_FATES[fate.action]}" if fate else "未审定"
    title = f"关于{look.handling.number_text}建议的办理方案"
    return Paper(title, look.handling.unit.name, (*blocks, source(look)), warning)


def _decision(past: Past, fate: Past | None) -> Form:
    drafted = (("拟定", f"{past.actor_name}，{full_moment(past.at)}"),)
    if fate is None:
        return Form([drafted, (("局长意见", "\n\n\n"),), (("签名、日期", "\n"),)])
    if fate.action is Action.APPROVE_PLAN:
        return Form([drafted, (("局长意见", str(fate.payload["remark"])),), *proof_lines(fate)])
    said = f"{fate.actor_name}{day(fate.on)}{_FATES[fate.action]}"
    reason = str(fate.payload.get("reason", ""))
    return Form([drafted, (("结果", f"{said}：{reason}" if reason else f"{said}。"),)])

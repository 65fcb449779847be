"""Papers of the work: the contact record (联系登记表), the urging slips (督办单) and the handling slip (办理单)."""

from collections.abc import Iterator, Mapping
from functools import partial

from suggestions.documents.papers.parts import Form, Heading, Paper, Part, Table, Text
from suggestions.domain.actions import Action
from suggestions.domain.labels import ACTIONS, CONTACT_FORMS, CONTACT_RANKS, CONTACT_STAGES, STATES, URGING_FORMS
from suggestions.domain.sight import Sight
from suggestions.domain.states import Life
from suggestions.domain.story import Contact, Past, Urging
from suggestions.queries.answers import gist, promises_of, ratings_of, requests_of
from suggestions.queries.case_papers.common import NOT_YET, Pair, day, head, proof_lines, source
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.looking import Look, full_moment
from suggestions.queries.timeline import entry_of

_VERDICTS = {"confirmed": "代表已确认", "denied": "代表否认", None: "代表还没有表态"}
_SLIPS = {
    Action.URGE: ("局长督促单", "局长督促"),
    Action.SUPERVISE: ("督办单", "督办"),
    Action.LIGHT_UP: ("代表亮灯催办单", "代表亮灯"),
}
_INSIDE = frozenset({Action.COMMENT, Action.OPEN_ORIGINAL, Action.REMIND, Action.DRAFT_PUBLIC_TEXT})
"""What is no step of the course: remarks inside the unit, single files opened, reminders of the clock."""
_RATINGS = (Action.RATE, Action.CORRECT_RATING)


def contact_records(look: Look) -> Iterator[Entry]:
    """One record of all contacts, once there is one."""
    contacts = look.facts.story.contacts()
    if contacts:
        yield Entry(Kind.CONTACTS, lambda _session: _contacts(look, contacts), f"{len(contacts)}次")


def _contacts(look: Look, contacts: tuple[Contact, ...]) -> Paper:
    blocks: list[Part] = [head(look)]
    for number, contact in enumerate(contacts, start=1):
        stage = CONTACT_STAGES[look.facts.story.contact_stage(contact.past)]
        blocks += [Heading(f"第{number}次　{stage}"), Form(list(_contact(look, contact)))]
    return Paper("同代表联系登记表", look.handling.unit.name, (*blocks, source(look)))


def _contact(look: Look, contact: Contact) -> Iterator[tuple[Pair, ...]]:
    words, past = contact.past.payload, contact.past
    yield ("方式", CONTACT_FORMS[words["form"]]), ("日期", day(words["contacted_on"]))
    yield (("地点", words.get("place") or "没有写"),)
    yield (("我方谁去的", str(words["people"])),)
    yield (("谁带队", CONTACT_RANKS.get(str(words.get("rank") or ""), "没有写")),)
    yield (("代表说了什么", words.get("asked") or "没有写"),)
    yield (("商定了什么", words.get("agreed") or "没有写"),)
    yield ("记录人", look.who(past)), ("记入时间", full_moment(past.at))
    if contact.is_attempt:
        return
    said = _VERDICTS[contact.verdict]
    yield (("代表意见", f"{said}：{contact.reason}" if contact.reason else said),)
    if contact.verdict is None:
        yield (("代表签名", "\n日期：＿＿＿＿年＿＿月＿＿日"),)


def urging_slips(look: Look) -> Iterator[Entry]:
    """A slip for each time that somebody pressed; to a deputy for the own lamps."""
    for urging in look.facts.story.urgings():
        past = urging.past
        is_own = past.action is Action.LIGHT_UP and past.actor_id == look.facts.actor.person_id
        if look.sight is Sight.DEPUTY and not is_own:
            continue
        line = f"{_SLIPS[past.action][1]}，{day(past.on)}，{'已回复' if urging.answers else '还没有回复'}"
        yield Entry(Kind.URGING_SLIP, partial(_urging_slip, look, urging), line, past.seq)


def _urging_slip(look: Look, urging: Urging, _session: object) -> Paper:
    past, words = urging.past, urging.past.payload
    title, _ = _SLIPS[past.action]
    lines: list[tuple[Pair, ...]] = [(("发出人", look.who(past, with_title=True)), ("发出时间", full_moment(past.at)))]
    if past.action is Action.URGE:
        lines += [(("方式", URGING_FORMS[words["form"]]),), (("发现了什么", str(words["remark"])),)]
    asked = "想问什么" if past.action is Action.LIGHT_UP else "要求做到什么"
    lines += [((asked, str(words["demand"])),), (("几号前回复", day(words["answer_due_on"])),)]
    if past.action is Action.URGE and look.is_whole:
        lines += proof_lines(past)[1:]
    blocks: list[Part] = [head(look), Heading("一、催办"), Form(lines), Heading("二、回复")]
    for answer in urging.answers:
        who = (("回复人", look.who(answer, with_title=True)), ("回复时间", full_moment(answer.at)))
        blocks.append(Form([(("回复", str(answer.payload["answer"])),), who]))
    if not urging.answers:
        blocks.append(Form([(("回复", "\n\n\n"),), (("回复人、日期", "\n"),)]))
    return Paper(title, past.unit_name or look.handling.unit.name, (*blocks, source(look)))


def handling_slips(look: Look) -> Iterator[Entry]:
    """One slip for the whole course of a case, from the first day on."""
    state = STATES[Life.HANDLING][look.handling.state]
    yield Entry(Kind.HANDLING_SLIP, lambda _session: _handling_slip(look), f"办到：{state}")


def _handling_slip(look: Look) -> Paper:
    handling = look.handling
    dates: tuple[tuple[Pair, ...], ...] = (
        (("交办日期", day(handling.assigned_on)), ("签收日期", day(handling.received_on))),
        (("答复期限", day(handling.reply_due_on)), ("答复日期", day(handling.dispatched_on))),
        (("发文字号", handling.document_number or NOT_YET), ("办理结果", _result(look))),
        (("办结日期", day(handling.closed_on)), ("现在", STATES[Life.HANDLING][handling.state])),
    )
    blocks: list[Part] = [head(look, *dates), *_answers(look), *_promises(look), *_ratings(look)]
    contacts = {contact.past.seq: contact for contact in look.facts.story.contacts()}
    rows = [_step(look, past, contacts) for past in look.facts.story.events if past.action not in _INSIDE]
    blocks += [Heading("办理经过"), Table(("日期", "环节", "谁", "要点"), (5, 7, 6, 15), rows, is_small=True)]
    return Paper("代表建议办理单", handling.unit.name, (*blocks, source(look)))


def _result(look: Look) -> str:
    return f"{look.handling.result_class}类" if look.handling.result_class else NOT_YET


def _answers(look: Look) -> Iterator[Part]:
    found = requests_of(look)
    if found is not None and found.rows:
        rows = [(f"{row.number}. {row.text}", row.answer or NOT_YET, row.class_mark or "未定") for row in found.rows]
        yield Heading("诉求和答复要点")
        yield Table(("诉求", "答复要点", "类别"), (11, 19, 3), rows, is_small=True)


def _promises(look: Look) -> Iterator[Part]:
    found = promises_of(look)
    if found is not None and found.rows:
        rows = [(row.text, row.owner, row.date_text, row.light.word) for row in found.rows]
        yield Heading("承诺")
        yield Table(("做成什么", "责任人", "到期", "情况"), (18, 4, 6, 5), rows, is_small=True)


def _ratings(look: Look) -> Iterator[Part]:
    for paper in ratings_of(look):
        yield Heading(f"{paper.head}　{paper.tag}".strip())
        yield Text("\n".join((paper.line, *paper.paragraphs)), is_note=True)


def _step(look: Look, past: Past, contacts: Mapping[int, Contact]) -> tuple[str, str, str, str]:
    told = entry_of(look, past, contacts)
    head, text = (told.head, told.text) if told else (ACTIONS[past.action], _gist(look, past))
    if past.co_handling_id:
        head = f"{head}（{look.case.co_handling(past.co_handling_id).unit.name}）"
    return past.on.isoformat(), head, look.who(past, with_title=True), gist(text.replace("\n", "；"))


def _gist(look: Look, past: Past) -> str:
    """What a step says for which the timeline of the page has no words."""
    words = past.payload
    if past.action in _RATINGS:
        labels = {code: rating.label for code, rating in look.facts.rulebook.ratings.items()}
        return labels[words["overall"]] if look.sees_rating(past) else "封存，公布以前看不到"
    said = (words.get(name) for name in ("document_number", "measure", "reason"))
    return next((text for text in said if isinstance(text, str) and text), "")

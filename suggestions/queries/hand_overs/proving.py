"""Whether every signed hand-over list is the one that the office chain proves."""

from sqlalchemy import select

from suggestions.domain.hand_over import Stage, digest_of
from suggestions.extensions import db
from suggestions.models import Event, HandOver
from suggestions.models.event import OFFICE

_ACTS = ("hand_over", "take_over")


def unproved_lists() -> list[str]:
    """One sentence for each list that is not what its signatures say, and for each signature without its list."""
    query = select(Event).where(Event.chain == OFFICE, Event.action.in_(_ACTS)).order_by(Event.seq)
    acts = {event.seq: event for event in db.session.scalars(query)}
    lists = {row.id: row for row in db.session.scalars(select(HandOver).order_by(HandOver.id))}
    said = [f"第{row.id}号交接清单：{fault}。" for row in lists.values() if (fault := _fault(row, acts))]
    gone = {event.payload["hand_over"] for event in acts.values()} - set(lists)
    return said + [f"第{id}号交接清单：签过的清单不见了。" for id in sorted(gone)]


def _fault(row: HandOver, acts: dict[int, Event]) -> str:
    own = [event for event in acts.values() if event.payload["hand_over"] == row.id]
    given = next((e for e in reversed(own) if e.action == "hand_over"), None)
    taken = next((e for e in reversed(own) if e.action == "take_over"), None)
    if (row.given_seq, row.taken_seq) != (given and given.seq, taken and taken.seq):
        return "谁签过、有没有签完，和机关事务的记录不符"
    if given is None:
        return "" if row.stage in (Stage.OPEN, Stage.VOID) else "没有签过，却记成签过"
    if row.content != given.payload["content"] or row.digest != given.content_hash:
        return "内容被改动，和移交人所签的不符"
    if digest_of(given.payload["content"]) != given.content_hash:
        return "移交人所签的内容和指纹不符"
    parties = {key: given.payload[key] for key in ("change", "unit", "giver", "taker")}
    if parties != {"change": row.change.value, "unit": row.unit_id, "giver": row.giver_id, "taker": row.taker_id}:
        return "移交人或者接收人被改动"
    if taken is not None and (taken.content_hash, taken.payload["given"]) != (given.content_hash, given.seq):
        return "接收人所签的不是移交人所签的那一份"
    wrong = row.stage is not Stage.TAKEN if taken is not None else row.stage not in (Stage.GIVEN, Stage.VOID)
    return "签到哪一步被改动" if wrong else ""

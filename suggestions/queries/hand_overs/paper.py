"""A hand-over list as a paper, from the list that the page shows."""

from collections.abc import Iterator

from suggestions.documents.papers.parts import Form, Heading, Paper, Part, Table, Text
from suggestions.domain.hand_over import CHANGES, day, promise_words, sealed, stands, terms, urging_words
from suggestions.domain.labels import STATES
from suggestions.domain.states import CoState, Life
from suggestions.queries.hand_overs.listing import ListPage

TITLE = "代表建议办理工作交接清单"


def paper_of(page: ListPage) -> Paper:
    """The list for paper; until both signed it says so across every page."""
    return Paper(TITLE, page.unit, tuple(_blocks(page)), warning="" if page.is_signed else "未签完")


def summary(page: ListPage) -> str:
    """How much goes over, in one sentence."""
    items, opinions = page.content["items"], page.content["opinions"]
    past = sum(1 for item in items if item["is_past"])
    promised = sum(len(item["promises"]) for item in items)
    urged = sum(len(item["urgings"]) for item in items)
    parts = [
        f"承办件{len(items) - past}件",
        f"有承诺没有兑现的往年件{past}件" if past else "",
        f"没有兑现的承诺{promised}项",
        f"没有回复的催办{urged}次",
        f"欠别的单位的意见{len(opinions)}件" if opinions else "",
    ]
    return "，".join(filter(None, parts)) + "。"


def _blocks(page: ListPage) -> Iterator[Part]:
    items, opinions = page.content["items"], page.content["opinions"]
    yield Form(
        [
            (("移交人", page.giver), ("接收人", page.taker)),
            (("岗位", CHANGES[page.change]), ("单位", page.unit)),
            (("合计", summary(page)),),
        ]
    )
    yield Heading("一、承办件")
    if items:
        rows = [(item["number"], item["title"], stands(item), terms(item), sealed(item)) for item in items]
        head = "编号", "建议", "办到哪一步", "期限", "五个亲自"
        yield Table(head, (12, 26, 14, 24, 34), rows, is_small=True)
    else:
        yield Text("没有。")
    yield Heading("二、没有兑现的承诺")
    promises = [(item["number"], promise_words(each)) for item in items for each in item["promises"]]
    yield Table(("编号", "做成什么、谁负责、哪天到期、凭什么证明"), (14, 96), promises) if promises else Text("没有。")
    yield Heading("三、没有回复的催办")
    urgings = [(item["number"], urging_words(each)) for item in items for each in item["urgings"]]
    yield Table(("编号", "谁催的、要求什么"), (14, 96), urgings) if urgings else Text("没有。")
    if opinions:
        yield Heading("四、欠别的单位的意见")
        owed = [
            (each["number"], each["title"], each["unit"], STATES[Life.CO_HANDLING][CoState(each["state"])],
             day(each["due_on"]))
            for each in opinions
        ]  # fmt: skip
        yield Table(("编号", "建议", "报给谁", "到哪一步", "期限"), (14, 40, 22, 18, 20), owed)
    yield Heading("签字")
    for signed in page.signatures:
        lines: list[tuple[tuple[str, str], ...]] = [
            ((signed.role, signed.who),),
            (("时间", signed.at), ("确认", signed.proof)),
            (("记录号", signed.record),),
            (("本条记录", f"SHA-256 {signed.hash}"),),
        ]
        if signed.ground:
            lines.insert(1, (("代签原因", signed.ground),))
        yield Form(lines)
    if not page.is_signed:
        yield Text(f"{page.stage_text}。", is_note=True)
    yield Text(f"清单指纹 SHA-256 {page.digest}。双方所签的是同一份内容，记在机关事务的记录链上。", is_note=True)

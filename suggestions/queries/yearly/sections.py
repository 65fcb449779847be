"""The sections of the annual report: what is not there yet is said to be missing, never passed over."""

from collections.abc import Iterator

from suggestions.queries.charts import Chart, Series
from suggestions.queries.sentences import Piece
from suggestions.queries.statistics_tables import COLUMNS
from suggestions.queries.yearly.parts import CaseTable, Ground, Section, Sentence

_CATEGORIES, _UNITS = 8, 20
_ITEMS, _REPLIED = (next(at for at, (code, _) in enumerate(COLUMNS) if code == name) for name in ("items", "replied"))


def sections(on: Ground) -> Iterator[Section]:
    """Every section that has something to say, in the order of a report."""
    yield Section("course", "基本情况", tuple(_course(on)), on.named("overdue"), on.chart("course"))
    yield Section("results", "办理结果", (tuple(_results(on)),), charts=on.chart("classes"))
    yield Section("ratings", "代表评价", tuple(_ratings(on)), on.named("dissatisfied", "redone"), on.chart("said"))
    yield Section("contacts", "同代表沟通", (tuple(_contacts(on)),))
    yield Section("promises", "承诺事项", (tuple(_promises(on)),), on.named("promises_overdue"))
    if on.figures.value("opinions"):
        yield Section("opinions", "协办", (tuple(_opinions(on)),))
    yield Section("openness", "公开", (tuple(_openness(on)),))
    yield _listing(CaseTable("key", "重点督办", "办得怎样", on.key), "没有列为重点督办的。", "列为重点督办的有")
    yield _listing(
        CaseTable("again", "反复提出的建议", "以前哪一件", on.again),
        "同以前的建议（含往年件）比过标题，没有很相近的。",
        "标题同以前的建议很相近的有",
    )
    units = next((table for table in on.found.tables if table.id == "units"), None)
    if units is not None and units.lines:
        yield Section(
            "units", "各单位", ((Piece("按承办件计，分给几家承办的建议各家各算一件。"),),), (), _units(on), True
        )


def _course(on: Ground) -> Iterator[Sentence]:
    count, value = on.figures.count, on.figures.value
    yield (
        *(Piece(on.whose), *count("items")),
        *_only(bool(on.key), Piece("，其中重点督办"), Piece(str(len(on.key)), anchor="key-h"), Piece("件")),
        *_categories(on),
        Piece("。"),
    )
    yield (
        *(Piece("已答复"), *count("replied", "replied_due", "replied_all")),
        *_only(
            bool(value("replied")), Piece("，按期答复"), *count("on_time", "on_time_due", "on_time_all"),
            Piece("，超期才答复"), *count("late"),
        ),
        *(Piece("；超期没有答复"), *count("overdue"), Piece("，还没到期、也没答复"), *count("not_due"), Piece("。")),
    )  # fmt: skip
    yield (
        *(Piece("办结"), *count("closed", "closed_all"), Piece("，答复了、还在跟踪落实的"), *count("tracking")),
        *(Piece("；由人按时签收"), *count("received", "received"), Piece("。")),
    )


def _only(is_so: bool, *pieces: Piece) -> Sentence:
    return pieces if is_so else ()


def _categories(on: Ground) -> Iterator[Piece]:
    table = next((table for table in on.found.tables if table.id == "categories"), None)
    if table is None or len(table.lines) < 2:
        return
    lines = sorted(table.lines, key=lambda line: -line.numbers[_ITEMS].value)
    yield Piece("。按类别，")
    for at, line in enumerate(lines[:_CATEGORIES]):
        number = line.numbers[_ITEMS]
        yield Piece(f"{'、' if at else ''}{line.name}")
        yield Piece(str(number.value), number)
        yield Piece("件")
    if others := sum(line.numbers[_ITEMS].value for line in lines[_CATEGORIES:]):
        yield Piece(f"，其余各类{others}件")


def _results(on: Ground) -> Iterator[Piece]:
    count, value, rate = on.figures.count, on.figures.value, on.figures.rate
    if not value("replied"):
        yield Piece("还没有答复的，所以没有结果分类。")
        return
    yield Piece("已答复的里面，")
    for at, letter in enumerate("abcd"):
        yield Piece(f"{'，' if at else ''}{letter.upper()}类")
        yield from count(f"class_{letter}")
    yield Piece("。")
    yield from rate("class_a")
    yield Piece("（只数A类，占已答复），")
    yield from rate("solved_all")
    yield Piece("（A类和B类，占全部），两个率分子、分母都不同，不能比。")


def _ratings(on: Ground) -> Iterator[Sentence]:
    if on.figures.value("replied"):
        yield from _receipts(on)
    else:
        yield (Piece("还没有已答复、可以评价的。"),)
    if on.figures.value("redone"):
        yield (
            *(Piece("责成重新办理"), *on.figures.count("redone", "redone"), Piece("，")),
            *(*on.figures.rate("redo_satisfied"), Piece("。")),
        )
    else:
        yield (Piece("没有责成重新办理的。"),)


def _receipts(on: Ground) -> Iterator[Sentence]:
    count, rate = on.figures.count, on.figures.rate
    waits: list[Piece] = []
    for code, words in (
        ("not_returned", "逾期没有交回"),
        ("waiting", "还在等代表评价"),
        ("sealed", "已评价、还没公布"),
    ):
        waits += [Piece(f"，{words}"), *count(code)]
    yield (Piece("已答复的里面，收到代表回执"), *count("returned", "returned"), *waits, Piece("。"))
    if not on.figures.value("receipts"):
        yield (Piece("还没有可以计算满意率的回执。"),)
        return
    said: list[Piece] = []
    for code, words in (("mostly", "基本满意"), ("understood", "理解"), ("dissatisfied", "不满意")):
        said += [Piece(f"，{words}"), *count(code)]
    yield (Piece("回执里，满意"), *count("satisfied"), *said, Piece("。"))
    yield (
        *(*rate("satisfied_loose"), Piece("（满意和基本满意，占回执），")),
        *(*rate("satisfied_strict"), Piece("（只数满意，占回执）；没有交回的不算满意，也不算不满意。")),
        *(*rate("first_satisfied"), Piece("，只看第一轮的评价。")),
    )


def _contacts(on: Ground) -> Iterator[Piece]:
    yield Piece("同代表联系过")
    yield from on.figures.count("contacted", "contacted")
    yield Piece("，其中当面沟通过")
    yield from on.figures.count("met", "met")
    for code, words in (("before", "定方案以前"), ("during", "办理中"), ("after", "答复以后")):
        yield Piece(f"；{words}联系过")
        yield from on.figures.count(f"contacted_{code}", f"contacted_{code}")
    yield Piece("。代表否认的联系不算。")


def _promises(on: Ground) -> Iterator[Piece]:
    count, value, rate = on.figures.count, on.figures.value, on.figures.rate
    if not value("promises"):
        yield Piece("这一年没有作出承诺。")
        return
    yield Piece("这一年作出承诺")
    yield from count("promises")
    yield Piece("，已到期、已兑现或者已终止的")
    yield from count("promises_due")
    if value("promises_due"):
        yield Piece("，在期限内兑现")
        yield from count("promises_in_time", "promises_kept")
        yield Piece("，")
        yield from rate("promises_as_made")
        yield Piece("，")
        yield from rate("promises_kept_ever")
    yield Piece("；到期没有兑现")
    yield from count("promises_overdue")
    yield Piece("，终止")
    yield from count("promises_released")
    yield Piece("。一项承诺算一项，终止的算没有兑现。")


def _opinions(on: Ground) -> Iterator[Piece]:
    count, value, rate = on.figures.count, on.figures.value, on.figures.rate
    yield Piece("请求协办的意见")
    yield from count("opinions")
    yield Piece("，已交或者已到期的")
    yield from count("opinions_due")
    yield Piece("，按期交出")
    yield from count("opinions_in_time", "opinions_in_time")
    if value("opinion_receipts"):
        yield Piece("；")
        yield from rate("opinions_satisfied")
    yield Piece("。")


def _openness(on: Ground) -> Iterator[Piece]:
    count, value = on.figures.count, on.figures.value
    if not value("replied"):
        yield Piece("还没有答复的，所以没有可以公开的复函。")
        return
    yield Piece("应公开的复函")
    yield from count("publishable")
    yield Piece("，已公开")
    yield from count("published", "published", "published_all")
    yield Piece("；不主动公开（依申请公开、不予公开或者说明了理由）的")
    yield from count("withheld")
    yield Piece("。")


def _listing(table: CaseTable, none: str, some: str) -> Section:
    """A section that is a list of cases; one sentence where there is none."""
    if not table.rows:
        return Section(table.id, table.title, ((Piece(none),),))
    return Section(table.id, table.title, ((Piece(f"{some}{len(table.rows)}件。"),),), (table,))


def _units(on: Ground) -> tuple[Chart, ...]:
    table = next(table for table in on.found.tables if table.id == "units")
    lines = sorted(table.lines, key=lambda line: -line.numbers[_ITEMS].value)[:_UNITS]
    most = lines[0]
    said = f"承办最多的是{most.name}，{most.numbers[_ITEMS].value}件。"
    if len(table.lines) > _UNITS:
        said += f"只画承办最多的{_UNITS}家，其余的在表里。"
    return (
        Chart(
            id="by-unit",
            title="各单位承办和答复",
            form="bar",
            unit="件",
            summary=said,
            head="单位",
            labels=tuple(line.name for line in lines),
            series=(
                Series("承办", tuple(line.numbers[_ITEMS].value for line in lines), "plain"),
                Series("已答复", tuple(line.numbers[_REPLIED].value for line in lines), "strong"),
            ),
        ),
    )

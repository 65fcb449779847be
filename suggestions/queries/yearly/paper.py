"""The annual report as a paper: sentences, charts each with its table, cases by name, and every formula."""

from collections.abc import Iterator

from suggestions.documents import drawing
from suggestions.documents.papers.parts import Heading, Paper, Part, Picture, Table, Text
from suggestions.queries.charts import Chart
from suggestions.queries.sentences import formulas, plain
from suggestions.queries.statistics_tables import COLUMNS
from suggestions.queries.statistics_tables import Table as UnitTable
from suggestions.queries.yearly import AnnualReport
from suggestions.queries.yearly.parts import CaseTable, Section

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
NO_PICTURE = "这台服务器上没有中文字体，图没有画出来，数字都在表里。"
_OF_UNITS = ("items", "replied", "on_time", "overdue", "closed", "class_a", "receipts", "at_least_mostly")


def paper_of(report: AnnualReport) -> Paper:
    """The report ready for Word."""
    blocks: list[Part] = [Text(plain(sentence)) for sentence in report.opening]
    for numeral, section in zip(NUMERALS, report.sections, strict=False):
        blocks += [Heading(f"{numeral}、{section.title}"), *_section(section, report)]
    if report.shown:
        blocks += [Heading("附：每个率怎么算"), formulas([shown for _, group in report.shown for shown in group])]
    blocks += [Text(note, is_note=True) for note in report.notes]
    return Paper(report.title, report.whose, tuple(blocks))


def _section(section: Section, report: AnnualReport) -> Iterator[Part]:
    yield from (Text(plain(sentence)) for sentence in section.sentences)
    for chart in section.charts:
        yield from _chart(chart)
    if section.has_units and report.units is not None:
        yield _of_units(report.units)
    for table in section.tables:
        yield from _cases(table)


def _chart(chart: Chart) -> Iterator[Part]:
    """The picture with what it shows in words, then its numbers as a table."""
    yield Text(f"图：{chart.title}。{chart.summary}", is_note=True)
    strips = [drawing.Strip(each.name, each.values, each.tone) for each in chart.on_paper]
    drawn = drawing.picture(chart.form, chart.labels, strips)
    if drawn is None:
        yield Text(NO_PICTURE, is_note=True)
    else:
        yield Picture(drawn, drawing.MEDIA_TYPE, f"{chart.title}：{chart.summary}")
    rows = [
        (label, *(drawing.spoken(series.values[at]) for series in chart.series))
        for at, label in enumerate(chart.labels)
    ]
    yield Table((chart.head, *(f"{each.name}（{chart.unit}）" for each in chart.series)), _widths(chart), rows)


def _widths(chart: Chart) -> tuple[int, ...]:
    return (30, *(20 for _ in chart.series))


def _of_units(table: UnitTable) -> Table:
    """The units with the columns that a page has room for; the rates as two numbers where they are small."""
    places = [at for at, (code, _) in enumerate(COLUMNS) if code in _OF_UNITS]
    rows = [
        (
            line.name,
            *(str(line.numbers[at].value) for at in places),
            *(
                f"{value.percent}%" if value.percent else f"{value.top}/{value.base}" if value.base else "—"
                for value in line.rates
            ),
        )
        for line in table.lines
    ]
    head = (table.head, *(table.columns[at] for at in places), *table.rate_columns)
    return Table(head, (30, *(max(11, 3 * len(words)) for words in head[1:])), rows)


def _cases(table: CaseTable) -> Iterator[Part]:
    yield Text(f"{table.title}：", is_note=True)
    rows = [(row.number, row.title, row.sub, row.how) for row in table.rows]
    yield Table(("编号", "建议", "谁的", table.how), (16, 50, 34, 40), rows)
    if table.more:
        yield Text(f"还有{table.more}件，见系统里的名单。", is_note=True)

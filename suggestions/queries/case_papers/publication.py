"""The public text beside the letter, as a paper (公开文本对照): what was taken out, and who looked at it when."""

from collections.abc import Iterator

from suggestions.documents.papers.parts import Heading, Paper, Part, Table, Text
from suggestions.domain.publication import drafted, sent_letter
from suggestions.queries.case_papers.common import head, source
from suggestions.queries.case_papers.entry import Entry, Kind
from suggestions.queries.looking import Look
from suggestions.queries.public_version import public_version

HOW_READ = "左边划掉的，公开稿里没有；右边有下划线的，是公开稿另写的。"
FINE = "没有发现电话、证件号码、住址和要求隐去的姓名。自动检查只认得出写法常见的，公开前仍要有人看一遍。"


def comparisons(look: Look) -> Iterator[Entry]:
    """One comparison, once a letter went out."""
    if sent_letter(look.facts.story) is not None:
        line = "已拟公开稿" if drafted(look.facts.story) else "还没有拟公开稿，按底稿对照"
        yield Entry(Kind.PUBLIC_VERSION, lambda _session: _paper(look), line)


def _paper(look: Look) -> Paper:
    found = public_version(look)
    checked = [(each.what, each.result, each.who, each.when, each.words) for each in found.checked]
    blocks: list[Part] = [
        head(look, (("发文字号", found.document_number),), (("公开情况", found.standing),)),
        Heading("一、保密审查"),
        Table(("看的是", "结果", "谁", "什么时候", "意见"), (3, 4, 6, 7, 12), checked, is_small=True)
        if checked
        else Text("还没有保密审查意见。"),
        Heading("二、自动检查"),
        Text("\n".join(found.warnings) or FINE, is_note=True),
        Heading("三、对照"),
        Text(HOW_READ, is_note=True),
        Table(("复函", "公开稿"), (1, 1), found.rows),
    ]
    return Paper(f"{look.handling.number_text}建议复函公开文本对照", look.handling.unit.name, (*blocks, source(look)))

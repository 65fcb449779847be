"""Word originals: the 24 practice ones to the last request, and papers laid out otherwise."""

import re
import zipfile
from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from suggestions.documents.asks import find_asks
from suggestions.documents.handover import HandoverRow, read_handover
from suggestions.documents.originals import Original, compare, read_original
from suggestions.documents.words import Meeting, Series
from suggestions.domain.errors import Invalid
from tests.documents.making import PRACTICE, practice_original, repacked, word

HEAD = ("云山区第十九届人民代表大会第六次会议", "代表建议、批评和意见", "第001号")
LABELS = (
    "标    题：关于甲的建议",
    "领衔代表：陈立群（上河街道代表团）",
    "附议代表：无",
    "类    别：社区治理",
    "内    容：",
)
NUMBERS = [f"{number:03d}" for number in range(1, 25)]
ROWS = {row.number: row for row in read_handover((PRACTICE / "handover.xlsx").read_bytes(), "handover.xlsx").rows}


def read(*paragraphs: str) -> Original:
    return read_original(word(*paragraphs), "第001号.docx")


def printed_lines(number: str) -> list[str]:
    """The paragraphs of a practice original by a second, simpler reading."""
    with zipfile.ZipFile(BytesIO(practice_original(number))) as archive:
        xml = archive.read("word/document.xml").decode()
    return ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", part)) for part in xml.split("</w:p>")]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_practice_original_is_read_whole(number: str) -> None:
    original = read_original(practice_original(number), f"第{number}号.docx")
    row, lines = ROWS[number], printed_lines(number)
    assert original.unsure == ()
    assert (original.number, original.number_written) == (number, f"第{number}号")
    assert original.meeting == Meeting("云山区", 19, 6, Series.SESSION)
    assert (original.title, original.lead, original.delegation) == (row.title, row.lead, row.delegation)
    assert (original.joint, original.category) == (row.joint, row.category)
    below = lines[lines.index("内    容：") + 1 :]
    assert original.paragraphs == tuple(line for line in below if line)
    assert original.requests == tuple(line[2:] for line in below if re.match("[一二三四五六]、", line))
    assert len(original.requests) >= 1
    assert compare(row, original) == ()


def test_the_first_practice_original_word_for_word() -> None:
    original = read_original(practice_original(), "第001号.docx")
    assert original.joint == ("刘素芬", "何建平", "邓小红")
    assert original.requests == (
        "明确社区工作者的用工主体，统一签订书面劳动合同或服务协议文本。",
        "规范社会保险和住房公积金缴纳基数，并列入年度预算。",
        "建立与工作年限、职业资格挂钩的岗位等级和薪酬增长机制。",
    )


def in_table(document: Document) -> None:
    for line in HEAD[:2]:
        document.add_paragraph(line)
    table = document.add_table(rows=6, cols=4)
    cells = [
        ("编号", "０１２", "类 别", "社区治理"),
        ("标\n题", "关于甲的\n建议", "", ""),
        ("领衔代表", "陈立群", "代表团", "上河街道代表团"),
        ("附议代表（2人）", "刘素芬\n何　平", "联系电话", "023-55500001"),
        ("内容", "现状。\n为此，建议：\n1．做甲，其中（1）先做子；（2）再做丑。\n2．做乙。", "", ""),
        ("主办单位", "区民政局", "备注", "请尽快"),
    ]
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = ""
            first, *rest = text.split("\n")
            cell.paragraphs[0].add_run(first)
            for line in rest:
                cell.add_paragraph(line)
    for row in (1, 4):
        table.cell(row, 1).merge(table.cell(row, 3))
    document.add_paragraph("填表说明：一式三份")


def test_labels_in_a_table() -> None:
    original = read_original(word(fill=in_table), "a.docx")
    assert original.unsure == ()
    assert (original.number, original.title, original.category) == ("012", "关于甲的建议", "社区治理")
    assert (original.lead, original.delegation, original.joint) == ("陈立群", "上河街道代表团", ("刘素芬", "何平"))
    assert original.paragraphs[:2] == ("现状。", "为此，建议：")
    assert original.requests == ("做甲，其中（1）先做子；（2）再做丑。", "做乙。")


def test_several_labels_on_a_line_half_width_signs_and_soft_breaks() -> None:
    original = read(
        "云山区第１９届人民代表大会第６次会议闭会期间代表建议(第 ０２３ 号)",
        "标题:关于甲的\n建议\n领衔代表: 陈 立 群   代表团:上河街道代表团　联系电话:138",
        "附议代表:刘素芬 何建平等2人；类别:社区治理",
        "内容:　　现状如此。",
        "　　建议如下:",
        "(一)做甲。",
        "子目继续。",
        "(二)做乙。",
        "以上建议，请予考虑。",
    )
    assert original.meeting == Meeting("云山区", 19, 6, Series.BETWEEN)
    assert (original.number, original.title) == ("023", "关于甲的建议")
    assert (original.lead, original.delegation) == ("陈立群", "上河街道代表团")
    assert (original.joint, original.category) == (("刘素芬", "何建平"), "社区治理")
    assert original.paragraphs[:2] == ("现状如此。", "　　建议如下:")
    assert original.paragraphs[-1] == "以上建议，请予考虑。"
    assert original.requests == ("做甲。\n子目继续。", "做乙。")


def numbered(document: Document) -> None:
    """A list numbered by Word itself: 一、 二、 with (1) below, the numbers standing in no text."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (kind, text) in enumerate((("chineseCountingThousand", "%1、"), ("decimal", "(%2)")))
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for line in (*HEAD, *LABELS, "现状。", "为此，建议："):
        document.add_paragraph(line)
    for depth, line in ((0, "做甲。"), (1, "先做子。"), (1, "再做丑。"), (0, ""), (0, "做丙。")):
        properties = document.add_paragraph(line)._p.get_or_add_pPr()
        place = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="90"/></w:numPr>'
        properties.append(parse_xml(place))


def test_requests_numbered_by_word_itself() -> None:
    original = read_original(word(fill=numbered), "a.docx")
    assert original.paragraphs[2:] == ("一、做甲。", "(1)先做子。", "(2)再做丑。", "三、做丙。")
    assert original.requests == ("做甲。\n(1)先做子。\n(2)再做丑。", "做丙。")
    assert original.unsure == ("诉求的序号不连续，请对照原件核对。",)


def test_inserted_text_is_read_and_deleted_or_hidden_text_is_not() -> None:
    body = (
        b"<w:p><w:ins w:id='1' w:author='a'><w:r><w:t>inserted </w:t></w:r></w:ins>"
        b"<w:del w:id='2' w:author='a'><w:r><w:delText>deleted</w:delText></w:r></w:del>"
        b"<w:moveFrom w:id='3' w:author='a'><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
        b"<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
        b"<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink></w:p>"
        b"<w:sdt><w:sdtContent><w:p><w:r><w:t>in a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    data = repacked(word(*HEAD, *LABELS, "END"), {})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read("word/document.xml")
    at = xml.rindex(b"<w:p>", 0, xml.index(b"END"))
    original = read_original(repacked(data, {"word/document.xml": xml[:at] + body + xml[at:]}), "a.docx")
    assert original.paragraphs == ("inserted linked", "in a control", "END")


def test_what_is_missing_is_said_and_nothing_is_made_up() -> None:
    original = read("随便写的一段话。")
    assert (original.number, original.meeting, original.title, original.lead) == (None, None, "", "")
    assert original.paragraphs == ("随便写的一段话。",)
    assert original.requests == ()
    for word_missing in ("编号", "第几届", "标题", "领衔代表", "代表团", "附议代表", "类别", "内容", "诉求"):
        assert any(word_missing in sentence for sentence in original.unsure), word_missing
    assert all(sentence.endswith("。") for sentence in original.unsure)


def test_a_title_without_label_and_a_body_without_label() -> None:
    original = read(
        *HEAD, "关于甲的建议", "领衔代表：陈立群（上河街道代表团）", "现状。", "为此，建议：一是做甲，二是做乙。"
    )
    assert original.title == "关于甲的建议"
    assert original.paragraphs == ("现状。", "为此，建议：一是做甲，二是做乙。")
    assert original.requests == ("做甲，", "做乙。")


@pytest.mark.parametrize(
    ("paragraphs", "requests"),
    [
        (("为此，建议：一、做甲；二、做乙，含2、3号楼；三、做丙。",), ("做甲；", "做乙，含2、3号楼；", "做丙。")),
        (("为此建议区民政局：", "1.做1.5公里路。", "2.做乙。"), ("做1.5公里路。", "做乙。")),
        (("一、现状", "差。", "二、几点建议", "（一）做甲。", "（二）做乙。", "三、结语", "谢谢。"), ("做甲。", "做乙。")),
        (("现提出以下建议：", "①做甲。②做乙。"), ("做甲。", "做乙。")),
        (("因此，建议：", "第一，做甲。", "第二，做乙。", "2026年2月1日"), ("做甲。", "做乙。")),
        (("群众多次建议。为此，提出如下建议：", "一、做甲。", "1.先子", "2.再丑", "二、做乙。"), ("做甲。\n1.先子\n2.再丑", "做乙。")),
        (("为此，建议：", "一、只有一条。"), ("只有一条。",)),
        (("建议一：做甲。", "建议二：做乙。"), ("做甲。", "做乙。")),
    ],
)  # fmt: skip
def test_requests_in_the_ways_deputies_number_them(paragraphs: tuple[str, ...], requests: tuple[str, ...]) -> None:
    assert find_asks(paragraphs).texts == requests


def test_requests_without_numbers_are_left_to_a_person() -> None:
    assert find_asks(("为此，建议尽快解决。",)).texts == ()
    assert find_asks(("为此，建议：", "•做甲。", "•做乙。")).texts == ("做甲。", "做乙。")
    anywhere = find_asks(("一、做甲。", "二、做乙。"))
    assert anywhere.texts == ("做甲。", "做乙。")
    assert "核对" in anywhere.unsure[0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 broken",
        practice_original()[:9000],
        repacked(practice_original(), {"word/document.xml": b"<w>"}),
        repacked(practice_original(), {"word/document.xml": b"<w/>"}),
        repacked(practice_original(), {"_rels/.rels": b"<Relationships/>"}),
        repacked(practice_original(), {"word/_rels/document.xml.rels": b"<Relationships/>"}),
    ],
)
def test_a_broken_original_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"“第009号\.docx”.*。"):
        read_original(data, "第009号.docx")


def changed(row: HandoverRow, **fields: str) -> HandoverRow:
    return HandoverRow(**{**row.__dict__, **fields})


def test_workbook_and_original_that_differ_are_both_named() -> None:
    handover = read_handover((PRACTICE / "handover.xlsx").read_bytes(), "handover.xlsx")
    row, original = handover.rows[0], read_original(practice_original(), "第001号.docx")
    other = changed(row, number="002", title="关于乙的建议", lead="王惠兰")
    faults = compare(other, original, handover.column_of)
    assert [(fault.row, fault.column, fault.value) for fault in faults] == [
        (3, "B列 建议编号", "002"),
        (3, "C列 建议标题", "关于乙的建议"),
        (3, "E列 领衔代表", "王惠兰"),
    ]
    assert "清单写的是“王惠兰”，原件第001号.docx写的是“陈立群”" in faults[2].message
    assert compare(changed(row, title=" ".join(row.title)), original) == ()


def test_the_making_of_these_papers_is_sound() -> None:
    assert len(docx.Document(BytesIO(word(fill=in_table))).tables) == 1

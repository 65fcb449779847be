"""Word originals: as deputies write them, and as they should not come."""

from collections.abc import Callable

from docx.document import Document

from tests.documents.corpus.words import BODY, HEAD, LINES
from tests.documents.making import practice_original, repacked, word, workbook
from tests.documents.test_safety import HOSTILE, in_body

DOCUMENT = "word/document.xml"


def form(made: Document) -> None:
    """The same as a table, as many offices print it."""
    table = made.add_table(rows=0, cols=2)
    for label, text in (
        ("标题", HEAD[2][3:]),
        ("领衔代表", "陈立群"),
        ("代表团", "上河街道代表团"),
        ("附议代表", "刘素芬"),
        ("类别", "社区治理"),
        ("内容", "\n".join(BODY)),
    ):
        row = table.add_row().cells
        row[0].text, row[1].text = label, text


def deep(levels: int) -> Callable[[bytes], bytes]:
    """Tables within tables."""
    open_, close = b"<w:tbl><w:tr><w:tc>", b"<w:p/></w:tc></w:tr></w:tbl>"
    return in_body(open_ * levels + close * levels)


DOCS: dict[str, Callable[[], bytes]] = {
    "word-practice.docx": practice_original,
    "word-plain.docx": lambda: word(*LINES),
    "word-form.docx": lambda: word(*HEAD[:2], fill=form),
    "word-no-number.docx": lambda: word(HEAD[0], *LINES[2:]),
    "word-no-title-label.docx": lambda: word(HEAD[0], HEAD[1], HEAD[2][3:], *LINES[3:]),
    "word-no-content-label.docx": lambda: word(*HEAD, *BODY),
    "word-no-requests.docx": lambda: word(*HEAD, "内容：", "路灯不亮。"),
    "word-broken-count.docx": lambda: word(*HEAD, "内容：", "为此，建议：", "一、甲。", "三、乙。"),
    "word-bullets.docx": lambda: word(*HEAD, "内容：", "为此，建议：", "• 甲。", "• 乙。"),
    "word-two-leads.docx": lambda: word(*HEAD[:3], "领衔代表：陈立群、刘素芬", *LINES[4:]),
    "word-strange-names.docx": lambda: word(
        *HEAD[:4], "附议代表：刘素芬、见附页签名表（共十二人）签字、13912345678", *LINES[5:]
    ),
    "word-turned-title.docx": lambda: word(*HEAD[:2], "标题：关于\u202e议建的灯路", *LINES[3:]),
    "word-turned-text.docx": lambda: word(*HEAD, "内容：", "社区\u202e工作者。", *BODY[1:]),
    "word-full-width.docx": lambda: word(HEAD[0], "第０１２号", *LINES[2:]),
    "word-long-title.docx": lambda: word(*HEAD[:2], "标题：" + "很" * 400, *LINES[3:]),
    "word-empty.docx": word,
    "word-no-links.docx": lambda: repacked(practice_original(), {"word/_rels/document.xml.rels": b"<Relationships/>"}),
    "word-deep.docx": lambda: repacked(practice_original(), {DOCUMENT: deep(3000)}),
    "word-\u202excod.docx": practice_original,
    "../../word-outside.docx": practice_original,
    "word-nul\0.docx": practice_original,
    "word-no-extension": practice_original,
    "word-named-ofd.ofd": practice_original,
    "book.xlsx": lambda: workbook(["a"]),
    **{f"hostile {name}.docx": make for name, (make, _) in HOSTILE.items()},
}

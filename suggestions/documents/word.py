"""A Word file opened safely and walked as a reader sees it: nothing shown is left out, nothing hidden is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from suggestions.documents.package import Package
from suggestions.documents.safety import MediaType, accept, shown
from suggestions.domain.errors import Invalid

PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
RUN, FORMULA = qn("w:r"), qn("m:oMath")

_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT_BOX = qn("w:txbxContent")
# What is deleted (w:del) or moved away (w:moveFrom) is not among them: the reader of the paper does not see it.
_WRAPPERS = {
    qn(name)
    for name in (
        *("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:hyperlink", "w:fldSimple"),
        *("w:ruby", "w:rubyBase", "m:oMathPara"),
    )
}
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_OFF = {"0", "false", "off"}


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text, its automatic list number as printed ("" without one), list depth and XML element."""

    text: str
    number: str
    depth: int
    element: Any

    @property
    def printed(self) -> str:
        """The paragraph as it stands on paper, the automatic number in front."""
        return self.number + self.text


class Word:
    """A Word file that passed every check, walked once from beginning to end; `body` holds paragraphs and tables."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.body: Any = package.element.find(qn("w:body"))
        if self.body is None:
            raise ValueError("a document without body")
        self._numbering = package.numbering()
        self._styles = package.styles()

    def paragraph(self, element: Any) -> Paragraph:
        """The paragraph of an element; asked for once each, in order, for list numbers run on."""
        text = "".join(text_of(run) for run in runs(element))
        number, depth = self._numbering.number_of(element) or ("", 0)
        # An empty list paragraph is counted but, as on paper, not worth a line.
        return Paragraph(text, number if text.strip() else "", depth, element)

    def property_of(self, element: Any, tag: str) -> str:
        """The value of a paragraph property such as w:jc, own or by style; "" when it is set nowhere."""
        return self._styles.property_of(element, tag)


def open_word(data: bytes, name: str) -> Word:
    """Open a Word file; raises Invalid, naming the file, when it is hostile, broken or another kind of file."""
    accept(data, name, only=MediaType.DOCX)
    try:
        return Word(Package(data))
    except Exception as error:
        # A broken file shows itself as any error of zip, XML or a part that is missing.
        raise Invalid(f"“{shown(name)}”已损坏，无法按 Word 文档读取，请重新保存为 .docx 后再上传。") from error


def text_in(data: bytes, name: str) -> str:
    """The paragraphs of a Word file as printed, one a line, those in tables included; Invalid as for open_word."""
    word = open_word(data, name)
    lines = (word.paragraph(element).printed.strip() for element in _paragraphs(word.body))
    return "\n".join(line for line in lines if line)


def _paragraphs(container: Any) -> Iterator[Any]:
    for block in blocks(container):
        if block.tag == PARAGRAPH:
            yield block
            continue
        for row in rows(block):
            for cell in row:
                yield from _paragraphs(cell)


def blocks(container: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body, cell or text box in order, out of content controls and accepted changes."""
    for child in container:
        if child.tag in {PARAGRAPH, TABLE}:
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks(child)
        elif child.tag == f"{_COMPATIBLE}AlternateContent":
            yield from blocks(_chosen(child))


def rows(table: Any) -> Iterator[list[Any]]:
    """The cells of each row of a table."""
    for row in _within(table, ROW):
        yield list(_within(row, CELL))


def runs(container: Any) -> Iterator[Any]:
    """The visible runs and formulas of a paragraph in order."""
    for child in container:
        if child.tag == FORMULA or (child.tag == RUN and not _is_hidden(child)):
            yield child
        elif child.tag in _WRAPPERS:
            yield from runs(child)


def text_of(run: Any) -> str:
    """The text of one run, tabs and line breaks kept; a formula is its signs in a row."""
    if run.tag == FORMULA:
        return "".join(sign.text or "" for sign in run.iter(qn("m:t")))
    return "".join(_text_of_part(child) for child in run)


def text_boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes that hang on a paragraph, each once."""
    return descend(paragraph, {_TEXT_BOX})


def descend(element: Any, tags: set[str]) -> Iterator[Any]:
    """Every visible element below with one of the tags, outermost only; of alternatives the first."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag == f"{_COMPATIBLE}AlternateContent":
            yield from descend(_chosen(child), tags)
        elif child.tag not in {qn("w:del"), qn("w:moveFrom")} and not (child.tag == RUN and _is_hidden(child)):
            yield from descend(child, tags)


def is_on(properties: Any, tag: str) -> bool:
    """Whether a switch such as w:b stands in the properties and is not turned off."""
    switch = None if properties is None else properties.find(qn(tag))
    return switch is not None and switch.get(qn("w:val"), "1") not in _OFF


def _chosen(alternatives: Any) -> Any:
    """The content a current Word would show: the first choice, else the fallback."""
    choice = alternatives.find(f"{_COMPATIBLE}Choice")
    fallback = alternatives.find(f"{_COMPATIBLE}Fallback")
    chosen = choice if choice is not None else fallback
    return () if chosen is None else chosen


def _within(container: Any, tag: str) -> Iterator[Any]:
    for child in container:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _is_hidden(run: Any) -> bool:
    return is_on(run.find(qn("w:rPr")), "w:vanish")


def _text_of_part(part: Any) -> str:
    if part.tag == qn("w:t"):
        return part.text or ""
    if part.tag in _WRAPPERS:
        return "".join(text_of(run) for run in runs(part))
    if part.tag == qn("w:br") and part.get(qn("w:type")) in {"page", "column"}:
        return ""
    return _SIGNS.get(part.tag, "")

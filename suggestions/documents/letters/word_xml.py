"""What python-docx has no word for: a picture at a place of the page, a block at the foot of it, a page number."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from suggestions.documents.letters import measures as m
from suggestions.documents.letters.fonts import STAND_INS, USED
from suggestions.documents.letters.word_styles import Style, indent

_EPOCH = (1980, 1, 1, 0, 0, 0)
_ANCHOR = """
<wp:anchor {namespaces} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{height}" behindDoc="0"
  locked="0" layoutInCell="1" allowOverlap="1">
  <wp:simplePos x="0" y="0"/>
  <wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH>
  <wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>
  <wp:extent cx="{wide}" cy="{high}"/>
  <wp:effectExtent l="0" t="0" r="0" b="0"/>
  <wp:wrapNone/>
</wp:anchor>
"""


def anchored_picture(paragraph: Paragraph, png: bytes, *, left: float, top: float, wide: float, high: float) -> None:
    """Put a picture at a place of the page, in millimetres from its left and upper edge, over nothing else."""
    drawn = paragraph.add_run().add_picture(BytesIO(png), Mm(wide), Mm(high))
    inline = drawn._inline
    number = int(top * 10)
    anchor = parse_xml(
        _ANCHOR.format(
            namespaces=nsdecls("wp"), height=number, left=Mm(left), top=Mm(top), wide=Mm(wide), high=Mm(high)
        ).strip()
    )
    inline.docPr.set("id", str(1000 + number))
    inline.docPr.set("descr", "红色双线")
    for part in ("wp:docPr", "wp:cNvGraphicFramePr", "a:graphic"):
        anchor.append(inline.find(qn(part)))
    inline.getparent().replace(inline, anchor)


def bottom_block(document: Document, paragraphs: Sequence[Paragraph]) -> None:
    """Set these paragraphs at the foot of the type area of the page on which the text ends."""
    for paragraph in paragraphs:
        frame = OxmlElement("w:framePr")
        for name, value in (
            ("w", str(round((m.PAGE[0] - m.LEFT - m.RIGHT) * m.MM * 20))),
            ("wrap", "around"),
            ("vAnchor", "margin"),
            ("hAnchor", "margin"),
            ("xAlign", "left"),
            ("yAlign", "bottom"),
        ):
            frame.set(qn(f"w:{name}"), value)
        paragraph._p.get_or_add_pPr().find(qn("w:pStyle")).addnext(frame)
    last = document.add_paragraph(style=Style.ROOM)
    last.paragraph_format.line_spacing = Pt(1)


def name_stand_ins(document: Document) -> None:
    """Tell Word which font comes next where an official one is not installed."""
    part = next(part for part in document.part.package.iter_parts() if part.partname == "/word/fontTable.xml")
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{STAND_INS[face][0]}"/><w:charset w:val="86"/></w:font>'
        for face in USED
    )
    # python-docx keeps this part as bytes.
    part._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    ).encode()


def page_number(paragraph: Paragraph, *, is_left: bool) -> None:
    """— 2 — at the outer side, one character from the edge."""
    paragraph.style = Style.PAGE
    paragraph.alignment = ALIGN.LEFT if is_left else ALIGN.RIGHT
    indent(paragraph, left=1 if is_left else 0, right=0 if is_left else 1, size=m.SMALL)
    paragraph.add_run("— ")
    for kind, words in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "2"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = words
        elif kind:
            sign = OxmlElement("w:fldChar")
            sign.set(qn("w:fldCharType"), kind)
            run._r.append(sign)
        else:
            said = OxmlElement("w:instrText")
            said.set(qn("xml:space"), "preserve")
            said.text = f" {words} "
            run._r.append(said)
    paragraph.add_run(" —")


def fixed_zip(data: bytes) -> bytes:
    """The same parts in the same order with one fixed time, so that the same letter is the same file."""
    kept = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(kept, "w", ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return kept.getvalue()

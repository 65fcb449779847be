"""PDF originals written by hand: text in a standard Chinese font, pages without text, and what must not be let in."""

import zlib
from collections.abc import Callable, Sequence
from io import BytesIO

from PIL import Image
from pypdf import PdfReader, PdfWriter

from tests.documents.corpus.words import BODY, HEAD, LINES

WIDTH, HEIGHT, SIZE = 595, 842, 16


def pdf(*pages: Sequence[str], catalog: str = "", page: str = "", extra: Sequence[bytes] = (), box: str = "") -> bytes:
    """A PDF of these lines; `catalog` and `page` are put into their dictionaries, `extra` are objects from 100 on."""
    objects: dict[int, bytes] = {
        3: b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        4: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/FontDescriptor 5 0 R>>",
        5: b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
    }
    kids = []
    for number, lines in enumerate(pages):
        text = "".join(
            f"BT /F1 {SIZE} Tf 60 {HEIGHT - 80 - 28 * at} Td <{line.encode('utf-16-be', 'surrogatepass').hex()}> Tj ET\n"
            for at, line in enumerate(lines)
        )
        packed = zlib.compress(text.encode())
        kids.append(10 + 2 * number)
        objects[11 + 2 * number] = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
        objects[10 + 2 * number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box or f'0 0 {WIDTH} {HEIGHT}'}]"
            f"/Resources<</Font<</F1 3 0 R>>>>/Contents {11 + 2 * number} 0 R{page}>>"
        ).encode()
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>".encode()
    objects[1] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode()
    objects |= dict(enumerate(extra, start=100))
    return assembled(objects)


def assembled(objects: dict[int, bytes]) -> bytes:
    """The objects with the table of where each stands."""
    out, places = BytesIO(b"%PDF-1.7\n"), {}
    out.seek(0, 2)
    for number, body in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start))
    return out.getvalue()


def locked(user: str, owner: str = "owner") -> bytes:
    """A PDF with a password to open it; an empty one only forbids to print or change."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(LINES))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    return written(writer)


def with_file_inside() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(LINES))))
    writer.add_attachment("a.exe", b"MZ")
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def scanned(pages: int = 2) -> bytes:
    """Pictures alone, as a scanner makes them."""
    target = BytesIO()
    first, *rest = [Image.new("L", (620, 877), 200 + page) for page in range(pages)]
    first.save(target, "PDF", save_all=True, append_images=rest)
    return target.getvalue()


JS = b"<</S/JavaScript/JS(app.alert(1))>>"
PDFS: dict[str, Callable[[], bytes]] = {
    "pdf-text.pdf": lambda: pdf(LINES),
    "pdf-wrapped.pdf": lambda: pdf(
        [
            *HEAD,
            "内容：",
            "我区现有社区工作者六百余名，其中近四成未与用工主体签订",
            "书面劳动合同。为此，建议：",
            "一、统一签订书面劳动合同。",
            "二、列入年度预算。",
        ]
    ),
    "pdf-two-pages.pdf": lambda: pdf([*HEAD, "- 1 -"], ["内容：", *BODY, "第 2 页 共 2 页"]),
    "pdf-no-labels.pdf": lambda: pdf(["关于完善路灯的建议", "建议：请尽快安装。"]),
    "pdf-scan.pdf": scanned,
    "pdf-scan-many.pdf": lambda: scanned(12),
    "pdf-half-scan.pdf": lambda: pdf(LINES, []),
    "pdf-no-meaning.pdf": lambda: pdf(["\ue123\ue124\ue125\ue126" * 8]),
    "pdf-restricted.pdf": lambda: locked(""),
    "pdf-link.pdf": lambda: pdf(
        LINES, page="/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://example.invalid)>>>>]"
    ),
    "pdf-huge-page.pdf": lambda: pdf(LINES, box="0 0 14400 14400"),
    "pdf-password.pdf": lambda: locked("secret"),
    "pdf-js-open.pdf": lambda: pdf(LINES, catalog="/OpenAction 100 0 R", extra=[JS]),
    "pdf-js-hidden-name.pdf": lambda: pdf(LINES, catalog="/OpenAction<</S/Java#53cript/J#53(app.alert(1))>>"),
    "pdf-js-names.pdf": lambda: pdf(LINES, catalog="/Names<</JavaScript<</Names[(a) 100 0 R]>>>>", extra=[JS]),
    "pdf-launch.pdf": lambda: pdf(LINES, page="/AA<</O<</S/Launch/F(cmd.exe)>>>>"),
    "pdf-file-inside.pdf": with_file_inside,
    "pdf-xfa.pdf": lambda: pdf(LINES, catalog="/AcroForm<</Fields[]/XFA(x)>>"),
    "pdf-head-only.pdf": lambda: b"%PDF-1.7\n",
    "pdf-truncated.pdf": lambda: scanned()[:900],
    "pdf-no-pages.pdf": pdf,
    "pdf-endless.pdf": lambda: pdf(*([["一"]] * 301)),
    "pdf-deep.pdf": lambda: pdf(LINES, catalog="/Deep 100 0 R", extra=[b"[" * 20_000 + b"]" * 20_000]),
    "pdf-loop.pdf": lambda: pdf(LINES, catalog="/Loop 100 0 R", extra=[b"<</Next 100 0 R/Self[100 0 R]>>"]),
    "pdf-bomb.pdf": lambda: pdf(LINES, extra=[bomb()], page="").replace(b"/Contents 11 0 R", b"/Contents 100 0 R"),
    "pdf-named-docx.docx": lambda: pdf(LINES),
}


def bomb() -> bytes:
    """A page that unpacks to two gigabytes of nothing, packed three times."""
    packer, size = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS), 2048 * 1024 * 1024
    # A block that begins anew may be repeated instead of packed again; the checksum of nothing counts its length alone.
    block = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = (size % 65521 << 16 | 1).to_bytes(4, "big")
    once = b"\x78\xda" + block * 2048 + packer.flush() + checksum
    twice = zlib.compress(zlib.compress(once, 9), 9)
    filters = b"/Filter[/FlateDecode/FlateDecode/FlateDecode]"
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(twice), filters, twice)

"""OFD originals: small packages of XML, sound, empty, foreign and hostile."""

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from tests.documents.corpus.words import BODY, HEAD, LINES

SPACE = "http://www.ofdspec.org/2016"
DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def page(lines: Sequence[str], space: str = SPACE) -> str:
    objects = "".join(
        f'<ofd:TextObject ID="{at}" Boundary="20 {20 + 10 * at} 170 8" Font="1" Size="5.6">'
        f'<ofd:TextCode X="0" Y="6">{line}</ofd:TextCode></ofd:TextObject>'
        for at, line in enumerate(lines)
    )
    return (
        f'<ofd:Page xmlns:ofd="{space}"><ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd(
    *pages: Sequence[str], changed: Mapping[str, str | bytes] | None = None, base: str = "Pages/Page_{}/Content.xml"
) -> bytes:
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="{base.format(at)}"/>' for at in range(len(pages)))
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{SPACE}"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{SPACE}"><ofd:Pages>{listed}</ofd:Pages></ofd:Document>',
        **{f"Doc_0/Pages/Page_{at}/Content.xml": page(lines) for at, lines in enumerate(pages)},
        **(changed or {}),
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def without(name: str) -> bytes:
    source, target = BytesIO(ofd(LINES)), BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
    return target.getvalue()


OFDS: dict[str, Callable[[], bytes]] = {
    "ofd-text.ofd": lambda: ofd(LINES),
    "ofd-two-pages.ofd": lambda: ofd(HEAD, ["内容：", *BODY]),
    "ofd-from-root.ofd": lambda: ofd(LINES, base="/Doc_0/Pages/Page_{}/Content.xml"),
    "ofd-scan.ofd": lambda: ofd([], []),
    "ofd-sealed.ofd": lambda: ofd(LINES, changed={"Doc_0/Signs/Sign_0/Seal.esl": b"\x30\x82\x01\x00" + bytes(256)}),
    "ofd-foreign-page.ofd": lambda: ofd(LINES, changed={"Doc_0/Pages/Page_0/Content.xml": page(LINES, "urn:other")}),
    "ofd-foreign-root.ofd": lambda: ofd(LINES, changed={"OFD.xml": "<html><body/></html>"}),
    "ofd-no-document.ofd": lambda: without("Doc_0/Document.xml"),
    "ofd-no-page.ofd": lambda: without("Doc_0/Pages/Page_0/Content.xml"),
    "ofd-no-pages.ofd": ofd,
    "ofd-outside.ofd": lambda: ofd(LINES, base="../../../etc/passwd"),
    "ofd-entity.ofd": lambda: ofd(LINES, changed={"Doc_0/Document.xml": f"{DOCTYPE}<x>&e;</x>"}),
    "ofd-not-xml.ofd": lambda: ofd(LINES, changed={"Doc_0/Document.xml": "not xml"}),
    "ofd-strange-box.ofd": lambda: ofd(
        LINES, changed={"Doc_0/Pages/Page_0/Content.xml": page(LINES).replace("20 20 170 8", "x y")}
    ),
    "ofd-bomb.ofd": lambda: ofd(LINES, changed={"Doc_0/a.xml": b"<a>" + b" " * 60_000_000 + b"</a>"}),
    "ofd-program-inside.ofd": lambda: ofd(LINES, changed={"Doc_0/Attachs/a.dat": b"MZ\x90\x00" + bytes(99)}),
    "ofd-path-outside.ofd": lambda: ofd(LINES, changed={"../../x.xml": "<x/>"}),
}

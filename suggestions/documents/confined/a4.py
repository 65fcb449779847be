"""A PDF or a scan as pages of A4, each drawn whole inside the margins: a4.py FILE; stamps and seals are drawn along."""

import sys
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

WIDE, HIGH = 595.28, 841.89
_SIDE, _TOP = 28.0, 42.0
_MAX_PIXELS = 100_000_000
_LARGEST = (1654, 2339)
"""A4 at 200 dots an inch."""


def flat(path: str) -> BytesIO:
    """The PDF with everything that lies over its pages drawn into them."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_PRINT)
        page.close()
    kept = BytesIO()
    document.save(kept)
    kept.seek(0)
    return kept


def scanned(path: str) -> BytesIO:
    """The pages of a picture as a PDF, one after the other."""
    kept, pages = BytesIO(), []
    with Image.open(path) as scan:
        for frame in range(int(getattr(scan, "n_frames", 1))):
            scan.seek(frame)
            if scan.width * scan.height > _MAX_PIXELS:
                raise ValueError("a page of too many pixels")
            picture = ImageOps.exif_transpose(scan).convert("RGB")
            picture.thumbnail(_LARGEST)
            pages.append(picture)
    pages[0].save(kept, "PDF", save_all=True, append_images=pages[1:], resolution=144)
    kept.seek(0)
    return kept


def placed(writer: PdfWriter, page: Any) -> None:
    """Put a page, turned upright, onto an A4 page; its content is taken along as it is, nothing that could act."""
    box, turned = page.cropbox, page.rotation % 360
    wide, high = float(box.width), float(box.height)
    upright = Transformation().translate(-float(box.left), -float(box.bottom))
    if turned:
        back = {90: (0.0, wide), 180: (wide, high), 270: (high, 0.0)}[turned]
        upright = upright.rotate(-turned).translate(*back)
        wide, high = (wide, high) if turned == 180 else (high, wide)
    scale = min((WIDE - 2 * _SIDE) / wide, (HIGH - 2 * _TOP) / high)
    upright = upright.scale(scale).translate((WIDE - wide * scale) / 2, (HIGH - high * scale) / 2)
    sheet = writer.add_page(PageObject.create_blank_page(width=WIDE, height=HIGH))
    form = StreamObject()
    form.set_data(_content(page))
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(FloatObject(edge) for edge in (*box.lower_left, *box.upper_right)),
            NameObject("/Resources"): page.get("/Resources", DictionaryObject()).clone(writer),
        }
    )
    drawn = DictionaryObject({NameObject("/P"): writer._add_object(form.flate_encode())})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawn})
    told = StreamObject()
    told.set_data(f"q {' '.join(f'{value:.5f}' for value in upright.ctm)} cm /P Do Q".encode())
    sheet[NameObject("/Contents")] = writer._add_object(told)


def _content(page: Any) -> bytes:
    """What draws the page, its streams one after the other."""
    found = page.get("/Contents")
    streams = found.get_object() if found is not None else ArrayObject()
    each = streams if isinstance(streams, ArrayObject) else [streams]
    return b"\n".join(stream.get_object().get_data() for stream in each)


def main() -> None:
    """Write the pages."""
    path = sys.argv[1]
    Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
    with open(path, "rb") as file:  # noqa: PTH123 - as the other programs of this folder
        is_pdf = file.read(1024).lstrip().startswith(b"%PDF-")
    writer = PdfWriter()
    for page in PdfReader(flat(path) if is_pdf else scanned(path)).pages:
        placed(writer, page)
    writer.write(sys.stdout.buffer)


if __name__ == "__main__":
    main()

"""Several PDF bound into one: bind.py ORDER OUT; the order is a JSON list of groups, each with its parts by file name.

Every page gets its number from `numbers.pdf`, a page of numbers for each; groups and parts become bookmarks.
"""

import json
import sys
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject


def number(writer: PdfWriter, page: Any, sheet: Any) -> None:
    """Draw a sheet of the numbers over a page, as it is."""
    form = StreamObject()
    form.set_data(sheet.get_contents().get_data())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): sheet.mediabox,
            NameObject("/Resources"): sheet["/Resources"].clone(writer),
        }
    )
    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    drawn = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
    own = NameObject(f"/PageNumber{page.page_number}")
    drawn[own] = writer._add_object(form.flate_encode())
    before, after = StreamObject(), StreamObject()
    before.set_data(b"q")
    after.set_data(f"Q q {own} Do Q".encode())
    found = page["/Contents"]
    kept = found.get_object()
    streams = list(kept) if isinstance(kept, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([writer._add_object(before), *streams, writer._add_object(after)])


def main() -> None:
    """Bind the parts in their order."""
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - as the other programs of this folder
        order = json.load(file)
    writer, numbers = PdfWriter(), PdfReader("numbers.pdf")
    for group in order["groups"]:
        above = None
        for part in group["parts"]:
            first = len(writer.pages)
            for page in PdfReader(part["file"]).pages:
                number(writer, writer.add_page(page), numbers.pages[len(writer.pages) - 1])
            if group["title"] and above is None:
                above = writer.add_outline_item(title=group["title"], page_number=first)
            writer.add_outline_item(title=part["title"], page_number=first, parent=above)
    writer.add_metadata({"/Title": order["title"], "/Author": order["unit"]})
    writer.page_mode = "/UseOutlines"
    writer.write(sys.argv[2])


if __name__ == "__main__":
    main()

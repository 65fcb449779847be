"""The text of a PDF page by page as JSON, or why it is refused: pdf_text.py FILE MAX_PAGES."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

MAX_OBJECTS = 200_000
_ACTIVE = {
    "/JS": "脚本（JavaScript）",
    "/JavaScript": "脚本（JavaScript）",
    "/Launch": "会启动其他程序的动作",
    "/EmbeddedFile": "嵌入的其他文件",
    "/EmbeddedFiles": "嵌入的其他文件",
    "/RichMedia": "多媒体",
    "/XFA": "动态表单（XFA）",
}


class RefusedError(Exception):
    """Why the file is refused, as the end of a sentence that begins with its name."""


def active_content(reader: PdfReader) -> str:
    """What in the file could act by itself, in words; "" when nothing could."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > MAX_OBJECTS:
        raise RefusedError("内部对象过多，不是正常的办公文件，不能接收")
    found = _active_in(reader.trailer)
    for number in sorted(numbers - {0}):
        found = found or _active_in(reader.get_object(IndirectObject(number, 0, reader)))
    return found


def _active_in(value: Any) -> str:
    """Look at a value and what lies directly in it; what it refers to is looked at under its own number."""
    if isinstance(value, DictionaryObject):
        for key in value:
            if key in _ACTIVE:
                return _ACTIVE[key]
        kind = value.raw_get("/S") if "/S" in value else None
        if isinstance(kind, str) and kind in _ACTIVE:
            return _ACTIVE[kind]
        inner = [value.raw_get(key) for key in value]
    elif isinstance(value, ArrayObject):
        inner = list(list.__iter__(value))
    else:
        return ""
    return next(filter(None, map(_active_in, inner)), "")


def lines(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float]]:
    """The lines of a page: text, left and right edge in points."""
    text = page.get_textpage()
    signs: list[str] = []
    edges: list[tuple[float, float]] = []
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if code in {10, 13}:
            yield from _line(signs, edges)
            signs, edges = [], []
            continue
        sign = chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else " " if code == 9 else ""
        signs.append(sign)
        if sign.strip():
            left, _, right, _ = text.get_charbox(index, loose=True)
            edges.append((left, right))
    yield from _line(signs, edges)


def _line(signs: list[str], edges: list[tuple[float, float]]) -> Iterator[tuple[str, float, float]]:
    text = "".join(signs).strip()
    if text and edges:
        yield text, edges[0][0], max(right for _, right in edges)


def read(path: str, max_pages: int) -> dict[str, Any]:
    """The number of pages and the lines of each."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise RefusedError(
            "设了密码，请取消密码后再上传" if "assword" in str(error) else "已损坏，无法打开，请重新导出或扫描后再上传"
        ) from error
    if not 0 < len(document) <= max_pages:
        raise RefusedError(f"有{len(document)}页，一份建议原件应在1到{max_pages}页之间，请核对后再上传")
    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedError("设了密码，请取消密码后再上传")
    if found := active_content(reader):
        raise RefusedError(f"含有{found}，请重新打印成 PDF 后再上传")
    return {"pages": [[list(line) for line in lines(document[number])] for number in range(len(document))]}


def main() -> None:
    """Answer in JSON; whatever goes wrong inside the readers means a broken file."""
    try:
        said = read(sys.argv[1], int(sys.argv[2]))
    except RefusedError as refusal:
        said = {"refused": str(refusal)}
    except Exception:  # noqa: BLE001 - both readers fail on broken files in any way they like
        said = {"refused": "已损坏，无法打开，请重新导出或扫描后再上传"}
    sys.stdout.write(json.dumps(said, ensure_ascii=True))


if __name__ == "__main__":
    main()

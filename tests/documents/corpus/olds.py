"""Old Office files: written by LibreOffice where it is present, and by hand where something must be wrong with them."""

import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from tests.documents.making import practice_original

SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams; a name with a slash lies in a storage of that name."""
    storages = sorted({name.split("/")[0] for name in streams if "/" in name})
    names = [*storages, *streams]
    body, entries = b"", list[tuple[str, int, int, int]]()
    fat: list[int] = []
    for name in names:
        content = streams.get(name, b"")
        padded = content.ljust(max(4096, -(-len(content) // SECTOR) * SECTOR), b"\0") if name in streams else b""
        start, count = len(fat), len(padded) // SECTOR
        fat += [*range(start + 1, start + count), _END] if count else []
        body += padded
        entries.append(
            (name.rsplit("/", maxsplit=1)[-1], 2 if name in streams else 1, start if count else 0, len(padded))
        )
    directory_at = len(fat)
    sectors = -(-(len(entries) + 1) // 4)
    fat += [*range(directory_at + 1, directory_at + sectors), _END]
    fat_at = len(fat)
    fat += [_FAT]
    fat += [_FREE] * (SECTOR // 4 - len(fat))
    tops = [at for at, name in enumerate(names, start=1) if "/" not in name]
    directory = _entry("Root Entry", 5, _END, 0, child=tops[0] if tops else _FREE)
    for at, (name, (label, kind, start, size)) in enumerate(zip(names, entries, strict=True), start=1):
        inner = [place for place, other in enumerate(names, start=1) if other.startswith(f"{name}/")]
        beside = (
            tops
            if at in tops
            else [p for p, o in enumerate(names, start=1) if o.split("/")[0] == name.split("/")[0] and "/" in o]
        )
        after = beside[beside.index(at) + 1 :]
        directory += _entry(
            label, kind, start, size, child=inner[0] if inner else _FREE, right=after[0] if after else _FREE
        )
    directory = directory.ljust(sectors * SECTOR, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", 1, directory_at, 0, 4096, _END, 0, _END, 0, fat_at)
    return head.ljust(SECTOR, b"\xff") + body + directory + struct.pack(f"<{SECTOR // 4}I", *fat)


def _entry(name: str, kind: int, start: int, size: int, *, child: int = _FREE, right: int = _FREE) -> bytes:
    label = name.encode("utf-16-le") + b"\0\0"
    said = label.ljust(64, b"\0") + struct.pack("<HBB", len(label), kind, 1) + struct.pack("<III", _FREE, right, child)
    return said + bytes(16 + 4 + 16) + struct.pack("<III", start, size, 0)


def word(flags: int = 0) -> bytes:
    """The head of a WordDocument stream with its flags."""
    return struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x0804, 0, flags) + bytes(500)


@cache
def made_by_libreoffice(number: str = "001") -> bytes:
    """A practice original saved as an old Word file."""
    program = shutil.which("soffice")
    assert program
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.docx").write_bytes(practice_original(number))
        profile = f"-env:UserInstallation={Path(folder).as_uri()}/profile"
        command = [
            program,
            "--headless",
            profile,
            "--convert-to",
            "doc:MS Word 97",
            "--outdir",
            folder,
            f"{folder}/a.docx",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (Path(folder) / "a.doc").read_bytes()


OLDS: dict[str, Callable[[], bytes]] = {
    "doc-practice.doc": made_by_libreoffice,
    "doc-half.doc": lambda: made_by_libreoffice()[:9000],
    "doc-hollow.doc": lambda: compound({"WordDocument": word(), "1Table": bytes(99)}),
    "doc-password.doc": lambda: compound({"WordDocument": word(0x0100), "1Table": bytes(99)}),
    "doc-macro.doc": lambda: compound({"WordDocument": word(), "Macros/VBA": b"x", "Macros/PROJECT": b"x"}),
    "doc-object.doc": lambda: compound({"WordDocument": word(), "ObjectPool/_1": b"x"}),
    "doc-program.doc": lambda: compound({"WordDocument": word(), "\x01Ole10Native": b"MZ"}),
    "docx-password.docx": lambda: compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
    "doc-slides.doc": lambda: compound({"PowerPoint Document": b"x"}),
    "doc-broken.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "doc-loop.doc": lambda: compound({"WordDocument": word()}).replace(struct.pack("<I", 1), struct.pack("<I", 0), 2),
    "doc-really-docx.doc": practice_original,
    "doc-named-docx.docx": lambda: compound({"WordDocument": word()}),
    "doc-rtf.doc": lambda: rb"{\rtf1 hello}",
    "doc-html.doc": lambda: b"<html><body>x</body></html>",
}
NEED_LIBREOFFICE = {"doc-practice.doc", "doc-half.doc"}

"""Old Office files (.doc, .xls): which of the two they are, and whether a password or a macro hides in them."""

import struct
from io import BytesIO
from typing import Any

import olefile

from suggestions.documents.parts import RefusedError

_ENCRYPTED_BIT = 0x0100
_FILE_PASS = 0x002F
_MACROS = ({"macros"}, {"_vba_project_cur"}, {"vba"})
_FOREIGN = {"objectpool": "对象", "\x01ole10native": "其他文件", "package": "其他文件"}


def kind_of(data: bytes) -> str | None:
    """ "doc", "xls", or None for another old Office file; RefusedError for a password, a macro or a broken one."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return _kind_of(file)
    except RefusedError:
        raise
    except Exception as error:
        # The reader has no family of errors: a broken file shows itself as any of them.
        raise RefusedError(
            "是旧版 Office 文件，但已损坏或设了密码，请另存为不设密码的 .docx 或 .xlsx 后再上传"
        ) from error


def _kind_of(file: "olefile.OleFileIO[Any]") -> str | None:
    names = {part.lower() for path in file.listdir(storages=True) for part in path}
    if "encryptedpackage" in names:
        raise RefusedError("设了密码，请取消密码后再上传")
    if any(names >= macro for macro in _MACROS):
        raise RefusedError("含有宏，请另存为不含宏的格式后再上传")
    for name, what in _FOREIGN.items():
        if name in names and _holds_something(file, name):
            raise RefusedError(f"内部嵌入了{what}，请去掉后再上传")
    if "worddocument" in names:
        with file.openstream("WordDocument") as stream:
            head = stream.read(12)
        if struct.unpack_from("<H", head, 10)[0] & _ENCRYPTED_BIT:
            raise RefusedError("设了密码，请取消密码后再上传")
        return "doc"
    book = next((name for name in ("Workbook", "Book") if name.lower() in names), None)
    if book is None:
        return None
    with file.openstream(book) as stream:
        if _is_locked(stream.read(64 * 1024)):
            raise RefusedError("设了密码，请取消密码后再上传")
    return "xls"


def _holds_something(file: "olefile.OleFileIO[Any]", name: str) -> bool:
    return any(path[-1].lower() == name or name in [part.lower() for part in path[:-1]] for path in file.listdir())


def _is_locked(book: bytes) -> bool:
    """Whether the password record stands among the first records of a workbook."""
    at = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + length
    return False

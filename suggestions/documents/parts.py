"""One XML part of an Office package, judged while it streams by: no entity, no foreign link, no runaway sheet."""

import re
from xml.parsers import expat

MAX_CELLS = 1_000_000
"""Cells from A1 to the last filled one: the reader lays out all of them, so one far cell ends the whole process."""

_FIRST_BYTES = 64
_XML_NAMES = (".xml", ".rels", ".vml")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ACTIVE_LINKS = {
    "afchunk": "另一种格式的内容",
    "attachedtemplate": "外部模板",
    "control": "控件",
    "externallink": "外部工作簿的链接",
    "frame": "外部框架",
    "oleobject": "对象",
    "package": "其他文件",
    "subdocument": "子文档",
    "vbaproject": "宏",
}
_DANGEROUS_FIELD = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


class RefusedError(Exception):
    """Why a file is refused, as the end of a sentence that begins with the file's name."""


def is_xml(part: str, head: bytes) -> bool:
    """Whether a part has to be read as XML: by its name, or because it begins like XML whatever its name is."""
    start = head[:_FIRST_BYTES]
    return part.lower().endswith(_XML_NAMES) or start.startswith(_MARKS) or start.lstrip(b" \t\r\n\0")[:1] == b"<"


class PartReader:
    """Feed it the chunks of one XML part; raises RefusedError at the first thing that may not be in it."""

    def __init__(self) -> None:
        self.content_types: set[str] = set()
        self._row = self._column = self._last_row = self._last_column = 0
        self._instructions: list[str] = []
        self._parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._root

    def feed(self, chunk: bytes, *, is_last: bool = False) -> None:
        """Read on; RefusedError also when it is not well-formed."""
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise RefusedError("已损坏：内部的 XML 不完整，请重新导出") from error
        if is_last and _DANGEROUS_FIELD.search("".join(self._instructions)):
            raise RefusedError("含有会启动其他程序的域（DDE），请删去后再上传")

    def _doctype(self, *_: object) -> None:
        raise RefusedError("内部含有 DOCTYPE 或实体声明，不是正常的办公文件，不能接收")

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        """Choose by the root element what to look at; other parts are read at full speed without looking."""
        root = _local(name)
        watch = {"Types": self._type, "Relationships": self._link, "worksheet": self._cell}.get(root)
        if watch is None and root in {"document", "hdr", "ftr", "footnotes", "endnotes", "comments"}:
            watch = self._field
        self._parser.StartElementHandler = watch
        if root == "externalLink":
            raise RefusedError("引用了外部工作簿，请在“数据→编辑链接”中断开后再上传")
        if watch is not None:
            watch(name, attributes)

    def _type(self, _name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        self.content_types.add(kind)
        if "macroenabled" in kind.lower() or "vbaproject" in kind.lower():
            raise RefusedError("含有宏，请另存为不含宏的格式后再上传")

    def _link(self, _name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "").rstrip("/").rpartition("/")[2].lower()
        if kind in _ACTIVE_LINKS:
            raise RefusedError(f"嵌入了{_ACTIVE_LINKS[kind]}，请去掉后再上传（图表可转为图片）")
        if attributes.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise RefusedError("引用了文件以外的内容（外部链接），请把内容放进文件本身后再上传")

    def _field(self, name: str, attributes: dict[str, str]) -> None:
        self._parser.CharacterDataHandler = None
        if _local(name) == "instrText":
            self._parser.CharacterDataHandler = self._instructions.append
        elif _local(name) == "fldSimple":
            self._instructions.extend(value for key, value in attributes.items() if _local(key) == "instr")

    def _cell(self, name: str, attributes: dict[str, str]) -> None:
        element = _local(name)
        if element == "row":
            self._row = _count(attributes.get("r")) or self._row + 1
            self._column = 0
        elif element == "c":
            found = _CELL.fullmatch(attributes.get("r", ""))
            self._column = _column(found[1]) if found else self._column + 1
            self._row = int(found[2]) if found else self._row
        elif element in {"v", "is", "f"}:
            self._last_row = max(self._last_row, self._row)
            self._last_column = max(self._last_column, self._column)
            if self._last_row * self._last_column > MAX_CELLS:
                raise RefusedError("的表格太大，或在很远的地方有一个孤立的单元格，请删去清单以外的行和列后再上传")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 7 else 0


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column

"""The numbered requests of a suggestion, found in its text: 为此，建议：一、… 二、… in the ways deputies write it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from suggestions.documents.words import count_of

_CHINESE = "[一二三四五六七八九十]{1,3}"
_DIGITS = "[0-9０-９]{1,2}"
# Each way of numbering: a nested one is of another kind than the one above it, so kinds are never mixed in one list.
_KINDS = {
    "chinese": rf"(?P<chinese>{_CHINESE})[、．.]",
    "chinese_bracket": rf"[（(](?P<chinese_bracket>{_CHINESE})[）)]、?",
    "digit": rf"(?P<digit>{_DIGITS})(?:、|[.．](?![0-9０-９]))",
    "digit_bracket": rf"[（(]?(?P<digit_bracket>{_DIGITS})[）)]、?",
    "circle": "(?P<circle>[①-⑳])",
    "nth": rf"第(?P<nth>{_CHINESE}|{_DIGITS})[，,、：:]",
    "is": rf"(?P<is>{_CHINESE})[是要]",
    "ask": rf"建议(?P<ask>{_CHINESE}|{_DIGITS})[：:、]",
}
_ORDINAL = re.compile(rf"(?:^|(?<=[。；;：:！!，,]))[^\S\n]*(?:{'|'.join(_KINDS.values())})[^\S\n]*", re.MULTILINE)
_STRONG = re.compile(
    r"(?:为此|因此|对此|鉴于此|鉴于上述|综上)[^。：:；;\n]{0,30}?建议"
    r"|(?:如下|以下)[一二三四五六七八九十几两0-9]{0,2}[点条项个]?(?:意见和|对策)?建议|建议如下|(?:具体|几点)建议"
)
_WEAK = re.compile(r"^[^\S\n]*[^。，,；;\n]{0,14}建议[^\S\n]*[：:]?[^\S\n]*$", re.MULTILINE)
_BULLET = re.compile(r"^[^\S\n]*[•●·▪◆■][^\S\n]*", re.MULTILINE)
_CLOSING = re.compile(
    r"^[^\S\n]*(?:以上(?:建议|意见|问题|是|，)|特此|妥否|当否|此致|敬请|请予|恳请|谢谢|建议人|领衔代表|附议代表|联名代表|代表签名|联系电话|附件|填表|备注"
    r"|附[：:]|[0-9０-９〇二]{4}年.{1,8}日\s*$)",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Asks:
    """The requests in order, each verbatim without its ordinal, and a sentence for whatever a person should check."""

    texts: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True)
class _Ordinal:
    kind: str
    value: int
    begin: int
    end: int
    opens_line: bool


def opens_item(line: str) -> bool:
    """Whether a line begins with the ordinal or bullet of a list."""
    return _ORDINAL.match(line) is not None or _BULLET.match(line) is not None


def find_asks(paragraphs: Sequence[str]) -> Asks:
    """The requests of a body: what is numbered after 为此，建议, after a heading 建议, or, with a warning, anywhere."""
    text = "\n".join(paragraphs)
    for pattern in (_STRONG, _WEAK):
        for marker in pattern.finditer(text):
            region = _region(text, marker)
            if asks := _numbered(region) or _bulleted(region):
                return asks
    if (asks := _numbered(text)) and len(asks.texts) > 1:
        return Asks(asks.texts, (*asks.unsure, "没有找到“为此，建议”，把正文里编了号的段落当作诉求，请核对。"))
    return Asks((), ("没有找到编了号的诉求，请在拆分诉求时对照原件填写。",))


def _region(text: str, marker: re.Match[str]) -> str:
    """What follows the marker, up to the next heading of the marker's own rank when it is itself numbered."""
    line = text.rfind("\n", 0, marker.start()) + 1
    heading = _ORDINAL.match(text, line)
    region = text[marker.end() :]
    if heading is None or heading.end() > marker.end():
        return region
    own = _ordinal(heading)
    ends = (found.begin for found in _ordinals(region) if found.opens_line and (found.kind, found.value) == _after(own))
    return region[: next(ends, len(region))]


def _after(own: _Ordinal) -> tuple[str, int]:
    return own.kind, own.value + 1


def _numbered(region: str) -> Asks | None:
    """The items of the list that begins with the first ordinal 1, sub-items left inside the item above them."""
    found = list(_ordinals(region))
    first = next((ordinal for ordinal in found if ordinal.value == 1), None)
    if first is None:
        return None
    items = [first]
    is_broken = False
    for ordinal in found[found.index(first) + 1 :]:
        if ordinal.kind != first.kind:
            continue
        follows = ordinal.value == items[-1].value + 1
        if follows or ordinal.opens_line:
            is_broken = is_broken or not follows
            items.append(ordinal)
    ends = [*(item.begin for item in items[1:]), len(region)]
    texts = [region[item.end : end].strip() for item, end in zip(items, ends, strict=True)]
    texts[-1] = _until_closing(texts[-1])
    is_broken = is_broken or not all(texts)
    texts = [text for text in texts if text]
    return Asks(tuple(texts), ("诉求的序号不连续，请对照原件核对。",) if is_broken else ()) if texts else None


def _bulleted(region: str) -> Asks | None:
    pieces = _BULLET.split(region)[1:]
    if pieces:
        pieces[-1] = _until_closing(pieces[-1])
    texts = tuple(text for piece in pieces if (text := piece.strip()))
    return Asks(texts, ("诉求没有编号，按项目符号拆分，请核对。",)) if texts else None


def _until_closing(text: str) -> str:
    """The item without the courtesies, signatures and dates that follow the last one."""
    closing = _CLOSING.search(text, text.find("\n") + 1) if "\n" in text else None
    return text[: closing.start() if closing else len(text)].strip()


def _ordinals(text: str) -> Iterator[_Ordinal]:
    for found in _ORDINAL.finditer(text):
        ordinal = _ordinal(found)
        # 一是…，二是… is parted by commas; after a comma "2、3号楼" is no list.
        if ordinal.opens_line or ordinal.kind == "is" or text[found.start() - 1] not in "，,":
            yield ordinal


def _ordinal(found: re.Match[str]) -> _Ordinal:
    kind = found.lastgroup or ""
    sign = found[kind]
    value = ord(sign) - ord("①") + 1 if kind == "circle" else count_of(sign) or 0
    opens_line = found.start() == 0 or found.string[found.start() - 1] == "\n"
    return _Ordinal(kind, value, found.start(), found.end(), opens_line)

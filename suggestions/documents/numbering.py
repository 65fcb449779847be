"""The numbers that Word prints before list paragraphs: they stand in no text, so they are counted as Word counts."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from suggestions.documents.words import in_chinese

_VALUE = qn("w:val")
_STYLES_DEEP = 20
_LEVELS = 9
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


class Styles:
    """The paragraph styles of one document (the root of its styles part), each with those it is based on."""

    def __init__(self, root: Any) -> None:
        self._styles = _by_id(root, "w:style", "w:styleId")
        self._default = next(
            (
                style_id
                for style_id, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}
            ),
            "",
        )

    def chain(self, style_id: str) -> Iterator[Any]:
        """The style and those below it, from the nearest on; the default style when none is named."""
        style_id = style_id or self._default
        for _ in range(_STYLES_DEEP):
            style = self._styles.get(style_id)
            if style is None:
                return
            yield style
            style_id = _child_value(style, "w:basedOn")

    def property_of(self, paragraph: Any, tag: str) -> str:
        """The value of a paragraph property such as w:jc, own or by style; "" when it is set nowhere."""
        properties = paragraph.find(qn("w:pPr"))
        own = _child_value(properties, tag) if properties is not None else ""
        style_id = _child_value(properties, "w:pStyle") if properties is not None else ""
        return own or next(
            (
                value
                for style in self.chain(style_id)
                if (inner := style.find(qn("w:pPr"))) is not None and (value := _child_value(inner, tag))
            ),
            "",
        )


class Shapes:
    """The shapes of the lists of one document, from the root of its numbering part."""

    def __init__(self, root: Any) -> None:
        self.abstracts = _by_id(root, "w:abstractNum", "w:abstractNumId")
        self.lists = _by_id(root, "w:num", "w:numId")


class Numbering:
    """The running list numbers of one document: ask for each paragraph once, in the order of reading."""

    def __init__(self, shapes: Shapes, styles: Styles) -> None:
        self._abstracts, self._lists, self._styles = shapes.abstracts, shapes.lists, styles
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def number_of(self, paragraph: Any) -> tuple[str, int] | None:
        """The printed number ("三、", "(2)", "•") of a paragraph and its depth from 0; None outside every list."""
        list_id, depth = self._place(paragraph)
        if list_id not in self._lists or not 0 <= depth < _LEVELS:
            return None
        abstract = _child_value(self._lists[list_id], "w:abstractNumId")
        level = self._level(list_id, depth)
        if level is None:
            return None
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._count(list_id, depth, counts)
        text = _child_value(level, "w:lvlText")
        if _child_value(level, "w:numFmt") == "bullet":
            return ("•" if text else ""), depth
        for place in range(depth + 1):
            shape = self._level(list_id, place)
            kind = _child_value(shape, "w:numFmt") if shape is not None else ""
            text = text.replace(f"%{place + 1}", _written(counts[place] or 1, kind))
        return text, depth

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and depth a paragraph asks for itself or through its style and the styles below."""
        properties = paragraph.find(qn("w:pPr"))
        asked = properties.find(qn("w:numPr")) if properties is not None else None
        style_id = _child_value(properties, "w:pStyle") if properties is not None else ""
        depth = _number(_child_value(asked, "w:ilvl"), 0) if asked is not None else 0
        if asked is not None and asked.find(qn("w:numId")) is not None:
            return _child_value(asked, "w:numId"), depth
        for style in self._styles.chain(style_id):
            found = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            if found is not None and found.find(qn("w:numId")) is not None:
                list_id = _child_value(found, "w:numId")
                own_id = style.get(qn("w:styleId"), "")
                return list_id, self._linked_depth(list_id, own_id, _number(_child_value(found, "w:ilvl"), depth))
        return "", 0

    def _linked_depth(self, list_id: str, style_id: str, otherwise: int) -> int:
        for depth in range(_LEVELS):
            level = self._level(list_id, depth)
            if level is not None and _child_value(level, "w:pStyle") == style_id:
                return depth
        return otherwise

    def _level(self, list_id: str, depth: int) -> Any:
        """The shape of one level: the list's own one before that of the list it derives from."""
        own = self._lists.get(list_id)
        if own is None:
            return None
        for place in [*own.findall(qn("w:lvlOverride")), self._abstracts.get(_child_value(own, "w:abstractNumId"))]:
            if place is None or (place.tag == qn("w:lvlOverride") and place.get(qn("w:ilvl")) != str(depth)):
                continue
            for level in place.findall(qn("w:lvl")):
                if level.get(qn("w:ilvl")) == str(depth):
                    return level
        return None

    def _count(self, list_id: str, depth: int, counts: list[int | None]) -> None:
        """Count one paragraph: deeper levels begin anew, a list that overrides its start does so once."""
        first = (list_id, depth) not in self._begun
        self._begun.add((list_id, depth))
        restart = self._restart(list_id, depth)
        before = counts[depth]
        if before is None or (first and restart is not None):
            level = self._level(list_id, depth)
            start = _number(_child_value(level, "w:start"), 1) if level is not None else 1
            counts[depth] = start if restart is None else restart
        else:
            counts[depth] = before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)

    def _restart(self, list_id: str, depth: int) -> int | None:
        for change in self._lists[list_id].findall(qn("w:lvlOverride")):
            if change.get(qn("w:ilvl")) == str(depth) and change.find(qn("w:startOverride")) is not None:
                return _number(_child_value(change, "w:startOverride"), 1)
        return None


def _by_id(root: Any, tag: str, key: str) -> dict[str, Any]:
    return {} if root is None else {element.get(qn(key), ""): element for element in root.findall(qn(tag))}


def _child_value(element: Any, tag: str) -> str:
    child = element.find(qn(tag))
    return "" if child is None else str(child.get(_VALUE, ""))


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def _written(number: int, kind: str) -> str:
    if kind in _CHINESE:
        return in_chinese(number)
    if kind == "chineseLegalSimplified":
        return in_chinese(number).translate(str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾"))
    if kind in {"decimalFullWidth", "decimalFullWidth2"}:
        return str(number).translate(_FULL_WIDTH)
    if kind in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if kind in {"lowerLetter", "upperLetter"} and 1 <= number <= 26:
        return chr(ord("a" if kind == "lowerLetter" else "A") + number - 1)
    return "" if kind == "none" else str(number)

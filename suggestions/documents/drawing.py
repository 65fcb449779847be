"""Draws a chart as a picture for paper: bars that lie, parts of one bar, or lines; every value is written beside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from typing import Any, TypeAlias

from PIL import Image, ImageDraw, ImageFont

from suggestions.documents.letters import installed
from suggestions.documents.letters.fonts import NAMES, STAND_INS, Face

MEDIA_TYPE = "image/png"
WIDE = 1230
"""As many dots as the line of a page has at 200 to the inch."""
_FINER = 2
"""Drawn so many times as large and made smaller: edges come out smooth."""
_INK, _SECOND, _LINE, _PAPER = "#1b1b1b", "#555555", "#cfcfcf", "#ffffff"
_TONES = {
    "strong": "#1f3f66",
    "plain": "#8fb0d6",
    "pale": "#d6e2f0",
    "done": "#5f7f5f",
    "bad": "#c9201b",
    "over": "#c9201b",
    "near": "#e8a600",
    "ok": "#8fb0d6",
    "empty": "#ffffff",
}
_DARK = ("strong", "bad", "over", "done")
_WORD, _SMALL = 26, 22
_LEFT, _RIGHT, _TOP = 300, 90, 10
_BAR, _GAP, _AXIS = 34, 22, 40
_DASHES: tuple[tuple[int, int], ...] = ((1, 0), (18, 10), (4, 8))
"""Lines are told apart by their dashes too, since many printers know no colour."""
Font: TypeAlias = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Strip:
    """One series of a chart: its name, its values, and its tone."""

    name: str
    values: Sequence[float]
    tone: str = "plain"


def picture(form: str, labels: Sequence[str], strips: Sequence[Strip]) -> bytes | None:
    """A chart as PNG; None where this machine has no Chinese font. `form` is line, bar or stack."""
    font = _font()
    if font is None or not labels or not strips:
        return None
    pen = _Pen(font, labels, strips)
    drawn = pen.lines() if form == "line" else pen.bars(is_stacked=form == "stack")
    small = drawn.resize((WIDE, drawn.height // _FINER), Image.Resampling.LANCZOS)
    kept = BytesIO()
    small.quantize(64).save(kept, "PNG", optimize=True, dpi=(200, 200))
    return kept.getvalue()


@lru_cache(maxsize=1)
def _font() -> tuple[str, int] | None:
    families = installed.families()
    name = next((name for name in (*NAMES[Face.HEADING], *STAND_INS[Face.HEADING]) if name in families), None)
    return installed.file_of(name) if name else None


def spoken(value: float) -> str:
    """A value as it is written: 3, or 2.5."""
    return f"{value:g}"


@dataclass(frozen=True)
class _Pen:
    font: tuple[str, int]
    labels: Sequence[str]
    strips: Sequence[Strip]

    def _type(self, size: int) -> Font:
        path, index = self.font
        return ImageFont.truetype(path, size * _FINER, index=index)

    @staticmethod
    def _page(height: int) -> tuple[Image.Image, Any]:
        page = Image.new("RGB", (WIDE * _FINER, height * _FINER), _PAPER)
        return page, ImageDraw.Draw(page)

    def _write(self, draw: Any, at: tuple[float, float], words: str, anchor: str, **more: Any) -> None:
        given = {"fill": _INK, "size": _WORD, **more}
        place = (at[0] * _FINER, at[1] * _FINER)
        draw.text(place, words, font=self._type(given["size"]), fill=given["fill"], anchor=anchor)

    @staticmethod
    def _box(draw: Any, corners: tuple[float, float, float, float], tone: str) -> None:
        place = [each * _FINER for each in corners]
        draw.rectangle(place, fill=_TONES.get(tone, _TONES["plain"]), outline=_SECOND, width=_FINER)

    def _legend(self, draw: Any) -> int:
        """The names of the series beside their tones, where there are several; how high that is."""
        if len(self.strips) < 2:
            return _TOP
        left = 10.0
        for strip in self.strips:
            self._box(draw, (left, _TOP + 5, left + 30, _TOP + 29), strip.tone)
            self._write(draw, (left + 40, _TOP + 17), strip.name, "lm", size=_SMALL)
            left += 80 + self._type(_SMALL).getlength(strip.name) / _FINER
        return _TOP + 50

    def bars(self, *, is_stacked: bool) -> Image.Image:
        """Bars that lie, a group for each label, or one bar of parts."""
        each = 1 if is_stacked else len(self.strips)
        group = each * _BAR + _GAP
        page, draw = self._page((_TOP + 50 if len(self.strips) > 1 else _TOP) + group * len(self.labels) + _GAP)
        top = self._legend(draw) + _GAP / 2
        sums = (sum(strip.values[at] for strip in self.strips) for at in range(len(self.labels)))
        most = max(sums) if is_stacked else max(max(strip.values) for strip in self.strips)
        scale = (WIDE - _LEFT - _RIGHT) / (most or 1)
        for at, label in enumerate(self.labels):
            middle = top + at * group + each * _BAR / 2
            self._write(draw, (_LEFT - 14, middle), self._cut(label), "rm")
            left = float(_LEFT)
            for number, strip in enumerate(self.strips):
                value, y = strip.values[at], top + at * group + (0 if is_stacked else number * _BAR)
                right = left + value * scale
                if value:
                    self._box(draw, (left, y, right, y + _BAR - 3), strip.tone)
                if not is_stacked:
                    self._write(draw, (right + 10, y + _BAR / 2 - 2), spoken(value), "lm", size=_SMALL)
                elif value:
                    ink = _PAPER if strip.tone in _DARK else _INK
                    self._write(
                        draw, ((left + right) / 2, y + _BAR / 2 - 2), spoken(value), "mm", size=_SMALL, fill=ink
                    )
                    left = right
        draw.line([(_LEFT * _FINER, top * _FINER), (_LEFT * _FINER, page.height - _GAP)], fill=_SECOND, width=_FINER)
        return page

    def _cut(self, label: str) -> str:
        """A label as far as there is room for it; the table beside has it whole."""
        wide = (_LEFT - 20) * _FINER
        while self._type(_WORD).getlength(label) > wide:
            label = label.rstrip("…")[:-1] + "…"
        return label

    def lines(self) -> Image.Image:
        """Lines over the labels, each named at its end."""
        height, left, right = 420, 80, WIDE - 190
        page, draw = self._page(height + _AXIS)
        top, foot = _TOP + 30, height - 10
        most = max((max(strip.values) for strip in self.strips), default=0) or 1
        step = (right - left) / max(len(self.labels) - 1, 1)
        for value in _ticks(most):
            y = foot - (foot - top) * value / most
            draw.line([(left * _FINER, y * _FINER), (right * _FINER, y * _FINER)], fill=_LINE, width=_FINER)
            self._write(draw, (left - 12, y), spoken(value), "rm", size=_SMALL, fill=_SECOND)
        skip = max(1, -(-len(self.labels) // 14))
        for at, label in enumerate(self.labels):
            if at % skip == 0:
                self._write(draw, (left + at * step, foot + 14), label, "mt", size=_SMALL, fill=_SECOND)
        ends = _apart([foot - (foot - top) * strip.values[-1] / most for strip in self.strips], 30)
        for number, strip in enumerate(self.strips):
            points = [(left + at * step, foot - (foot - top) * value / most) for at, value in enumerate(strip.values)]
            tone = _TONES.get(strip.tone, _INK)
            for one, two in pairwise(points):
                for start, end in _dashed(one, two, _DASHES[number % len(_DASHES)]):
                    places = [(x * _FINER, y * _FINER) for x, y in (start, end)]
                    draw.line(places, fill=tone, width=4 * _FINER)
            for x, y in points:
                draw.ellipse([(x - 5) * _FINER, (y - 5) * _FINER, (x + 5) * _FINER, (y + 5) * _FINER], fill=tone)
            words = f"{strip.name} {spoken(strip.values[-1])}"
            self._write(draw, (right + 16, ends[number]), words, "lm")
        return page


def _ticks(most: float) -> list[float]:
    """At most five round steps up to the highest value."""
    step = next(size for size in _round_sizes() if most / size <= 5)
    return [step * at for at in range(int(most // step) + 1)]


def _round_sizes() -> Iterator[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _apart(places: Sequence[float], least: float) -> list[float]:
    """The same places, moved up as far as none lies closer to the next than this."""
    found = list(places)
    order = sorted(range(len(found)), key=lambda at: -found[at])
    for below, above in pairwise(order):
        found[above] = min(found[above], found[below] - least)
    return found


def _dashed(
    one: tuple[float, float], two: tuple[float, float], dash: tuple[int, int]
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The pieces of a line that are drawn."""
    drawn, left_out = dash
    length = ((two[0] - one[0]) ** 2 + (two[1] - one[1]) ** 2) ** 0.5
    if not left_out or not length:
        yield one, two
        return
    at = 0.0
    while at < length:
        ends = (at / length, min(at + drawn, length) / length)
        start, end = ((one[0] + (two[0] - one[0]) * part, one[1] + (two[1] - one[1]) * part) for part in ends)
        yield start, end
        at += drawn + left_out

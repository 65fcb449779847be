"""Charts as pictures: drawn to their values, told apart without colour, and left out where there is no font."""

from io import BytesIO

import pytest
from PIL import Image

from suggestions.documents import drawing
from suggestions.documents.drawing import Strip, picture

pytestmark = pytest.mark.skipif(drawing._font() is None, reason="no Chinese font on this machine")


def drawn(form: str, labels: list[str], *strips: Strip) -> Image.Image:
    data = picture(form, labels, strips)
    assert data is not None
    return Image.open(BytesIO(data)).convert("RGB")


def columns_of(page: Image.Image, tone: tuple[int, int, int]) -> dict[int, int]:
    """For each row of dots that holds a tone, how many there are."""
    found: dict[int, int] = {}
    for y in range(page.height):
        wide = sum(
            all(abs(one - other) < 12 for one, other in zip(page.getpixel((x, y)), tone, strict=True))  # type: ignore[arg-type]
            for x in range(300, page.width)
        )
        if wide > 20:
            found[y] = wide
    return found


def test_bars_are_as_long_as_their_values() -> None:
    page = drawn("bar", ["甲", "乙"], Strip("件数", (10, 5), "strong"))
    rows = columns_of(page, (0x1F, 0x3F, 0x66))
    longest, shortest = max(rows.values()), min(wide for wide in rows.values() if wide > 100)
    assert abs(longest / shortest - 2) < 0.05


@pytest.mark.parametrize(
    ("form", "strips"),
    [
        ("bar", (Strip("件数", (0, 0), "plain"),)),
        ("stack", (Strip("超期", (0, 3), "over"), Strip("正常", (0, 0), "ok"))),
        ("line", (Strip("交办", (0, 24), "plain"), Strip("答复", (0, 24), "strong"))),
        ("line", (Strip("交办", (7, 7)),)),
        ("bar", (Strip("件数", (12345.5, 1)),)),
    ],
)
def test_odd_values_are_drawn_too(form: str, strips: tuple[Strip, ...]) -> None:
    page = drawn(form, ["一个很长很长很长很长的单位名称写不下的时候", "乙"], *strips)
    assert page.width == drawing.WIDE
    assert len(page.getcolors(1_000_000) or []) > 2


def test_lines_differ_without_colour() -> None:
    one, two = (drawn("line", ["1月", "2月"], *strips) for strips in _swapped())
    assert one.convert("L").tobytes() != two.convert("L").tobytes()


def _swapped() -> list[list[Strip]]:
    flat, rising = (5, 5), (0, 9)
    return [
        [Strip("甲", flat, "plain"), Strip("甲", rising, "plain")],
        [Strip("甲", rising, "plain"), Strip("甲", flat, "plain")],
    ]


def test_the_same_chart_is_the_same_file() -> None:
    given = ("bar", ["甲"], [Strip("件数", (3,))])
    assert picture(*given) == picture(*given)


def test_without_a_chinese_font_there_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_font", lambda: None)
    assert picture("bar", ["甲"], [Strip("件数", (3,))]) is None

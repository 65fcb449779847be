"""A reply letter as a PDF in GB/T 9704 letter format; what stands in for an official font is printed at its end."""

import base64
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from suggestions.documents.letters import fonts, installed, parts, qr
from suggestions.documents.letters import measures as m
from suggestions.documents.letters.fonts import Face
from suggestions.domain.errors import NotNow

MEDIA_TYPE = "application/pdf"
_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"
NO_LIBRARY = f"这台服务器上缺少生成PDF的系统库（Pango）。请系统管理员安装：{_PACKAGES}（Debian、Ubuntu上的包名）。"
NO_FONT = "这台服务器上没有中文字体，PDF上的字会印不出来。请系统管理员安装：fonts-noto-cjk，或者公文标准字体。"
_FIGURES = {name: value for name, value in vars(m).items() if name.isupper()} | {
    "RULE_WIDTH_LEFT": (m.PAGE[0] - m.RULE_WIDTH) / 2 - m.LEFT,
    "RULE_WIDTH_RIGHT": (m.PAGE[0] - m.RULE_WIDTH) / 2 - m.RIGHT,
}
_NOTE_LINE, _COPIES_LINE, _PER_NOTE_LINE = 14 / m.MM, 22 / m.MM, 49
_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(("html",), default=False),
    undefined=StrictUndefined,
)


def colophon(*, is_short: bool = False) -> str:
    """The sentence on fonts that stand in for the official ones on this machine; empty when all are there."""
    families = fonts.chosen(installed.families())
    return fonts.in_short(families) if is_short else fonts.substitution(families)


def lacking() -> str:
    """What this machine lacks for drawing a PDF, as a sentence for its administrator; empty when nothing."""
    if _weasyprint() is None:
        return NO_LIBRARY
    return NO_FONT if "serif" in fonts.chosen(installed.families()).values() else ""


def render(letter: parts.LetterPaper) -> bytes:
    """The letter as .pdf; NotNow says in plain words which library or font this machine lacks."""
    return write(_page(letter))


def write(html: str) -> bytes:
    """A page as .pdf, always the same for the same page; NotNow where this machine cannot draw."""
    weasyprint = _weasyprint()
    if weasyprint is None or (said := lacking()):
        raise NotNow("现在不能生成PDF：", [NO_LIBRARY if weasyprint is None else said, "Word文件照常可以下载。"])
    # Only what the page itself carries is drawn: nothing is ever fetched.
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["data"])
    made: bytes = weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
        pdf_identifier=b"suggestions", pdf_tags=True
    )
    return made


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    """The library that draws; None where it cannot be loaded."""
    try:
        import weasyprint  # noqa: PLC0415 takes a second and needs libraries that not every machine has
    except (ImportError, OSError):
        return None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return weasyprint


def _page(letter: parts.LetterPaper) -> str:
    said = colophon(is_short=True)
    size = m.letterhead_size(len(letter.letterhead))
    unit_away, date_away = parts.signature_indents(letter.unit, letter.date)
    figures = {
        "head_size": size,
        "head_at": m.letterhead_from(size) - m.MARKS_TOP,
        "lines_at": m.rules_at(size) - m.MARKS_TOP,
        "number_after": m.below_letterhead(size),
        "foot_at": m.PAGE[1] - m.FOOT_RULES_BOTTOM - m.RULES - m.MARKS_TOP,
        "unit_away": unit_away,
        "date_away": date_away,
    }
    css = _pages.get_template("letter.css.jinja").render(**figures, **dress(), room=_room(letter, said))
    return _pages.get_template("letter.html").render(
        css=Markup(css),  # noqa: S704 made of the figures and font names of this house
        letter=letter,
        qr=base64.b64encode(qr.png(letter.evidence.line)).decode("ascii") if letter.evidence else "",
        how_to_check=parts.HOW_TO_CHECK,
        colophon=said,
        form=[(label, lines.split("\n")) for label, lines in letter.receipt.lines] if letter.receipt else (),
    )


def dress() -> dict[str, Any]:
    """What the style sheet of the standard asks: the measures, and the fonts that this machine draws."""
    families = fonts.chosen(installed.families())
    return {
        "m": _FIGURES,
        "fonts": {face.name.lower(): f"'{family}'" for face, family in families.items()},
        "title_weight": "normal" if families[Face.TITLE] in fonts.NAMES[Face.TITLE] else "bold",
    }


def _room(letter: parts.LetterPaper, said: str) -> float:
    """Millimetres that stay free above the foot of the last page for what stands there."""
    lines = -(-parts.width(said) // _PER_NOTE_LINE) * _NOTE_LINE
    copies = -(-parts.width("抄送：" + letter.copies) // 30) * _COPIES_LINE if letter.copies else 0.0
    return round(lines + copies + (m.QR if letter.evidence else 0) + 2, 2)

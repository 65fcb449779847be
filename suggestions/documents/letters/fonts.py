"""The official fonts of a letter by name, and what stands in for them where they are not installed."""

from collections.abc import Mapping
from enum import StrEnum


class Face(StrEnum):
    """What a font is used for; the value is its official name, by which Word and PDF ask for it."""

    TITLE = "方正小标宋简体"
    BODY = "仿宋_GB2312"
    HEADING = "黑体"
    SUBHEADING = "楷体_GB2312"
    NUMBER = "宋体"


NAMES: Mapping[Face, tuple[str, ...]] = {
    Face.TITLE: ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
    Face.BODY: ("仿宋_GB2312", "FangSong_GB2312"),
    Face.HEADING: ("黑体", "SimHei"),
    Face.SUBHEADING: ("楷体_GB2312", "KaiTi_GB2312"),
    Face.NUMBER: ("宋体", "SimSun"),
}
"""The official font under each of its names."""
STAND_INS: Mapping[Face, tuple[str, ...]] = {
    Face.TITLE: ("华文中宋", "STZhongsong", "Source Han Serif SC", "Noto Serif CJK SC"),
    Face.BODY: ("仿宋", "FangSong", "华文仿宋", "STFangsong", "Source Han Serif SC", "Noto Serif CJK SC"),
    Face.HEADING: ("SimHei", "华文黑体", "STHeiti", "Source Han Sans SC", "Noto Sans CJK SC"),
    Face.SUBHEADING: ("楷体", "KaiTi", "华文楷体", "STKaiti", "Noto Serif CJK SC"),
    Face.NUMBER: ("Songti SC", "Source Han Serif SC", "Noto Serif CJK SC"),
}
"""What is taken instead, best first."""
USED = (Face.TITLE, Face.BODY, Face.HEADING, Face.NUMBER)
"""The faces that the reply letter has a use for; nothing in it is a heading of the second level."""


def chosen(installed: frozenset[str]) -> dict[Face, str]:
    """For each face the family that is drawn: the official one where it is there, else the best that stands in."""
    return {
        face: next((name for name in (*NAMES[face], *STAND_INS[face]) if name in installed), "serif") for face in USED
    }


def replaced(families: Mapping[Face, str]) -> dict[str, str]:
    """Official name and what is drawn instead, for each face whose own font is not there."""
    return {str(face): family for face, family in families.items() if family not in NAMES[face]}


def substitution(families: Mapping[Face, str]) -> str:
    """The sentence that says aloud which fonts are missing and what was drawn; empty when none is."""
    missing = replaced(families)
    if not missing:
        return ""
    by_stand_in: dict[str, list[str]] = {}
    for official, family in missing.items():
        by_stand_in.setdefault(family, []).append(official)
    said = "，".join(f"{'、'.join(names)}以{_spoken(family)}代替" for family, names in by_stand_in.items())
    return f"本机没有装全公文标准字体：{said}。"


def in_short(families: Mapping[Face, str]) -> str:
    """The same in half a line, for a letter that a deputy reads; empty when no font is missing."""
    drawn = dict.fromkeys(_spoken(family).partition("（")[0] for family in replaced(families).values())
    return f"（公文标准字体以{'、'.join(drawn)}代替）" if drawn else ""


def _spoken(family: str) -> str:
    known = {"Noto Serif CJK SC": "思源宋体（Noto Serif CJK SC）", "Noto Sans CJK SC": "思源黑体（Noto Sans CJK SC）"}
    return known.get(family, family if family != "serif" else "系统默认字体")

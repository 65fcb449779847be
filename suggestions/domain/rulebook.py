"""Rulebooks: the law of one place, found in the package by name and by the day on which it is valid."""

import re
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise

from suggestions.domain.rulebook_codes import Party, Proof, Scale, SeasonKey, Start, TermKey, Unit
from suggestions.domain.rulebook_parts import (
    Basis,
    Behind,
    Choice,
    Endorsement,
    Extension,
    Near,
    Publication,
    Rating,
    ResultClass,
    Rulebook,
    RulebookError,
    Season,
    Source,
    Term,
)
from suggestions.domain.rulebook_reader import read

__all__ = [
    "Basis",
    "Behind",
    "Choice",
    "Endorsement",
    "Extension",
    "Near",
    "Party",
    "Proof",
    "Publication",
    "Rating",
    "ResultClass",
    "Rulebook",
    "RulebookError",
    "Scale",
    "Season",
    "SeasonKey",
    "Source",
    "Start",
    "Term",
    "TermKey",
    "Unit",
    "in_order",
    "load",
    "read",
    "rulebook_names",
]

PACKAGE = "suggestions.rulebooks"
FILE_NAME = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(-[a-z0-9-]+)?\.toml")


def rulebook_names() -> list[str]:
    """Return the names of all rulebooks in the package, in order of the alphabet."""
    return sorted(_files_by_name())


def load(name: str, on: date | None = None) -> Rulebook:
    """Return the rulebook of this name in the version valid on that day, the newest when no day is given.

    Raises RulebookError when there is no such rulebook, none valid on that day, or a fault in one of its files.
    """
    versions = _versions(name)
    if on is None:
        return versions[-1]
    for rulebook in versions:
        if rulebook.is_valid_on(on):
            return rulebook
    raise RulebookError(
        f"规则书 {name} 没有在 {on.isoformat()} 有效的版本，最早的版本自 {versions[0].valid_from} 起有效。"
    )


def _files_by_name() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in files(PACKAGE).iterdir():
        if match := FILE_NAME.fullmatch(entry.name):
            found.setdefault(match["name"], []).append(entry.name)
    return found


@cache
def _versions(name: str) -> tuple[Rulebook, ...]:
    known = _files_by_name()
    if name not in known:
        raise RulebookError(f"没有名为“{name}”的规则书，现有：{'、'.join(sorted(known))}。")
    texts = {file: (files(PACKAGE) / file).read_text(encoding="utf-8") for file in sorted(known[name])}
    return in_order(name, [read(text, file) for file, text in texts.items()])


def in_order(name: str, rulebooks: list[Rulebook]) -> tuple[Rulebook, ...]:
    """Put the versions of one rulebook in order of time; raises RulebookError when a name differs or two overlap."""
    versions = tuple(sorted(rulebooks, key=lambda rulebook: rulebook.valid_from))
    for rulebook in versions:
        if rulebook.name != name:
            raise RulebookError(f"规则书文件名是 {name}，其中的 name 却是“{rulebook.name}”。")
    for older, newer in pairwise(versions):
        if older.valid_to is None or older.valid_to >= newer.valid_from:
            raise RulebookError(
                f"规则书 {name} 的版本 {older.version} 和 {newer.version} 有效期重叠："
                f"请把 {older.version} 的 valid_to 改到 {newer.valid_from} 以前。"
            )
    return versions

"""Rulebooks: the law of one place, found in the package by name and by the day on which it is valid."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise

from suggestions.domain.rulebook_codes import (
    Called,
    ExtraKey,
    Party,
    Proof,
    Rated,
    Scale,
    SeasonKey,
    Start,
    TermKey,
    Unit,
)
from suggestions.domain.rulebook_layers import Layer, lay, parse
from suggestions.domain.rulebook_parts import (
    Asked,
    Basis,
    Behind,
    Choice,
    Endorsement,
    Extension,
    Near,
    Publication,
    Rating,
    Redo,
    Reminders,
    ResultClass,
    RulebookError,
    Season,
    Source,
    Term,
    Withdrawal,
)
from suggestions.domain.rulebook_reader import read, read_layer
from suggestions.domain.rulebook_whole import Rulebook

__all__ = [
    "Asked",
    "Basis",
    "Behind",
    "Called",
    "Choice",
    "Endorsement",
    "Extension",
    "ExtraKey",
    "Near",
    "Party",
    "Proof",
    "Publication",
    "Rated",
    "Rating",
    "Redo",
    "Reminders",
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
    "Withdrawal",
    "in_order",
    "load",
    "read",
    "rulebook_names",
    "valid_on",
    "versions_in",
    "versions_of",
]

PACKAGE = "suggestions.rulebooks"
FILE_NAME = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(-[a-z0-9-]+)?\.toml")


def rulebook_names() -> list[str]:
    """Return the names of all rulebooks in the package, in order of the alphabet."""
    return sorted(_files_by_name(files(PACKAGE)))


def load(name: str, on: date | None = None) -> Rulebook:
    """Return the rulebook of this name in the version valid on that day, the newest when no day is given.

    Raises RulebookError when there is no such rulebook, none valid on that day, or a fault in one of its files.
    """
    return valid_on(_versions(name), on)


def versions_of(name: str) -> tuple[Rulebook, ...]:
    """Return every version of the rulebook of this name in the package, oldest first."""
    return _versions(name)


def valid_on(versions: tuple[Rulebook, ...], on: date | None) -> Rulebook:
    """Return of one rulebook's versions the one valid on that day, the newest when no day is given.

    Raises RulebookError when none is: a later change never reaches back to a case that began before it.
    """
    if on is None:
        return versions[-1]
    for rulebook in versions:
        if rulebook.is_valid_on(on):
            return rulebook
    raise RulebookError(
        f"规则书 {versions[0].name} 没有在 {on.isoformat()} 有效的版本，最早的版本自 {versions[0].valid_from} 起有效。"
    )


def versions_in(folder: Traversable, name: str) -> tuple[Rulebook, ...]:
    """Return every version of this rulebook among the files of a folder, in order of time.

    A rulebook that extends another has one version for every version beneath that is valid in its own time.
    """
    return in_order(name, [rulebook for _, rulebook in _read_all(folder, name, ())])


def _files_by_name(folder: Traversable) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in folder.iterdir():
        if match := FILE_NAME.fullmatch(entry.name):
            found.setdefault(match["name"], []).append(entry.name)
    return found


@cache
def _versions(name: str) -> tuple[Rulebook, ...]:
    return versions_in(files(PACKAGE), name)


def _read_all(folder: Traversable, name: str, above: tuple[str, ...]) -> list[tuple[Layer, Rulebook]]:
    known = _files_by_name(folder)
    if name not in known:
        raise RulebookError(f"没有名为“{name}”的规则书，现有：{'、'.join(sorted(known))}。")
    if name in above:
        raise RulebookError(f"规则书互为底本：{'、'.join((*above, name))}。请删去其中一个 extends。")
    layers = [parse((folder / file).read_text(encoding="utf-8"), file) for file in sorted(known[name])]
    found: list[tuple[Layer, Rulebook]] = []
    for layer in layers:
        if layer.extends:
            found += _laid_over(layer, _read_all(folder, layer.extends, (*above, name)))
        else:
            found.append((layer, read_layer(layer)))
    return found


def _laid_over(layer: Layer, beneath: list[tuple[Layer, Rulebook]]) -> list[tuple[Layer, Rulebook]]:
    found: list[tuple[Layer, Rulebook]] = []
    for base_layer, base in beneath:
        laid = lay(layer, base_layer)
        own = read_layer(laid)
        ends = [day for day in (own.valid_to, base.valid_to) if day is not None]
        begins, end = max(own.valid_from, base.valid_from), min(ends, default=None)
        if end is None or begins <= end:
            version = f"{own.version}，底本 {base.name} {base.version}"
            found.append((laid, replace(own, version=version, valid_from=begins, valid_to=end)))
    if not found:
        raise RulebookError(f"规则书 {layer.file} 有效期间，底本 {layer.extends} 没有有效的版本。")
    return found


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

"""Rulebooks in layers: one file laid over another replaces the rows it names; each row knows its file."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from suggestions.domain.rulebook_parts import RulebookError

# What every file says of itself and never takes from the one beneath.
OWN = frozenset({"extends", "name", "title", "valid_from", "valid_to", "version"})
# What is cited together is replaced together, so that no number stands under another text's article.
CITATIONS = {"source": ("source", "article", "rule", "also"), "cap_source": ("cap_source", "cap_article")}
# What in a cited row is always our own wording or default, so that changing it needs no new citation.
FREE = frozenset({"code", "name", "near", "on_failure", "proof_ask", "proof_label", "short_label"})
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Layer:
    """The TOML of one rulebook file, alone or already laid over others; `files` says which file wrote which key."""

    file: str
    data: Mapping[str, Any]
    origin: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def extends(self) -> str:
        """The name of the rulebook this file is to be laid over, "" when it stands alone."""
        return str(self.data.get("extends", ""))

    def file_of(self, path: str) -> str:
        """Return the file that a key such as terms.redo.rule or ratings[2].label was written in."""
        while path:
            if path in self.files:
                return self.files[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.origin or self.file


def parse(text: str, file: str) -> Layer:
    """Take one file's text apart; raises RulebookError when it is no TOML."""
    try:
        return Layer(file, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"规则书 {file} 不是有效的TOML：{error}") from error


def lay(over: Layer, base: Layer) -> Layer:
    """Lay one file over another: only what it names is replaced; a row of a list by its `code`, or `drop = true`.

    Raises RulebookError when a cited row is changed without a citation of its own.
    """
    laying = _Laying(over.file, base, dict(base.files), [])
    beneath = {key: value for key, value in base.data.items() if key not in OWN}
    data = laying.table(beneath, over.data, "")
    if isinstance(over.data.get("based_on"), list):
        data["based_on"] = [*over.data["based_on"], *beneath.get("based_on", ())]
    if laying.faults:
        raise RulebookError(f"规则书 {over.file} 有{len(laying.faults)}处错误：{'；'.join(laying.faults)}。")
    return Layer(over.file, data, base.origin or base.file, laying.files)


@dataclass
class _Laying:
    file: str
    base: Layer
    files: dict[str, str]
    faults: list[str]

    def table(self, base: Mapping[str, Any], over: Mapping[str, Any], path: str) -> dict[str, Any]:
        self._check(base, over, path)
        replaced = {key for cited, keys in CITATIONS.items() if cited in over for key in keys}
        merged = {key: value for key, value in base.items() if key not in replaced}
        for key, value in over.items():
            merged[key] = self._value(base.get(key), value, f"{path}.{key}" if path else key)
        return merged

    def _check(self, base: Mapping[str, Any], over: Mapping[str, Any], path: str) -> None:
        changed = sorted(set(over) - FREE - set(CITATIONS["cap_source"]))
        if "source" in base and "source" not in over and changed:
            self.faults.append(f"{path} 改了 {'、'.join(changed)}，要同时写明自己的 source、article 和 rule")
        if path == "sources" and (taken := sorted(set(base) & set(over))):
            self.faults.append(f"sources 中的 {'、'.join(taken)} 底本已经用了，请换一个名字")

    def _value(self, base: Any, over: Any, path: str) -> Any:
        if isinstance(base, dict) and isinstance(over, dict):
            return self.table(base, over, path)
        if _has_codes(base) and _has_codes(over):
            return self._rows(base, over, path)
        self.files[path] = self.file
        return over

    def _rows(self, base: Rows, over: Rows, path: str) -> list[Mapping[str, Any]]:
        wanted = {row["code"]: row for row in over}
        found: list[tuple[Mapping[str, Any], str]] = []
        for number, row in enumerate(base, start=1):
            mine = wanted.pop(row["code"], None)
            if mine is None:
                found.append((row, self.base.file_of(f"{path}[{number}]")))
            elif mine.get("drop") is not True:
                found.append((self.table(row, mine, f"{path}[{number}]"), self.file))
        found += [(row, self.file) for row in wanted.values()]
        # Rows move up when one is dropped, so what was known of their places is written anew, by the row.
        self.files = {key: file for key, file in self.files.items() if not key.startswith(f"{path}[")}
        self.files |= {f"{path}[{number}]": file for number, (_, file) in enumerate(found, start=1)}
        return [row for row, _ in found]


def _has_codes(rows: Any) -> bool:
    if not isinstance(rows, list) or not rows:
        return False
    return all(isinstance(row, dict) and isinstance(row.get("code"), str) for row in rows)

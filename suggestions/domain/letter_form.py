"""What an office words itself on its letters: letterhead, closing phrase, contact line, number series, copies."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

HANDLER, PHONE = "{承办人}", "{电话}"
_PLACEHOLDER = re.compile(r"[{｛][^{}｛｝]*[}｝]|[{}｛｝]")
_SERIES = re.compile(r"[^\s〔〕\[\]（）()0-9]{2,20}")
CLOSING = "感谢您对这项工作的关心和支持。请填写所附回执，寄回或者在网上提交。"
CONTACT = f"联系人：{HANDLER}；电话：{PHONE}"
LONGEST_LETTERHEAD = 24


@dataclass(frozen=True)
class LetterForm:
    """One version of an office's own words; version 0 is what the house prints before an office has said anything."""

    version: int = 0
    letterhead: str = ""
    """发文机关标志; empty for the unit's full name."""
    series: str = ""
    """发文机关代字 of its numbers, such as 云山民政函; empty while the number is free."""
    closing: str = CLOSING
    contact: str = CONTACT
    copies: str = ""

    def words(self) -> dict[str, Any]:
        """The words of this version as plain data, without its number."""
        said = asdict(self)
        del said["version"]
        return said

    def closing_for(self, *, is_joint: bool) -> str:
        """The closing phrase, with 您 made 你们 where several deputies are addressed."""
        return self.closing.replace("您", "你们") if is_joint else self.closing

    def contact_line(self, handler: str, phone: str) -> str:
        """The line in brackets at the end; a part whose place stays empty is left out. Empty when nothing is left."""
        parts = []
        for part in re.split(r"[；;]", self.contact.strip("（）() ")):
            if (HANDLER in part and not handler) or (PHONE in part and not phone):
                continue
            parts.append(part.strip().replace(HANDLER, handler).replace(PHONE, phone))
        said = "；".join(filter(None, parts))
        return f"（{said}）" if said else ""


def faults(words: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with an office's words, by field: a sentence each."""
    found: dict[str, str] = {}
    if len(words["letterhead"]) > LONGEST_LETTERHEAD:
        found["letterhead"] = f"发文机关标志最多{LONGEST_LETTERHEAD}个字，一行要放得下。"
    if words["series"] and not _SERIES.fullmatch(words["series"]):
        found["series"] = "发文机关代字只写字，不写年份和号，例如“云山民政函”。"
    if not words["closing"].strip():
        found["closing"] = "结尾用语不能空着。"
    if unknown := _PLACEHOLDER.findall(words["contact"].replace(HANDLER, "").replace(PHONE, "")):
        found["contact"] = f"联系行里的“{unknown[0]}”认不出；能自动填的只有{HANDLER}和{PHONE}。"
    return found

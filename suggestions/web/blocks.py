"""A block of a Word original as the page macro takes it."""

import base64
from typing import Any

from suggestions.documents.rendering import Block, Kind

_KINDS = {Kind.HEADING: "heading", Kind.TABLE: "table", Kind.IMAGE: "image", Kind.LIST_ITEM: "item"}


def drawn(block: Block) -> dict[str, Any]:
    """The block in plain words; a picture comes along as data."""
    said: dict[str, Any] = {
        "kind": _KINDS.get(block.kind, "paragraph"),
        "align": block.align,
        "level": block.level,
        "text": block.number + block.text,
        "runs": [
            {"text": run.text, "bold": run.is_bold, "italic": run.is_italic, "underline": run.is_underlined}
            for run in block.runs
        ]
        if not block.number
        else [],
        "rows": [["\n".join(b.text for b in cell.blocks) for cell in row] for row in block.rows],
    }
    if block.image:
        data = base64.b64encode(block.image.data).decode("ascii")
        said["src"] = f"data:{block.image.media_type};base64,{data}"
    return said

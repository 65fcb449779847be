"""A Word original as a paper: its own blocks in their order, not a word changed, drawn in the type of the house."""

from collections.abc import Iterator

from suggestions.documents.papers.parts import Heading, Paper, Part, Picture, Table, Text
from suggestions.documents.rendering import Block, Cell, Kind, render_docx

_ALIGNED = ("center", "right")


def paper_of_word(name: str, data: bytes) -> Paper:
    """The paper under the name of its file; Invalid when the file is hostile or broken."""
    return Paper(name, "", tuple(part for block in render_docx(data, name) for part in _parts(block)))


def _parts(block: Block) -> Iterator[Part]:
    match block.kind:
        case Kind.HEADING if block.align not in _ALIGNED:
            yield Heading(block.number + block.text)
        case Kind.TABLE:
            rows = [[text for cell in row for text in _cells(cell)] for row in block.rows]
            wide = max((len(row) for row in rows), default=0)
            if wide:
                yield Table((), (1,) * wide, [[*row, *[""] * (wide - len(row))] for row in rows])
            yield from (part for row in block.rows for cell in row for part in _pictures(cell))
        case Kind.IMAGE if block.image is not None:
            yield Picture(block.image.data, block.image.media_type)
        case Kind.UNSHOWN:
            yield Text(f"（{block.text}）", is_note=True)
        case _:
            align = block.align if block.align in _ALIGNED else "left"
            yield Text(block.number + block.text, align=align)


def _cells(cell: Cell) -> Iterator[str]:
    """The words of a cell, and blanks for the further columns that it spans."""
    yield "\n".join(block.number + block.text for block in cell.blocks if block.text)
    yield from [""] * (cell.columns - 1)


def _pictures(cell: Cell) -> Iterator[Picture]:
    for block in cell.blocks:
        if block.image is not None:
            yield Picture(block.image.data, block.image.media_type)

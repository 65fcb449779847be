"""What the deputies wrote, as every page shows it: the text by its paragraphs, and the files it came in."""

from dataclasses import dataclass

from suggestions.models import File
from suggestions.queries.looking import Look
from suggestions.queries.waiting import HIDDEN


@dataclass(frozen=True)
class Block:
    """A paragraph of the original."""

    text: str
    kind: str = "paragraph"
    align: str = "left"


@dataclass(frozen=True)
class FileView:
    """A file one can open."""

    url: str
    name: str
    detail: str
    icon: str


@dataclass(frozen=True)
class Original:
    """What the deputies wrote."""

    line: str
    blocks: tuple[Block, ...]
    files: tuple[FileView, ...]
    alike_url: str = ""


def original_of(look: Look) -> Original:
    """What the deputies wrote: the text by its paragraphs, and the files it came in."""
    lines = [line.strip() for line in look.case.suggestion.content.splitlines()]
    files = tuple(_file(look, file) for file in look.case.files if file.is_original)
    for other in look.case.merged:
        lines += [f"并入的建议：《{other.title}》", *(line.strip() for line in other.content.splitlines())]
    alike_url = look.url("cases.alike", id=look.case.suggestion.id) if look.is_whole else ""
    return Original("", tuple(Block(line) for line in lines if line), files, alike_url)


def signers(look: Look) -> tuple[tuple[str, str], ...]:
    """The lead deputy and the joint ones, as this person may read them."""
    suggestion = look.case.suggestion
    lead = suggestion.lead
    name = ""
    if lead is not None:
        name = HIDDEN if look.hides_lead else f"{lead.name}代表" + (f"（{lead.delegation}）" if lead.delegation else "")
    joint = "、".join(cosigner.person.name for cosigner in look.case.cosigners)
    return (("领衔", name), ("附议", joint))


def _file(look: Look, file: File) -> FileView:
    size = f"{max(1, round(file.size / 1024))} KB" if file.size < 1024 * 1024 else f"{file.size / 1024 / 1024:.1f} MB"
    icon = "clip" if file.media_type.startswith("image/") else "doc"
    return FileView(look.url("files.file", id=file.id), file.name, size, icon)

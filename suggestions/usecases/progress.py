"""Progress: what contacts and attachments leave behind."""

from datetime import date

from suggestions.domain.errors import Invalid
from suggestions.domain.story import ATTEMPT
from suggestions.models import File
from suggestions.usecases import filing
from suggestions.usecases.taking import Taking


def record_contact(taking: Taking) -> None:
    """The first real contact stops the clock of the first contact."""
    on = date.fromisoformat(taking.fields["contacted_on"])
    if on < taking.of_handling.assigned_on:
        assigned = taking.of_handling.assigned_on
        raise Invalid("还有一处要改：", {"contacted_on": f"联系日期不能早于交办之日（{assigned}）。"})
    if taking.fields["form"] != ATTEMPT and taking.of_handling.contacted_on is None:
        taking.of_handling.contacted_on = on
    _keep_files(taking)


def deny_contact(taking: Taking) -> None:
    """A contact that was denied stops no clock: the first one that still counts does, or none."""
    denied = int(taking.fields["contact"])
    on = (
        date.fromisoformat(contact.past.payload["contacted_on"])
        for contact in taking.facts.story.contacts()
        if contact.counts and contact.past.seq != denied
    )
    taking.of_handling.contacted_on = next(on, None)


def attach(taking: Taking) -> None:
    """Store the files under their digests and note them in the record."""
    _keep_files(taking)


def _keep_files(taking: Taking) -> None:
    files: list[File] = filing.keep(taking, taking.fields["files"])
    taking.payload["files"] = [{"name": file.name, "sha256": file.sha256} for file in files]

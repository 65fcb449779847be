"""Receipt: what opening, reading and naming do beside moving the handling."""

from suggestions.extensions import db
from suggestions.models import Person
from suggestions.usecases.taking import Taking


def open_original(taking: Taking) -> None:
    """Note which file was opened, by name and digest."""
    opened = next(f for f in taking.facts.of_suggestion.files if f.sha256 == taking.fields["sha256"])
    taking.payload["name"] = opened.name


def read_original(taking: Taking) -> None:
    """Note what was read; the first reading of a round also names the handler."""
    taking.payload["files"] = [file.sha256 for file in taking.facts.of_suggestion.files]
    if "handler" in taking.fields:
        name_handler(taking)


def name_handler(taking: Taking) -> None:
    """Give the handling, and the open promises with it, to a handler of the unit."""
    person = db.session.get_one(Person, int(taking.fields["handler"]))
    taking.payload["handler_name"] = person.name
    taking.of_handling.handler_id = person.id
    taking.of_handling.handler = person
    for promise in taking.case.promises:
        if promise.handling_id == taking.of_handling.id and promise.is_open:
            promise.owner = person.name

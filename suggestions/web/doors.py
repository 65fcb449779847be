"""Every blueprint, hung on the application behind the guard."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

from suggestions.models.base import LARGEST_ID
from suggestions.web import (
    annual_report,
    appointments,
    auth,
    big_screen,
    bulletin,
    case_papers,
    cases,
    desks,
    duty_report,
    exports,
    failures,
    files,
    guard,
    hand_overs,
    headers,
    holidays,
    importing,
    intake,
    key_items,
    ledgers,
    letter_templates,
    letters,
    offline,
    paper_drafts,
    past,
    people,
    practice,
    promises,
    published,
    reaching,
    records,
    register,
    shell,
    statics,
    statistics,
    steps,
    units,
    urgings,
)

BLUEPRINTS = (
    auth.bp,
    desks.bp,
    reaching.bp,
    register.bp,
    promises.bp,
    statistics.bp,
    ledgers.bp,
    exports.bp,
    duty_report.bp,
    big_screen.bp,
    bulletin.bp,
    annual_report.bp,
    cases.bp,
    letters.bp,
    case_papers.bp,
    files.bp,
    intake.bp,
    importing.bp,
    paper_drafts.bp,
    past.bp,
    offline.bp,
    steps.bp,
    records.bp,
    people.bp,
    appointments.bp,
    hand_overs.bp,
    units.bp,
    urgings.bp,
    key_items.bp,
    holidays.bp,
    letter_templates.bp,
    published.bp,
    practice.bp,
)


class RowNumber(IntegerConverter):
    """A number in an address; one that no row can have leads nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST_ID)


def init_app(app: Flask) -> None:
    """Open the doors; RuntimeError when one does not say who may enter."""
    app.url_map.converters["int"] = RowNumber
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    failures.init_app(app)
    headers.init_app(app)
    statics.init_app(app)
    shell.init_app(app)
    guard.init_app(app)

"""The table of the handling: one unit's way from receipt to close, with the five personal steps in it."""

from suggestions.domain.lifecycle import (
    assignment,
    clockwork,
    extension,
    feedback,
    follow_up,
    paper,
    past,
    planning,
    progress,
    proposing,
    publication,
    receipt,
    reply,
)
from suggestions.domain.lifecycle.step import Step

TABLE: tuple[Step, ...] = (
    *receipt.TABLE,
    *assignment.TABLE,
    *planning.TABLE,
    *progress.TABLE,
    *extension.TABLE,
    *proposing.TABLE,
    *clockwork.TABLE,
    *reply.TABLE,
    *feedback.TABLE,
    *paper.TABLE,
    *publication.TABLE,
    *follow_up.TABLE,
    *past.TABLE,
)

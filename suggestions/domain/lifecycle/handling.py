"""The table of the handling: one unit's way from receipt to close, with the five personal steps in it."""

from suggestions.domain.lifecycle import (
    assignment,
    extension,
    feedback,
    follow_up,
    paper,
    planning,
    progress,
    publication,
    receipt,
    redating,
    reply,
)
from suggestions.domain.lifecycle.step import Step

TABLE: tuple[Step, ...] = (
    *receipt.TABLE,
    *assignment.TABLE,
    *planning.TABLE,
    *progress.TABLE,
    *extension.TABLE,
    *redating.TABLE,
    *reply.TABLE,
    *feedback.TABLE,
    *paper.TABLE,
    *publication.TABLE,
    *follow_up.TABLE,
)

"""What is counted: the one place that every figure, share and chart asks, so that all leave out the same."""

from sqlalchemy import ColumnElement

from suggestions.domain.states import SuggestionState
from suggestions.models.handling import Handling
from suggestions.models.suggestion import Suggestion


def counted_handlings() -> ColumnElement[bool]:
    """The handlings that count: not those of past years (往年件), which were handled outside this program."""
    return Handling.is_past.is_(False)


def counted_suggestions() -> ColumnElement[bool]:
    """The suggestions that count: not those of past years (往年件)."""
    return Suggestion.state != SuggestionState.PAST

"""One transaction around a verb: all of it or nothing, committed once."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import IntegrityError

from suggestions import database
from suggestions.domain.errors import Stale
from suggestions.extensions import db

P = ParamSpec("P")
R = TypeVar("R")
_is_inside: ContextVar[bool] = ContextVar("is_inside", default=False)
_afterwards: ContextVar[list[Callable[[], None]]] = ContextVar("afterwards")


def once_committed(act: Callable[[], None]) -> None:
    """Do this when the transaction stands, such as what no rollback could undo; never when it fails."""
    _afterwards.get().append(act)


def use_case(verb: Callable[P, R]) -> Callable[P, R]:
    """Run a verb in one writing transaction; a verb called inside another joins it."""

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _is_inside.get():
            return verb(*args, **kwargs)
        token, waiting = _is_inside.set(True), _afterwards.set([])
        try:
            with database.writing():
                try:
                    result = verb(*args, **kwargs)
                    db.session.commit()
                except IntegrityError as error:
                    db.session.rollback()
                    if "unique" in str(error.orig).lower():
                        raise Stale("有人刚刚先办了同样的事，您的这一步没有记下；请看过以后再办。") from error
                    raise
                except BaseException:
                    db.session.rollback()
                    raise
            for act in _afterwards.get():
                act()
            return result
        finally:
            _is_inside.reset(token)
            _afterwards.reset(waiting)

    return run

"""How every command refuses: in plain words, with exit status 1."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn, ParamSpec

import click

from suggestions.domain.errors import DomainError

P = ParamSpec("P")


def refuse(message: str) -> NoReturn:
    """Say why not, and end with exit status 1."""
    click.echo(message, err=True)
    raise SystemExit(1)


def plainly(command: Callable[P, Any]) -> Callable[P, Any]:
    """Say a refusal in its own words and exit with 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            return command(*args, **kwargs)
        except DomainError as refusal:
            for sentence in (*getattr(refusal, "missing", ()), *getattr(refusal, "faults", {}).values()):
                click.echo(f"  {sentence}", err=True)
            refuse(refusal.message)

    return run

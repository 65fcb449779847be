"""The pager under a list: which rows are shown, of how many, and the addresses of the pages beside."""

from collections.abc import Callable
from typing import Any

from suggestions.queries.paging import Page


def pager(page: Page, to: Callable[..., str]) -> dict[str, Any]:
    """What the pager shows of a page; `to` makes the address of another one from its number."""
    return {
        "first": page.first,
        "last": page.last,
        "total": page.total,
        "previous_url": to(page=page.previous) if page.previous else None,
        "next_url": to(page=page.following) if page.following else None,
    }

"""Styles, scripts and signs: an address names what is in the file, so a browser asks for each of them once."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, request
from werkzeug.wrappers import Response

A_YEAR = 365 * 24 * 60 * 60


@cache
def _digest(path: Path, _written_at: int) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Put the content's digest into every address under /static, and let such an address be kept for a year."""

    def content_of(filename: str) -> str | None:
        path = Path(app.static_folder or "", filename)
        return _digest(path, path.stat().st_mtime_ns) if path.is_file() else None

    def name_content(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("v", content_of(values["filename"]))

    def keep(response: Response) -> Response:
        is_served = request.endpoint == "static" and response.status_code in (200, 304)
        if is_served and request.args.get("v") == content_of((request.view_args or {})["filename"]):
            response.cache_control.no_cache = None
            response.cache_control.public = response.cache_control.immutable = True
            response.cache_control.max_age = A_YEAR
        return response

    app.url_defaults(name_content)
    app.after_request(keep)

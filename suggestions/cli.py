"""The command line: what an operator does; exit status 0 done, 1 refused in plain words, 2 wrong usage."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Hang the commands on the application."""

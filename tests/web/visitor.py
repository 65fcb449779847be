"""A person at the pages: logs in, reads a form as a browser would, and sends it back with words of their own."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "suggestions-practice"


class _Forms(HTMLParser):
    """Every form of a page with the values that a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._form: dict[str, Any] | None = None
        self._text: str | None = None
        self._select: str | None = None
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "template":
            self._depth += 1
        if self._depth:
            return
        if tag == "form":
            self._form = {"action": found.get("action") or "", "method": found.get("method", "get"), "values": {}}
            self.forms.append(self._form)
        if self._form is None:
            return
        values, name = self._form["values"], found.get("name")
        if tag == "input" and name and found.get("type") not in ("submit", "file"):
            if found.get("type") in ("radio", "checkbox") and "checked" not in found:
                return
            values.setdefault(name, [])
            values[name].append(found.get("value") or "")
        elif tag == "textarea" and name:
            self._text = name
            values[name] = [""]
        elif tag == "select" and name:
            self._select = name
        elif tag == "option" and self._select and "selected" in found:
            values[self._select] = [found.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._depth -= 1
        elif tag == "form":
            self._form = None
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._text and not self._depth:
            self._form["values"][self._text][0] += data


def forms_of(page: str) -> list[dict[str, Any]]:
    """The forms of a page, each with action, method and values."""
    parser = _Forms()
    parser.feed(page)
    for form in parser.forms:
        for name, held in form["values"].items():
            form["values"][name] = [text.removeprefix("\r\n").removeprefix("\n") for text in held]
    return parser.forms


def _flat(words: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in words.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            for at, row in enumerate(value):
                yield from ((f"{name}-{at}-{column}", text) for column, text in row.items())
        else:
            yield name, value


class Visitor:
    """One person with one browser."""

    def __init__(self, app: Flask, username: str, password: str = PASSWORD) -> None:
        self.client: FlaskClient = app.test_client()
        self.username = username
        page = self.client.get("/login").text
        values = next(f for f in forms_of(page) if "username" in f["values"])["values"]
        self.answer = self.client.post("/login", data={**values, "username": username, "password": password})

    def get(self, path: str) -> TestResponse:
        """A page."""
        return self.client.get(path)

    def form(self, path: str) -> dict[str, Any]:
        """The values of the step's form on a page; the page must open."""
        answer = self.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text[:2000]}"
        return self.find(answer.text, path)

    @staticmethod
    def find(page: str, path: str) -> dict[str, Any]:
        """The form that posts to the page's own address."""
        own = [f for f in forms_of(page) if f["action"] in ("", path) and f["method"] == "post"]
        assert len(own) == 1, f"{path} has {len(own)} forms of its own"
        values: dict[str, Any] = own[0]["values"]
        return values

    def send(self, path: str, **words: Any) -> TestResponse:
        """Open the form, fill it in, send it; the answer as it comes."""
        rows = tuple(f"{name}-" for name, value in words.items() if isinstance(value, list))
        known = {name: held for name, held in self.form(path).items() if not (rows and name.startswith(rows))}
        return self.client.post(path, data={**known, **dict(_flat(words))})

    def take(self, path: str, **words: Any) -> TestResponse:
        """Send a form that must succeed; the page that follows."""
        answer = self.send(path, **words)
        assert answer.status_code == 303, f"{path}: {answer.status_code} {_said(answer.text)}"
        return self.client.get(answer.headers["Location"])


def _said(page: str) -> str:
    start = page.find('class="trouble"')
    return page[start : start + 1500] if start >= 0 else page[:1500]

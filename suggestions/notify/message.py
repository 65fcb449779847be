"""What leaves the house, and the two ways in which sending can fail."""

from dataclasses import dataclass
from typing import Protocol


class NotSentError(Exception):
    """The message certainly did not leave: it may be tried again."""


class UncertainError(Exception):
    """Nobody answered after the message was handed over: it may have left, and is not sent a second time."""


@dataclass(frozen=True)
class Line:
    """One notice: its words, and the address of its page."""

    text: str
    url: str


@dataclass(frozen=True)
class Message:
    """Everything that goes to one person at once, never an attachment; or the code by which an address is proven."""

    key: str
    to: str
    name: str
    mobile: str
    lines: tuple[Line, ...]
    code: str = ""


class Sender(Protocol):
    """A way out of the house."""

    def send(self, message: Message) -> None:
        """Hand a message over; NotSentError when it certainly did not leave, UncertainError when nobody knows."""

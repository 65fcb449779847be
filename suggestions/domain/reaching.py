"""How a notice leaves the house: channels, quiet hours, one daily digest, and when to try again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Channel(StrEnum):
    """A way out of the house."""

    MAIL = "mail"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


class Sending(StrEnum):
    """Where one notice stands on one channel."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


CHANNELS = {Channel.MAIL: "电子邮件", Channel.WECOM: "企业微信群", Channel.DINGTALK: "钉钉群"}
GROUPS = frozenset({Channel.WECOM, Channel.DINGTALK})
"""Where others read along: no title and no name of a deputy may go there."""
SENDINGS = {
    Sending.WAITING: "等着发",
    Sending.SENDING: "正在发",
    Sending.SENT: "已发出",
    Sending.FAILED: "没有送到",
    Sending.UNKNOWN: "不知道送到没有",
    Sending.DROPPED: "不再发",
}
KEPT_FOR = timedelta(days=3)
"""A message that could not leave for so long stays in the house."""
CODE_LASTS = timedelta(minutes=30)
"""So long the code that was sent to an address can be given."""
CODE_GUESSES, CODES_A_DAY = 5, 5
"""How many wrong ones a code bears, and how many codes a person is sent in a day: 25 guesses at a million."""
UNPROVEN_WAITS = timedelta(hours=1)
"""How often it is looked again whether an address was proven."""
UNKNOWN_AFTER = timedelta(minutes=15)
"""A message that was taken for sending so long ago, and never marked, may or may not have left."""
_BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))


@dataclass(frozen=True)
class Rhythm:
    """When a person wants to hear: hours of the day in China's time, each None when not wished."""

    quiet_from: int | None = None
    quiet_to: int | None = None
    digest_at: int | None = None

    def is_quiet(self, hour: int) -> bool:
        """Whether this hour lies in the quiet hours, which may run over midnight."""
        if self.quiet_from is None or self.quiet_to is None:
            return False
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def after_quiet(self, at: datetime) -> datetime:
        """This moment, or the end of the quiet hours that it lies in; `at` in China's time."""
        if self.quiet_to is None or not self.is_quiet(at.hour):
            return at
        return _next_hour(at, self.quiet_to)

    def due_at(self, at: datetime) -> datetime:
        """When what is told at this moment may leave: with the next digest, or as soon as it is not quiet."""
        return self.after_quiet(at if self.digest_at is None else _next_hour(at, self.digest_at))


def _next_hour(at: datetime, hour: int) -> datetime:
    found = at.replace(hour=hour, minute=0, second=0, microsecond=0)
    return found if found > at else found + timedelta(days=1)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failures; None when it is enough."""
    return _BACK_OFF[attempts - 1] if attempts <= len(_BACK_OFF) else None

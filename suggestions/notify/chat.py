"""Work-chat groups (企业微信, 钉钉) by the webhook of their robot: who is meant, which number, which page."""

import base64
import hashlib
import hmac
import json
import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote_plus, unquote, urlsplit

from suggestions.domain.reaching import Channel
from suggestions.notify.message import Message, NotSentError, UncertainError

TIMEOUT = 10
_NUMBER = re.compile(r"第[0-9A-Za-z-]{1,20}号")
_MOBILE = re.compile(r"1\d{10}")
_LONGEST = 1800
_MOST = 4096


def words(message: Message) -> str:
    """What a group may read: no title and nobody who acted, because others read along; at most 1,800 bytes."""
    said = f"{message.name}，您有{len(message.lines)}条代表建议办理提醒，请登录，打开下面的页面办理："
    for line in message.lines:
        found = _NUMBER.match(line.text)
        more = f"\n{found.group() + ' ' if found else ''}{line.url}"
        if len((said + more).encode()) > _LONGEST:
            return f"{said}\n其余的请看“提醒”。"
        said += more
    return said


@dataclass(frozen=True)
class Chat:
    """The robot of one group."""

    channel: Channel
    host: str
    port: int
    is_tls: bool
    path: str = field(repr=False)
    secret: str = field(repr=False, default="")

    @classmethod
    def of(cls, url: str) -> "Chat":
        """From `wecom+https://…` or `dingtalk+https://…#signing secret`; ValueError for anything else."""
        kind, _, rest = url.partition("+")
        parts = urlsplit(rest)
        is_tls = parts.scheme == "https"
        is_allowed = is_tls or (parts.scheme == "http" and parts.hostname == "127.0.0.1")
        if kind not in (Channel.WECOM, Channel.DINGTALK) or not is_allowed or not parts.hostname:
            raise ValueError("WEBHOOK_URL 要写成 wecom+https://… 或 dingtalk+https://…#加签密钥，几个之间空一格")
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        port = parts.port or (443 if is_tls else 80)
        return cls(Channel(kind), parts.hostname, port, is_tls, path, unquote(parts.fragment))

    def send(self, message: Message) -> None:
        """Hand a message to the robot; it is sent when the answer says errcode 0."""
        body = json.dumps(self._body(message), ensure_ascii=False).encode()
        connect = HTTPSConnection if self.is_tls else HTTPConnection
        line = connect(self.host, self.port, timeout=TIMEOUT)
        try:
            try:
                line.connect()
            except OSError as fault:
                raise NotSentError(f"连不上群机器人（{type(fault).__name__}）") from fault
            try:
                line.request("POST", self._signed(), body, {"Content-Type": "application/json; charset=utf-8"})
                answer = line.getresponse()
                status, said = answer.status, answer.read(_MOST)
            except (OSError, HTTPException) as fault:
                raise UncertainError("消息交出以后，群机器人没有回话") from fault
        finally:
            line.close()
        _judge(status, said)

    def _body(self, message: Message) -> dict[str, Any]:
        called = [message.mobile] if _MOBILE.fullmatch(message.mobile) else []
        if self.channel is Channel.WECOM:
            return {"msgtype": "text", "text": {"content": words(message), "mentioned_mobile_list": called}}
        return {"msgtype": "text", "text": {"content": words(message)}, "at": {"atMobiles": called, "isAtAll": False}}

    def _signed(self) -> str:
        if not self.secret:
            return self.path
        stamp = str(round(time.time() * 1000))
        digest = hmac.new(self.secret.encode(), f"{stamp}\n{self.secret}".encode(), hashlib.sha256).digest()
        sign = quote_plus(base64.b64encode(digest))
        return f"{self.path}{'&' if '?' in self.path else '?'}timestamp={stamp}&sign={sign}"


def _judge(status: int, said: bytes) -> None:
    if status >= 500:
        raise UncertainError(f"群机器人出错（{status}），不知道发出没有")
    if status != 200:
        raise NotSentError(f"群机器人不收（{status}）")
    try:
        code = json.loads(said)["errcode"]
    except (ValueError, KeyError, TypeError) as fault:
        raise UncertainError("群机器人的回话看不懂") from fault
    if code != 0:
        raise NotSentError(f"群机器人不收（errcode {code}）")

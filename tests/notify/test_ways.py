"""The ways out of the house: a real mail server, and robots that answer in every manner."""

import json
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from socket import socket
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from suggestions.domain.reaching import Channel
from suggestions.notify.message import Line, Message, NotSentError, UncertainError
from suggestions.notify.ways import ways

SITE = "https://jy.example.cn"
TEXT = "第010号《关于修路的建议》：请签收。"
MESSAGE = Message("delivery-1-1", "a@example.cn", "王芳", "13900000000", (Line(TEXT, f"{SITE}/handlings/10"),))


class _Keep:
    def __init__(self) -> None:
        self.letters: list[bytes] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(envelope.content)
        return "250 OK"


def test_a_letter_goes_through_a_real_mail_server() -> None:
    kept = _Keep()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    try:
        mail = ways(f"smtp://127.0.0.1:{port}?from=jy@example.cn", "")[Channel.MAIL]
        mail.send(MESSAGE)
        mail.send(Message("code-1", "a@example.cn", "王芳", "", (), "073512"))
    finally:
        server.stop()
    with pytest.raises(NotSentError):
        ways(f"smtp://127.0.0.1:{port}?from=jy@example.cn", "")[Channel.MAIL].send(MESSAGE)
    letter: Any = message_from_bytes(kept.letters[0], policy=policy.default)
    proof: Any = message_from_bytes(kept.letters[1], policy=policy.default)
    assert (proof["Subject"], "073512" in proof.get_content()) == ("代表建议办理：验证邮件地址", True)
    assert TEXT in letter.get_content()
    assert f"{SITE}/handlings/10" in letter.get_content()
    assert not letter.is_multipart()


@pytest.mark.parametrize("kind", ["wecom", "dingtalk"])
@pytest.mark.parametrize(
    ("answer", "fault"), [({"errcode": 0}, None), ({"errcode": 45009}, NotSentError), ("?", UncertainError)]
)
def test_a_robot_is_told_the_number_and_the_page_but_no_title(kind: str, answer: Any, fault: Any) -> None:
    said: list[tuple[str, dict[str, Any]]] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Robot) as robot:
        Thread(target=robot.handle_request, daemon=True).start()
        way = ways("", f"{kind}+http://127.0.0.1:{robot.server_port}/send?key=k#SECx")[Channel(kind)]
        if fault:
            with pytest.raises(fault):
                way.send(MESSAGE)
        else:
            way.send(MESSAGE)
    path, body = said[0]
    assert path.startswith("/send?key=k&timestamp=")
    assert body["msgtype"] == "text"
    content = body["text"]["content"]
    assert "第010号" in content
    assert f"{SITE}/handlings/10" in content
    assert "修路" not in content


@pytest.mark.parametrize("url", ["wecom+http://example.cn/x", "https://example.cn/x", "telegram+https://example.cn/x"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="WEBHOOK_URL"):
        ways("", url)

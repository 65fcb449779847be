"""E-mail by SMTP: encrypted, except to a server on this very machine."""

import smtplib
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, unquote, urlsplit

from suggestions.notify.message import Message, NotSentError, UncertainError

TIMEOUT = 10
_CODE = (
    "{}，您好：\n\n验证码：{}\n\n有人在代表建议办理系统里把这个信箱写成自己的提醒地址。是您本人写的，请在30分钟内"
    "到“提醒设置”里填这个验证码；不是您，不用理会，也不要告诉别人，以后不会再往这里发信。\n"
)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Mail:
    """A mail server and the address that its messages come from."""

    host: str
    port: int
    is_tls: bool
    username: str
    password: str
    sender: str

    @classmethod
    def of(cls, url: str) -> "Mail":
        """From `smtp[s]://name:password@host:port?from=address`; ValueError for anything else."""
        parts = urlsplit(url)
        sender = parse_qs(parts.query).get("from", [""])[0]
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname or "@" not in sender:
            raise ValueError("MAIL_URL 要写成 smtp://账号:密码@主机:端口?from=发件地址 或 smtps://…")
        is_tls = parts.scheme == "smtps"
        port = parts.port or (465 if is_tls else 587)
        return cls(parts.hostname, port, is_tls, unquote(parts.username or ""), unquote(parts.password or ""), sender)

    def send(self, message: Message) -> None:
        """Hand a message to the mail server; it is sent when the server has taken it over."""
        try:
            letter = self._letter(message).as_bytes(policy=SMTP)
        except (ValueError, MessageError) as fault:
            raise NotSentError("邮件地址不能用") from fault
        try:
            server = self._open()
        except (OSError, smtplib.SMTPException) as fault:
            raise NotSentError(f"连不上邮件服务器（{type(fault).__name__}）") from fault
        try:
            self._hand_over(server, message.to, letter)
        finally:
            server.close()

    def _open(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if self.is_tls:
            server = smtplib.SMTP_SSL(self.host, self.port, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=TIMEOUT)
        try:
            server.ehlo_or_helo_if_needed()
            if not self.is_tls and self.host not in LOOPBACK:
                server.starttls(context=context)
                server.ehlo()
            if self.username:
                server.login(self.username, self.password)
        except BaseException:
            server.close()
            raise
        return server

    def _hand_over(self, server: smtplib.SMTP, to: str, letter: bytes) -> None:
        try:
            for code, _ in (server.mail(self.sender), server.rcpt(to)):
                if code not in (250, 251):
                    raise NotSentError(f"邮件服务器不收（{code}）")
        except (OSError, smtplib.SMTPException) as fault:
            raise NotSentError(f"同邮件服务器断了（{type(fault).__name__}）") from fault
        try:
            code, _ = server.data(letter)
        except smtplib.SMTPDataError as refusal:
            raise NotSentError(f"邮件服务器不收（{refusal.smtp_code}）") from refusal
        except (OSError, smtplib.SMTPException) as fault:
            raise UncertainError("邮件交出以后，服务器没有回话") from fault
        if code != 250:
            raise NotSentError(f"邮件服务器不收（{code}）")

    def _letter(self, message: Message) -> EmailMessage:
        letter = EmailMessage()
        letter["Subject"] = (
            "代表建议办理：验证邮件地址" if message.code else f"代表建议办理提醒（{len(message.lines)}条）"
        )
        letter["From"], letter["To"] = self.sender, message.to
        letter["Message-ID"] = f"<{message.key}@{self.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        if message.code:
            letter.set_content(_CODE.format(message.name, message.code))
            return letter
        told = "\n\n".join(f"{line.text}\n{line.url}" for line in message.lines)
        letter.set_content(
            f"{message.name}，您好：\n\n{told}\n\n这封信由系统发出，请不要回复。要改怎么提醒，请登录后看“提醒设置”。\n"
        )
        return letter

"""The ways out that this house has been given."""

from suggestions.domain.reaching import Channel
from suggestions.notify.chat import Chat
from suggestions.notify.mail import Mail
from suggestions.notify.message import Sender


def ways(mail_url: str, webhook_urls: str) -> dict[Channel, Sender]:
    """Each channel that is set up with what sends there; ValueError for an address that cannot be used."""
    found: dict[Channel, Sender] = {}
    if mail_url:
        found[Channel.MAIL] = Mail.of(mail_url)
    for url in webhook_urls.split():
        chat = Chat.of(url)
        found[chat.channel] = chat
    return found

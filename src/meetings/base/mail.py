"""Mail, where a server for it is set."""

import asyncio
import smtplib
from email.message import EmailMessage

from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.base.settings import Settings

PATIENCE = 10  # seconds


async def send(settings: Settings, to: str, subject: str, text: str) -> None:
    """Send a letter.

    Raises:
        Refused: the mail server did not take it.
    """
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = settings.mail_from, to, subject
    letter.set_content(text)
    try:
        await asyncio.to_thread(_send, settings.mail_server, letter)
    except (OSError, smtplib.SMTPException) as fault:
        raise Refused(
            _("The mail server did not take the letter (%(fault)s). Send the link yourself.")
            % {"fault": type(fault).__name__}
        ) from fault


def _send(server: str, letter: EmailMessage) -> None:
    host, _colon, port = server.partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=PATIENCE) as smtp:
        smtp.send_message(letter)

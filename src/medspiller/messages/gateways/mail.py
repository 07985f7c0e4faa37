"""E-mail through the installation's mail server."""

import smtplib
from contextlib import suppress
from email.utils import formataddr

from django.core import mail

from medspiller.messages.domain.notices import Answer, Channel, Outcome
from medspiller.messages.gateways.base import Outgoing

# From here on a mail server's answer means never (RFC 5321 § 4.2.1).
_PERMANENT = 500


class MailGateway:
    """One mail server. The Message-ID is made from the notice's id, so that receivers see a repetition as one."""

    name = "mail"
    channel = Channel.EMAIL
    leaves_machine = True

    def __init__(self, *, sender: str):
        self._sender = sender

    def hand_over(self, outgoing: Outgoing) -> Outcome:
        reference = f"<{outgoing.notice_id}@{self._sender.rpartition('@')[2]}>"
        connection = mail.get_connection()
        try:
            connection.open()
        except (smtplib.SMTPException, OSError):
            return Outcome(Answer.TRY_LATER)
        message = mail.EmailMessage(
            subject=_in_one_line(outgoing.subject),
            body=outgoing.text,
            from_email=formataddr((_in_one_line(outgoing.sender), self._sender)),
            to=[outgoing.address],
            headers={"Message-ID": reference, "Auto-Submitted": "auto-generated"},
            connection=connection,
        )
        try:
            answer = _send(message)
        finally:
            with suppress(smtplib.SMTPException, OSError):
                connection.close()
        return Outcome(answer, reference=reference if answer is Answer.TAKEN else "")


def _send(message: mail.EmailMessage) -> Answer:
    try:
        taken = message.send()
    except smtplib.SMTPRecipientsRefused as refusal:
        return _by_code(max((code for code, _ in refusal.recipients.values()), default=0))
    except smtplib.SMTPResponseException as refusal:
        # The server answered, and did not take it.
        return _by_code(refusal.smtp_code) if refusal.smtp_code > 0 else Answer.UNKNOWN
    except (smtplib.SMTPException, OSError):
        return Answer.UNKNOWN
    return Answer.TAKEN if taken else Answer.UNKNOWN


def _in_one_line(words: str) -> str:
    """Keep a name that somebody has written on several lines from being refused, as a header of its own would be."""
    return " ".join(words.split())


def _by_code(code: int) -> Answer:
    return Answer.REFUSED if code >= _PERMANENT else Answer.TRY_LATER

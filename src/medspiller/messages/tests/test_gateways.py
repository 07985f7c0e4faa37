"""The ways out: what each says of what became of a notice."""

import smtplib
import socket
import time
from dataclasses import replace

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from medspiller.config.mail import NOWHERE, BadMailServer, parse
from medspiller.core import ids
from medspiller.messages import gateways, registry
from medspiller.messages.domain.notices import Answer, Channel
from medspiller.messages.gateways import sms_http
from medspiller.messages.gateways.base import Outgoing
from medspiller.messages.gateways.demo import DemoGateway
from medspiller.messages.gateways.mail import MailGateway
from medspiller.messages.gateways.sms_http import NotSafe, SmsHttpGateway
from medspiller.messages.registry import NobodyKnown, TwoForOneChannel
from tests.support.sms_gateway import TOKEN, Bent

TEXT = "Hei fra Bærum kommune. Det er noe nytt å lese på siden din: baerum.example/min-side/"


def outgoing(address="+4700000001"):
    return Outgoing(
        notice_id=ids.new_id(), address=address, subject="Melding fra Bærum kommune", text=TEXT, sender="Bærum"
    )


class TestTextMessages:
    @pytest.fixture
    def gateway(self, sms_gateway):
        return SmsHttpGateway(sms_gateway.address, token=TOKEN)

    def test_are_handed_over_with_the_notices_id_as_key(self, gateway, sms_gateway):
        notice = outgoing()

        outcome = gateway.hand_over(notice)

        assert (outcome.answer, outcome.reference) == (Answer.TAKEN, "sms-1")
        assert sms_gateway.sent == [
            {"id": str(notice.notice_id), "to": "+4700000001", "from": "Bærum", "text": TEXT},
        ]
        assert sms_gateway.asked[0][0] == str(notice.notice_id)
        assert sms_gateway.tokens == [f"Bearer {TOKEN}"]

    def test_with_the_same_key_twice_are_sent_once(self, gateway, sms_gateway):
        notice = outgoing()

        first, second = gateway.hand_over(notice), gateway.hand_over(notice)

        assert first == second
        assert (len(sms_gateway.asked), len(sms_gateway.sent)) == (2, 1)

    @pytest.mark.parametrize(
        ("bent", "answer", "sent"),
        [
            (Bent.REFUSES, Answer.REFUSED, 0),
            (Bent.IS_BUSY, Answer.TRY_LATER, 0),
            (Bent.REDIRECTS, Answer.TRY_LATER, 0),
            (Bent.BREAKS_AFTER_TAKING, Answer.UNKNOWN, 1),
            (Bent.HANGS_UP_AFTER_TAKING, Answer.UNKNOWN, 1),
            (Bent.ANSWERS_NONSENSE, Answer.TAKEN, 1),
            (Bent.CUTS_ITS_ANSWER, Answer.TAKEN, 1),
        ],
    )
    def test_are_never_thought_certain_when_they_are_not(self, gateway, sms_gateway, bent, answer, sent):
        sms_gateway.next = [bent]

        assert gateway.hand_over(outgoing()).answer is answer
        assert len(sms_gateway.sent) == sent

    def test_are_uncertain_when_the_answer_does_not_come_in_time(self, gateway, sms_gateway, monkeypatch):
        monkeypatch.setattr(sms_http, "_READ", 0.2)
        sms_gateway.next = [Bent.IS_SLOW_AFTER_TAKING]
        began = time.monotonic()

        assert gateway.hand_over(outgoing()).answer is Answer.UNKNOWN
        assert time.monotonic() - began < 1.0

    def test_are_tried_later_when_nobody_listens(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{closed.getsockname()[1]}/"

            assert SmsHttpGateway(address).hand_over(outgoing()).answer is Answer.TRY_LATER

    def test_are_tried_later_when_there_is_no_such_host(self):
        gateway = SmsHttpGateway("https://nobody.invalid/")

        assert gateway.hand_over(outgoing()).answer is Answer.TRY_LATER

    @pytest.mark.parametrize(
        "address", ["http://sms.example/", "http://127.0.0.1.example/", "ftp://x", "http://localhost.example:80"]
    )
    def test_do_not_leave_unencrypted(self, address):
        with pytest.raises(NotSafe):
            SmsHttpGateway(address)

    def test_wait_no_longer_than_allowed(self):
        assert sms_http._CONNECT + sms_http._READ <= sms_http.TIME_LIMIT == 10


class Refusing(BaseEmailBackend):
    """A mail server that answers with `fault`, at the place that is marked."""

    fault: Exception
    at_the_door = False

    def open(self):
        if self.at_the_door:
            raise self.fault

    def send_messages(self, messages):
        raise self.fault


class TestMail:
    @pytest.fixture
    def gateway(self):
        return MailGateway(sender="ikke-svar@baerum.example")

    def test_has_an_id_of_its_own_that_comes_from_the_notice(self, gateway):
        notice = outgoing("kari@example.org")

        outcome = gateway.hand_over(notice)

        (sent,) = mail.outbox
        assert outcome.answer is Answer.TAKEN
        assert outcome.reference == f"<{notice.notice_id}@baerum.example>"
        assert sent.message()["Message-ID"] == outcome.reference
        assert (sent.to, sent.subject, sent.body) == (["kari@example.org"], notice.subject, TEXT)
        assert sent.from_email.endswith("<ikke-svar@baerum.example>")

    def test_has_no_header_that_a_name_has_brought_along(self, gateway):
        named = replace(
            outgoing("kari@example.org"), sender="Demo kommune\r\nBcc: noen@example.net", subject="Nytt\nX: y"
        )

        outcome = gateway.hand_over(named)

        (sent,) = mail.outbox
        assert outcome.answer is Answer.TAKEN
        assert sent.message()["Bcc"] is None
        assert sent.recipients() == ["kari@example.org"]
        assert sent.subject == "Nytt X: y"

    @pytest.mark.parametrize(
        ("fault", "answer"),
        [
            (smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}), Answer.REFUSED),
            (smtplib.SMTPRecipientsRefused({"x": (450, b"later")}), Answer.TRY_LATER),
            (smtplib.SMTPDataError(451, b"later"), Answer.TRY_LATER),
            (smtplib.SMTPDataError(554, b"never"), Answer.REFUSED),
            (smtplib.SMTPServerDisconnected("gone"), Answer.UNKNOWN),
            (TimeoutError(), Answer.UNKNOWN),
            (smtplib.SMTPDataError(-1, b""), Answer.UNKNOWN),
        ],
    )
    def test_is_known_to_be_refused_only_when_the_server_says_so(self, gateway, settings, monkeypatch, fault, answer):
        settings.EMAIL_BACKEND = f"{__name__}.Refusing"
        monkeypatch.setattr(Refusing, "fault", fault, raising=False)

        assert gateway.hand_over(outgoing("kari@example.org")).answer is answer

    @pytest.mark.parametrize("fault", [OSError(), smtplib.SMTPAuthenticationError(535, b"no")])
    def test_is_tried_later_when_the_server_does_not_let_us_in(self, gateway, settings, monkeypatch, fault):
        settings.EMAIL_BACKEND = f"{__name__}.Refusing"
        monkeypatch.setattr(Refusing, "fault", fault, raising=False)
        monkeypatch.setattr(Refusing, "at_the_door", True)

        assert gateway.hand_over(outgoing("kari@example.org")).answer is Answer.TRY_LATER


class TestTheMailServer:
    def test_is_encrypted_unless_it_is_this_machine(self):
        there, tls, here = (
            parse("smtp://u:p%40@mail.example"),
            parse("smtps://mail.example"),
            parse("smtp://127.0.0.1:25"),
        )

        assert (there.host, there.port, there.user, there.password) == ("mail.example", 587, "u", "p@")
        assert (there.starttls, there.tls) == (True, False)
        assert (tls.port, tls.starttls, tls.tls) == (465, False, True)
        assert (here.port, here.starttls, here.tls) == (25, False, False)
        assert parse("") == NOWHERE

    @pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp://x:abc"])
    def test_anything_else_is_refused_without_repeating_it(self, url):
        with pytest.raises(BadMailServer) as refusal:
            parse(url)
        assert url not in str(refusal.value).replace("smtp://user", "")


class TestWhichThereAre:
    @pytest.fixture(autouse=True)
    def _nothing_set(self, settings):
        settings.SMS_URL = settings.SMTP_URL = ""
        settings.DEMO = False

    def test_without_settings_there_is_no_way_out(self):
        assert gateways.configured() == []

    def test_a_demo_keeps_what_it_is_given(self, settings):
        settings.DEMO = True

        found = gateways.configured()

        assert {each.channel for each in found} == set(Channel)
        assert not any(each.leaves_machine for each in found)
        assert found[0].hand_over(outgoing()).answer is Answer.TAKEN

    def test_settings_open_each_its_own(self, settings):
        settings.SMS_URL, settings.SMTP_URL = "https://sms.example/", "smtp://mail.example"

        assert [(each.name, each.channel) for each in gateways.configured()] == [
            ("sms_http", Channel.SMS),
            ("mail", Channel.EMAIL),
        ]

    def test_two_for_one_channel_are_refused(self):
        with pytest.raises(TwoForOneChannel):
            registry.connect(gateways=[DemoGateway(Channel.SMS)] * 2, register=NobodyKnown())

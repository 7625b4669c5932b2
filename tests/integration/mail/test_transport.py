"""The mail server must show who it is, over TLS from the start and over STARTTLS."""

import smtplib
from email.message import EmailMessage

import pytest

from tests.support.smtp_server import CERTIFICATE, smtp_server
from tests.support.source import calls_of, place
from voorjebuurt.mail.transport import MailServerError, deliver


@pytest.fixture
def email() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "a@voorbeeld.example", "b@voorbeeld.example"
    message.set_content("Dag")
    return message


@pytest.mark.parametrize("tls", ["smtps", "starttls"])
def test_a_server_that_vouches_for_itself_gets_no_mail(tls: str, email: EmailMessage) -> None:
    with smtp_server(tls) as server:
        with pytest.raises(MailServerError, match="CERTIFICATE_VERIFY_FAILED"):
            deliver(server.url, email)
        assert server.received == []


@pytest.mark.parametrize("tls", ["smtps", "starttls"])
def test_a_server_that_is_trusted_gets_it(
    tls: str, email: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with smtp_server(tls) as server:
        deliver(server.url, email)
        assert len(server.received) == 1


@pytest.mark.parametrize("tls", ["smtps", "starttls"])
def test_a_trusted_server_under_another_name_gets_none(
    tls: str, email: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with smtp_server(tls) as server:
        with pytest.raises(MailServerError, match="IP address mismatch"):
            deliver(server.url.replace("localhost", "127.0.0.1"), email)
        assert server.received == []


def test_a_server_without_starttls_gets_none_in_the_open(email: EmailMessage) -> None:
    with smtp_server() as server:
        with pytest.raises(MailServerError):
            deliver(server.url.removesuffix("?starttls=0"), email)
        assert server.received == []


def test_every_connection_over_tls_is_given_what_verifies_it() -> None:
    for name in ("SMTP_SSL", "starttls", "HTTPSConnection"):
        for module, call in calls_of(name):
            assert "context" in {each.arg for each in call.keywords}, place(module, call)
    for name in ("SSLContext", "_create_unverified_context"):
        assert [place(module, call) for module, call in calls_of(name)] == []


def test_what_the_server_says_to_our_goodbye_changes_nothing(
    email: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sent is sent: a mail that the server took must not be sent again."""

    def leave(_server: smtplib.SMTP) -> None:
        raise smtplib.SMTPServerDisconnected("421 closing")

    monkeypatch.setattr(smtplib.SMTP, "quit", leave)
    with smtp_server() as server:
        deliver(server.url, email)
        assert len(server.received) == 1

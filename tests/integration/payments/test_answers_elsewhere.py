"""A provider's answer that leads to another place is no answer."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from voorjebuurt.payments.gateway import GatewayUnclearError
from voorjebuurt.payments.providers.mollie import MollieGateway


def test_an_answer_that_leads_elsewhere_is_not_followed() -> None:
    """Whoever answers in Mollie's place must not get our question, and the key in it."""
    questions: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            questions.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}"
            gateway = MollieGateway(url, "test_" + "aB3" * 12, payer_secret="x")
            with pytest.raises(GatewayUnclearError):
                gateway.payment("tr_abc123")
        finally:
            server.shutdown()
            thread.join()
    assert len(questions) == 1

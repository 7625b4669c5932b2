"""The sandbox's pages under the site's own address."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.support.sandbox_process import SandboxProcess
from voorjebuurt.app import create_app
from voorjebuurt.kernel.db import Database
from voorjebuurt.settings import Settings


@pytest.fixture
def client(settings: Settings, fresh_database: Database, sandbox: SandboxProcess) -> FlaskClient:
    """A browser on a site whose payments go to a running sandbox. CSRF tokens are asked for."""
    app = create_app(replace(settings, sandbox_url=sandbox.url), fresh_database)
    return app.test_client()


def test_the_control_page_is_passed_on_with_its_own_policy(client: FlaskClient) -> None:
    answer = client.get("/betaalsandbox/control/ui")
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "form-action" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["v2/payments", "control/switches", "control/clock", "checkout/../v2/payments", "", "control"],
)
def test_the_apis_are_not_reachable_from_outside(client: FlaskClient, path: str) -> None:
    assert client.get(f"/betaalsandbox/{path}").status_code == 404
    assert client.post(f"/betaalsandbox/{path}", json={}).status_code in (404, 405, 400)


def test_a_checkout_that_does_not_exist_is_the_sandboxs_to_tell(client: FlaskClient) -> None:
    assert client.get("/betaalsandbox/checkout/nonsense").status_code == 404


def test_a_sandbox_that_is_gone_is_told_honestly(
    settings: Settings, fresh_database: Database
) -> None:
    app = create_app(replace(settings, sandbox_url="http://127.0.0.1:1"), fresh_database)
    assert app.test_client().get("/betaalsandbox/control/ui").status_code == 503


def test_without_a_sandbox_there_is_no_such_page(
    settings: Settings, fresh_database: Database
) -> None:
    client = create_app(settings, fresh_database).test_client()
    assert client.get("/betaalsandbox/control/ui").status_code == 404

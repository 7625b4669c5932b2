"""What ``voorjebuurt run`` says to look at first is there."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from voorjebuurt.kernel.slugs import slug_of
from voorjebuurt.local.demo.stories import stories
from voorjebuurt.local.launcher.launch import FIRST_PAGE, LOOK_FIRST

BANK = "/betaalsandbox/control/ui"


def test_what_to_look_at_first_is_there(
    client: FlaskClient, committing: Callable[[], AbstractContextManager[Session]]
) -> None:
    slug = slug_of(stories()[0].title)
    assert f"/acties/{slug}" == FIRST_PAGE
    with committing():
        CampaignFactory(status="live", slug=slug)
    addresses = re.findall(r"\{site\}(/\S+)", LOOK_FIRST)
    assert addresses == [FIRST_PAGE, "/inloggen/wachtwoord", "/postbus", BANK]
    own = [client.get(address).status_code for address in addresses if address != BANK]
    assert own == [200, 200, 200]

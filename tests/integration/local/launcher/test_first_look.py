"""What ``voorjebuurt run`` says to look at first is there."""

import re

from flask.testing import FlaskClient

from voorjebuurt.local.launcher.launch import LOOK_FIRST


def test_what_to_look_at_first_is_there(client: FlaskClient) -> None:
    addresses = re.findall(r"\{site\}(/\S+)", LOOK_FIRST)
    assert len(addresses) == 3
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]

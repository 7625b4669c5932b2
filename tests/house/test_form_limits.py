"""Every form has a limit, and says why it is as it is."""

import pytest
from flask import Flask
from limits import parse

from voorjebuurt.web import limits
from voorjebuurt.web.guards import GUARDS, GuardTableError
from voorjebuurt.web.kit.returned_forms import VIEWS


def posts(app: Flask) -> set[str]:
    """The endpoints that take a form."""
    return {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}


def test_every_form_has_a_limit_with_a_reason(app: Flask) -> None:
    for endpoint in posts(app):
        table = limits.limits_of(endpoint)
        assert table, endpoint
        for limit in table:
            assert len(limit.why) > 3, endpoint
            assert limit.rate == limits.UNCOUNTED or parse(limit.rate).amount > 0


def test_the_limits_are_around_the_views(app: Flask) -> None:
    assert set(app.extensions[VIEWS]) == posts(app)
    bare = {
        endpoint
        for endpoint, view in app.extensions[VIEWS].items()
        if app.view_functions[endpoint] is view
    }
    assert bare <= {"hooks.take_webhook", "sandbox.pass_on"}


def test_what_anybody_may_send_is_in_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(limits.LIMITS, "public.start_pledge")
    with pytest.raises(GuardTableError, match="start_pledge"):
        limits.limits_of("public.start_pledge")


def test_only_networks_addresses_and_people_are_counted_in_the_forms_of_anybody() -> None:
    for endpoint, table in limits.LIMITS.items():
        if GUARDS[endpoint].anonymous and table[0].rate:
            assert any("network" in limit.key.__name__ for limit in table), endpoint

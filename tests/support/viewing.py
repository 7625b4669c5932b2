"""Staff who look along with a resident."""

from flask.testing import FlaskClient

from voorjebuurt.people.models import Person

REASON = "U belde over uw foto."


def looking_along(browser: FlaskClient, resident: Person) -> FlaskClient:
    """The browser of a member of staff, who sees the site as the resident does from now on."""
    answer = browser.post(f"/beheer/mensen/{resident.id}/meekijken", data={"reason": REASON})
    assert (answer.status_code, answer.location) == (302, "/mijn/acties"), answer.text
    return browser

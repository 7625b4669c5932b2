"""An alert tells how often it happened, when last, and what was known each time."""

from datetime import timedelta

from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.queries import open_alerts
from voorjebuurt.audit.service import raise_alert
from voorjebuurt.kernel import clock


def test_staff_see_how_often_when_last_and_what_was_told_then(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
        for hours, error in ((3, "the first fault"), (2, "the second"), (1, "the third")):
            with clock.at(clock.now() - timedelta(hours=hours)):
                raise_alert(session, key="x", kind=AlertKind.JOB_FAILED, detail={"error": error})
        (alert,) = open_alerts(session)
    browser = signed_in(anna)
    for path in ("/beheer", "/beheer/meldingen"):
        page = browser.get(path).text
        assert "Hoe vaak" in page
        assert "Laatste keer" in page
    page = browser.get(f"/beheer/meldingen/{alert.id}").text
    assert "Het gebeurde 3 keer, de laatste keer" in page
    first, again, third = (page.index(error) for error in ("first fault", "second", "third"))
    assert first < third < again, "the first one, then the latest"

"""Match money that officers intend to take back: what is certain is told, not the ground."""

from datetime import timedelta

from tests.support.fixtures_site import Committing, SignIn
from tests.support.last_terms import CLAIM
from tests.support.officer_desk import desk, page
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.rulings.intentions import state_intention
from voorjebuurt.decisions.views.answers import drop_intention
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person

DOUBT = "De gemeente kijkt opnieuw naar dit bedrag."
GROUND = "U vertelde ons niet dat u zelf aannemer bent."


def test_an_intention_is_told_without_its_ground_and_goes_with_it(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in, at="divided", claim=CLAIM)
    with committing() as session:
        at_desk.case.send(session, "award", CLAIM)
        noor = session.get_one(Person, at_desk.case.initiator.person_id)
        campaign = session.get_one(Campaign, at_desk.case.campaign.id)
        public, mine = f"/acties/{campaign.slug}", f"/mijn/acties/{campaign.id}/matchgeld"
    applicant = signed_in(noor)
    assert DOUBT not in page(applicant, public)
    assert "Dit is niet meer zeker" not in page(applicant, mine)
    with committing() as session:
        intention_id = state_intention(
            session,
            application_id=at_desk.application_id,
            kind="withdrawal",
            amount_cents=0,
            grounds=["false_data"],
            reason=GROUND,
            until=clock.today() + timedelta(days=14),
            actor=at_desk.case.olga,
        )
    screen = page(applicant, public)
    assert DOUBT in screen
    assert "Toegekend door de gemeente." in screen
    assert "aannemer" not in screen
    assert "intrekking" not in screen
    own = page(applicant, mine)
    assert "Dit is niet meer zeker. De gemeente heeft een voornemen: intrekking" in own
    assert f"/mijn/voornemens/{intention_id}" in own
    with committing() as session:
        drop_intention(
            session, intention_id=intention_id, reason="Het klopt toch.", actor=at_desk.case.olga
        )
    assert DOUBT not in page(applicant, public)
    assert "Dit is niet meer zeker" not in page(applicant, mine)

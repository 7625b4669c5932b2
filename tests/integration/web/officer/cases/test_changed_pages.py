"""An officer sees that a page says something else than when the application came in."""

from tests.support.factories.people import actor_of
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import desk, page
from voorjebuurt.campaigns.corrections import PlanWords, correct_own_page
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.people.models import Person

CHANGED = "Dat was na de aanvraag."


def test_a_case_says_that_the_page_changed_since_it_came_in(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in, live=True, campaign="live")
    assert CHANGED not in page(at_desk.olga, at_desk.path)
    with committing() as session:
        campaign = session.get_one(Campaign, at_desk.case.campaign.id)
        words = PlanWords(
            title=campaign.title,
            summary=campaign.summary,
            story="Wij planten er zeven.",
            for_whom=campaign.for_whom,
            worse_off=campaign.worse_off,
            needs=campaign.needs,
        )
        actor = actor_of(session.get_one(Person, campaign.initiator_id))
        correct_own_page(session, campaign_id=campaign.id, words=words, actor=actor)
        slug = campaign.slug
    case = page(at_desk.olga, at_desk.path)
    assert CHANGED in case
    assert f"/acties/{slug}/wijzigingen" in case

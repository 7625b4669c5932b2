"""A town with its officers, for a journey of matching: what is there before it begins."""

from datetime import timedelta

from tests.support.browser.practice import Practice
from tests.support.factories import towns
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from voorjebuurt.kernel import clock
from voorjebuurt.places.models import Municipality

ANNA, OLGA, PIET = "anna@buurt.example", "olga@buurt.example", "piet@buurt.example"
ROSA, BRAM = "rosa@buurt.example", "bram@buurt.example"
CARLA = "carla@buurt.example"
GRETA, NOOR = "greta@elders.example", "noor@buurt.example"
LIVE, BY_ROUND = "Straatgeld", "Wijkgeld"
BANK, TREES, MUSIC = "Een bank in de zon", "Bomen op het plein", "Muziek in de straat"


def set_town(practice: Practice) -> dict[str, str]:
    """Two towns; in one a live fund, one that closes tonight, and campaigns. Paths by title."""
    with practice.database.writing() as session, building_in(session):
        town = MunicipalityFactory(name="Testdam", code="GM7701")
        elsewhere = MunicipalityFactory(name="Elders", code="GM7802")
        buurt = NeighbourhoodFactory(municipality=town, name="De Molen", code="BU7701AA02")
        for email, place in (
            *((email, town) for email in (OLGA, PIET, ROSA, BRAM)),
            (GRETA, elsewhere),
        ):
            _officer(email, place)
        for email, name in ((ANNA, "Anna"), (CARLA, "Carla")):
            RoleGrantFactory(person_id=PersonFactory(email=email, name=name).id, role="staff")
        towns.town_fund(town.id, live=True, name=LIVE, groups=[])
        tonight = clock.end_of_day(clock.today())
        towns.town_fund(town.id, name=BY_ROUND, groups=[], closes_at=tonight)
        noor = PersonFactory(email=NOOR, name="Noor de Wit")
        CampaignFactory(status="succeeded", neighbourhood=buurt, title="Een eerdere actie")
        campaigns = [
            CampaignFactory(
                status="live",
                neighbourhood=buurt,
                initiator=noor,
                title=title,
                minimum_cents=2_000,
                deadline_on=clock.today() + timedelta(days=20),
                closes_at=clock.end_of_day(clock.today() + timedelta(days=20)),
            )
            for title in (BANK, TREES, MUSIC)
        ]
        return {campaign.title: f"/acties/{campaign.slug}" for campaign in campaigns}


def _officer(email: str, place: Municipality) -> None:
    person = PersonFactory(email=email, name=email.partition("@")[0].title())
    RoleGrantFactory(
        person_id=person.id,
        role="officer",
        municipality_id=place.id,
        mandate_limit_cents=500_000,
    )

"""Awards of which no account came: without a last term, with one that runs, one that passed, and
with a change that was asked for."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_WORD, Values
from tests.support.factories import towns
from tests.support.factories.campaigns import CampaignFactory
from tests.support.last_terms import CLAIM, SIX_WEEKS
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.last_terms.service import set_last_term
from voorjebuurt.decisions.rules.plans import Wish
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.plan_requests import ask_plan_change
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood

LONG_AGO, A_WHILE_AGO = timedelta(weeks=40), timedelta(weeks=10)


def last_term_values(
    session: Session, buurt: Neighbourhood, officer: Actor, applicant: Person
) -> dict[str, list[Values]]:
    """What to fill into the addresses of the pages about them."""
    now = clock.now()
    with clock.at(now - LONG_AGO):
        cases = _awarded(session, buurt, officer, applicant)
    _, running, over = cases
    _set(session, running, officer)
    with clock.at(now - A_WHILE_AGO):
        _set(session, over, officer)
    every: list[Values] = [{"application_id": each.id} for each in cases]
    with clock.at(now - A_WHILE_AGO):
        asking, fresh = _awarded(session, buurt, officer, applicant, "Later verantwoorden", 2)
    request_id = ask_plan_change(
        session,
        application_id=asking.id,
        wish=Wish(clock.today() + LONG_AGO, f"Geen bankje maar {LONG_WORD}."),
        reason=f"Het {LONG_WORD} is er nog niet.\n\nHet komt in het voorjaar.",
        actor=towns.initiator_of(session.get_one(Campaign, asking.campaign_id)),
    )
    changes: list[Values] = [{"application_id": each.id} for each in (asking, fresh)]
    return {
        "officer.set_last_term": every,
        "officer.show_application": [*every, *changes],
        "officer.propose_plan_change": changes,
        "officer.register_plan_request": changes,
        "resident.ask_plan_change": changes[1:],
        "resident.withdraw_plan_request": [{"request_id": request_id}],
        "resident.show_application": [*every, *changes],
        "resident.account_for_match": every,
    }


def _set(session: Session, application: Application, officer: Actor) -> None:
    set_last_term(
        session,
        application_id=application.id,
        until=clock.today() + SIX_WEEKS,
        reason=f"De bon van {LONG_WORD} mist.\n\nBel ons gerust.",
        actor=officer,
    )


def _awarded(
    session: Session,
    buurt: Neighbourhood,
    officer: Actor,
    applicant: Person,
    name: str = "Verantwoorden met bonnen",
    count: int = 3,
) -> list[Application]:
    fund = towns.town_fund(
        buurt.municipality_id,
        name=name,
        draft_arrangements=[{"from_cents": 0, "way": "costs"}],
    )
    colleague = towns.officer(session, buurt.municipality_id, "Lia Termijn", 900_000_000)
    campaigns = [
        CampaignFactory(
            neighbourhood=buurt, initiator=applicant, status="succeeded", goal_cents=10_000_000
        )
        for _ in range(count)
    ]
    cases = [towns.applied(session, fund, campaign) for campaign in campaigns]
    for application in cases:
        towns.admitted(session, application, officer)
    towns.divided(session, fund, {application.id: CLAIM for application in cases})
    for application in cases:
        values: dict[str, Any] = {"kind": "award", "amount_cents": CLAIM, "grounds": []}
        decision_id = propose(
            session, application_id=application.id, reason="", actor=officer, **values
        )
        approve(session, decision_id=decision_id, recall_minutes=0, actor=colleague)
        assert send_decision(session, decision_id=decision_id)
    return cases

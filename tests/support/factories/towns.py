"""Applications through the real steps, with the officers around them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.deposits import fund_paid
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import canonical, closing_fund, open_fund
from tests.support.factories.payouts import person
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.cases.admission import admit_application
from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.views import needs_views
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.preview import decision_bounds
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.views.weighing import Weighing
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applications.service import submit_application
from voorjebuurt.matching.models import Application, Fund, FundRound, FundVersion
from voorjebuurt.people.models import RoleGrant
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.rulebook.evaluation import decide, read
from voorjebuurt.rulebook.values import jsontext

CHECKLIST = ["De actie is in de gemeente", "De begroting klopt"]
STATEMENT: dict[str, Any] = {
    "reach": "De hele straat.",
    "groups": ["Jongeren"],
    "undertaking": False,
    "de_minimis": "",
}


def town_fund(
    municipality_id: UUID,
    *,
    live: bool = False,
    rules: dict[str, Any] | None = None,
    **fields: Any,
) -> Fund:
    """An open fund of € 10,000 of a municipality, with groups and a checklist of two items.

    ``rules`` are changes to the usual ones.
    """
    changes = {"ceiling_cents": 1_000_000, **(rules or {})}
    values = {
        "municipality_id": municipality_id,
        "sender": "Afdeling Wijken\nPostbus 1\n1000 AA Voorbeeld",
        "objection_address": "Postbus 1, 1000 AA Voorbeeld",
        "groups": ["Jongeren", "Nieuwkomers"],
        "checklist": CHECKLIST,
        **fields,
    }
    if live:
        return open_fund(changes, **values)
    return closing_fund(changes, **values)


def officer(
    session: Session,
    municipality_id: UUID,
    name: str = "Olga",
    mandate: int | None = 5_000_000,
    **fields: Any,
) -> Actor:
    """An officer of a municipality with a mandate in eurocents, a general one if not said."""
    somebody = person(session, name)
    session.add(
        RoleGrant(
            person_id=somebody.id,
            role="officer",
            municipality_id=municipality_id,
            mandate_limit_cents=mandate,
            granted_at=clock.now(),
            **fields,
        )
    )
    session.flush()
    return Actor("person", somebody.id, frozenset({"officer"}))


def asked_before(kind: str, grounds: Collection[str]) -> Weighing:
    """For tests that are about something else: why no views were asked, where they had to be."""
    if not needs_views(kind, grounds):
        return Weighing()
    return Weighing(exception="urgency", exception_reason="Het kan niet wachten.")


def initiator_of(campaign: Campaign) -> Actor:
    """The campaign's initiator, doing something."""
    return Actor("person", campaign.initiator_id)


def applied(session: Session, fund: Fund, campaign: Campaign, **fields: Any) -> Application:
    """An application through the real service."""
    values = {**STATEMENT, "actor": initiator_of(campaign), **fields}
    application_id = submit_application(session, fund_id=fund.id, campaign_id=campaign.id, **values)
    return session.get_one(Application, application_id)


def admitted(session: Session, application: Application, actor: Actor) -> None:
    """Every item of the checklist is met, and the application is admitted."""
    for item in session.get_one(Fund, application.fund_id).checklist:
        mark_item(
            session, application_id=application.id, item=item, is_met=True, note="", actor=actor
        )
    admit_application(session, application_id=application.id, actor=actor)


def awarded_first(
    session: Session, application: Application, olga: Actor, piet: Actor, cents: int | None = None
) -> Decision:
    """A live fund's award is announced: checked and proposed, approved, and sent at once.

    ``cents`` is less than the maximum by the rules; without it the whole of that is awarded.
    """
    for item in session.get_one(Fund, application.fund_id).checklist:
        mark_item(
            session, application_id=application.id, item=item, is_met=True, note="", actor=olga
        )
    bounds = decision_bounds(session, application_id=application.id, kind=DecisionKind.AWARD)
    most = bounds.granted_cents
    lower = most < bounds.claim_cents or cents is not None
    decision_id = propose(
        session,
        application_id=application.id,
        kind="partial_award" if lower else "award",
        amount_cents=most if cents is None else cents,
        grounds=["ceiling"] if lower else [],
        reason="Er is niet meer." if lower else "",
        actor=olga,
    )
    approve(session, decision_id=decision_id, recall_minutes=0, actor=piet)
    assert send_decision(session, decision_id=decision_id)
    return session.get_one(Decision, decision_id)


def divided(
    session: Session, fund: Fund, claims: Mapping[UUID, int], *, number: int = 1
) -> FundRound:
    """A round in which every application (by id) claims what one donor gave to it (eurocents)."""
    version = session.query(FundVersion).filter_by(fund_id=fund.id).one()
    facts = canonical(
        {
            "applications": [
                {
                    "id": str(key),
                    "received_at": "2026-06-01T10:00:00+00:00",
                    "goal_cents": 10_000_000,
                    "contributions": [{"donor": "d", "amount_cents": cents}] if cents else [],
                }
                for key, cents in claims.items()
            ]
        }
    )
    outcome = decide(*read(jsontext.parse(version.rules), jsontext.parse(facts), indicators=()))
    row = FundRound(
        fund_id=fund.id,
        version_id=version.id,
        municipality_id=fund.municipality_id,
        number=number,
        facts=facts,
        ceiling_cents=version.ceiling_cents,
        facts_sha256=jsontext.sha256(jsontext.parse(facts)),
        ruleset_sha256=outcome.ruleset_sha256,
        outcome=outcome.as_json(),
        ran_at=clock.now(),
    )
    session.add(row)
    session.flush()
    for key in claims:
        session.get_one(Application, key).round_id = row.id
    session.flush()
    return row


@dataclass
class Town:
    """A municipality with two officers, a fund, and an application of a campaign to it."""

    fund: Fund
    campaign: Campaign
    application: Application
    olga: Actor
    piet: Actor

    @property
    def initiator(self) -> Actor:
        """Who applied."""
        return initiator_of(self.campaign)

    def match(self, session: Session) -> CampaignMatch:
        """The match as it is now."""
        return session.get_one(CampaignMatch, self.application.id, populate_existing=True)

    def propose(self, session: Session, kind: str, cents: int, *grounds: str) -> UUID:
        """Olga proposes a decision, with a reason where it has grounds."""
        return propose(
            session,
            application_id=self.application.id,
            kind=kind,
            amount_cents=cents,
            grounds=grounds,
            reason="Daarom." if grounds else "",
            actor=self.olga,
            weighing=asked_before(kind, grounds),
        )

    def send(self, session: Session, kind: str, cents: int, *grounds: str) -> Decision:
        """Olga proposes, Piet approves, and it is sent at once."""
        decision_id = self.propose(session, kind, cents, *grounds)
        approve(session, decision_id=decision_id, recall_minutes=0, actor=self.piet)
        assert send_decision(session, decision_id=decision_id)
        return session.get_one(Decision, decision_id)


def town(session: Session, *, campaign: str = "succeeded", **fields: Any) -> Town:
    """See ``Town``; the application is received. ``fields`` are of the fund."""
    row = CampaignFactory(status=campaign, goal_cents=10_000_000)
    place = row.municipality_id
    fund = town_fund(place, **fields)
    application = applied(session, fund, row)
    return Town(fund, row, application, officer(session, place), officer(session, place, "Piet"))


def town_divided(session: Session, *, claim: int = 50_000, paid_in: int = 0, **fields: Any) -> Town:
    """An admitted application in a fund that was divided, with a claim in eurocents.

    ``paid_in`` is what the municipality paid into a prepaid fund.
    """
    case = town(session, **fields)
    if paid_in:
        fund_paid(
            session,
            fund_id=case.fund.id,
            cents=paid_in,
            reference=str(case.fund.id),
        )
    admitted(session, case.application, case.olga)
    divided(session, case.fund, {case.application.id: claim})
    return case

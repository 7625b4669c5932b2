"""An award is lowered while something else happens to it: real commits."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.case_steps import draft, heard, objected
from tests.support.factories import payouts as make
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, grant_first, open_fund
from tests.support.factories.rounds import given as gave
from tests.support.factories.towns import Town, officer, town_divided
from tests.support.giving import attempt, pledge, tell
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.rulings.sending import send_ruling
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching import tasks
from voorjebuurt.matching.models import Application, FundPot
from voorjebuurt.matching.pots.changes import change_award
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.settings import Settings

CLAIM, LESS = 50_000, 30_000
ROUNDS = 3

Result = TypeVar("Result")


def committed(database: Database, what: Callable[[Session], Result]) -> Result:
    with database.writing() as session, building_in(session):
        return what(session)


def alone(database: Database, what: Callable[[Session], Result]) -> Callable[[], Result]:
    def run() -> Result:
        with database.writing() as session:
            return what(session)

    return run


def no_deadlock(results: list[Any]) -> None:
    assert not [result for result in results if "deadlock" in str(result)], results


def approved_change(session: Session) -> tuple[Town, UUID]:
    """An award of € 500 that is owed, and a change to € 300 that can be sent."""
    case = town_divided(session, claim=CLAIM)
    gave(case.campaign, CLAIM, at=clock.now())
    case.send(session, "award", CLAIM)
    decision_id = case.propose(session, "award_change", LESS, "not_done")
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    return case, decision_id


def sums(database: Database, case: Town) -> tuple[int, int, int]:
    with database.reading() as session:
        match = session.get_one(CampaignMatch, case.application.id)
        pot = session.get_one(FundPot, case.fund.id)
        return match.net_cents, pot.taken_cents, balance(session, payable(case.campaign.id))


def test_a_change_that_is_sent_twice_at_once_lowers_once(fresh_database: Database) -> None:
    case, decision_id = committed(fresh_database, approved_change)
    send = alone(fresh_database, lambda s: send_decision(s, decision_id=decision_id))
    results = at_once(send, send)
    assert sorted(map(str, results)) == ["False", "True"]
    assert sums(fresh_database, case) == (LESS, LESS, LESS)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_change_and_the_release_of_a_payout(fresh_database: Database, number: int) -> None:
    """Whoever is first: no more leaves than is owed, and what was released too much is stopped."""
    case, decision_id = committed(fresh_database, approved_change)

    def prepare(session: Session) -> tuple[make.Payable, UUID]:
        campaign = session.merge(case.campaign)
        campaign.minimum_cents = 1_000
        initiator = session.get_one(Person, campaign.initiator_id)
        anna, bram = make.person(session, "Anna Bakker"), make.person(session, "Bram Smit")
        cast = make.Payable(
            campaign,
            make.actor(initiator),
            make.actor(anna, "staff"),
            make.actor(bram, "staff"),
        )
        session.execute(text("UPDATE campaign_matches SET status = 'received'"))
        make.verified(session, cast)
        return cast, propose_payout(session, campaign_id=campaign.id, actor=cast.anna)

    cast, payout_id = committed(fresh_database, prepare)
    results = at_once(
        alone(fresh_database, lambda s: send_decision(s, decision_id=decision_id)),
        alone(
            fresh_database,
            lambda s: release_payout(s, payout_id=payout_id, actor=cast.bram),
        ),
    )
    no_deadlock(results)
    assert results[0] is True
    assert sums(fresh_database, case) == (LESS, LESS, LESS)
    if isinstance(results[1], DomainError):
        assert results[1].code == "payable_changed_since"
        return
    # It was released first: it does not reach a bank file for more than is owed.
    exports = at_once(
        alone(
            fresh_database,
            lambda s: export_payouts(s, debtor=make.DEBTOR, sealer=make.SEALER, actor=cast.anna),
        )
    )
    assert isinstance(exports[0], Exception)
    with fresh_database.reading() as session:
        assert session.get_one(Payout, payout_id).status == "released"
        assert balance(session, payable(case.campaign.id)) == LESS


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_change_and_a_decision_on_an_objection_at_once(
    fresh_database: Database, number: int
) -> None:
    """An objection to the award waits, the award is lowered: one of the two is sent, never both."""

    def prepare(session: Session) -> tuple[Town, UUID, UUID]:
        case = town_divided(session, claim=CLAIM)
        gave(case.campaign, CLAIM, at=clock.now())
        award = case.send(session, "award", CLAIM)
        place = case.fund.municipality_id
        rosa, bram = officer(session, place, "Rosa"), officer(session, place, "Bram")
        objection = objected(session, case, award)
        heard(session, objection, rosa)
        ruling_id = propose_ruling(
            session,
            objection_id=objection.id,
            draft=draft("upheld", Replacement("award", CLAIM)),
            actor=rosa,
        )
        approve_ruling(session, ruling_id=ruling_id, recall_minutes=0, actor=bram)
        decision_id = case.propose(session, "award_change", LESS, "not_done")
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
        return case, ruling_id, decision_id

    case, ruling_id, decision_id = committed(fresh_database, prepare)
    results = at_once(
        alone(fresh_database, lambda s: send_decision(s, decision_id=decision_id)),
        alone(fresh_database, lambda s: send_ruling(s, ruling_id=ruling_id)),
    )
    no_deadlock(results)
    with fresh_database.reading() as session:
        is_changed = session.get_one(Decision, decision_id).status == "sent"
        is_ruled = session.get_one(ObjectionRuling, ruling_id).status == "sent"
        assert session.get_one(Application, case.application.id).status == "awarded"
    assert is_changed or is_ruled, results
    net, taken_cents, owed_cents = sums(fresh_database, case)
    assert net == taken_cents == owed_cents
    assert net in {LESS, CLAIM}


def test_a_lower_maximum_amid_gifts_is_never_passed(
    fresh_database: Database, settings: Settings
) -> None:

    def prepare(session: Session) -> tuple[Any, Any, Any]:
        fund = open_fund({"ceiling_cents": 100_000})
        campaign = CampaignFactory(status="live", minimum_cents=12_000)
        application = ApplicationFactory(fund=fund, campaign=campaign, status="awarded")
        grant_first(session, application, 50_000)
        return fund, campaign, application

    fund, campaign, application = committed(fresh_database, prepare)
    payments = []
    for number in range(12):
        with fresh_database.writing() as session:
            row = session.merge(campaign)
            email = f"gever{number}@voorbeeld.example"
            gift = pledge(session, row, amount_cents=500, tip_cents=0, email=email)
            payments.append(tell(session, attempt(session, gift)).id)
            session.execute(text("DELETE FROM procrastinate_jobs"))
    runtime = Runtime(fresh_database, settings)

    def book() -> str:
        for payment_id in payments:
            with fresh_database.writing() as session:
                book_payment(session, payment_id=payment_id)
        return "booked"

    def follow() -> str:
        for _ in range(8):
            tasks.allocate(runtime, fund_id=str(fund.id))
        return "followed"

    def lower() -> str:
        with fresh_database.writing() as session:
            change_award(
                session, application_id=application.id, cents=2_000, key="change:1", actor=SYSTEM
            )
        return "lowered"

    assert at_once(book, follow, lower, follow) == ["booked", "followed", "lowered", "followed"]
    tasks.allocate(runtime, fund_id=str(fund.id))
    with fresh_database.reading() as session:
        match = session.get_one(CampaignMatch, application.id)
        assert (match.match_cents, match.maximum_cents) == (2_000, 2_000)
        assert session.get_one(FundPot, fund.id).taken_cents == 2_000

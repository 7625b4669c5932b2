"""What waits for an officer, and for whom they stand in."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import objected
from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.towns import (
    Town,
    admitted,
    applied,
    divided,
    officer,
    town,
    town_divided,
    town_fund,
)
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.audit.service import raise_alert
from voorjebuurt.decisions.cases.delegations import assign, delegate, end_delegation, reassign_all
from voorjebuurt.decisions.cases.notes import add_note
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.applicant_file import sent_decision
from voorjebuurt.decisions.overviews.case_file import case_file
from voorjebuurt.decisions.overviews.desks import Desk
from voorjebuurt.decisions.overviews.reminders import remind_officer, remind_to_complete
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.batches import propose_round
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.queries import officers

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    return town_divided(session)


def desk(session: Session, case: Town, actor: Actor) -> Desk:
    return desk_of(
        session, officer_id=certain(actor.person_id), municipality_id=case.fund.municipality_id
    )


def kinds(session: Session, case: Town, actor: Actor, **fields: Any) -> list[str]:
    return [work.kind.value for work in work_list(session, desk(session, case, actor), **fields)]


def refused(
    code: str, deed: Callable[..., object], *arguments: object, **keywords: Any
) -> DomainError:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code
    return error.value


def test_a_proposal_waits_for_who_can_approve_it(session: Session, case: Town) -> None:
    assert kinds(session, case, case.olga) == ["decide"]
    decision_id = case.propose(session, "award", 50_000)
    small = officer(session, case.fund.municipality_id, "Klein", mandate=49_999)
    assert kinds(session, case, case.olga) == []
    assert kinds(session, case, small) == []
    assert kinds(session, case, case.piet) == ["approve"]
    approve(session, decision_id=decision_id, recall_minutes=30, actor=case.piet)
    assert kinds(session, case, case.olga) == ["recall"]


def test_an_objection_waits_for_who_had_no_part_in_it(session: Session, case: Town) -> None:
    refusal = case.send(session, "refusal", 0, "requirement")
    objected(session, case, refusal)
    rosa = officer(session, case.fund.municipality_id, "Rosa")
    assert kinds(session, case, case.olga) == kinds(session, case, case.piet) == []
    assert kinds(session, case, rosa) == ["object"]


def test_the_most_urgent_comes_first_and_another_municipality_sees_nothing(
    session: Session, case: Town
) -> None:
    other = CampaignFactory(
        status="succeeded",
        municipality_id=case.fund.municipality_id,
        neighbourhood_id=case.campaign.neighbourhood_id,
    )
    with clock.at(NOW - timedelta(days=20)):
        earlier = applied(session, town_fund(case.fund.municipality_id), other)
    works = work_list(session, desk(session, case, case.olga))
    assert [work.application_id for work in works] == [earlier.id, case.application.id]
    assert [work.days_left for work in works] == [36, 56]
    with clock.at(NOW + timedelta(days=40)):
        late = work_list(session, desk(session, case, case.olga))
        assert [work.days_left < 0 for work in late] == [True, False]
    elsewhere = town(session)
    assert case.application.id not in {
        work.application_id for work in work_list(session, desk(session, elsewhere, elsewhere.olga))
    }


def test_who_has_a_stake_does_not_see_the_case(session: Session, case: Town) -> None:
    PledgeFactory(campaign=case.campaign, donor_id=case.olga.person_id)
    assert kinds(session, case, case.olga) == []


def test_an_account_waits_and_an_alert_is_seen(session: Session, case: Town) -> None:
    case.send(session, "award", 50_000)
    raise_alert(
        session,
        key="weg",
        kind=AlertKind.MATCH_AFTER_DECISION,
        detail={"application": case.application.number},
    )
    assert kinds(session, case, case.olga) == ["alert", "account"]


def test_a_stand_in_has_the_cases_and_never_the_mandate(session: Session, case: Town) -> None:
    place = case.fund.municipality_id
    small = officer(session, place, "Klein", mandate=100)
    assign(
        session,
        application_id=case.application.id,
        officer_id=case.olga.person_id,
        reason="",
        actor=case.piet,
    )
    assert kinds(session, case, small, mine=True) == []
    delegation_id = delegate(
        session,
        municipality_id=place,
        absent_id=certain(case.olga.person_id),
        stand_in_id=certain(small.person_id),
        from_on=date(2026, 6, 1),
        until_on=date(2026, 6, 14),
        reason="Vakantie",
        actor=case.olga,
    )
    assert kinds(session, case, small, mine=True) == ["decide"]
    decision_id = case.propose(session, "award", 50_000)
    assert kinds(session, case, small) == []
    with pytest.raises(ForbiddenError) as error:
        approve(session, decision_id=decision_id, recall_minutes=0, actor=small)
    assert error.value.code == "mandate_too_low"
    with clock.at(NOW + timedelta(days=14)):
        assert desk(session, case, small).stands_in_for == frozenset()
    end_delegation(session, delegation_id=delegation_id, actor=case.olga)
    end_delegation(session, delegation_id=delegation_id, actor=case.olga)
    assert desk(session, case, small).stands_in_for == frozenset()


def test_a_replacement_is_between_officers_on_days_to_come(session: Session, case: Town) -> None:
    values = {
        "municipality_id": case.fund.municipality_id,
        "absent_id": case.olga.person_id,
        "stand_in_id": case.piet.person_id,
        "from_on": date(2026, 6, 1),
        "until_on": date(2026, 6, 14),
        "reason": "Vakantie",
        "actor": case.olga,
    }
    same = {**values, "stand_in_id": case.olga.person_id}
    assert refused("stand_in_same", delegate, session, **same).field == "stand_in"
    stranger = {**values, "stand_in_id": case.initiator.person_id}
    assert refused("not_an_officer_here", delegate, session, **stranger).field == "stand_in"
    over = {**values, "until_on": date(2026, 5, 31)}
    assert refused("delegation_days_wrong", delegate, session, **over).field == "until_on"
    refused("reason_needed", delegate, session, **{**values, "reason": ""})


def test_cases_are_handed_over_but_not_to_who_has_a_stake(session: Session, case: Town) -> None:
    place = case.fund.municipality_id
    fields: dict[str, Any] = {
        "application_id": case.application.id,
        "reason": "",
        "actor": case.olga,
    }
    assign(session, officer_id=case.olga.person_id, **fields)
    rosa = officer(session, place, "Rosa")
    PledgeFactory(campaign=case.campaign, donor_id=rosa.person_id)
    refused("officer_has_stake", assign, session, officer_id=rosa.person_id, **fields)
    hand: dict[str, Any] = {
        "municipality_id": place,
        "from_id": case.olga.person_id,
        "actor": case.olga,
    }
    assert reassign_all(session, to_id=certain(rosa.person_id), reason="Andere baan", **hand) == 0
    assert (
        reassign_all(session, to_id=certain(case.piet.person_id), reason="Andere baan", **hand) == 1
    )
    assert case.application.assigned_to == case.piet.person_id


def test_a_case_file_has_everything(session: Session, case: Town) -> None:
    add_note(session, application_id=case.application.id, body="Bellen", actor=case.olga)
    award = case.send(session, "award", 50_000)
    objected(session, case, award)
    file = case_file(session, case.application.id)
    assert file is not None
    assert [check.met for check in file.checklist] == [True, True]
    assert [event.kind for event in file.clock] == ["decided"]
    assert ([len(part) for part in (file.decisions, file.objections, file.notes)]) == [1, 1, 1]
    deeds = [event.action for event in file.events]
    assert {"application.submitted", "decision.proposed", "decision.sent"} <= set(deeds)
    assert file.names[certain(case.olga.person_id)] == "Olga"
    decision = sent_decision(session, award.id)
    assert (certain(decision).number, certain(certain(decision).letter)[:5]) == (
        award.number,
        b"%PDF-",
    )
    assert case_file(session, case.fund.id) is None


def test_a_round_makes_one_proposal_for_each_and_approves_none(session: Session) -> None:
    case = town(session)
    fund, place = case.fund, case.fund.municipality_id
    campaigns = [
        CampaignFactory(
            status="succeeded",
            municipality_id=place,
            neighbourhood_id=case.campaign.neighbourhood_id,
        )
        for _ in range(3)
    ]
    others = [applied(session, fund, campaign) for campaign in campaigns]
    for application in (case.application, *others):
        admitted(session, application, case.olga)
    claims = [800_000, 800_000, 0, 400_000]
    divided(
        session,
        fund,
        {
            application.id: c
            for application, c in zip((case.application, *others), claims, strict=True)
        },
    )
    PledgeFactory(campaign=campaigns[2], donor_id=case.olga.person_id)
    batch = propose_round(session, fund_id=fund.id, actor=case.olga)
    (own_case,) = batch.left_alone
    assert (own_case.number, own_case.error.code) == (others[2].number, "has_stake")
    proposals = {
        decision.application_id: (
            decision.kind,
            decision.amount_cents,
            decision.grounds,
            decision.status,
        )
        for decision in session.scalars(select(Decision))
    }
    assert proposals == {
        case.application.id: ("partial_award", 400_000, ["rule"], "proposed"),
        others[0].id: ("partial_award", 400_000, ["rule"], "proposed"),
        others[1].id: ("refusal", 0, ["requirement"], "proposed"),
    }
    again = propose_round(session, fund_id=fund.id, actor=case.piet)
    assert len(again.proposed) == 1


def test_a_batch_needs_a_round(session: Session) -> None:
    case = town(session)
    refused("round_not_divided", propose_round, session, fund_id=case.fund.id, actor=case.olga)


def test_officers_are_reminded_on_the_days_that_count(session: Session, case: Town) -> None:
    place, person_id = case.fund.municipality_id, case.olga.person_id
    assert [colleague.name for colleague in officers(session, place)] == ["Olga", "Piet"]
    fields: dict[str, Any] = {"officer_id": person_id, "municipality_id": place}
    assert remind_officer(session, **fields) is False
    with clock.at(datetime(2026, 7, 13, 6, tzinfo=UTC)):
        assert remind_officer(session, **fields) is True
        assert remind_officer(session, **fields) is False
    (mail,) = session.scalars(
        select(MailMessage).where(MailMessage.template == "officer_reminder")
    ).all()
    assert [line["number"] for line in mail.context["cases"]] == [case.application.number]


def test_applicants_are_reminded_to_complete(session: Session) -> None:
    case = town(session)
    ask_completion(
        session,
        application_id=case.application.id,
        missing="De begroting",
        until=date(2026, 6, 15),
        actor=case.olga,
    )
    assert remind_to_complete(session) == 0
    with clock.at(datetime(2026, 6, 12, 6, tzinfo=UTC)):
        assert kinds(session, case, case.olga) == ["complete"]
        assert remind_to_complete(session) == 1
        assert remind_to_complete(session) == 0

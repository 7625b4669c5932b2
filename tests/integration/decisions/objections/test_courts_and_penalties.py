"""The court and the penalty for being late: registered, and what follows from them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import COURT, heard, objected, ruled
from tests.support.factories.rounds import given
from tests.support.factories.towns import Town, officer, town, town_divided
from voorjebuurt.decisions.letters.objections.penalty import penalty_letter, read_penalty
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import DefaultNotice
from voorjebuurt.decisions.objections.court.annulments import fund_of_annulled_award
from voorjebuurt.decisions.objections.court.appeals import register_appeal, register_judgment
from voorjebuurt.decisions.objections.court.penalties import (
    approve_penalty,
    pay_penalty,
    propose_penalty,
    register_default,
)
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.overviews.defaults import default_view
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.mail.models import MailMessage

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000
BANDS = (2_300, 3_500, 4_500)


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def case(session: Session) -> Town:
    case = town_divided(session, claim=CLAIM)
    given(case.campaign, CLAIM, at=NOW - timedelta(days=1))
    return case


@pytest.fixture
def two(session: Session, case: Town) -> tuple[Actor, Actor]:
    place = case.fund.municipality_id
    return officer(session, place, "Rosa"), officer(session, place, "Bram")


def refused(code: str, deed: Callable[..., object], *arguments: object, **keywords: Any) -> None:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code


def appealed(session: Session, objection: Objection, actor: Actor) -> None:
    register_appeal(
        session,
        objection_id=objection.id,
        court=COURT,
        case_number="HAA 26/1234",
        lodged_on=clock.today(),
        actor=actor,
    )


def judged(session: Session, objection: Objection, actor: Actor, **fields: Any) -> None:
    values: dict[str, Any] = {
        "outcome": "annulment",
        "judged_on": clock.today(),
        "judgment": "De motivering schiet tekort.",
        "decide_by": date(2026, 7, 13),
        **fields,
    }
    register_judgment(session, objection_id=objection.id, actor=actor, **values)


def test_a_judgment_that_annuls_leads_to_a_new_decision(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Awb 8:72, fourth paragraph: by the term of the court; the first decision holds again."""
    refusal = case.send(session, "refusal", 0, "requirement")
    objection = objected(session, case, refusal)
    heard(session, objection, two[0])
    refused("ruling_not_sent", appealed, session, objection, two[0])
    part = Replacement("partial_award", 20_000, ("de_minimis",), "Een deel.")
    first = ruled(session, objection, "partly_upheld", part, by=two)
    appealed(session, objection, two[0])
    refused("appeal_open_already", appealed, session, objection, two[0])
    refused("court_term_missing", judged, session, objection, two[0], decide_by=None)
    with clock.at(NOW + timedelta(days=1)):
        judged(session, objection, two[0])
        assert (objection.status, objection.decide_by) == ("received", date(2026, 7, 13))
        losses = revocations(session, [case.application.id])
        assert {key: each.by_court for key, each in losses.items()} == {first.replacement_id: True}
        assert fund_of_annulled_award(session, case.campaign.id) == case.fund.name
        second = ruled(session, objection, "upheld", Replacement("award", CLAIM), by=two)
    new = session.get_one(Decision, second.replacement_id)
    assert (new.kind, case.application.status) == ("award", "awarded")
    assert case.match(session).match_cents == CLAIM
    assert fund_of_annulled_award(session, case.campaign.id) is None
    losses = revocations(session, [case.application.id])
    assert set(losses) == {refusal.id, first.replacement_id}


@pytest.mark.parametrize("outcome", ["unfounded", "inadmissible", "effects", "retraction"])
def test_any_other_judgment_leaves_the_decision(
    session: Session, case: Town, two: tuple[Actor, Actor], outcome: str
) -> None:
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    heard(session, objection, two[0])
    ruled(session, objection, "rejected", by=two)
    appealed(session, objection, two[0])
    judged(session, objection, two[0], outcome=outcome)
    assert objection.status == "rejected"
    refused("appeal_not_open", judged, session, objection, two[0])
    templates = session.scalars(select(MailMessage.template)).all()
    assert {"appeal_registered", "appeal_judged"} <= set(templates)


def late(session: Session, case: Town, actor: Actor, received_on: date) -> DefaultNotice:
    notice_id = register_default(
        session,
        application_id=case.application.id,
        objection_id=None,
        received_on=received_on,
        actor=actor,
    )
    return session.get_one(DefaultNotice, notice_id)


def test_a_late_decision_costs_a_penalty_that_two_officers_determine(session: Session) -> None:
    """Awb 4:17, 4:18: eight weeks from 1 June end on 27 July."""
    case = town(session)
    with clock.at(datetime(2026, 7, 28, 9, tzinfo=UTC)):
        refused("not_late_yet", late, session, case, case.olga, date(2026, 7, 27))
        notice = late(session, case, case.olga, date(2026, 7, 28))
        refused("default_open_already", late, session, case, case.olga, date(2026, 7, 28))
    values: dict[str, Any] = {"notice_id": notice.id, "reason": "", "bands": BANDS}
    with clock.at(datetime(2026, 8, 31, 9, tzinfo=UTC)):
        view = default_view(session, case.application.id, BANDS)
        assert view is not None
        assert (view.first_day, view.days, view.cents) == (date(2026, 8, 12), 19, 49_700)
        refused(
            "penalty_still_runs", propose_penalty, session, ground="", actor=case.olga, **values
        )
        case.send(session, "refusal", 0, "outside_area")
        cents = propose_penalty(session, ground="", actor=case.olga, **values)
        assert (cents, notice.days) == (49_700, 19)
        with pytest.raises(ForbiddenError):
            approve_penalty(session, notice_id=notice.id, actor=case.olga)
        approve_penalty(session, notice_id=notice.id, actor=case.piet)
        letter = penalty_letter(read_penalty(notice.snapshot)).text
        assert "u krijgt een dwangsom van €\N{NO-BREAK SPACE}497,00" in letter
        assert "vanaf 12 augustus 2026" in letter
        pay_penalty(session, notice_id=notice.id, paid_on=clock.today(), actor=case.olga)
        refused(
            "penalty_not_owed",
            pay_penalty,
            session,
            notice_id=notice.id,
            paid_on=clock.today(),
            actor=case.olga,
        )
    assert (notice.status, notice.paid_on) == ("sent", date(2026, 8, 31))
    assert notice.letter is not None


def test_no_penalty_has_a_ground_with_a_reason(session: Session) -> None:
    case = town(session)
    with clock.at(datetime(2026, 8, 31, 9, tzinfo=UTC)):
        notice = late(session, case, case.olga, date(2026, 8, 31))
        values: dict[str, Any] = {"notice_id": notice.id, "bands": BANDS, "actor": case.olga}
        none: dict[str, Any] = {"ground": "late_notice", **values}
        refused("reason_needed", propose_penalty, session, reason=" ", **none)
        assert propose_penalty(session, reason="Na vijf jaar.", **none) == 0
        approve_penalty(session, notice_id=notice.id, actor=case.piet)
    letter = penalty_letter(read_penalty(notice.snapshot)).text
    assert "u krijgt geen dwangsom" in letter
    assert "onredelijk laat" in letter

"""The court and the penalty for being late: registered, and what follows from them."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
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
from voorjebuurt.decisions.objections.intake.service import Objector, register_objection
from voorjebuurt.decisions.objections.late import pending_penalties
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.overviews.defaults import default_view
from voorjebuurt.decisions.posting.queries import postings_of_case
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.decisions.rules.penalties import PenaltyTask
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applicants.service import addressee_of

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
        view = default_view(session, case.application.id, notice.id, BANDS)
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


def test_the_penalty_for_an_objection_of_somebody_else_is_theirs(session: Session) -> None:
    """Awb 4:17: who objected gets the money and the letter; who applied gets neither."""
    case = town_divided(session)
    given(case.campaign, CLAIM, at=clock.now() - timedelta(days=1))
    award = case.send(session, "award", CLAIM)
    objection_id = register_objection(
        session,
        decision_id=award.id,
        grounds="Wij hebben er last van.",
        channel="letter",
        received_on=clock.today(),
        posted_on=None,
        objector=Objector("Bewoners Duinlaan", "Duinlaan 4\n2042 AA  ZONNEDAM"),
        actor=case.olga,
    )
    objection = session.get_one(Objection, objection_id)
    mail_count = len(session.scalars(select(MailMessage)).all())
    with clock.at(clock.noon(objection.decide_by + timedelta(days=60))):
        notice_id = register_default(
            session,
            application_id=case.application.id,
            objection_id=objection_id,
            received_on=objection.decide_by + timedelta(days=1),
            actor=case.olga,
        )
        notice = session.get_one(DefaultNotice, notice_id)
        view = default_view(session, case.application.id, notice_id, BANDS)
        assert view is not None
        assert (view.writer, view.payee) == ("Bewoners Duinlaan", "Bewoners Duinlaan")
        propose_penalty(
            session, notice_id=notice_id, ground="", reason="", bands=BANDS, actor=case.olga
        )
        approve_penalty(session, notice_id=notice_id, actor=case.piet)
    letter = penalty_letter(read_penalty(notice.snapshot))
    assert letter.addressee == ("Bewoners Duinlaan", "Duinlaan 4", "2042 AA  ZONNEDAM")
    assert f"uw bezwaar {objection.number}" in letter.text
    assert len(session.scalars(select(MailMessage)).all()) == mail_count
    [posting] = [
        posting
        for posting in postings_of_case(session, case.application.id)
        if posting.kind == "penalty"
    ]
    assert posting.address.startswith("Bewoners Duinlaan")


def test_nothing_need_be_set_by_a_day_when_it_was_decided_in_time(session: Session) -> None:
    case = town(session)
    with clock.at(datetime(2026, 7, 28, 9, tzinfo=UTC)):
        notice = late(session, case, case.olga, date(2026, 7, 28))
        view = default_view(session, case.application.id, notice.id, BANDS)
        assert view is not None
        assert view.determine_by == view.first_day + timedelta(days=55)
        case.send(session, "refusal", 0, "outside_area")
        view = default_view(session, case.application.id, notice.id, BANDS)
    assert view is not None
    assert (view.cents, view.determine_by) == (0, None)


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


def their_objection(session: Session, case: Town, decision: Decision, **fields: Any) -> Objection:
    values: dict[str, Any] = {
        "decision_id": decision.id,
        "grounds": "Wij hebben er last van.",
        "channel": "letter",
        "received_on": clock.today(),
        "posted_on": None,
        "actor": case.olga,
        **fields,
    }
    return session.get_one(Objection, register_objection(session, **values))


NEIGHBOURS = Objector("Bewoners Duinlaan", "Duinlaan 4\n2042 AA  ZONNEDAM")


def late_about(session: Session, case: Town, objection: Objection, on: date) -> DefaultNotice:
    notice_id = register_default(
        session,
        application_id=case.application.id,
        objection_id=objection.id,
        received_on=on,
        actor=case.olga,
    )
    return session.get_one(DefaultNotice, notice_id)


def settled(session: Session, case: Town, notice: DefaultNotice) -> int:
    """Proposed and approved; how much it is."""
    cents = propose_penalty(
        session, notice_id=notice.id, ground="", reason="", bands=BANDS, actor=case.olga
    )
    approve_penalty(session, notice_id=notice.id, actor=case.piet)
    return cents


def test_everybody_who_objected_has_a_notice_and_a_penalty_of_their_own(
    session: Session, case: Town
) -> None:
    """Awb 4:17: two objectors wrote on different days; neither waits for the other."""
    decision = case.send(session, "partial_award", 20_000, "ceiling")
    own = objected(session, case, decision)
    theirs = their_objection(session, case, decision, objector=NEIGHBOURS)
    day = max(own.decide_by, theirs.decide_by)
    with clock.at(clock.noon(day + timedelta(days=80))):
        first = late_about(session, case, own, day + timedelta(days=1))
        second = late_about(session, case, theirs, day + timedelta(days=30))
        for objection in (own, theirs):
            refused("default_open_already", late_about, session, case, objection, clock.today())
        # 80 - 16 = 64 days, of which 42 cost; 80 - 45 = 35 days.
        assert settled(session, case, first) == 14 * sum(BANDS)
        with pytest.raises(DomainError) as error:
            settled(session, case, second)
        assert error.value.code == "penalty_still_runs"
        views = [
            default_view(session, case.application.id, notice.id, BANDS)
            for notice in (first, second)
        ]
        assert [view.days for view in views if view] == [42, 35]
        payees = [view.payee for view in views if view]
        assert payees[1] == "Bewoners Duinlaan"
        assert payees[0] == addressee_of(session, case.application).name
        refused("penalty_of_term_set", late_about, session, case, own, clock.today())
        pending = pending_penalties(session, case.application.municipality_id)
        assert {(each.notice_id, each.step) for each in pending} == {
            (first.id, PenaltyTask.PAY),
            (second.id, PenaltyTask.DECIDE),
        }


def test_a_penalty_is_for_who_objected_and_its_letter_for_who_acts_for_them(
    session: Session, case: Town
) -> None:
    decision = case.send(session, "partial_award", 20_000, "ceiling")
    objector = Objector(
        "Bewoners Duinlaan", "Duinlaan 4", agent_name="mr. Pels", agent_address="Kade 1\nHaarlem"
    )
    theirs = their_objection(session, case, decision, objector=objector)
    with clock.at(clock.noon(theirs.decide_by + timedelta(days=80))):
        notice = late_about(session, case, theirs, theirs.decide_by + timedelta(days=1))
        view = default_view(session, case.application.id, notice.id, BANDS)
        assert view is not None
        assert (view.writer, view.payee, view.about) == (
            "mr. Pels",
            "Bewoners Duinlaan",
            theirs.number,
        )
        settled(session, case, notice)
    letter = penalty_letter(read_penalty(notice.snapshot))
    assert letter.title.startswith("Besluit: Bewoners Duinlaan krijgt een dwangsom van")
    assert "betaalt dat bedrag zelf aan Bewoners Duinlaan, binnen zes weken" in letter.text
    assert letter.addressee[0] == "mr. Pels"


def test_a_court_that_opens_an_objection_again_makes_no_old_penalty_run(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """What was decided late ended that penalty; the term of the court has one of its own."""
    objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
    heard(session, objection, two[0])
    late_on = objection.decide_by + timedelta(days=1)
    with clock.at(clock.noon(late_on + timedelta(days=20))):
        notice = late_about(session, case, objection, late_on)
        ruled(session, objection, "rejected", by=two)
    with clock.at(clock.noon(late_on + timedelta(days=40))):
        appealed(session, objection, two[0])
        judged(session, objection, two[0], decide_by=late_on + timedelta(days=90))
        view = default_view(session, case.application.id, notice.id, BANDS)
        assert view is not None
        assert (view.decided_on, view.days) == (late_on + timedelta(days=20), 5)
        assert settled(session, case, notice) == 5 * BANDS[0]
    with clock.at(clock.noon(late_on + timedelta(days=120))):
        again = late_about(session, case, objection, late_on + timedelta(days=100))
        view = default_view(session, case.application.id, again.id, BANDS)
        assert view is not None
        assert (view.decided_on, view.days) == (None, 5)


def test_the_database_keeps_one_open_notice_of_each_and_what_was_sent(session: Session) -> None:
    case = town(session)
    with clock.at(datetime(2026, 9, 30, 9, tzinfo=UTC)):
        notice = late(session, case, case.olga, date(2026, 7, 28))
        values = (
            "INSERT INTO default_notices (id, number, application_id, municipality_id, status,"
            " due_on, received_on, registered_at, registered_by) SELECT gen_random_uuid(), :number,"
            " application_id, municipality_id, 'received', due_on, received_on, registered_at,"
            " registered_by FROM default_notices WHERE id = :id"
        )
        twice = {"number": "IG-2026-9001", "id": notice.id}
        with (
            pytest.raises(IntegrityError, match="uq_default_notices_open_of_each"),
            session.begin_nested(),
        ):
            session.execute(text(values), twice)
        assert settled(session, case, notice) == 14 * sum(BANDS)
        session.flush()
        for change, why in (
            (values, "was set"),
            (
                "UPDATE default_notices SET penalty_cents = 1 WHERE number <> :number AND id = :id",
                "stays as it is",
            ),
            (
                "UPDATE default_notices SET due_on = '2026-01-01' WHERE id = :id AND '' <> :number",
                "stays as it is",
            ),
        ):
            with pytest.raises(IntegrityError, match=why), session.begin_nested():
                session.execute(text(change), twice)
        pay_penalty(session, notice_id=notice.id, paid_on=clock.today(), actor=case.olga)
        session.flush()
        with pytest.raises(IntegrityError, match="stays as it is"), session.begin_nested():
            session.execute(
                text("UPDATE default_notices SET paid_on = NULL, paid_by = NULL WHERE id = :id"),
                {"id": notice.id},
            )

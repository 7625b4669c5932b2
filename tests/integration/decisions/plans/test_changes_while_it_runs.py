"""A change of an award that is asked while its campaign still runs."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.towns import Town, awarded_first, town
from tests.support.plan_changes import INSTEAD, asked, proposed, sent
from tests.support.promised import from_the_start
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.decisions.plans.queries import last_day_now, later_day
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.rules.accounting import accounting_due
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.plan_requests import end_plan_request
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applications.rows import AWARD_ENDED
from voorjebuurt.matching.live.campaign_end import settle_campaign

CENTS = 100_000
"""What the award is at most, in eurocents."""
LONGER = timedelta(days=60)


@pytest.fixture
def case(session: Session) -> Town:
    """An award of a live fund, whose campaign runs."""
    case = town(
        session,
        campaign="live",
        live=True,
        draft_arrangements=[{"from_cents": 0, "way": "costs"}],
    )
    awarded_first(session, case.application, case.olga, case.piet, CENTS)
    return case


def expected(case: Town) -> date:
    """The last day to account, if the campaign succeeds on its last day."""
    return accounting_due(clock.local(certain(case.campaign.closes_at)).date())


def letter_of(decision: Decision) -> str:
    announcement = letters.read_announcement(decision.announcement)
    return letters.write(decision.snapshot, announcement).text


def test_it_is_counted_from_the_last_day_of_the_campaign_and_holds_afterwards(
    session: Session, case: Town
) -> None:
    day = expected(case)
    assert last_day_now(session, case.application) == day
    request = asked(session, case, day + LONGER, INSTEAD)
    assert (request.before, request.wish_on) == (day, day + LONGER)
    statement = select(MailMessage).where(MailMessage.template == "plan_request_received")
    assert session.scalars(statement).one().context["running"] is True
    decision = sent(session, case, cents=CENTS)
    assert (decision.kind, decision.amount_cents) == ("plan_change", CENTS)
    assert replay(decision.snapshot).differences == ()
    letter = letter_of(decision)
    assert "Lukt uw actie op de laatste dag?" in letter
    assert "Het bedrag blijft hetzelfde: hoogstens € 1.000,00." in letter.replace("\u00a0", " ")
    assert "Dit geldt als uw actie lukt." in letter
    assert "Donateurs geven voor wat op de pagina van uw actie staat." in letter
    assert later_day(session, case.application.id) == day + LONGER
    file = applicant_file(session, case.application.id)
    assert file is not None
    assert (file.last_day, file.plan_askable) == (day + LONGER, True)
    assert (case.application.status, case.match(session).status) == ("awarded", "awarded")


def test_a_refusal_leaves_what_the_award_says(session: Session, case: Town) -> None:
    asked(session, case, expected(case) + LONGER)
    decision = sent(session, case, "refusal", reason="Dat weten wij nu nog niet.", cents=CENTS)
    assert decision.kind == "plan_refusal"
    assert "Voor uw subsidie blijft gelden wat in de toekenning staat." in letter_of(decision)


def test_what_was_proposed_while_it_ran_is_not_approved_after_it(
    session: Session, case: Town
) -> None:
    asked(session, case, expected(case) + LONGER)
    decision_id = proposed(session, case, cents=CENTS)
    case.campaign.status = "closing"
    session.flush()
    with pytest.raises(DomainError, match="plan_changed_since"):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)


def test_a_campaign_that_runs_longer_than_was_asked_needs_no_more_time(
    session: Session, case: Town
) -> None:
    asked(session, case, expected(case) + timedelta(days=10))
    with from_the_start(session):
        case.campaign.closes_at = certain(case.campaign.closes_at) + timedelta(days=30)
    with pytest.raises(DomainError, match="plan_day_no_later"):
        proposed(session, case, cents=CENTS)


def test_nothing_is_asked_between_the_last_day_and_the_success(
    session: Session, case: Town
) -> None:
    case.campaign.status = "closing"
    session.flush()
    with pytest.raises(DomainError, match="plan_too_early"):
        asked(session, case)


def test_what_was_asked_ends_with_the_award(session: Session, case: Town) -> None:
    asked(session, case, expected(case) + LONGER)
    decision_id = proposed(session, case, cents=CENTS)
    assert not end_plan_request(session, application_id=case.application.id), "it stands"
    case.campaign.status = "failed"
    session.flush()
    settle_campaign(session, campaign_id=case.campaign.id)
    assert case.application.status == "expired"
    assert AWARD_ENDED in session.scalars(text("SELECT task_name FROM procrastinate_jobs")).all()
    assert end_plan_request(session, application_id=case.application.id)
    assert not end_plan_request(session, application_id=case.application.id)
    [request] = session.scalars(select(PlanRequest))
    assert request.status == "end"
    assert session.get_one(Decision, decision_id).status == "dismissed"
    assert WorkKind.PLAN not in [each.kind for each in all_work(session, case.fund.municipality_id)]

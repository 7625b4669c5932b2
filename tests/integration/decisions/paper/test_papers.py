"""What came on paper, registered by officers: when it counts, who hears of it, what is refused."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import (
    Town,
    admitted,
    initiator_of,
    officer,
    town,
    town_fund,
)
from tests.support.members import join
from tests.support.papers import STATEMENT, day, on_paper, paper, scan_of_application, scanned
from voorjebuurt.attachments.queries import of_application
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.cases.terms import lapse_completion
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.paper.applications import place_in_line
from voorjebuurt.decisions.paper.cases import register_completion, register_withdrawal
from voorjebuurt.decisions.paper.filings import case_paper_form, filings_of
from voorjebuurt.decisions.posting.queries import postings_of
from voorjebuurt.decisions.rules.papers import PaperKind
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.decisions.terms.questions import ask_completion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applicants.service import keep_details
from voorjebuurt.matching.applications.service import submit_application
from voorjebuurt.matching.models import Application, FundVersion
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood
from voorjebuurt.pledges.models import CampaignMatch


def neighbour(session: Session, case: Town) -> Campaign:
    """Another campaign in the same buurt, that did not apply."""
    return CampaignFactory(
        status="succeeded",
        goal_cents=10_000_000,
        neighbourhood=session.get_one(Neighbourhood, case.campaign.neighbourhood_id),
    )


def mails_of(session: Session, template: str) -> list[MailMessage]:
    return list(session.scalars(select(MailMessage).where(MailMessage.template == template)))


def test_an_application_on_paper_is_the_initiators_with_everything_of_one_online(
    session: Session,
) -> None:
    case = town(session)
    campaign = neighbour(session, case)
    scan_of_application(session, campaign.id, case.fund.id, case.olga)
    application = on_paper(
        session, case.fund.id, campaign.id, case.olga, paper(2, time(10, 15), no_scan_reason="")
    )
    assert application.applicant_id == campaign.initiator_id
    local = clock.local(application.received_at)
    assert (local.date(), local.hour, local.minute) == (day(2), 10, 15)
    assert application.status == "received"
    assert session.get(CampaignMatch, application.id)
    assert [row.name for row in of_application(session, application.id)] == ["scan.pdf"]
    [filing] = filings_of(session, application.id)
    assert (filing.kind, filing.has_scan, filing.registered_by) == (
        "application",
        True,
        case.olga.person_id,
    )
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.action == "application.paper_registered")
    ).one()
    assert event.actor_id == case.olga.person_id
    assert event.detail["overtaken"] == [case.application.number]


def test_who_applied_gets_a_mail_a_letter_and_sees_it(session: Session) -> None:
    case = town(session)
    application = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga)
    context = mails_of(session, "application_received")[-1].context
    assert context["paper_on"] is not None
    [filing] = filings_of(session, application.id)
    [posting] = postings_of(session, filing.id)
    assert (posting.kind, posting.number) == ("paper_confirmation", application.number)
    assert posting.address.startswith("Stichting De Molen\nNoor de Wit\nMolenstraat")
    pdf = posted_pdf(session, posting, case.olga)
    assert pdf
    assert pdf.startswith(b"%PDF")
    assert case.olga.person_id
    desk = desk_of(
        session, officer_id=case.olga.person_id, municipality_id=application.municipality_id
    )
    waiting = [work for work in work_list(session, desk) if work.kind is WorkKind.POST]
    assert [work.subject_id for work in waiting] == [posting.id]
    file = applicant_file(session, application.id)
    assert file
    assert "paper_application" in [event.kind for event in file.story]


def test_with_consent_there_is_no_letter_by_post(session: Session) -> None:
    case = town(session)
    campaign = neighbour(session, case)
    application = on_paper(session, case.fund.id, campaign.id, case.olga, electronic=True)
    [filing] = filings_of(session, application.id)
    assert postings_of(session, filing.id) == []


def test_without_a_time_it_counts_from_the_end_of_its_day(session: Session) -> None:
    case = town(session)
    first = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga, paper(3))
    second = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga, paper(3))
    assert clock.local(first.received_at).strftime("%H:%M:%S") == "23:59:59"
    assert clock.local(second.received_at).date() == day(3)
    assert second.received_at - first.received_at == timedelta(milliseconds=1)


def test_what_comes_in_on_the_site_after_it_stays_behind_it(session: Session) -> None:
    case = town(session)
    paper_case = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga)
    last = neighbour(session, case)
    online_id = submit_application(
        session,
        fund_id=case.fund.id,
        campaign_id=last.id,
        reach="De hele straat.",
        groups=[],
        undertaking=False,
        de_minimis="",
        actor=initiator_of(last),
    )
    online = session.get_one(Application, online_id)
    assert case.application.received_at < paper_case.received_at < online.received_at


def test_its_place_in_line_is_told_beforehand(session: Session) -> None:
    case = town(session)
    line = place_in_line(session, fund_id=case.fund.id, paper=paper(1))
    assert (line.place, line.later) == (1, [case.application.number])
    line = place_in_line(session, fund_id=case.fund.id, paper=paper())
    assert (line.place, line.later) == (2, [])


@pytest.mark.parametrize(
    ("what", "code", "field"),
    [
        (paper(-2), "paper_in_future", "on"),
        (paper(9_999), "fund_not_open_then", "on"),
        (paper(1, signer=" "), "paper_signer_missing", "signer"),
        (paper(1, no_scan_reason=" "), "paper_scan_missing", "no_scan_reason"),
        (paper(1, note="x" * 1_001), "text_too_long", "note"),
    ],
)
def test_what_is_not_right_is_told_at_its_field(
    session: Session, what: Any, code: str, field: str
) -> None:
    case = town(session)
    with pytest.raises(DomainError) as refusal:
        on_paper(session, case.fund.id, neighbour(session, case).id, case.olga, what)
    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_only_officers_of_the_municipality_without_a_stake(session: Session) -> None:
    case = town(session)
    campaign = neighbour(session, case)
    eva = officer(session, town(session).application.municipality_id, "Eva")
    for actor in (eva, initiator_of(campaign)):
        with pytest.raises(ForbiddenError, match="only_officers"):
            on_paper(session, case.fund.id, campaign.id, actor)
    assert case.olga.person_id is not None
    join(session, campaign, session.get_one(Person, case.olga.person_id))
    with pytest.raises(ForbiddenError, match="has_stake"):
        on_paper(session, case.fund.id, campaign.id, case.olga)


def test_a_fund_of_elsewhere_and_a_second_application_are_refused(session: Session) -> None:
    case = town(session)
    with pytest.raises(DomainError, match="already_applied"):
        on_paper(session, case.fund.id, case.campaign.id, case.olga)
    elsewhere = town_fund(town(session).application.municipality_id)
    eva = officer(session, elsewhere.municipality_id, "Eva")
    with pytest.raises(DomainError, match="fund_elsewhere"):
        on_paper(session, elsewhere.id, neighbour(session, case).id, eva)


def test_a_fund_that_closed_since_still_takes_it_until_it_is_divided(session: Session) -> None:
    case = town(session)
    place, over = case.fund.municipality_id, clock.end_of_day(day(1))
    over_fund = town_fund(place, closes_at=over, status="closed")
    late = neighbour(session, case)
    with pytest.raises(DomainError, match="fund_not_open_then"):
        on_paper(session, over_fund.id, late.id, case.olga, paper())
    assert on_paper(session, over_fund.id, late.id, case.olga, paper(1)).status == "received"
    spent_fund = town_fund(place, closes_at=over, status="divided")
    with pytest.raises(DomainError, match="fund_divided_already"):
        on_paper(session, spent_fund.id, neighbour(session, case).id, case.olga, paper(1))


def test_it_is_held_to_the_rules_of_the_day_it_came(session: Session) -> None:
    case = town(session)
    first = session.query(FundVersion).filter_by(fund_id=case.fund.id).one()
    values = {name: getattr(first, name) for name in ("rules", "ruleset_sha256", "ceiling_cents")}
    session.add(
        FundVersion(
            fund_id=case.fund.id,
            municipality_id=case.fund.municipality_id,
            number=2,
            unrehearsed_reason="Test.",
            published_at=clock.now() - timedelta(hours=1),
            **values,
        )
    )
    session.flush()
    before = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga, paper(2))
    after = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga, paper())
    assert before.version_id == first.id
    assert after.version_id != first.id


def asked(session: Session, case: Town, days_ago: int = 10) -> None:
    """The applicant was asked to complete it within a week, so many days ago."""
    moment = clock.now() - timedelta(days=days_ago + 2)
    case.application.received_at = moment
    session.flush()
    with clock.at(clock.now() - timedelta(days=days_ago)):
        ask_completion(
            session,
            application_id=case.application.id,
            missing="De offerte.",
            until=clock.today() + timedelta(days=8),
            actor=case.olga,
        )


def complete(session: Session, case: Town, what: Any) -> None:
    register_completion(
        session,
        application_id=case.application.id,
        paper=what,
        statement=STATEMENT,
        details=details(electronic=False),
        actor=case.piet,
    )


def test_the_clock_runs_again_from_the_day_a_completion_came_in(session: Session) -> None:
    case = town(session)
    asked(session, case)
    form = case_paper_form(case.application.id, PaperKind.COMPLETION)
    scanned(session, form, case.campaign.id, case.piet)
    complete(session, case, paper(6, no_scan_reason="", note="Zie de offerte."))
    file = applicant_file(session, case.application.id)
    assert file
    assert case.application.status == "received"
    assert file.term.suspended_days == 3  # asked 10 days ago, came in 6 days ago
    assert len(of_application(session, case.application.id)) == 1
    [mail] = mails_of(session, "completion_received")
    assert mail.context["paper_on"]
    [filing] = filings_of(session, case.application.id)
    assert [posting.kind for posting in postings_of(session, filing.id)] == ["paper_confirmation"]


def test_what_came_in_time_counts_though_the_term_was_found_to_have_lapsed(
    session: Session,
) -> None:
    case = town(session)
    asked(session, case, 20)
    assert lapse_completion(session, application_id=case.application.id)
    complete(session, case, paper(15, note="Hier is de offerte."))
    file = applicant_file(session, case.application.id)
    assert file
    assert (case.application.status, file.term.suspended_days) == ("received", 4)


def test_after_the_last_day_it_changes_what_is_said_and_no_term(session: Session) -> None:
    case = town(session)
    asked(session, case, 20)
    lapse_completion(session, application_id=case.application.id)
    before = case.application.decide_by
    complete(session, case, paper(1, note="Alsnog de offerte."))
    assert case.application.decide_by == before
    assert mails_of(session, "application_changed")[-1].context["paper_on"]


def test_a_completion_is_refused_before_its_question_and_after_admission(session: Session) -> None:
    case = town(session)
    asked(session, case)
    with pytest.raises(DomainError, match="paper_before_question"):
        complete(session, case, paper(11, note="Te vroeg."))
    with pytest.raises(DomainError, match="paper_before_application"):
        complete(session, case, paper(13, note="Veel te vroeg."))
    with pytest.raises(DomainError, match="answer_missing"):
        complete(session, case, paper(5))
    complete(session, case, paper(5, note="Zie hier."))
    admitted(session, case.application, case.olga)
    with pytest.raises(TransitionError, match="application_not_changeable"):
        complete(session, case, paper(note="Nog iets."))


def test_a_withdrawal_on_paper_lets_go_and_is_confirmed(session: Session) -> None:
    case = town(session)
    keep_details(
        session,
        application=case.application,
        details=details(electronic=False),
        actor=case.initiator,
    )
    form = case_paper_form(case.application.id, PaperKind.WITHDRAWAL)
    scanned(session, form, case.campaign.id, case.olga)
    withdraw: dict[str, Any] = {"application_id": case.application.id, "actor": case.olga}
    register_withdrawal(session, paper=paper(no_scan_reason="", note="Geen tijd."), **withdraw)
    assert case.application.status == "withdrawn"
    assert case.match(session).status == "released"
    assert mails_of(session, "application_withdrawn")[-1].context["paper_on"]
    assert len(of_application(session, case.application.id)) == 1
    with pytest.raises(TransitionError, match="application_decided"):
        register_withdrawal(session, paper=paper(), **withdraw)


def test_after_a_decision_nothing_is_taken_back_on_paper(session: Session) -> None:
    case = town(session)
    admitted(session, case.application, case.olga)
    session.execute(
        update(Application).where(Application.id == case.application.id).values(status="refused")
    )
    session.expire(case.application)
    with pytest.raises(TransitionError, match="application_decided"):
        register_withdrawal(
            session, application_id=case.application.id, paper=paper(), actor=case.olga
        )


def test_what_was_written_down_stays_as_it_is(session: Session) -> None:
    case = town(session)
    application = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga)
    for statement in (
        "UPDATE paper_filings SET received_at = received_at - interval '1 day'",
        "DELETE FROM paper_filings",
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(statement))
    assert len(filings_of(session, application.id)) == 1


def test_who_registered_it_may_propose_and_a_colleague_approves(session: Session) -> None:
    case = town(session)
    application = on_paper(session, case.fund.id, neighbour(session, case).id, case.olga)
    other = Town(case.fund, case.campaign, application, case.olga, case.piet)
    decision = other.send(session, "refusal", 0, "rule")
    assert (decision.proposed_by, decision.approved_by) == (
        case.olga.person_id,
        case.piet.person_id,
    )

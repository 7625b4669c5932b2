"""An account of the money that came on paper: what it holds, when it counts, what is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.applicants import details
from tests.support.case_steps import account
from tests.support.factories.towns import Town, officer, town, town_divided
from tests.support.papers import paper, scanned
from voorjebuurt.attachments.queries import of_application
from voorjebuurt.decisions.accounting.queries import accountings_to_determine
from voorjebuurt.decisions.accounting.service import SpentLine
from voorjebuurt.decisions.models import Accounting
from voorjebuurt.decisions.overviews.applicant_file import applicant_file
from voorjebuurt.decisions.overviews.case_file import accountings_of
from voorjebuurt.decisions.overviews.posted_letters import posted_pdf
from voorjebuurt.decisions.paper.accountings import register_accounting
from voorjebuurt.decisions.paper.confirmations import confirmation_of
from voorjebuurt.decisions.paper.filings import case_paper_form, filings_of
from voorjebuurt.decisions.paper_models import PaperFiling
from voorjebuurt.decisions.posting.queries import postings_of
from voorjebuurt.decisions.rules.accounting import determine_by
from voorjebuurt.decisions.rules.papers import PaperKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.applicants.service import keep_details

AWARDED_AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
CLAIM = 50_000
LINES = [SpentLine("Zes bomen", 40_000), SpentLine("Aarde", 8_000)]
ACTIVITIES: list[dict[str, Any]] = [{"from_cents": 0, "way": "activities"}]


@pytest.fixture(autouse=True)
def ten_days_later() -> Iterator[None]:
    with clock.at(AWARDED_AT + timedelta(days=10)):
        yield


def awarded(session: Session, **fields: Any) -> Town:
    """An award that was sent ten days ago, after the campaign's success."""
    with clock.at(AWARDED_AT):
        case = town_divided(session, claim=CLAIM, **fields)
        case.send(session, "award", CLAIM)
    return case


def register(session: Session, case: Town, what: Any = None, **changes: Any) -> None:
    values = {"lines": LINES, "story": "De bomen staan er.", "actor": case.olga, **changes}
    register_accounting(
        session, application_id=case.application.id, paper=what or paper(2, time(9, 30)), **values
    )


def _letters_by_post(session: Session, case: Town) -> None:
    keep_details(
        session,
        application=case.application,
        details=details(electronic=False),
        actor=case.initiator,
    )


def refused(code: str, field: str | None = None) -> Any:
    return pytest.raises(
        DomainError, check=lambda error: error.code == code and error.field == field
    )


def test_it_holds_what_an_account_online_holds_and_is_the_applicants(session: Session) -> None:
    case = awarded(session)
    scanned(
        session,
        case_paper_form(case.application.id, PaperKind.ACCOUNTING),
        case.campaign.id,
        case.olga,
    )
    register(session, case, paper(2, time(9, 30), no_scan_reason=""))
    [row] = accountings_of(session, case.application.id)
    [filing] = filings_of(session, case.application.id)
    assert (row.by, row.paper_id, row.at) == (
        case.application.applicant_id,
        filing.id,
        filing.received_at,
    )
    assert (row.spent_cents, row.story, row.for_donors) == (48_000, "De bomen staan er.", False)
    assert row.lines == [
        {"label": "Zes bomen", "cents": 40_000},
        {"label": "Aarde", "cents": 8_000},
    ]
    assert (filing.kind, filing.has_scan, filing.registered_by) == (
        "accounting",
        True,
        case.olga.person_id,
    )
    assert case.application.status == "accounted"
    assert [file.name for file in of_application(session, case.application.id)] == ["scan.pdf"]


def test_the_term_to_determine_runs_from_the_day_it_came(session: Session) -> None:
    case = awarded(session)
    register(session, case, paper(7))
    days = accountings_to_determine(session, case.fund.municipality_id)
    came_on = clock.today() - timedelta(days=7)
    assert days == {case.application.id: determine_by(came_on, weeks=case.fund.decision_weeks)}


def test_it_is_confirmed_by_mail_and_told_in_the_story(session: Session) -> None:
    case = awarded(session)
    register(session, case)
    [filing] = filings_of(session, case.application.id)
    mail = session.scalars(
        select(MailMessage).where(MailMessage.template == "accounting_received")
    ).one()
    assert mail.context["paper_on"].startswith("2026-06-09")
    facts = confirmation_of(session, filing)
    assert facts.spent.replace("\xa0", " ") == "€ 480,00"
    came_on = clock.local(filing.received_at).date()
    due = determine_by(came_on, weeks=case.fund.decision_weeks)
    assert facts.decide_by == due.isoformat()
    file = applicant_file(session, case.application.id)
    assert file
    assert {"accounted", "paper_accounting"} <= {event.kind for event in file.story}


def test_who_wants_paper_gets_the_confirmation_by_post(session: Session) -> None:
    case = awarded(session)
    _letters_by_post(session, case)
    register(session, case)
    [filing] = filings_of(session, case.application.id)
    [posting] = postings_of(session, filing.id)
    pdf = posted_pdf(session, posting, case.olga)
    assert pdf
    assert pdf.startswith(b"%PDF")


def test_where_only_what_was_done_is_asked_there_are_no_amounts(session: Session) -> None:
    case = awarded(session, draft_arrangements=ACTIVITIES)
    register(session, case, lines=[])
    [row] = accountings_of(session, case.application.id)
    assert (row.spent_cents, row.lines) == (None, [])
    [filing] = filings_of(session, case.application.id)
    assert confirmation_of(session, filing).spent == ""


def test_of_two_accounts_the_one_that_came_in_last_counts(session: Session, tmp_path: Path) -> None:
    case = awarded(session)
    with clock.at(clock.now() - timedelta(days=1)):
        account(session, case, FolderStorage(tmp_path), cents=30_000)
    register(session, case, paper(2))
    assert [row.spent_cents for row in accountings_of(session, case.application.id)] == [
        48_000,
        30_000,
    ]


@pytest.mark.parametrize(
    ("what", "changes", "code", "field"),
    [
        (paper(), {"lines": []}, "account_lines_missing", "lines"),
        (paper(), {"story": " "}, "account_story_missing", "story"),
    ],
)
def test_it_is_held_to_what_is_asked_on_the_site(
    session: Session, what: Any, changes: dict[str, Any], code: str, field: str
) -> None:
    case = awarded(session)
    with refused(code, field):
        register(session, case, **changes)
    assert filings_of(session, case.application.id) == []


def test_how_it_came_is_held_to_its_bounds(session: Session) -> None:
    case = awarded(session)
    with refused("paper_in_future", "on"):
        register(session, case, paper(-1))
    with refused("paper_before_money", "on"):
        register(session, case, paper(11))
    with refused("paper_scan_missing", "no_scan_reason"):
        register(session, case, paper(1, no_scan_reason=""))
    with refused("paper_signer_missing", "signer"):
        register(session, case, paper(1, signer=" "))


def test_where_the_applicant_could_not_account_nobody_registers_it(session: Session) -> None:
    early = town(session)
    with refused("account_too_early"):
        register(session, early)
    for way in ("direct", "ex_officio"):
        case = awarded(session, draft_arrangements=[{"from_cents": 0, "way": way}])
        with refused("account_not_asked"):
            register(session, case)
    deciding = awarded(session)
    register(session, deciding)
    deciding.propose(session, "determination", CLAIM)
    with refused("account_being_determined"):
        register(session, deciding, paper())


def test_only_an_officer_of_the_municipality(session: Session) -> None:
    case = awarded(session)
    eva = officer(session, town(session).application.municipality_id, "Eva")
    for actor in (eva, case.initiator):
        with pytest.raises(ForbiddenError, match="only_officers"):
            register(session, case, actor=actor)


def test_the_database_holds_an_account_to_its_paper(session: Session) -> None:
    case = awarded(session)
    register(session, case)
    other = awarded(session)
    register(session, other)
    [filing] = filings_of(session, case.application.id)
    [own] = filings_of(session, other.application.id)
    for paper_id, at in ((filing.id, filing.received_at), (own.id, own.received_at)):
        row = Accounting(
            application_id=other.application.id,
            municipality_id=other.fund.municipality_id,
            at=at,
            by=other.application.applicant_id,
            spent_cents=1,
            story="Twee keer.",
            paper_id=paper_id,
        )
        with pytest.raises(IntegrityError), session.begin_nested():
            session.add(row)
            session.flush()
    assert len(session.scalars(select(PaperFiling)).all()) == 2

"""The demo, loaded the real way: over HTTP at the sandbox, through the queue, into the books."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.sandbox_process import SandboxProcess
from voorjebuurt import settings as application_settings
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.attachments.models import Attachment
from voorjebuurt.attachments.queries import PAYEE_CHECKS
from voorjebuurt.campaigns.funders.models import FunderLink, FunderRemark
from voorjebuurt.campaigns.gallery.models import CampaignPicture, CampaignVideo
from voorjebuurt.campaigns.live.models import CampaignExtension, CampaignStop
from voorjebuurt.campaigns.members.acting import is_signer
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.campaigns.needs.models import NeedOffer
from voorjebuurt.campaigns.pictures import stored_picture
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.interest.facts import table_of
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.owed_interest import owed_so_far
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.plan_models import PlanRequest, PlanRuling
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.local.cli.demo import command, run_travelling_jobs
from voorjebuurt.local.demo.load import demo_state, load_demo
from voorjebuurt.local.demo.stage import DemoError
from voorjebuurt.local.demo.stories import data, email_of, stories
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.matching.models import Application, Fund, FundVersion
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payouts.checklist.models import PayeeTick
from voorjebuurt.payouts.checklist.rules import WITH_PROOF
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.models import Payout
from voorjebuurt.people.queries import person_by_email
from voorjebuurt.people.signin import use_password
from voorjebuurt.places.queries import municipality_by_slug
from voorjebuurt.pledges.by_hand.models import DeskGift
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.models import CampaignMatch, Pledge
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.thanks.models import Thanks
from voorjebuurt.pledges.tins.models import CashDeposit, CashGift

CloneFactory = Callable[[], AbstractContextManager[str]]
SOME = [story for story in stories() if story.key[:2] in ("05", "14", "17")]
"""A live, a cancelled and a returned one."""


@dataclass
class Site:
    """A database with the demo, its sandbox, and the environment of a command."""

    runtime: Runtime
    environment: dict[str, str]

    def load(self, **options: Any) -> None:
        """Load the demo as the command does."""
        options = {"say": lambda _line: None, **options}
        load_demo(self.runtime, lambda: run_travelling_jobs(self.runtime), **options)


@contextmanager
def site_on(url: str, home: Path, sandbox: SandboxProcess) -> Iterator[Site]:
    environment = {
        "VJB_ENV": "test",
        "VJB_HOME": str(home),
        "VJB_SANDBOX_URL": sandbox.url,
        "DATABASE_URL": url,
    }
    database = Database(url, durable=False)
    try:
        yield Site(Runtime(database, application_settings.load(environment)), environment)
    finally:
        database.dispose()


@pytest.fixture(scope="module")
def demo_site(
    clone: CloneFactory, sandbox_process: SandboxProcess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The whole demo, loaded once for this file. No test here changes it."""
    sandbox_process.reset()
    with clone() as url, site_on(url, tmp_path_factory.mktemp("demo"), sandbox_process) as site:
        site.load()
        yield site


def statuses(site: Site) -> dict[str, str]:
    with site.runtime.database.reading() as session:
        return dict(list(session.execute(select(Campaign.title, Campaign.status))))


def counts(site: Site) -> list[int]:
    tables = (Campaign, Pledge, Payment, Refund, Payout, MailMessage)
    with site.runtime.database.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_every_campaign_is_where_its_story_ends(demo_site: Site) -> None:
    assert statuses(demo_site) == {story.title: story.life.status.value for story in stories()}


def test_gifts_are_booked_at_the_time_they_were_made(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        for story in stories():
            rows = session.execute(
                select(Payment.paid_at, Payment.booked_at, Pledge.amount_cents)
                .join(Pledge, Pledge.id == Payment.pledge_id)
                .join(Campaign, Campaign.id == Pledge.campaign_id)
                .where(Campaign.title == story.title, Payment.booked_as == "contribution")
            ).all()
            assert sum(row.amount_cents for row in rows) == story.life.raised_cents
            assert all(row.paid_at == row.booked_at for row in rows)


def test_failed_and_cancelled_campaigns_have_paid_everybody_back(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        by_status = select(Pledge.status, func.count()).join(
            Campaign, Campaign.id == Pledge.campaign_id
        )
        of_failures = by_status.where(
            Campaign.status.in_(["failed", "cancelled"]), Pledge.status != "open"
        )
        counts_by_status = dict(list(session.execute(of_failures.group_by(Pledge.status))))
        booked_statuses = set(session.scalars(select(Refund.booked_status).distinct()))
    refunding = [s.life for s in stories() if s.life.status in ("failed", "cancelled")]
    assert counts_by_status == {"refunded": sum(life.donors for life in refunding)}
    assert booked_statuses == {"refunded"}


def test_the_books_are_in_order_and_every_mail_is_in_the_outbox(demo_site: Site) -> None:
    with demo_site.runtime.database.snapshot() as session:
        checks = check_books(session, in_flight_max_days=10)
        assert [check.name for check in checks if not check.passed] == []
        assert session.scalar(select(func.count()).where(MailMessage.sent_at.is_(None))) == 0
        templates = set(session.scalars(select(MailMessage.template).distinct()))
    assert templates >= {"receipt", "refunded", "campaign_won", "campaign_failed", "paid_out"}
    assert templates >= {"campaign_submitted", "campaign_returned", "campaign_rejected"}


def test_payouts_wait_at_different_desks(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        payout_statuses = sorted(session.scalars(select(Payout.status)))
    assert payout_statuses == [*["executed"] * 6, "proposed"]


def test_what_initiators_can_do_was_done(demo_site: Site) -> None:
    """Rows of each, as many as the stories tell of."""
    lives = [story.life for story in stories()]
    mails = {
        CampaignUpdate: sum(len(life.updates) for life in lives),
        Thanks: sum(len(life.thanks) for life in lives),
        PageCorrection: sum(len(life.corrections) for life in lives),
        CampaignExtension: sum(life.extension is not None for life in lives),
        CampaignStop: sum(life.stopped_by_initiator for life in lives),
        CampaignPicture: sum(len(story.gallery) for story in stories()),
        NeedOffer: sum(len(story.help) for story in stories()),
    }
    with demo_site.runtime.database.reading() as session:
        rows = {
            model: session.scalar(select(func.count()).select_from(model)) or 0 for model in mails
        }
        answers = session.scalar(
            select(func.count()).where(CampaignQuestion.answered_at.is_not(None))
        )
        deliveries = session.scalar(
            select(func.count()).where(RewardChoice.delivered_at.is_not(None))
        )
        hours = session.scalar(select(func.sum(NeedOffer.hours)))
        members = session.scalar(select(func.count()).select_from(CampaignMember))
        last = select(func.max(CampaignUpdate.published_at)).join(
            Campaign, Campaign.id == CampaignUpdate.campaign_id
        )
        after_the_end = session.scalar(last.where(Campaign.status == "paid_out"))
    assert rows == mails
    assert all(mails.values())
    assert answers == sum(bool(q.answer) for life in lives for q in life.questions)
    assert deliveries == sum(life.deliveries for life in lives) > 0
    assert hours == sum(each.hours for story in stories() for each in story.help) > 0
    assert members == len(stories()) + sum(len(story.members) for story in stories())
    assert after_the_end is not None


def test_gifts_in_a_name_as_a_present_and_each_month(demo_site: Site) -> None:
    dedications = [each for story in stories() for each in story.episodes.dedications]
    with demo_site.runtime.database.reading() as session:
        rows = session.execute(
            select(Dedication, Pledge.booked_at).join(Pledge, Pledge.id == Dedication.pledge_id)
        ).all()
        monthly = session.scalars(select(MonthlyGift)).all()
        firsts = session.scalars(select(MonthlyCollection.state)).all()
    assert {row.kind for row, _ in rows} == {"group", "memory", "present"}
    assert sorted(row.name for row, _ in rows) == sorted(each.name for each in dedications)
    assert all(booked_at is not None for _, booked_at in rows)
    assert len(monthly) == sum(story.episodes.monthly for story in stories()) > 0
    assert all(row.status == "run" and row.mandate_id for row in monthly)
    assert firsts == ["arrival"] * len(monthly)


def test_cash_went_from_a_tin_to_the_bank_and_some_waits(demo_site: Site) -> None:
    cash = [each for story in stories() for each in story.episodes.cash]
    at_bank = sum(each.cents for each in cash if each.deposited)
    with demo_site.runtime.database.reading() as session:
        states = dict(
            list(session.execute(select(CashGift.state, func.count()).group_by(CashGift.state)))
        )
        deposits = session.scalars(select(CashDeposit.amount_cents)).all()
        gifts = session.scalars(
            select(Pledge.amount_cents).join(CashGift, CashGift.pledge_id == Pledge.id)
        ).all()
        desk_gifts = session.scalars(select(DeskGift)).all()
    assert states == {"bank": 4, "tin": 1, "entry": 1}
    assert sum(deposits) == sum(gifts) == at_bank > 0
    assert [gift.way for gift in desk_gifts] == ["cash"]
    assert all(gift.street and gift.cash_id for gift in desk_gifts)


def test_a_campaign_was_handed_over_one_is_reported_and_a_funder_looks_along(
    demo_site: Site,
) -> None:
    with demo_site.runtime.database.reading() as session:
        for story in stories():
            if story.episodes.handover is None:
                continue
            campaign = session.scalars(select(Campaign).where(Campaign.title == story.title)).one()
            successor = person_by_email(session, email_of(story.episodes.handover.to))
            assert successor is not None
            assert is_signer(campaign, successor.id)
        reports = session.scalars(select(AbuseReport)).all()
        remarks = session.execute(
            select(FunderRemark, FunderLink).join(FunderLink, FunderLink.id == FunderRemark.link_id)
        ).all()
        videos = session.scalars(select(CampaignVideo)).all()
    assert any(story.episodes.handover for story in stories())
    assert len(reports) == sum(len(story.episodes.reports) for story in stories()) > 0
    assert all(report.confirmed_at and report.outcome is None for report in reports)
    assert len(remarks) == sum(len(story.episodes.funders) for story in stories()) > 0
    assert all(remark.answered_at and link.seen_at for remark, link in remarks)
    urls = [story.episodes.video for story in stories() if story.episodes.video]
    assert [video.url for video in videos] == urls
    assert videos


def test_a_list_of_an_account_has_proof_and_an_award_was_changed(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        of_lists = Attachment.form.like(f"{PAYEE_CHECKS}:%")
        forms = session.scalars(
            select(Attachment.form)
            .join(PayeeTick, PayeeTick.payee_id == Attachment.payee_id)
            .where(of_lists)
        ).all()
        changes = session.execute(
            select(
                PlanRequest.status, PlanRuling.outcome, PlanRuling.until, PlanRequest.wish_on
            ).join(PlanRuling, PlanRuling.request_id == PlanRequest.id)
        ).all()
    assert {form.rpartition(":")[2] for form in forms} == set(WITH_PROOF)
    assert [(row.status, row.outcome) for row in changes] == [("decision", "whole")]
    assert all(row.until == row.wish_on for row in changes)


def test_every_fund_is_where_its_story_ends(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        funds = dict(list(session.execute(select(Fund.name, Fund.status))))
        gaps = select(FundVersion.unrehearsed_reason).where(FundVersion.rehearsal_id.is_(None))
        assert session.scalars(gaps).all() == []
    assert funds == {
        "Samen Doen Waterlanden": "settled",
        "Euro voor euro": "open",
        "Duinmeer doet mee": "open",
        "Groen in de wijk": "rehearsed",
        "Zitten en spelen": "settled",
    }


def test_decisions_of_each_kind_went_out_in_their_time_with_a_letter(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        rows = session.scalars(select(Decision).order_by(Decision.number)).all()
        kinds = {row.kind for row in rows if row.status == "sent"}
        assert kinds == {
            "award",
            "partial_award",
            "refusal",
            "determination",
            "lower_determination",
            "plan_change",
        }
        assert [row.kind for row in rows if row.status == "proposed"] == ["clawback"]
        for row in rows:
            if row.sent_at is not None:
                assert row.letter is not None
                assert row.approved_at is not None
                assert row.proposed_at < row.approved_at < row.sent_at
                assert row.proposed_by != row.approved_by


def test_gifts_are_matched_at_once_and_officers_have_work(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        statement = select(CampaignMatch.match_cents).where(
            CampaignMatch.live, CampaignMatch.started
        )
        amounts = session.scalars(statement).all()
        place = municipality_by_slug(session, "waterlanden")
        assert place is not None
        work = {
            name: {
                each.kind.value
                for each in work_list(
                    session, desk_of(session, officer_id=person.id, municipality_id=place.id)
                )
            }
            for name in ("thijs.van.leeuwen", "mirjam.kooistra")
            if (person := person_by_email(session, f"{name}@voorbeeld.example")) is not None
        }
    assert len(amounts) == 4
    assert all(amounts)
    assert work["thijs.van.leeuwen"] >= {"approve", "decide"}
    assert "object" in work["mirjam.kooistra"]


def test_pictures_are_stored_and_differ(demo_site: Site) -> None:
    with demo_site.runtime.database.reading() as session:
        keys = list(session.scalars(select(Campaign.picture_key).where(Campaign.picture_key != "")))
    assert len(keys) == len(set(keys)) == sum(bool(story.picture) for story in stories())
    storage = FolderStorage(demo_site.runtime.settings.uploads)
    for key in keys:
        picture = stored_picture(key)
        assert picture is not None
        assert all(storage.has(name) for name in picture.names())


def test_everybody_can_sign_in_with_the_demo_password(demo_site: Site) -> None:
    email = "chantal.meijer@voorbeeld.example"
    with demo_site.runtime.database.writing() as session:
        person = person_by_email(session, email)
        password = data("people")["password"]
        admission = use_password(session, email=email, password=password)
        samira = person_by_email(session, "samira.el.amrani@voorbeeld.example")
        assert samira is not None
        assert samira.verified_at, "so she can answer an invitation"
    assert person is not None
    assert admission.person_id == person.id


def test_loading_again_adds_nothing(demo_site: Site) -> None:
    before = counts(demo_site)
    demo_site.load()
    assert counts(demo_site) == before


def test_a_load_that_breaks_off_is_completed_and_gives_the_same_content(
    demo_site: Site, clone: CloneFactory, sandbox_process: SandboxProcess, tmp_path: Path
) -> None:
    with clone() as url, site_on(url, tmp_path, sandbox_process) as site:
        for after in (3, 9, 14, 14, 40):
            with pytest.raises(DemoError, match="power cut"):
                load_demo(site.runtime, breaking(site, after), only=SOME, say=lambda _line: None)
            with site.runtime.database.reading() as session:
                assert demo_state(session).may_load
        site.load(only=SOME)
        again = {story.key: content(site, story.title) for story in SOME}
    assert again == {story.key: content(demo_site, story.title) for story in SOME}


def breaking(site: Site, after: int) -> Callable[[], None]:
    """Running that fails for good after a number of calls, its jobs undone."""
    calls = iter(range(after))

    def run_jobs() -> None:
        if next(calls, None) is None:
            raise DemoError("power cut")
        run_travelling_jobs(site.runtime)

    return run_jobs


def content(site: Site, title: str) -> dict[str, Any]:
    """What everybody can see of a campaign, and when it happened."""
    with site.runtime.database.reading() as session:
        campaign = session.scalars(select(Campaign).where(Campaign.title == title)).one()
        gifts = session.execute(
            select(
                Pledge.name,
                Pledge.name_public,
                Pledge.email,
                Pledge.message,
                Pledge.amount_cents,
                Pledge.tip_cents,
                Pledge.postcode,
                Pledge.status,
                Pledge.created_at,
                Pledge.booked_at,
            )
            .where(Pledge.campaign_id == campaign.id)
            .order_by(Pledge.created_at)
        )
        return {
            "slug": campaign.slug if campaign.opened_at else "",
            "texts": (campaign.summary, campaign.story, campaign.location, campaign.picture_alt),
            "budget": [(line.label, line.amount_cents) for line in campaign.budget],
            "picture": campaign.picture_key,
            "status": campaign.status,
            "days": (campaign.opened_at, campaign.closes_at, campaign.deadline_on),
            "gifts": [tuple(row) for row in gifts],
        }


def run(site: Site, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(command, arguments, env=site.environment)
    return result.exit_code, result.stdout, str(result.exception or "")


def test_if_empty_does_nothing_more_to_a_demo_that_is_loaded(demo_site: Site) -> None:
    before = counts(demo_site)
    code, output, _ = run(demo_site, "load", "--if-empty")
    assert code == 0
    assert data("people")["password"] in output
    assert "samira.el.amrani@voorbeeld.example" in output
    assert counts(demo_site) == before


def test_if_empty_leaves_a_site_with_campaigns_of_its_own_alone(
    fresh_database: Database,
    fresh_database_url: str,
    committing: Callable[[], AbstractContextManager[Session]],
    sandbox_process: SandboxProcess,
    tmp_path: Path,
) -> None:
    with committing():
        CampaignFactory()
    with site_on(fresh_database_url, tmp_path, sandbox_process) as site:
        before = counts(site)
        code, output, _ = run(site, "load", "--if-empty")
        assert (code, output) == (0, "")
        assert counts(site) == before


def test_the_accounts_are_printed_without_a_database() -> None:
    result = CliRunner().invoke(command, ["accounts"])
    assert result.exit_code == 0
    assert "bas.hendriks@voorbeeld.example" in result.stdout


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"environment": "production"}, "sandbox"),
        ({"mollie_api_key": "live_x"}, "sandbox"),
        ({"sandbox_url": None}, "VJB_SANDBOX_URL"),
    ],
)
def test_it_is_only_for_a_site_with_the_sandbox(
    changes: dict[str, Any], why: str, database: Database, settings: Any, session: Any
) -> None:
    other = Runtime(database, replace(settings, **changes))
    with pytest.raises(DemoError, match=why):
        load_demo(other, lambda: None, say=lambda _line: None)
    assert session.scalar(select(func.count()).select_from(Campaign)) == 0


def test_an_award_that_was_paid_late_runs_interest_and_its_proof_waits(demo_site: Site) -> None:
    table = table_of(demo_site.runtime.settings.decisions)
    with demo_site.runtime.database.reading() as session:
        application = session.scalars(
            select(Application)
            .join(Campaign, Campaign.id == Application.campaign_id)
            .where(Campaign.title == "Vier banken langs de kade")
        ).one()
        debt = owed_so_far(session, application.id, table)
        assert debt is not None
        assert debt.award.paid_on is not None
        assert debt.award.pay_by < debt.award.paid_on
        assert not debt.is_too_little
        inquiry = session.scalars(
            select(Inquiry).where(Inquiry.application_id == application.id)
        ).one()
        assert (inquiry.answered_at is None, inquiry.closed_at) == (False, None)
        assert all(check.passed for check in check_books(session, in_flight_max_days=10))

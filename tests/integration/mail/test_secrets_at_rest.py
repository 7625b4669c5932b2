"""No row of the outbox holds a secret that opens something: not before it is sent, nor after."""

import dataclasses
import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.abuse import report
from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import closing_fund
from tests.support.factories.needs import NeedFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.fixtures_site import Committing
from tests.support.giving import paid
from tests.support.jobs import run_jobs
from tests.support.smtp_server import SmtpServer, smtp_server
from voorjebuurt.abuse.triage import ask_reporter
from voorjebuurt.campaigns import pitch
from voorjebuurt.campaigns.follow.service import ask_for_link as ask_for_follows
from voorjebuurt.campaigns.follow.service import ask_to_follow, follow_as_reader
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs import offers
from voorjebuurt.campaigns.needs.models import Need, NeedOffer
from voorjebuurt.campaigns.needs.rules import OfferTerms
from voorjebuurt.campaigns.pitch_steps import Idea
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.rules import Theme
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.sending import PAUSES
from voorjebuurt.mail.templates import TEMPLATES
from voorjebuurt.matching.questions.service import ask
from voorjebuurt.owndata.mailed_access import ask_for_gifts, ask_for_link
from voorjebuurt.people import signin
from voorjebuurt.people.address_changes import ask_address_change, confirm_change
from voorjebuurt.places.wishes import ask_for_place
from voorjebuurt.pledges.corrections.addresses import ask_address
from voorjebuurt.pledges.dedications.choosing import dedicate
from voorjebuurt.pledges.dedications.presents import tell_next_presents
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish
from voorjebuurt.settings import Settings

NOOR = "noor@voorbeeld.example"
_PATHS = (
    r"/(?:inloggen|gegevens|mijn-giften|gift-adres|gemeente-volgen|fondsvragen|volgen|vragen|hulp|"
    r"misbruik/melding|cadeau|adres/\w+)/"
)
SECRET = re.compile(_PATHS + r"([\w-]{43})")


def ask_link(session: Session) -> None:
    signin.request_link(session, email=NOOR, next_path=None, locale="nl", actor=GUEST)


def ask_change(session: Session) -> None:
    ask_address_change(
        session,
        person_id=PersonFactory(email=NOOR).id,
        new_email="noor@nieuw.example",
        reason="Noor belde.",
        actor=Actor("person", PersonFactory().id, frozenset({"staff"})),
    )


def begin_draft(session: Session) -> None:
    pitch.start_pitch(
        session,
        initiator_id=PersonFactory(email=NOOR).id,
        municipality_id=NeighbourhoodFactory().municipality_id,
        idea=Idea("Bomen op het plein", "Het wordt groen.", "De straat", Theme.GREEN, "De Bloem"),
        actor=GUEST,
    )


def ask_wish(session: Session) -> None:
    ask_for_place(session, place="Waterdal", email=NOOR, locale="nl")


def ask_own_data(session: Session) -> None:
    ask_for_link(session, email=NOOR, locale="nl")


def ask_about_fund(session: Session) -> None:
    ask(session, fund_id=closing_fund().id, text="Mag het?", email=NOOR, locale="nl")


def ask_own_gifts(session: Session) -> None:
    ask_for_gifts(session, email=NOOR, locale="nl")


def ask_gift_address(session: Session) -> None:
    gift, _ = paid(session, CampaignFactory(status="live"), email="els@voorbeeld.example")
    ask_address(session, token=gift.token, email=NOOR, locale="nl", actor=GUEST)


def ask_to_follow_theme(session: Session) -> None:
    ask_to_follow(session, thing=Thing(theme="green"), email=NOOR, locale="nl")


def ask_about_campaign(session: Session) -> None:
    words = questions.Asking(text="Mag het?", name="", email=NOOR, locale="nl")
    questions.ask(session, campaign_id=CampaignFactory(status="live").id, asking_words=words)


def report_as_guest(session: Session) -> None:
    report(session, CampaignFactory(status="live").id, email=NOOR)


def ask_who_reported(session: Session) -> None:
    confirm_address(session, email=NOOR, means=Means.SIGN_IN)
    row = report(session, CampaignFactory(status="live").id, email=NOOR, is_own=True)
    actor = actor_of(PersonFactory(), "staff")
    ask_reporter(session, report_id=row.id, text="Welke stad?", actor=actor)


def ask_what_is_followed(session: Session) -> None:
    follow_as_reader(session, thing=Thing(theme="green"), email=NOOR, locale="nl")
    ask_for_follows(session, email=NOOR, locale="nl")


def offer_help(session: Session) -> NeedOffer:
    need = NeedFactory()
    session.flush()
    terms = OfferTerms(number=1, name="Bram Bos", email=NOOR, message="")
    offers.make_offer(session, need_id=need.id, terms=terms, locale="nl")
    return session.scalars(select(NeedOffer)).one()


def ask_to_confirm_help(session: Session) -> None:
    offer_help(session)


def accept_help(session: Session) -> None:
    offer = offer_help(session)
    offer.state, offer.confirmed_at = "offer", clock.now()
    campaign = session.get_one(Campaign, session.get_one(Need, offer.need_id).campaign_id)
    session.flush()
    offers.answer_offer(
        session,
        campaign_id=campaign.id,
        offer_id=offer.id,
        accepts=True,
        text="Tot zaterdag.",
        actor=Actor("person", campaign.initiator_id),
    )


def tell_of_present(session: Session) -> None:
    deadline = clock.today() + timedelta(days=9)
    campaign = CampaignFactory(
        status="live", deadline_on=deadline, closes_at=clock.end_of_day(deadline)
    )
    day = clock.today() + timedelta(days=1)
    wish = DedicationWish(DedicationKind.PRESENT, "Noor", words="Fijn!", email=NOOR, tell_on=day)
    dedicate(session, pledge=paid(session, campaign)[0], wish=wish)
    session.flush()
    with clock.at(datetime.combine(day, time(12), clock.AMSTERDAM)):
        tell_next_presents(session, limit=1)


ASKS: dict[str, Callable[[Session], None]] = {
    "abuse_report_asked": ask_who_reported,
    "abuse_report_confirm": report_as_guest,
    "sign_in": ask_link,
    "campaign_draft": begin_draft,
    "gift_address_confirm": ask_gift_address,
    "own_data_link": ask_own_data,
    "own_gifts_link": ask_own_gifts,
    "campaign_question_confirm": ask_about_campaign,
    "need_offer_accepted": accept_help,
    "need_offer_confirm": ask_to_confirm_help,
    "follow_confirm": ask_to_follow_theme,
    "follow_link": ask_what_is_followed,
    "place_wish_confirm": ask_wish,
    "present_told": tell_of_present,
    "fund_question_confirm": ask_about_fund,
    "address_change_confirm": ask_change,
    "address_change_stop": ask_change,
}


def everything_kept(database: Database) -> str:
    """All mails and all jobs as text, in every column."""
    with database.reading() as session:
        rows = session.execute(
            text(
                "SELECT mail_messages::text FROM mail_messages"
                " UNION ALL SELECT procrastinate_jobs::text FROM procrastinate_jobs"
            )
        )
        return "\n".join(rows.scalars())


def mailed_secrets(smtp: SmtpServer) -> set[str]:
    """The secrets in the mails that the server got."""
    texts = [certain(mail.get_body(("plain",))).get_content() for mail in smtp.received]
    return {match for words in texts for match in SECRET.findall(words)}


def test_every_mail_with_a_secret_is_tried_here() -> None:
    assert ASKS.keys() == {name for name, template in TEMPLATES.items() if template.secret}


@pytest.mark.parametrize("template", ASKS)
def test_a_secret_is_in_the_mail_and_in_no_row(
    template: str, fresh_database: Database, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        ASKS[template](session)
    assert not SECRET.search(everything_kept(fresh_database)), "before it is sent"
    with smtp_server() as smtp:
        settings = dataclasses.replace(settings, smtp_url=smtp.url)
        smtp.refusal = "451 later"
        run_jobs(fresh_database, settings)
        assert not SECRET.search(everything_kept(fresh_database)), "while it is tried again"
        smtp.refusal = ""
        with clock.at(clock.now() + PAUSES[0] + timedelta(seconds=1)):
            run_jobs(fresh_database, settings)
        secrets = mailed_secrets(smtp)
    assert secrets
    rows = everything_kept(fresh_database)
    assert [secret for secret in secrets if secret in rows] == [], "after it was sent"


def test_what_was_given_up_keeps_none(fresh_database: Database, settings: Settings) -> None:
    with fresh_database.writing() as session:
        ask_link(session)
    with smtp_server() as smtp:
        settings = dataclasses.replace(settings, smtp_url=smtp.url)
        smtp.refusal = "550 no such user"
        run_jobs(fresh_database, settings)
    assert not SECRET.search(everything_kept(fresh_database))


@pytest.mark.parametrize("template", ["sign_in", "address_change_confirm"])
def test_the_mailed_secret_opens_what_it_is_for(
    template: str, fresh_database: Database, committing: Committing, settings: Settings
) -> None:
    with committing() as session:
        ASKS[template](session)
    with smtp_server() as smtp:
        run_jobs(fresh_database, dataclasses.replace(settings, smtp_url=smtp.url))
        mails = [mail for mail in smtp.received if template == "sign_in" or "nieuw" in mail["To"]]
        (words,) = [certain(mail.get_body(("plain",))).get_content() for mail in mails]
    (token,) = set(SECRET.findall(words))
    with fresh_database.writing() as session:
        if template == "sign_in":
            assert signin.use_link(session, token=token, locale="nl", actor=GUEST).is_new
        else:
            confirm_change(session, token=token, actor=GUEST)

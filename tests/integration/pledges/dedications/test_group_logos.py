"""The logo of a group that gives: a coach's yes, withdrawn, gone with the gift, and the guards."""

import base64
import json
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from tests.support.giving import paid
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.owndata import export
from voorjebuurt.ownwords.logo import small_logo
from voorjebuurt.pledges.dedications.choosing import change_dedication, dedicate
from voorjebuurt.pledges.dedications.logos import (
    consent_to_logo,
    forget_logos,
    refuse_logo,
    send_logo,
    withdraw_logo,
)
from voorjebuurt.pledges.dedications.models import Dedication, GroupLogo
from voorjebuurt.pledges.dedications.queries import (
    approved_logos,
    count_waiting_logos,
    shown_logo,
    waiting_logos,
)
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish
from voorjebuurt.pledges.erasing.detaching import detach_donor
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.queries import public_contributions

GROUP = DedicationWish(DedicationKind.GROUP, "Bakkerij Visser")
REASON = "Dit is het logo van een andere bakker."


def picture(colour: str = "red") -> str:
    data = BytesIO()
    Image.new("RGB", (300, 120), colour).save(data, "PNG")
    return small_logo(data.getvalue())


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live")


@pytest.fixture
def coach(session: Session) -> Actor:
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="coach")
    return actor_of(person, "coach")


@pytest.fixture
def gift(session: Session, campaign: Campaign) -> Pledge:
    gift = paid(session, campaign)[0]
    dedicate(session, pledge=gift, wish=GROUP)
    return gift


def send(session: Session, gift: Pledge, colour: str = "red") -> None:
    send_logo(session, token=gift.token, picture=picture(colour), actor=GUEST)


def is_on_page(session: Session, gift: Pledge) -> bool:
    (row,) = public_contributions(session, gift.campaign_id, limit=9)
    is_served = shown_logo(session, gift.id) is not None
    assert row.has_logo is is_served
    return is_served


def row_of(session: Session, gift: Pledge) -> GroupLogo | None:
    return session.get(GroupLogo, gift.id, populate_existing=True)


def test_nobody_sees_it_before_a_coach_says_yes(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    assert not is_on_page(session, gift)
    assert [row.name for row in waiting_logos(session, limit=9)] == ["Bakkerij Visser"]
    for _ in range(2):
        consent_to_logo(session, pledge_id=gift.id, actor=coach)
    assert is_on_page(session, gift)
    assert count_waiting_logos(session) == 0
    assert [row.pledge_id for row in approved_logos(session, limit=9)] == [gift.id]
    deeds = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert [deed for deed in deeds if "logo" in deed] == [
        "pledge.logo_sent",
        "pledge.logo_approved",
    ]


def test_it_is_shown_only_where_the_groups_name_is(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    consent_to_logo(session, pledge_id=gift.id, actor=coach)
    session.execute(update(Pledge).values(name_public=False))
    assert not is_on_page(session, gift)


def test_a_no_has_a_reason_that_is_mailed_once(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    with pytest.raises(DomainError, match="reason_needed"):
        refuse_logo(session, pledge_id=gift.id, reason=" ", actor=coach)
    for _ in range(2):
        refuse_logo(session, pledge_id=gift.id, reason=REASON, actor=coach)
    assert not is_on_page(session, gift)
    mail = session.scalars(select(MailMessage).where(MailMessage.template == "logo_refused")).one()
    assert (mail.recipient, mail.context["reason"]) == (gift.email, REASON)
    assert mail.context["was_shown"] is False
    with pytest.raises(DomainError, match="logo_refused_before"):
        send(session, gift)


def test_a_coach_takes_it_off_later_and_another_one_waits_anew(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    consent_to_logo(session, pledge_id=gift.id, actor=coach)
    refuse_logo(session, pledge_id=gift.id, reason=REASON, actor=coach)
    assert not is_on_page(session, gift)
    mail = session.scalars(select(MailMessage).where(MailMessage.template == "logo_refused")).one()
    assert mail.context["was_shown"] is True
    send(session, gift, "blue")
    assert not is_on_page(session, gift)
    assert count_waiting_logos(session) == 1


def test_another_picture_loses_the_yes_and_the_same_one_keeps_it(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    consent_to_logo(session, pledge_id=gift.id, actor=coach)
    send(session, gift)
    assert is_on_page(session, gift)
    send(session, gift, "blue")
    assert not is_on_page(session, gift)


def test_another_name_waits_anew_and_another_kind_takes_it_away(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    consent_to_logo(session, pledge_id=gift.id, actor=coach)
    other = DedicationWish(DedicationKind.GROUP, "Slagerij Bos")
    change_dedication(session, token=gift.token, wish=other, actor=GUEST)
    assert not is_on_page(session, gift)
    assert count_waiting_logos(session) == 1
    memory = DedicationWish(DedicationKind.MEMORY, "Oma Riet")
    change_dedication(session, token=gift.token, wish=memory, actor=GUEST)
    assert row_of(session, gift) is None


def test_its_donor_takes_it_away_whatever_was_said(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    consent_to_logo(session, pledge_id=gift.id, actor=coach)
    for _ in range(2):
        withdraw_logo(session, token=gift.token, actor=GUEST)
    assert not is_on_page(session, gift)
    with pytest.raises(NotFoundError):
        consent_to_logo(session, pledge_id=gift.id, actor=coach)


def test_only_a_group_sends_one_and_only_for_a_gift_that_counts(
    session: Session, campaign: Campaign, gift: Pledge
) -> None:
    other = paid(session, campaign, email="bo@voorbeeld.example")[0]
    with pytest.raises(DomainError, match="logo_of_nobody"):
        send(session, other)
    session.execute(update(Pledge).where(Pledge.id == gift.id).values(status="charged_back"))
    session.expire_all()
    with pytest.raises(DomainError, match="gift_not_there"):
        send(session, gift)


def test_who_runs_the_campaign_or_is_no_coach_says_nothing_of_it(
    session: Session, gift: Pledge, campaign: Campaign
) -> None:
    send(session, gift)
    with pytest.raises(ForbiddenError):
        consent_to_logo(session, pledge_id=gift.id, actor=actor_of(PersonFactory(), "staff"))
    RoleGrantFactory(person_id=campaign.initiator_id, role="coach")
    own = Actor("person", campaign.initiator_id, frozenset({"coach"}))
    with pytest.raises(ForbiddenError):
        consent_to_logo(session, pledge_id=gift.id, actor=own)
    with pytest.raises(ForbiddenError):
        refuse_logo(session, pledge_id=gift.id, reason=REASON, actor=own)


def test_a_gift_that_goes_back_takes_it_off_at_once_and_throws_it_away(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    consent_to_logo(session, pledge_id=gift.id, actor=coach)
    values = {"status": "refunding", "refund_reason": "campaign_failed"}
    session.execute(update(Pledge).values(**values, refund_asked_at=clock.now()))
    assert not is_on_page(session, gift)
    forget_logos(session)
    assert row_of(session, gift) is None


def test_one_that_was_refused_goes_after_thirty_days_and_others_stay(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    refuse_logo(session, pledge_id=gift.id, reason=REASON, actor=coach)
    forget_logos(session)
    assert row_of(session, gift) is not None
    with clock.at(clock.now() + timedelta(days=31)):
        forget_logos(session)
    assert row_of(session, gift) is None
    send(session, gift)
    with clock.at(clock.now() + timedelta(days=31)):
        forget_logos(session)
    assert row_of(session, gift) is not None


def test_erasing_the_donor_takes_it_along_and_the_export_has_it(
    session: Session, gift: Pledge, coach: Actor
) -> None:
    send(session, gift)
    refuse_logo(session, pledge_id=gift.id, reason=REASON, actor=coach)
    data = export.data_of_address(session, gift.email or "")
    assert json.loads(export.as_json(data))["dedications"][0]["logo"] == picture()
    assert data.dedications[0].logo_reason == REASON
    detach_donor(session, gift)
    session.flush()
    assert row_of(session, gift) is None
    assert session.get(Dedication, gift.id, populate_existing=True) is None


def test_what_is_kept_is_a_small_png_without_anything_else_in_it() -> None:
    data = BytesIO()
    photo = Image.new("RGB", (3000, 1000), "green")
    exif = Image.Exif()
    exif[0x010E] = "Noor woont op nummer 3"
    photo.save(data, "JPEG", exif=exif)
    content = base64.b64decode(small_logo(data.getvalue()))
    assert content.startswith(b"\x89PNG")
    assert b"nummer 3" not in content
    assert Image.open(BytesIO(content)).size == (600, 200)


DECISION = "decided_at = now(), decided_by = :person"


@pytest.mark.parametrize(
    "change",
    [
        f"verdict = 'consent', {DECISION}",
        "verdict = 'consent'",
        f"verdict = 'refusal', {DECISION}",
        f"verdict = 'nod', {DECISION}",
        "reason = 'zomaar'",
        "picture = ''",
    ],
)
def test_the_database_itself_lets_nobody_but_a_coach_decide(
    session: Session, gift: Pledge, change: str
) -> None:
    """Neither without a decider, nor by somebody whose role is another one, or was taken away."""
    send(session, gift)
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="staff")
    RoleGrantFactory(person_id=person.id, role="coach", revoked_at=clock.now())
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(f"UPDATE group_logos SET {change}"), {"person": person.id})


def test_the_database_itself_keeps_a_coach_from_their_own_campaign(
    session: Session, gift: Pledge, campaign: Campaign, coach: Actor
) -> None:
    send(session, gift)
    RoleGrantFactory(person_id=campaign.initiator_id, role="coach")
    decide = text(f"UPDATE group_logos SET verdict = 'consent', {DECISION}")
    with pytest.raises(IntegrityError, match="own campaign"), session.begin_nested():
        session.execute(decide, {"person": campaign.initiator_id})
    session.execute(decide, {"person": coach.person_id})
    for change in (
        "UPDATE group_logos SET picture = 'iets anders'",
        "UPDATE dedications SET name = 'Een ander'",
        "UPDATE dedications SET kind = 'memory'",
        "INSERT INTO group_logos (pledge_id, picture, sent_at) SELECT id, 'x', now() FROM pledges",
    ):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text(change))


def test_the_database_itself_takes_one_only_of_a_group_whose_gift_counts(
    session: Session, campaign: Campaign, gift: Pledge
) -> None:
    add = text("INSERT INTO group_logos (pledge_id, picture, sent_at) VALUES (:id, 'x', now())")
    other = paid(session, campaign, email="bo@voorbeeld.example")[0]
    dedicate(session, pledge=other, wish=DedicationWish(DedicationKind.MEMORY, "Oma Riet"))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(add, {"id": other.id})
    session.execute(update(Pledge).where(Pledge.id == gift.id).values(status="charged_back"))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(add, {"id": gift.id})

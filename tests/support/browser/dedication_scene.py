"""Gifts in somebody's name, and presents in every state, for the pages that show them."""

from io import BytesIO
from typing import Any

from PIL import Image
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_NAME, LONG_WORD, Values
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.ownwords.logo import small_logo
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.dedications.models import Dedication, GroupLogo
from voorjebuurt.pledges.dedications.rules import DedicationKind

READER = "ontvanger@eenheellangedomeinnaam.voorbeeld.example"


def dedication_values(
    session: Session, campaigns: dict[Any, Campaign], coach: Person
) -> dict[str, list[Values]]:
    """One of each kind; presents in every state; logos that wait, are in, are out."""
    campaign = {str(state): each for state, each in campaigns.items()}["live"]
    gifts = []
    for kind in DedicationKind:
        gift = _gift(campaign)
        gifts.append(gift)
        is_group, is_present = kind is DedicationKind.GROUP, kind is DedicationKind.PRESENT
        session.add(
            Dedication(
                pledge_id=gift.id,
                kind=kind.value,
                name=LONG_NAME[:80],
                words="" if is_group else LONG_WORD,
                on_page=not is_group and not is_present,
                company_number="12345678" if is_group else "",
                street=LONG_WORD[:100] if is_group else "",
                email=READER if is_present else None,
                tell_on=clock.today() if is_present else None,
            )
        )
    tokens = []
    for answer in (None, "follow", "refusal"):
        gift = _gift(campaign)
        gifts.append(gift)
        tokens.append(new_token())
        session.add(
            Dedication(
                pledge_id=gift.id,
                kind=DedicationKind.PRESENT.value,
                name=LONG_NAME[:80],
                words=LONG_WORD,
                email=READER,
                tell_on=clock.today(),
                told_at=clock.now(),
                token_hash=token_hash(tokens[-1]),
            )
        )
        session.flush()
        if answer is not None:
            row = session.get_one(Dedication, gift.id)
            row.email, row.answer = None, answer
    session.flush()
    logos = [_logo(session, campaign, coach, verdict) for verdict in (None, "consent", "refusal")]
    gifts += logos
    return {
        "public.change_gift_logo": [{"token": gift.token} for gift in (gifts[0], *logos)],
        "public.show_gift_card": [{"token": gift.token} for gift in gifts[1:4]],
        "coach.show_logo": [{"pledge_id": gift.id} for gift in logos],
        "public.show_gift": [{"token": gift.token} for gift in gifts],
        "public.change_dedication_of_gift": [{"token": gift.token} for gift in gifts],
        "public.show_present": [{"token": token} for token in (*tokens, "x" * 43)],
        "staff.show_gift_words": [{"pledge_id": gift.id} for gift in gifts[:3]],
        "staff.hide_gift_words": [{"pledge_id": gifts[1].id, "part": "dedication"}],
    }


def _gift(campaign: Campaign) -> Any:
    return PledgeFactory(campaign=campaign, name=LONG_NAME, status="booked")


def _logo(session: Session, campaign: Campaign, coach: Person, verdict: str | None) -> Any:
    gift = _gift(campaign)
    group = DedicationKind.GROUP.value
    session.add(Dedication(pledge_id=gift.id, kind=group, name=LONG_NAME[:80]))
    session.flush()
    data = BytesIO()
    Image.new("RGB", (600, 200), "teal").save(data, "PNG")
    logo = GroupLogo(pledge_id=gift.id, picture=small_logo(data.getvalue()), sent_at=clock.now())
    session.add(logo)
    session.flush()
    if verdict is not None:
        logo.verdict, logo.decided_at, logo.decided_by = verdict, clock.now(), coach.id
        logo.reason = f"Dit is {LONG_WORD}." if verdict == "refusal" else ""
        session.flush()
    return gift

"""Reports of abuse in every state, for the pages that show them."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.support.abuse import report
from tests.support.browser.long_words import LONG_EMAIL, LONG_WORD, Values
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import actor_of
from tests.support.factories.pledges import PledgeFactory
from voorjebuurt.abuse import reporting, triage
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.proof import proof_token
from voorjebuurt.abuse.rules import AbuseMeasure, AbuseThing
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood


def abuse_values(
    session: Session, buurt: Neighbourhood, people: dict[str, Person], secret: str
) -> dict[str, list[Values]]:
    """One that waits without an address, one that was asked and answered, and decided ones."""
    campaign = CampaignFactory(
        status="live", neighbourhood=buurt, initiator=people["resident"], title=LONG_WORD[:80]
    )
    gift = PledgeFactory(campaign=campaign, message=f"Weg ermee. {LONG_WORD}")
    staff = actor_of(people["staff"], "staff")
    rows = [report(session, campaign.id, text=f"{LONG_WORD} oplichting")]
    rows += [
        report(
            session,
            gift.id,
            thing=AbuseThing.GIFT_MESSAGE,
            text=f"{LONG_WORD} {number}",
            email=f"m{number}.{LONG_EMAIL}",
        )
        for number in range(4)
    ]
    tokens = [_link(session, row) for row in rows]
    session.flush()
    for token in tokens[1:4]:
        reporting.confirm_report(session, token=token)
    for row in rows[1:3]:
        triage.ask_reporter(session, report_id=row.id, text=f"Waar? {LONG_WORD}", actor=staff)
    reporting.reply_to_staff(session, token=tokens[1], text=f"Daar. {LONG_WORD}")
    triage.take_report(session, report_id=rows[1].id, actor=staff)
    hide = triage.Decision(AbuseMeasure.HIDE, LONG_WORD, LONG_WORD)
    for row, decision in ((rows[3], triage.Decision(None, LONG_WORD)), (rows[4], hide)):
        triage.decide_report(session, report_id=row.id, decision=decision, actor=staff)
    session.execute(
        delete(MailMessage).where(
            MailMessage.template.in_([reporting.CONFIRM_TEMPLATE, reporting.ASK_TEMPLATE])
        )
    )
    other = PledgeFactory(campaign=campaign, message=LONG_WORD)
    ids: list[Values] = [{"report_id": row.id} for row in rows]
    return {
        "public.report_abuse": [
            {"what": "actie", "thing_id": campaign.id},
            {"what": "bericht", "thing_id": other.id},
        ],
        "public.add_abuse_proof": [
            {"report_id": row.id, "token": proof_token(secret, row.id)} for row in rows[:4]
        ],
        "public.follow_abuse_report": [{"token": token} for token in (*tokens, "x" * 43)],
        "staff.show_abuse_report": ids,
    }


def _link(session: Session, row: AbuseReport) -> str:
    token = new_token()
    session.get_one(AbuseReport, row.id).token_hash = token_hash(token)
    return token

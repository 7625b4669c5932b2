"""Reports of abuse, made as people make them."""

from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of
from tests.support.mailed_links import mailed_token
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.reporting import CONFIRM_TEMPLATE, Reporting, confirm_report, report_abuse
from voorjebuurt.abuse.rules import AbuseReason, AbuseThing

NOOR = "noor@voorbeeld.example"
WORDS = "De foto is van een plein in een andere stad."


def report(
    session: Session,
    thing_id: UUID,
    *,
    thing: AbuseThing = AbuseThing.CAMPAIGN,
    reason: AbuseReason = AbuseReason.FRAUD,
    text: str = WORDS,
    email: str = "",
    is_own: bool = False,
) -> AbuseReport:
    """One report; without an address unless one is given."""
    reporting = Reporting(reason=reason, text=text, email=email, locale="nl", is_own=is_own)
    report_id = report_abuse(session, thing=thing, thing_id=thing_id, reporting=reporting)
    return session.get_one(AbuseReport, report_id)


def confirmed(session: Session, thing_id: UUID, **values: str) -> tuple[AbuseReport, str]:
    """A report whose address was confirmed, and the secret of its link."""
    row = report(session, thing_id, email=values.pop("email", NOOR), **values)  # type: ignore[arg-type]
    token = link_of(session, row, CONFIRM_TEMPLATE)
    confirm_report(session, token=token)
    return row, token


def link_of(session: Session, row: AbuseReport, template: str) -> str:
    """The secret in a mail about this report."""
    (mail,) = (
        each for each in mails_of(session, template) if each.context["link_id"] == str(row.id)
    )
    return mailed_token(session, mail)

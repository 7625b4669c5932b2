"""What initiators read in their mailbox about the account and the money."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories import payouts as make
from voorjebuurt.kernel import clock
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.render import RenderedMail, render
from voorjebuurt.payouts.bank_files import execute_payout, return_payout
from voorjebuurt.payouts.payees import refuse_payee
from voorjebuurt.payouts.tasks import ask_payee

TITLE = "Groen & *fijn* plein"


def rendered(session: Session, template: str, locale: str = "nl") -> RenderedMail:
    """The one mail of this template, as it would be sent."""
    statement = select(MailMessage).where(MailMessage.template == template)
    message = session.scalars(statement).one()
    return render(
        template,
        locale=locale,
        platform_name="Voor je Buurt",
        base_url="https://voorjebuurt.example",
        context=message.context,
    )


@pytest.fixture
def case(session: Session) -> make.Payable:
    return make.payable_campaign(session, title=TITLE)


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_the_question_for_an_account_leads_to_the_form(
    session: Session, case: make.Payable, locale: str
) -> None:
    ask_payee(session, campaign_id=case.campaign.id)
    mail = rendered(session, "payee_asked", locale)
    assert TITLE in mail.subject
    assert f"https://voorjebuurt.example/mijn/acties/{case.campaign.id}/rekening" in mail.html
    assert "<em>" not in mail.html


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_an_approved_account_is_told_masked(
    session: Session, case: make.Payable, locale: str
) -> None:
    make.verified(session, case)
    mail = rendered(session, "payee_verified", locale)
    assert "NL91 •••• 4300" in mail.text
    assert make.IBAN not in mail.text + mail.html


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_refused_account_is_told_with_the_reason(
    session: Session, case: make.Payable, locale: str
) -> None:
    payee = make.submit(session, case)
    reason = "De naam klopt niet: [klik](http://kwaad.example)"
    refuse_payee(session, payee_id=payee.id, reason=reason, actor=case.anna)
    mail = rendered(session, "payee_refused", locale)
    assert "De naam klopt niet" in mail.text
    assert 'href="http://kwaad.example"' not in mail.html


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_changed_account_is_told_at_once(
    session: Session, case: make.Payable, locale: str
) -> None:
    make.submit(session, case)
    make.submit(session, case, iban=make.OTHER_IBAN)
    mail = rendered(session, "payee_changed", locale)
    assert "NL20 •••• 4567" in mail.text
    assert "<strong>" in mail.html


@pytest.mark.parametrize(("locale", "amount"), [("nl", "€ 900"), ("en", "€900")])
def test_paid_out_tells_amount_day_and_reference(
    session: Session, case: make.Payable, locale: str, amount: str
) -> None:
    payout = make.payout_in(session, case, "exported")
    execute_payout(
        session, payout_id=payout.id, executed_on=clock.today(), remark="", actor=case.anna
    )
    mail = rendered(session, "paid_out", locale)
    assert amount in mail.subject.replace("\u00a0", " ")
    assert payout.end_to_end_id in mail.text
    assert str(clock.today().year) in mail.text


@pytest.mark.parametrize("locale", ["nl", "en"])
def test_a_payout_that_came_back_asks_for_a_look_at_the_account(
    session: Session, case: make.Payable, locale: str
) -> None:
    payout = make.payout_in(session, case, "exported")
    return_payout(session, payout_id=payout.id, reason="AC04", actor=case.anna)
    mail = rendered(session, "payout_returned", locale)
    assert TITLE in mail.subject
    assert "/rekening" in mail.html
    assert "AC04" not in mail.text

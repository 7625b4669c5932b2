"""What is left of a fund goes back to its municipality, over the screens."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.case_steps import objected
from tests.support.deposits import fund_paid
from tests.support.factories.matching import closing_fund
from tests.support.factories.staff import with_role
from tests.support.factories.towns import town_divided
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.decisions.objections.intake.withdrawals import withdraw_objection
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import fund_free
from voorjebuurt.matching.models import Fund
from voorjebuurt.payouts.models import FundReturn


def text(client: FlaskClient, path: str, **form: str) -> str:
    """The page that a person ends at."""
    method = client.post if form else client.get
    answer = method(path, data=form or None, follow_redirects=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text.replace("\xa0", " ")


@pytest.fixture
def fund_id(committing: Committing) -> str:
    """A settled fund with € 300 left."""
    with committing() as session:
        fund = closing_fund(prepaid=True)
        fund_paid(session, fund_id=fund.id, cents=30_000, reference="IN-1")
        fund.status = "settled"
        return str(fund.id)


def test_who_pays_back_is_told_of_an_objection_that_may_need_the_money(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        case = town_divided(session, prepaid=True, paid_in=50_000)
        objection = objected(session, case, case.send(session, "refusal", 0, "requirement"))
        case.fund.status = "settled"
        member = with_role(session, "staff", "Anna Bakker")
        path = f"/beheer/gemeentegeld/fondsen/{case.fund.id}/terug"
        objection_id = objection.id
    anna = signed_in(member)
    warning = "Over 1 bezwaar of beroep bij dit fonds is nog niet beslist."
    page = text(anna, path)
    assert warning in page
    assert "er wacht niets op een besluit" not in page
    text(anna, path, holder="Gemeente Waterlanden", iban="NL91 ABNA 0417 1643 00")
    with committing() as session:
        back = f"/beheer/gemeentegeld/terug/{session.scalars(select(FundReturn.id)).one()}"
    assert warning in text(anna, back), "who releases reads it too"
    with committing() as session:
        withdraw_objection(session, objection_id=objection_id, actor=case.initiator)
    assert warning not in text(anna, back), "nobody disputes it any more"


def test_the_whole_way_back_over_the_screens(
    committing: Committing, signed_in: SignIn, fund_id: str
) -> None:
    with committing() as session:
        anna = with_role(session, "staff", "Anna Bakker")
        bram = with_role(session, "staff", "Bram Smit")
        carla = with_role(session, "auditor", "Carla Groen")
    first, second, auditor = signed_in(anna), signed_in(bram), signed_in(carla)
    path = f"/beheer/gemeentegeld/fondsen/{fund_id}/terug"
    assert path in text(first, "/beheer/gemeentegeld")
    assert path not in text(auditor, "/beheer/gemeentegeld")
    account = {"holder": "Gemeente Waterlanden", "iban": "NL91 ABNA 0417 1643 00"}
    page = text(first, path, **{**account, "iban": "NL91 ABNA"})
    assert 'id="iban-error"' in page
    assert 'value="Gemeente Waterlanden"' in page
    text(first, path, **account)
    with committing() as session:
        return_id = session.scalars(select(FundReturn.id)).one()
    back = f"/beheer/gemeentegeld/terug/{return_id}"
    desk = text(second, "/beheer")
    assert 'href="/beheer/gemeentegeld#terug"><strong>1</strong>' in desk
    assert "Er wacht niets op u" not in desk
    assert 'id="terug"' in text(second, "/beheer/gemeentegeld")
    assert f"{back}/vrijgeven" not in text(first, back)
    # Who releases it must be able to compare the account: a few digits of it are not enough.
    assert "NL91 ABNA 0417 1643 00" in text(second, back)
    assert "NL91 •••• 4300" in text(auditor, back)
    assert "NL91 ABNA 0417 1643 00" not in text(auditor, back)
    text(second, f"{back}/vrijgeven", x="x")
    assert "NL91 ABNA 0417 1643 00" not in text(second, back)
    assert "€ 300" in text(first, "/beheer/betaalbestanden")
    text(first, "/beheer/betaalbestanden", x="x")
    assert f"{back}/uitgevoerd" in text(first, back)
    day = clock.today().strftime("%d-%m-%Y")
    page = text(first, f"{back}/uitgevoerd", executed_on=day, remark="Afschrift 12")
    assert "de gemeente heeft het geld terug" in page
    assert "Afschrift 12" in text(auditor, back)
    with committing() as session:
        assert balance(session, fund_free(session.scalars(select(Fund.id)).one())) == 0

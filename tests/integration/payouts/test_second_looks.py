"""One list of what waits for a second member of staff: of every kind, and never for the first."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.support.browser.municipal_scene import municipal_values
from tests.support.checklists import complete_checklist
from tests.support.factories.payouts import SEALER, Payable, payable_campaign, payout_in, submit
from tests.support.factories.people import actor_of
from tests.support.factories.staff import with_role
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.payouts.look_kinds import LookKind
from voorjebuurt.payouts.payees import verify_payee
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.payouts.second_looks import SecondLook, second_looks
from voorjebuurt.people.address_changes import ask_address_change
from voorjebuurt.people.roles import give_role
from voorjebuurt.people.rules import Role

WAIT = timedelta(hours=24)


@pytest.fixture
def anna(session: Session) -> Actor:
    return actor_of(with_role(session, "staff", "Anna Bakker"), "staff")


@pytest.fixture
def case(session: Session) -> Payable:
    return payable_campaign(session)


def looks_of(session: Session, kind: LookKind) -> list[SecondLook]:
    session.flush()
    return [look for look in second_looks(session) if look.kind is kind]


def test_a_payout_waits_for_another_than_its_proposer_until_it_is_released(
    session: Session, case: Payable
) -> None:
    payout = payout_in(session, case, "proposed")
    (look,) = looks_of(session, LookKind.PAYOUT)
    assert (look.id, look.about, look.amount_cents) == (payout.id, case.campaign.title, 90_000)
    assert look.first == "Anna Bakker"
    assert not look.may_be_done_by(case.anna.person_id)
    assert not look.may_be_done_by(case.initiator.person_id)
    assert look.may_be_done_by(case.bram.person_id)
    release_payout(session, payout_id=payout.id, actor=case.bram)
    assert looks_of(session, LookKind.PAYOUT) == []


def test_a_payout_waits_for_the_list_of_its_account_before_anybody_releases_it(
    session: Session, case: Payable
) -> None:
    payee = submit(session, case)
    verify_payee(session, payee_id=payee.id, evidence="Afschrift gezien.", actor=case.anna)
    propose_payout(session, campaign_id=case.campaign.id, actor=case.anna)
    (look,) = looks_of(session, LookKind.PAYOUT)
    assert look.checklist_of == payee.id
    assert not look.may_be_done_by(case.bram.person_id)
    complete_checklist(session, payee.id, case.anna)
    (look,) = looks_of(session, LookKind.PAYOUT)
    assert look.checklist_of is None
    assert look.may_be_done_by(case.bram.person_id)


def test_an_account_waits_for_another_than_who_gave_it(session: Session, case: Payable) -> None:
    payee = submit(session, case)
    (look,) = looks_of(session, LookKind.PAYEE)
    assert look.id == payee.id
    assert not look.may_be_done_by(case.initiator.person_id)
    assert look.may_be_done_by(case.bram.person_id)


def test_money_of_municipalities_waits_both_ways(session: Session, anna: Actor) -> None:
    municipal_values(session, SEALER)
    (back,) = looks_of(session, LookKind.FUND_RETURN)
    (deposit,) = looks_of(session, LookKind.DEPOSIT)
    assert deposit.amount_cents == 100, "what a colleague asks to take out of the books"
    for look in (back, deposit):
        assert not look.may_be_done_by(look.first_by)
        assert look.may_be_done_by(anna.person_id)


def test_a_role_waits_for_a_second_one_once_it_can_be_confirmed(
    session: Session, anna: Actor
) -> None:
    bram = actor_of(with_role(session, "staff", "Bram Smit"), "staff")
    person = with_role(session, "coach", "Cor Vis")
    give_role(session, person_id=person.id, role=Role.AUDITOR, wait=WAIT, actor=anna)
    (look,) = looks_of(session, LookKind.ROLE)
    assert (look.about, look.id, look.first) == ("Cor Vis", person.id, "Anna Bakker")
    assert not look.may_be_done_by(bram.person_id), "not yet"
    with clock.at(clock.now() + WAIT):
        (look,) = looks_of(session, LookKind.ROLE)
        assert look.may_be_done_by(bram.person_id)
        assert not look.may_be_done_by(anna.person_id)
        assert not look.may_be_done_by(person.id)


def test_another_address_of_a_colleague_waits_for_a_second_one(
    session: Session, anna: Actor
) -> None:
    person = with_role(session, "coach", "Cor Vis")
    ask_address_change(
        session,
        person_id=person.id,
        new_email="cor@nieuw.example",
        reason="Cor belde.",
        actor=anna,
    )
    (look,) = looks_of(session, LookKind.ADDRESS)
    assert (look.about, look.id) == ("Cor Vis", person.id)
    assert not look.may_be_done_by(anna.person_id)
    assert LookKind.ADDRESS not in {each.kind for each in second_looks(session, of_people=False)}


def test_what_waits_longest_comes_first(session: Session, case: Payable) -> None:
    payout_in(session, case, "proposed")
    with clock.at(clock.now() - timedelta(days=2)):
        submit(session, payable_campaign(session))
    assert [look.kind for look in second_looks(session)] == [LookKind.PAYEE, LookKind.PAYOUT]

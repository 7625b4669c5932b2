"""A gift at the desk: paid or in cash, of somebody without an address of mail, told on paper."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.cash import CashScene
from tests.support.desk import AT_HOME, at_desk
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.giving import (
    attempt,
    mails,
    own_refund,
    paid,
    refund_facts,
    tell,
    tell_refund,
)
from tests.support.near_misses import Case, ask, finish, in_time, miss, running
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.mail.render import paper_of
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.by_hand.models import DeskGift, DeskLetter
from voorjebuurt.pledges.by_hand.rules import DeskWay, Telling
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.closing import (
    cancel_campaign,
    contributions_to_return,
    return_contribution,
)
from voorjebuurt.pledges.corrections.cash_back import ask_cash_back
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.corrections.words import GiftWords, change_words
from voorjebuurt.pledges.desk.forgetting import forget_desk_donors
from voorjebuurt.pledges.desk.queries import desk_gift, desk_gifts, desk_letters
from voorjebuurt.pledges.desk.telling import tick_off
from voorjebuurt.pledges.donor_news import DonorNews, mail_next_donors
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss import mails as near_miss_mails
from voorjebuurt.pledges.near_miss.asked_gifts import asked_gifts
from voorjebuurt.pledges.near_miss.rules import Answer
from voorjebuurt.pledges.queries import crowd_totals, public_contributions
from voorjebuurt.pledges.rules import GiftState, RefundReason
from voorjebuurt.pledges.tins.acting import ask_helper, become_helper, collects
from voorjebuurt.pledges.tins.models import CashGift
from voorjebuurt.pledges.tins.queries import tin_shown

CHECKOUT, CASH = DeskWay.CHECKOUT, DeskWay.CASH


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", minimum_cents=5_000)


@pytest.fixture
def scene(session: Session, campaign: Campaign) -> CashScene:
    return CashScene(session, campaign)


def pledge_of(scene: CashScene, gift: DeskGift) -> Pledge:
    assert gift.pledge_id
    return scene.session.get_one(Pledge, gift.pledge_id)


def pay(session: Session, pledge: Pledge) -> None:
    payment = tell(session, attempt(session, pledge))
    book_payment(session, payment_id=payment.id)
    session.flush()


def counted(scene: CashScene, gift: DeskGift, line: str = "L1") -> Pledge:
    """The same in cash, confirmed, deposited and at the bank."""
    scene.confirm(gift.id, scene.second)
    scene.arrived(scene.deposit(), line=line)
    return pledge_of(scene, gift)


def letters(scene: CashScene) -> list[str]:
    scene.session.flush()
    order = select(DeskLetter.template).order_by(DeskLetter.written_at, DeskLetter.id)
    return list(scene.session.scalars(order))


def right(scene: CashScene) -> None:
    scene.session.flush()
    assert all(each.passed for each in check_books(scene.session, in_flight_max_days=10))


def crowd(scene: CashScene) -> tuple[int, int]:
    total = crowd_totals(scene.session, [scene.campaign.id])[scene.campaign.id]
    return total.crowd_cents, total.donors


def test_a_paid_gift_counts_and_its_donor_is_told_on_paper(scene: CashScene) -> None:
    gift = at_desk(scene, CHECKOUT)
    pledge = pledge_of(scene, gift)
    assert (pledge.email, pledge.donor_id, pledge.by_hand) == (None, None, True)
    pay(scene.session, pledge)
    assert crowd(scene) == (2_500, 1)
    rows = public_contributions(scene.session, scene.campaign.id, limit=9)
    assert [row.name for row in rows] == ["Oma Riet"]
    assert letters(scene) == ["receipt"]
    assert set(mails(scene.session)) == {"first_gift"}, "who runs it; the donor gets no mail"
    own = gift_by_token(scene.session, pledge.token)
    assert own
    assert (own.state, own.can_be_taken_back, own.wording_changeable) == (
        GiftState.BOOKED,
        True,
        True,
    )
    words = GiftWords(name="Oma Riet", name_public=False, message="Succes")
    change_words(scene.session, token=pledge.token, words=words, actor=GUEST)
    rows = public_contributions(scene.session, scene.campaign.id, limit=9)
    assert [(row.name, row.message) for row in rows] == [(None, "Succes")]
    right(scene)


def test_the_same_form_sent_twice_is_one_gift(scene: CashScene) -> None:
    for way in (CHECKOUT, CASH):
        number = new_id()
        assert at_desk(scene, way, gift_id=number) is at_desk(scene, way, gift_id=number)
        with pytest.raises(DomainError, match="cash_written_down"):
            at_desk(scene, way, 9_900, gift_id=number)
        with pytest.raises(DomainError, match="cash_written_down"):
            at_desk(scene, way, gift_id=number, actor=scene.second)
    assert scene.session.query(DeskGift).count() == 2
    assert scene.session.query(CashGift).count() == 1


def test_everybody_at_the_desk_without_an_account_is_one_donor_for_match(scene: CashScene) -> None:
    keys = {pledge_of(scene, at_desk(scene, CHECKOUT, name=name)).donor_key for name in ("A", "B")}
    assert len(keys) == 1


def test_cash_counts_with_its_name_once_it_is_at_the_bank(scene: CashScene) -> None:
    gift = at_desk(scene, CASH)
    assert (crowd(scene), gift.pledge_id) == ((0, 0), None)
    assert tin_shown(scene.session, scene.campaign.id, "live") == 0, "one person is not enough"
    scene.confirm(gift.id, scene.second)
    assert tin_shown(scene.session, scene.campaign.id, "live") == 2_500
    scene.arrived(scene.deposit())
    assert tin_shown(scene.session, scene.campaign.id, "live") == 0
    pledge = pledge_of(scene, gift)
    assert (pledge.by_hand, pledge.name, crowd(scene)) == (True, "Oma Riet", (2_500, 1))
    take_back(scene.session, token=pledge.token, actor=GUEST)
    assert (crowd(scene), scene.session.get_one(CashGift, gift.cash_id).state) == ((0, 0), "back")
    own = gift_by_token(scene.session, pledge.token)
    assert own
    assert (own.state, own.in_cash) == (GiftState.REFUNDED, True)
    right(scene)


def test_cash_that_is_asked_back_never_counts(scene: CashScene) -> None:
    tin, way = at_desk(scene, CASH), at_desk(scene, CASH)
    for gift in (tin, way):
        scene.confirm(gift.id, scene.second)
    cash = [scene.session.get_one(CashGift, gift.cash_id) for gift in (tin, way)]
    for _ in range(2):
        ask_cash_back(scene.session, token=cash[0].token, actor=GUEST)
    assert tin_shown(scene.session, scene.campaign.id, "live") == 2_500
    deposit = scene.deposit()
    assert deposit.amount_cents == 2_500, "what is asked back stays in the tin"
    ask_cash_back(scene.session, token=cash[1].token, actor=GUEST)
    scene.arrived(deposit)
    assert [each.state for each in cash] == ["tin", "back"]
    assert crowd(scene) == (0, 0)
    with pytest.raises(DomainError, match="gift_stays"):
        ask_cash_back(
            scene.session,
            token=scene.session.get_one(CashGift, _late(scene)).token,
            actor=GUEST,
        )
    right(scene)


def _late(scene: CashScene) -> object:
    gift_id = scene.in_tin()
    scene.campaign.status = "closing"
    return gift_id


def test_a_reversal_leaves_the_desk_gift_to_count_anew(scene: CashScene) -> None:
    gift = at_desk(scene, CASH)
    scene.confirm(gift.id, scene.second)
    deposit = scene.deposit()
    arrival = scene.arrived(deposit)
    first = pledge_of(scene, gift)
    scene.reverse(scene.reversal(arrival))
    assert (gift.pledge_id, first.by_hand, first.name, first.status) == (
        None,
        False,
        "",
        "refunded",
    )
    scene.arrived(deposit, line="L2")
    assert (pledge_of(scene, gift).name, crowd(scene)) == ("Oma Riet", (2_500, 1))
    right(scene)


def test_who_gets_money_back_is_told_and_ticked_off(scene: CashScene) -> None:
    app, cash = at_desk(scene, CHECKOUT, **AT_HOME), at_desk(scene, CASH)
    pay(scene.session, pledge_of(scene, app))
    counted(scene, cash)
    cancel_campaign(scene.session, campaign_id=scene.campaign.id, reason="Gestopt", actor=SYSTEM)
    for pledge_id in contributions_to_return(scene.session, scene.campaign.id, but_not=[], limit=9):
        return_contribution(
            scene.session,
            pledge_id=pledge_id,
            reason=RefundReason.CAMPAIGN_CANCELLED,
            actor=SYSTEM,
        )
    assert sorted(letters(scene)) == ["cash_goes_back", "receipt", "refund_asked"]
    me = scene.first.person_id
    assert me
    waiting = desk_letters(scene.session, scene.campaign.id, me).waiting
    assert {row.street for row in waiting} == {"Lindelaan 3", ""}
    for row in waiting:
        letter = paper_of(row.template, locale="nl", base_url="https://x", context=row.context)
        assert "Oma Riet" in letter.html
        tick_off(
            scene.session,
            campaign_id=scene.campaign.id,
            letter_id=row.id,
            how=Telling.LETTER,
            actor=scene.first,
        )
    after = desk_letters(scene.session, scene.campaign.id, me)
    assert (after.waiting, len(after.done)) == ([], 3)
    right(scene)


def test_news_for_all_donors_is_a_letter_once(scene: CashScene) -> None:
    pay(scene.session, pledge_of(scene, at_desk(scene, CHECKOUT)))
    news = DonorNews("campaign_paused_donor", "once", {})
    tell_them = partial(mail_next_donors, scene.session, campaign_id=scene.campaign.id, news=news)
    assert (tell_them(limit=5), tell_them(limit=5)) == (1, 0)
    assert letters(scene) == ["receipt", "campaign_paused_donor"]


@pytest.fixture
def case(session: Session) -> Case:
    return running(session)


def test_at_a_near_miss_the_desk_asks_and_the_donor_chooses_by_the_code(
    session: Session, case: Case
) -> None:
    scene = CashScene(session, case.campaign)
    keeps, silent = at_desk(scene, CHECKOUT), at_desk(scene, CASH)
    pay(session, pledge_of(scene, keeps))
    counted(scene, silent)
    miss(session, case)
    near_miss = ask(session, case)
    gift_ids = asked_gifts(session, near_miss)
    assert {keeps.pledge_id, silent.pledge_id} <= set(gift_ids)
    for gift in (keeps, silent):
        near_miss_mails.asked(
            session, pledge=pledge_of(scene, gift), campaign=case.campaign, near_miss=near_miss
        )
    me = scene.first.person_id
    assert me
    waits = desk_letters(session, case.campaign.id, me).waiting
    assert [row.template for row in waits].count("near_miss_asked") == 2
    with clock.at(in_time(case)):
        token = pledge_of(scene, keeps).token
        answer_gift(session, token=token, answer=Answer.KEEP, actor=GUEST)
        waits = desk_letters(session, case.campaign.id, me).waiting
        assert [row.template for row in waits].count("near_miss_asked") == 1, "who chose is not"
    finish(session, case)
    assert session.get_one(CashGift, silent.cash_id).state == "back"
    assert "cash_goes_back" in letters(scene)


def test_a_helper_of_a_day_keeps_the_desk_that_day_and_sees_their_own_gifts(
    scene: CashScene,
) -> None:
    person = PersonFactory(verified_at=clock.now())
    helper, ids = actor_of(person), {"campaign_id": scene.campaign.id}
    with pytest.raises(DomainError, match="cash_day_wrong"):
        ask_helper(scene.session, **ids, actor=scene.first, day=clock.today() - timedelta(days=1))
    token = ask_helper(scene.session, **ids, actor=scene.first, day=clock.today())
    become_helper(scene.session, token=token, actor=helper)
    own, other = at_desk(scene, CHECKOUT, actor=helper), at_desk(scene, CHECKOUT)
    assert [row.id for row in desk_gifts(scene.session, scene.campaign.id, person.id)] == [own.id]
    assert desk_gift(scene.session, scene.campaign.id, other.id, person.id) is None
    with clock.at(clock.now() + timedelta(days=1, hours=1)):
        assert not collects(scene.session, scene.campaign.id, person.id)
        with pytest.raises(ForbiddenError):
            at_desk(scene, CHECKOUT, actor=helper)
        again = ask_helper(scene.session, **ids, actor=scene.first, day=clock.today())
        become_helper(scene.session, token=again, actor=helper)
        assert collects(scene.session, scene.campaign.id, person.id)


def test_names_and_addresses_go_a_year_after_when_nobody_waits(scene: CashScene) -> None:
    gift = at_desk(scene, CHECKOUT, **AT_HOME)
    pledge = pledge_of(scene, gift)
    pay(scene.session, pledge)
    scene.campaign.decided_at = clock.now() - timedelta(days=400)
    forget_desk_donors(scene.session)
    scene.session.refresh(gift)
    assert (gift.street, pledge.name) == ("Lindelaan 3", "Oma Riet"), "a letter waits"
    letter = scene.session.query(DeskLetter).one()
    tick_off(
        scene.session,
        campaign_id=scene.campaign.id,
        letter_id=letter.id,
        how=Telling.HAND,
        actor=scene.first,
    )
    scene.session.flush()
    forget_desk_donors(scene.session)
    for row in (gift, pledge, letter):
        scene.session.refresh(row)
    assert (gift.street, gift.recipient, pledge.name, letter.context) == ("", "", "", {})
    assert (pledge.by_hand, pledge.status) == (False, "booked")
    right(scene)


def test_a_refund_that_is_done_is_told_too(scene: CashScene) -> None:
    pledge = pledge_of(scene, at_desk(scene, CHECKOUT))
    pay(scene.session, pledge)
    take_back(scene.session, token=pledge.token, actor=GUEST)
    payment = payments_of_pledge(scene.session, pledge.id)[0]
    tell_refund(
        scene.session,
        payment,
        refund_facts("refunded", 2_500, refund=own_refund(scene.session, payment)),
    )
    assert letters(scene) == ["receipt", "refund_asked", "refunded"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pledges SET by_hand = true, email = NULL, name = 'x'",
        "UPDATE pledges SET email = NULL",
    ],
)
def test_the_database_keeps_a_donor_who_can_be_told(scene: CashScene, statement: str) -> None:
    paid(scene.session, scene.campaign)
    with pytest.raises(IntegrityError), scene.session.begin_nested():
        scene.session.execute(text(statement))
        scene.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM desk_letters",
        "UPDATE desk_letters SET context = '{}'",
        "UPDATE desk_letters SET told_at = now()",
        "UPDATE desk_letters SET template = 'refunded'",
    ],
)
def test_the_database_keeps_what_is_still_to_be_told(scene: CashScene, statement: str) -> None:
    pay(scene.session, pledge_of(scene, at_desk(scene, CHECKOUT)))
    with pytest.raises(IntegrityError), scene.session.begin_nested():
        scene.session.execute(text(statement))

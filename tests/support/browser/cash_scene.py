"""Campaigns that collect cash, for their pages: in the tin, on its way, booked, and to go back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.browser.long_words import LONG_WORD, Values
from tests.support.cash import CashScene
from tests.support.desk import AT_HOME, at_desk
from tests.support.factories.campaigns import CampaignFactory
from tests.support.promised import from_the_start
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.by_hand.models import DeskLetter
from voorjebuurt.pledges.by_hand.rules import DeskWay
from voorjebuurt.pledges.mails import campaign_won_donor
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.tins.acting import ask_helper
from voorjebuurt.pledges.tins.models import CashArrival, CashGift
from voorjebuurt.pledges.tins.returning import propose_cash_return


def cash_values(session: Session, resident: Person) -> dict[str, list[Values]]:
    """The addresses of its pages, as the resident who runs the campaigns sees them, and staff."""
    running = CampaignFactory(status="live", initiator=resident, title=LONG_WORD[:80])
    over = CampaignFactory(status="live", initiator=resident)
    scene, past = CashScene(session, running), CashScene(session, over)
    scene.entry(name=LONG_WORD[:60])
    scene.in_tin(5_000)
    scene.arrived(scene.deposit(), line="SCENE-1")
    gift_id = scene.in_tin(7_500, name=LONG_WORD[:60])
    deposit = scene.deposit()
    scene.seen(deposit, 2_500, line="SCENE-2")
    scene.in_tin(1_000)
    helper = ask_helper(session, campaign_id=running.id, actor=scene.first)
    past.in_tin(5_000)
    late = past.deposit()
    with from_the_start(session):
        over.status, over.decided_at = "failed", clock.now()
    past.arrived(late, line="SCENE-3")
    propose_cash_return(session, campaign_id=over.id, actor=past.anna)
    token = session.scalars(select(CashGift.token).where(CashGift.id == gift_id)).one()
    own: list[Values] = [{"campaign_id": running.id}, {"campaign_id": over.id}]
    desk = at_desk(scene, DeskWay.CHECKOUT, name=LONG_WORD[:60], **AT_HOME)
    at_desk(scene, DeskWay.CASH, 1_500)
    pledge = session.get_one(Pledge, desk.pledge_id)
    campaign_won_donor(session, pledge=pledge, campaign=running)
    session.flush()
    letter_id = session.scalars(select(DeskLetter.id)).one()
    arrival_id = session.scalars(select(CashArrival.id).where(CashArrival.line == "SCENE-1")).one()
    desk_gift: list[Values] = [{"campaign_id": running.id, "gift_id": desk.id}]
    gift: list[Values] = [{"campaign_id": running.id, "gift_id": gift_id}]
    return {
        "resident.show_tin": own,
        "resident.list_cash_helpers": own[:1],
        "resident.list_cash_back": own,
        "resident.hand_cash_back": gift,
        "resident.show_cash_deposit": [{"campaign_id": running.id, "deposit_id": deposit.id}],
        "resident.become_cash_helper": [{"token": helper}],
        "public.show_cash": [{"token": token}],
        "resident.show_desk": own,
        "resident.show_desk_gift": desk_gift,
        "resident.print_gift_receipt": desk_gift,
        "resident.list_desk_letters": own[:1],
        "resident.tell_donor": [{"campaign_id": running.id, "letter_id": letter_id}],
        "public.take_cash_back": [{"token": token}],
        "staff.propose_cash_reversal": [{"campaign_id": running.id, "arrival_id": arrival_id}],
        "staff.show_cash": own,
    }

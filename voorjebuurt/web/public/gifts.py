"""A gift's own page, behind its unguessable link."""

from collections.abc import Sequence

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow.queries import follows
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.pages import public_page
from voorjebuurt.decisions.views.queries import funds_in_doubt
from voorjebuurt.matching.live.gift_outcomes import GiftMatch, GiftMatchState, gift_matches
from voorjebuurt.matching.live.preview import MatchPreview, match_preview
from voorjebuurt.payments.prompt import ask_now
from voorjebuurt.pledges.gift_receipts.queries import paid_gift_by_token
from voorjebuurt.pledges.gifts import Gift, gift_by_token
from voorjebuurt.pledges.monthly.queries import monthly_of_gift
from voorjebuurt.pledges.near_miss.queries import choice_of, last_near_miss
from voorjebuurt.pledges.rules import GiftState
from voorjebuurt.web.kit.database import reading, the_database, the_settings
from voorjebuurt.web.kit.gift_receipts import gift_receipts_answer
from voorjebuurt.web.public.blueprint import blueprint

_LOOKS = 12
"""How often the waiting page looks again by itself."""
_SECONDS = 4


@blueprint.get("/giften/<token>")
def show_gift(token: str) -> ResponseReturnValue:
    """Where the gift is now: to be paid, on its way, received, or sent back."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
        becomes = _preview(session, gift) if gift.state is GiftState.TO_PAY else None
        matches = gift_matches(session, token) if gift.paid_at else []
        in_doubt = funds_in_doubt(session, gift.campaign.id) if matches else frozenset()
        near_miss = last_near_miss(session, gift.campaign.id)
        choice = choice_of(session, token, near_miss.id) if near_miss else None
        paid_gift = paid_gift_by_token(session, token)
        area, follows_area = _area(session, gift)
        monthly = monthly_of_gift(session, gift.id)
    looks = request.args.get("terug", type=int)
    page = render_template(
        "public/gifts/show.html",
        gift=gift,
        returned=looks,
        preview=becomes,
        matches=matches,
        in_doubt=in_doubt,
        near_miss=near_miss,
        choice=choice,
        hold_minutes=the_settings().pledges.hold_minutes,
        receipt_number=paid_gift.receipt if paid_gift else None,
        area=area,
        follows_area=follows_area,
        monthly=monthly,
    )
    response = make_response(page)
    if looks is not None and looks < _LOOKS and _changes_soon(gift, matches):
        again = url_for("public.show_gift", token=token, terug=looks + 1)
        response.headers["Refresh"] = f"{_SECONDS}; url={again}"
    return response


def _area(session: Session, gift: Gift) -> tuple[str | None, bool]:
    """The neighbourhood that a donor can follow, and whether they do."""
    campaign = public_page(session, gift.campaign.slug)
    if gift.email is None or campaign is None or campaign.neighbourhood_code is None:
        return None, False
    thing = Thing(area_code=campaign.neighbourhood_code)
    return campaign.neighbourhood, follows(session, gift.email, thing)


def _preview(session: Session, gift: Gift) -> MatchPreview | None:
    """What the gift would become, told once more before paying."""
    return match_preview(session, campaign_id=gift.campaign.id, amounts=[gift.amount_cents])


def _changes_soon(gift: Gift, matches: Sequence[GiftMatch]) -> bool:
    """Whether the bank, or a live fund, is about to tell more."""
    assigning = any(match.state is GiftMatchState.ASSIGNING for match in matches)
    return gift.state in (GiftState.WAITING, GiftState.ARRIVED) or assigning


@blueprint.get("/giften/<token>/betaalbewijs.pdf")
def send_gift_receipt(token: str) -> Response:
    """The receipt of a gift that was paid, with what went back of it."""
    with reading() as session:
        gift = paid_gift_by_token(session, token) or abort(404)
    return gift_receipts_answer([gift])


@blueprint.get("/giften/<token>/terug")
def return_from_payment(token: str) -> ResponseReturnValue:
    """Back from the payment page. That proves nothing: the provider is asked, not the browser."""
    with reading() as session:
        gift = gift_by_token(session, token) or abort(404)
    if gift.payment_id is not None and gift.state in (GiftState.WAITING, GiftState.PENDING):
        ask_now(the_database(), the_settings(), payment_id=gift.payment_id)
    return redirect(url_for("public.show_gift", token=token, terug=0))

"""Giving: the form, and the way to the payment page."""

from typing import Any

import structlog
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from voorjebuurt.campaigns.live.queries import extension_of
from voorjebuurt.campaigns.pages import PageRow, public_page
from voorjebuurt.campaigns.rewards.queries import offered_rewards
from voorjebuurt.kernel import text
from voorjebuurt.matching.live.preview import MatchPreview, match_preview
from voorjebuurt.payments.gateway import GatewayConflictError, GatewayError
from voorjebuurt.payments.prompt import create_now
from voorjebuurt.pledges import service
from voorjebuurt.pledges.gifts import Gift, gift_by_token
from voorjebuurt.pledges.monthly.choosing import choose_monthly, offered_plan
from voorjebuurt.pledges.monthly.provider import mandate_to_begin
from voorjebuurt.pledges.monthly.queries import monthly_of_gift
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import NearMissState
from voorjebuurt.pledges.rules import GiftState
from voorjebuurt.web.kit.actors import current_actor, current_person
from voorjebuurt.web.kit.database import reading, the_database, the_settings, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.dedication_fields import dedication_before
from voorjebuurt.web.public.pledge_form import MONTHLY, ONCE, OTHER, PledgeForm
from voorjebuurt.web.public.reward_fields import NO_REWARD, reward_before, reward_gone_told

_log = structlog.get_logger()


@blueprint.route("/acties/<slug>/geef", methods=["GET", "POST"])
def start_pledge(slug: str) -> ResponseReturnValue:
    """The form of a gift; with ``?gift=<token>`` it corrects one that isn't paid yet.

    With ``?beside=<token>`` it is a second gift of who chose to keep the first one and give more.
    """
    token, first_token = request.args.get("gift"), request.args.get("beside")
    with reading() as session:
        campaign = public_page(session, slug) or abort(404)
        gift = gift_by_token(session, token) if token else None
        is_monthly = gift is not None and monthly_of_gift(session, gift.id) is not None
        first = _kept(session, first_token, campaign) if first_token and not token else None
        extension = extension_of(session, campaign.id)
        rewards = offered_rewards(session, campaign.id) if campaign.status == "live" else []
    if gift is not None and not gift.changeable:
        return redirect(url_for("public.show_gift", token=gift.token))
    if request.method == "GET" and not campaign.takes_gifts:
        return render_template("public/gifts/closed.html", campaign=campaign)
    bounds = the_settings().pledges
    form = PledgeForm(
        data={"often": MONTHLY if is_monthly else ONCE} | _before(gift, first, bounds.presets_cents)
    ).offer(bounds)
    form.offer_months(offered_plan(campaign))
    form.offer_rewards(rewards, gift.reward.reward_id if gift and gift.reward else None)
    if not form.only_reckons() and form.validate_on_submit():
        with refusals_shown(form):
            return redirect(url_for("public.show_gift", token=_save(form, campaign, gift)))
    with reading() as session:
        becomes = match_preview(session, campaign_id=campaign.id, amounts=form.shown_amounts())
    return render_template(
        "public/gifts/start.html",
        form=form,
        campaign=campaign,
        extension=extension,
        gift=gift,
        first=first,
        preview=becomes,
        notes=_notes(becomes, bounds.presets_cents),
    )


def _notes(becomes: MatchPreview | None, presets: tuple[int, ...]) -> dict[str, str]:
    """By preset amount, as the form has it: what it becomes, or up to how much."""
    if becomes is None:
        return {}
    locale = chosen_locale()
    totals = {cents: cents + becomes.adds(cents) for cents in presets if becomes.adds(cents)}
    return {
        str(cents): _("with the municipality: %(total)s", total=text.euro(total, locale))
        if becomes.live
        else _("up to %(total)s", total=text.euro(total, locale))
        for cents, total in totals.items()
    }


def _kept(session: Session, token: str, campaign: PageRow) -> Gift | None:
    """The gift beside which more is given: it counts for this campaign, which asks for the rest."""
    gift = gift_by_token(session, token)
    if gift is None or gift.campaign.id != campaign.id or gift.state is not GiftState.BOOKED:
        return None
    near_miss = last_near_miss(session, campaign.id)
    if near_miss is None or near_miss.state != NearMissState.ASKING or not near_miss.asks_rest:
        return None
    return gift


def _before(gift: Gift | None, first: Gift | None, presets: tuple[int, ...]) -> dict[str, Any]:
    """What the form starts with: what is known of the donor, or what they filled in before."""
    if first is not None and gift is None:
        return {
            "tip": 0,
            "name": first.name,
            "email": first.email,
            "name_public": "yes" if first.name_public else "no",
            "postcode": first.postcode,
        }
    if gift is None:
        person = current_person()
        contact = {"name": person.name, "email": person.email} if person else {}
        return {"tip": 0, "reward": request.args.get("beloning", NO_REWARD), **contact}
    preset = gift.amount_cents in presets
    return {
        "amount": str(gift.amount_cents) if preset else OTHER,
        "other": None if preset else gift.amount_cents,
        "tip": gift.tip_cents,
        "name": gift.name,
        "email": gift.email,
        "name_public": "yes" if gift.name_public else "no",
        "message": gift.message,
        "postcode": gift.postcode,
        "consent": True,
        **reward_before(gift.reward),
        **dedication_before(gift.dedication),
    }


def _save(form: PledgeForm, campaign: PageRow, gift: Gift | None) -> str:
    settings = the_settings()
    values: dict[str, Any] = {
        "details": form.details(settings.donor_key),
        "bounds": settings.pledges,
        "actor": current_actor(),
        "reward": form.wish(form.name.data or ""),
        "dedication": form.dedication_wish(),
    }
    with writing() as session:
        if gift is not None and gift.campaign.id == campaign.id:
            pledge = service.change_pledge(session, token=gift.token, **values)
        else:
            locale = str(get_locale() or "nl")
            pledge = service.make_pledge(session, campaign_id=campaign.id, locale=locale, **values)
        choose_monthly(session, pledge=pledge, wish=form.wants_monthly(), actor=values["actor"])
        return pledge.token


@blueprint.post("/giften/<token>/betalen")
def pay_gift(token: str) -> ResponseReturnValue:
    """Begin a payment, or go on with the one that is open, and go to the payment page."""
    settings = the_settings()
    back = redirect(url_for("public.show_gift", token=token))
    try:
        mandate = mandate_to_begin(the_database(), settings, token)
    except GatewayError as error:
        return _unreachable(back, None, error)
    with reward_gone_told(token), writing() as session:
        payment = service.start_attempt(
            session,
            token=token,
            base_url=settings.base_url,
            actor=current_actor(),
            hold_minutes=settings.pledges.hold_minutes,
            mandate=mandate,
        )
    try:
        address = create_now(the_database(), settings, payment)
    except GatewayConflictError:
        return back  # Clicked twice: the first click is being dealt with.
    except GatewayError as error:
        return _unreachable(back, str(payment.id), error)
    return redirect(address) if address else back


def _unreachable(back: Response, about: str | None, error: GatewayError) -> Response:
    _log.warning("payment_not_created", payment_id=about, error=repr(error))
    flash(_("The payment page can't be reached right now. Please try again."), "error")
    return back

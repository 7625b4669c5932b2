"""The table at which cash is taken: entered, confirmed, given a receipt, given back."""

from uuid import UUID

from flask import Response, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.gift_receipts.pdf import pdf_of
from voorjebuurt.pledges.tins import collecting
from voorjebuurt.pledges.tins.queries import (
    CashRow,
    cash_of,
    deposits_of,
    one_cash,
    returnable,
    tin_sums,
)
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.kit.qr import qr_file, qr_svg
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.tins.forms import CashForm, HandBackForm
from voorjebuurt.web.words.cash_slip_words import cash_slip_content


@blueprint.route("/acties/<uuid:campaign_id>/contant", methods=["GET", "POST"])
def show_tin(campaign_id: UUID) -> ResponseReturnValue:
    """Where cash is, and the form for the next gift: many of them, one after another."""
    form = CashForm()
    answer = submit(
        form,
        lambda session: collecting.enter_cash(
            session,
            campaign_id=campaign_id,
            terms=form.terms(),
            limits=the_settings().cash,
            actor=current_actor(),
            gift_id=form.gift_id,
        ),
        message=_("It is written down. Somebody else confirms it."),
        back=url_for("resident.show_tin", campaign_id=campaign_id),
    )
    return answer or _page(campaign_id, form)


def _page(campaign_id: UUID, form: CashForm) -> str:
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = cash_of(session, campaign_id)
        sums = tin_sums(session, campaign_id)
        deposits = deposits_of(session, campaign_id)
    if any(row.id == form.gift_id for row in rows):
        form.slip.data = str(new_id())  # Back to a form that was sent: the next gift is another.
    page = site_link("public.start_pledge", slug=campaign.slug)
    return render_template(
        "resident/tins/show.html",
        campaign=campaign,
        form=form,
        rows=rows,
        sums=sums,
        deposits=deposits,
        me=signed_in_person().id,
        limits=the_settings().cash,
        takes=campaign.status == "live",
        page=page,
        code=qr_svg(page),
    )


@blueprint.post("/acties/<uuid:campaign_id>/contant/<uuid:gift_id>/bevestigen")
def confirm_cash(campaign_id: UUID, gift_id: UUID) -> ResponseReturnValue:
    """Confirm, as a second person, that it is in the tin."""
    do(
        lambda session: collecting.confirm_cash(
            session, campaign_id=campaign_id, gift_id=gift_id, actor=current_actor()
        ),
        message=_("It is in the tin. There is a receipt of it now."),
    )
    return redirect(url_for("resident.show_tin", campaign_id=campaign_id))


@blueprint.post("/acties/<uuid:campaign_id>/contant/<uuid:gift_id>/doorhalen")
def void_cash(campaign_id: UUID, gift_id: UUID) -> ResponseReturnValue:
    """Cross out what nobody confirmed."""
    do(
        lambda session: collecting.void_cash(
            session, campaign_id=campaign_id, gift_id=gift_id, actor=current_actor()
        ),
        message=_("It is crossed out."),
    )
    return redirect(url_for("resident.show_tin", campaign_id=campaign_id))


@blueprint.get("/acties/<uuid:campaign_id>/contant/<uuid:gift_id>/bewijs")
def send_cash_slip(campaign_id: UUID, gift_id: UUID) -> Response:
    """The receipt of cash as a PDF, with the code of the gift's own page."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        row = one_cash(session, campaign_id, gift_id)
    if row is None or row.number is None:
        abort(404)
    link = site_link("public.show_cash", token=row.token)
    content = cash_slip_content(
        row,
        campaign,
        link=link,
        code=qr_file(link).decode(),
        operator=the_settings().operator,
        locale=chosen_locale(),
    )
    answer = make_response(pdf_of(content, at=clock.now()))
    answer.mimetype = "application/pdf"
    answer.headers["Cache-Control"] = "no-store"
    name = f"bewijs-contant-{row.number}.pdf"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@blueprint.get("/acties/<uuid:campaign_id>/contant/terug")
def list_cash_back(campaign_id: UUID) -> ResponseReturnValue:
    """Who gets what back, and what was ticked off."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        rows = cash_of(session, campaign_id)
        at_bank_cents = returnable(session, campaign_id)
    is_over = campaign.status not in ("live", "closing")
    return render_template(
        "resident/tins/back.html",
        campaign=campaign,
        rows=[row for row in rows if _goes_back(row, is_over=is_over)],
        is_over=is_over,
        done=[row for row in rows if row.state == "home"],
        at_bank_cents=at_bank_cents,
    )


def _goes_back(row: CashRow, *, is_over: bool) -> bool:
    """While a campaign runs, cash in the tin goes back only to who asks for it."""
    return row.state == "back" or (row.state == "tin" and (is_over or bool(row.back_asked_at)))


@blueprint.route("/acties/<uuid:campaign_id>/contant/<uuid:gift_id>/terug", methods=["GET", "POST"])
def hand_cash_back(campaign_id: UUID, gift_id: UUID) -> ResponseReturnValue:
    """Tick off that somebody has their cash again."""
    form = HandBackForm()
    answer = submit(
        form,
        lambda session: collecting.hand_back(
            session,
            campaign_id=campaign_id,
            gift_id=gift_id,
            remark=form.note.data or "",
            actor=current_actor(),
        ),
        message=_("It is ticked off."),
        back=url_for("resident.list_cash_back", campaign_id=campaign_id),
    )
    if answer is not None:
        return answer
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        row = one_cash(session, campaign_id, gift_id) or abort(404)
    return render_template("resident/tins/hand_back.html", campaign=campaign, row=row, form=form)

"""The receipt of a gift at the desk: a letter-sized sheet, as a file or to print."""

from uuid import UUID

from flask import Response, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from voorjebuurt.campaigns.overview import OverviewRow, campaign_overview
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.desk.queries import DeskRow, desk_gift
from voorjebuurt.pledges.gift_receipts.pdf import pdf_of
from voorjebuurt.pledges.gift_receipts.queries import paid_gift_by_token
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.kit.qr import qr_file, qr_svg
from voorjebuurt.web.kit.site_links import site_link
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.words.desk_words import DeskSheet, desk_sheet_content, desk_sheet_lines


@blueprint.get("/acties/<uuid:campaign_id>/balie/<uuid:gift_id>/bewijs")
def print_gift_receipt(campaign_id: UUID, gift_id: UUID) -> ResponseReturnValue:
    """The receipt as a page to print."""
    campaign, row, sheet = _sheet(campaign_id, gift_id)
    answer = make_response(
        render_template(
            "resident/desk/receipt.html",
            campaign=campaign,
            row=row,
            sheet=sheet,
            lines=desk_sheet_lines(sheet, chosen_locale(), on_page=True),
            code=qr_svg(sheet.link),
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/acties/<uuid:campaign_id>/balie/<uuid:gift_id>/bewijs.pdf")
def send_gift_receipt(campaign_id: UUID, gift_id: UUID) -> Response:
    """The same as a PDF."""
    _campaign, _row, sheet = _sheet(campaign_id, gift_id)
    content = desk_sheet_content(
        sheet,
        code=qr_file(sheet.link).decode(),
        operator=the_settings().operator,
        locale=chosen_locale(),
    )
    answer = make_response(pdf_of(content, at=clock.now()))
    answer.mimetype = "application/pdf"
    answer.headers["Cache-Control"] = "no-store"
    name = f"bewijs-balie-{str(gift_id)[-12:]}.pdf"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _sheet(campaign_id: UUID, gift_id: UUID) -> tuple[OverviewRow, DeskRow, DeskSheet]:
    """What the receipt tells; its code leads to the gift's own page, or to that of the cash."""
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        row = desk_gift(session, campaign_id, gift_id, signed_in_person().id) or abort(404)
        pledge = paid_gift_by_token(session, row.token) if row.token else None
    if row.cash_token is not None:
        link = site_link("public.show_cash", token=row.cash_token)
        number = f"C-{row.number:04}" if row.number else ""
    else:
        link = site_link("public.show_gift", token=row.token)
        number = (pledge.receipt or "") if pledge else ""
    sheet = DeskSheet(
        number=number or str(row.id)[-12:].upper(),
        title=campaign.title,
        payee=the_settings().operator.name,
        way=row.way,
        is_paid=row.status in ("booked",) or row.number is not None,
        is_confirmed=row.number is not None,
        name=row.name,
        amount_cents=row.amount_cents,
        day=clock.local(row.made_at).date(),
        helper=row.maker,
        kind=campaign.kind,
        deadline_on=campaign.deadline_on,
        no_answer=row.no_answer,
        address=[row.recipient, row.street, f"{row.postcode} {row.town}".strip()]
        if row.street
        else [],
        link=link,
    )
    return campaign, row, sheet

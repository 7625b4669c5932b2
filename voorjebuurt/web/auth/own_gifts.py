"""The gifts of a donor in one place: by account, or by a link that is mailed to an address."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.reports.exports import euros, spreadsheet
from voorjebuurt.matching.live.gift_outcomes import kept_beside
from voorjebuurt.owndata import mailed_access
from voorjebuurt.pledges.gift_receipts.queries import OwnGift, own_gifts
from voorjebuurt.pledges.monthly.queries import Monthly, monthly_of_donor
from voorjebuurt.web.auth.blueprint import blueprint
from voorjebuurt.web.auth.forms import DataForm
from voorjebuurt.web.kit.actors import signed_in_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.downloads import csv_answer
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.gift_receipts import gift_receipts_answer
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.words.gift_receipt_words import gift_columns, gift_rows

_TOKEN = "<string(minlength=20,maxlength=100):token>"  # noqa: S105 (a pattern)


@blueprint.route("/mijn-giften", methods=["GET", "POST"])
def ask_own_gifts() -> ResponseReturnValue:
    """For who lost the link of a gift. What is said is the same for every address."""
    form = DataForm()
    answer = submit(
        form,
        lambda session: mailed_access.ask_for_gifts(
            session, email=form.email.data or "", locale=chosen_locale()
        ),
        message=_("We mailed you a link. It shows the gifts that were made with your address."),
        back=url_for("auth.ask_own_gifts"),
    )
    return answer or render_template("auth/ask_own_gifts.html", form=form)


@blueprint.get("/mijn/giften")
def show_own_gifts() -> str:
    """The gifts of who is signed in: of ``?jaar=``, else of the latest year."""
    links = {
        "data": url_for("auth.show_own_data"),
        "pdf": url_for("auth.send_own_gift_receipts"),
        "csv": url_for("auth.export_own_gifts"),
        "here": url_for("auth.show_own_gifts"),
        "news": url_for("auth.choose_own_news"),
    }
    person = signed_in_person()
    with reading() as session:
        monthly = monthly_of_donor(session, email=person.email, person_id=person.id)
    return _page(_own(), links, monthly)


@blueprint.get("/mijn/giften.pdf")
def send_own_gift_receipts() -> ResponseReturnValue:
    """The receipts of a year."""
    return _receipts(_own(), back=url_for("auth.show_own_gifts"))


@blueprint.get("/mijn/giften.csv")
def export_own_gifts() -> ResponseReturnValue:
    """The gifts of a year, for a spreadsheet."""
    return _table(_own(), back=url_for("auth.show_own_gifts"))


@blueprint.get(f"/mijn-giften/{_TOKEN}")
def show_mailed_gifts(token: str) -> ResponseReturnValue:
    """The gifts that were made with the address to which a link was mailed."""
    gifts = _of_link(token)
    if gifts is None:
        flash(_("This link doesn’t work any more. Ask for a new one."), "error")
        return redirect(url_for("auth.ask_own_gifts"))
    links = {
        "data": url_for("auth.show_mailed_data", token=token),
        "pdf": url_for("auth.send_mailed_gift_receipts", token=token),
        "csv": url_for("auth.export_mailed_gifts", token=token),
        "here": url_for("auth.show_mailed_gifts", token=token),
        "news": url_for("auth.choose_mailed_news", token=token),
    }
    with reading() as session:
        email = mailed_access.address_of_link(session, token) or ""
        monthly = monthly_of_donor(session, email=email, person_id=None)
    return _page(gifts, links, monthly)


@blueprint.get(f"/mijn-giften/{_TOKEN}/giften.pdf")
def send_mailed_gift_receipts(token: str) -> ResponseReturnValue:
    """The receipts of a year."""
    gifts = _of_link(token) or abort(404)
    return _receipts(gifts, back=url_for("auth.show_mailed_gifts", token=token))


@blueprint.get(f"/mijn-giften/{_TOKEN}/giften.csv")
def export_mailed_gifts(token: str) -> ResponseReturnValue:
    """The gifts of a year, for a spreadsheet."""
    gifts = _of_link(token) or abort(404)
    return _table(gifts, back=url_for("auth.show_mailed_gifts", token=token))


def _page(gifts: Sequence[OwnGift], links: dict[str, str], monthly: Sequence[Monthly]) -> str:
    years, year = _years(gifts)
    shown_gifts = [gift for gift in gifts if gift.year == year]
    with reading() as session:
        beside = kept_beside(session, [gift.id for gift in shown_gifts])
    return render_template(
        "auth/own_gifts.html",
        gifts=shown_gifts,
        beside=beside,
        years=years,
        year=year,
        links=links,
        monthly=monthly,
        has_receipts=any(gift.receipt for gift in shown_gifts),
    )


def _years(gifts: Sequence[OwnGift]) -> tuple[list[int], int | None]:
    """The years of gifts, the latest first, and the one of ``?jaar=``, else the latest."""
    years = sorted({gift.year for gift in gifts}, reverse=True)
    asked_year = request.args.get("jaar", type=int)
    return years, asked_year if asked_year in years else next(iter(years), None)


def _own() -> list[OwnGift]:
    person = signed_in_person()
    with reading() as session:
        return own_gifts(session, email=person.email, person_id=person.id)


def _of_link(token: str) -> list[OwnGift] | None:
    with reading() as session:
        email = mailed_access.address_of_link(session, token)
        return None if email is None else own_gifts(session, email=email, person_id=None)


def _with_receipts(gifts: Sequence[OwnGift]) -> tuple[list[OwnGift], int]:
    """Those of the year that have a receipt, in the order of their numbers."""
    _, year = _years(gifts)
    numbered_gifts = [gift for gift in gifts if gift.receipt and gift.year == year]
    return sorted(numbered_gifts, key=lambda gift: gift.receipt or ""), year or 0


def _receipts(gifts: Sequence[OwnGift], *, back: str) -> ResponseReturnValue:
    numbered_gifts, year = _with_receipts(gifts)
    return gift_receipts_answer(numbered_gifts, year=year) if numbered_gifts else redirect(back)


def _table(gifts: Sequence[OwnGift], *, back: str) -> ResponseReturnValue:
    numbered_gifts, year = _with_receipts(gifts)
    if not numbered_gifts:
        return redirect(back)
    data = spreadsheet(gift_columns(), gift_rows(numbered_gifts, euros))
    return csv_answer(data, f"giften-{year}.csv")

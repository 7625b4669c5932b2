"""The ledger: what is in it, and whether it is right."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from voorjebuurt.ledger.checks import money_and_owed
from voorjebuurt.ledger.queries import latest_postings, trial_balance
from voorjebuurt.ledger.rules import CHART
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.web.kit.database import reading, the_database, the_settings
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint


@blueprint.get("/grootboek")
def show_ledger() -> ResponseReturnValue:
    """What there is, what is owed, and the trial balance, per sort of account or per campaign."""
    per_owner = request.args.get("per") == "actie"
    with reading() as session:
        lines = trial_balance(session, per_owner=per_owner)
        money, owed_cents = money_and_owed(session)
    return render_template(
        "staff/ledger/show.html",
        lines=lines,
        debit_cents=sum(line.debit_cents for line in lines),
        credit_cents=sum(line.credit_cents for line in lines),
        money_cents=money,
        owed_cents=owed_cents,
        per_owner=per_owner,
    )


@blueprint.get("/grootboek/controle")
def check_ledger() -> ResponseReturnValue:
    """The same check that runs on a timer, now."""
    days = the_settings().in_flight_max_days
    with the_database().snapshot() as session:
        results = check_books(session, in_flight_max_days=days)
    failures = [result for result in results if not result.passed]
    return render_template("staff/ledger/check.html", results=results, failed=failures)


@blueprint.get("/grootboek/boekingen")
def list_postings() -> ResponseReturnValue:
    """The latest bookings, all of them or those on one sort of account."""
    base = request.args.get("rekening", "")
    base = base if base in CHART else ""
    page = Page.asked(size=40)
    with reading() as session:
        rows = latest_postings(session, base=base, limit=page.limit, offset=page.offset)
    return render_template(
        "staff/ledger/postings.html", postings=page.cut(rows), base=base, page=page
    )

"""Accounting for match money: rows that come and go, receipts, a story."""

import json
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.decisions.accounting.receipts import store_receipt
from voorjebuurt.decisions.accounting.scans import scan_receipt
from voorjebuurt.decisions.accounting.service import send_accounting
from voorjebuurt.decisions.overviews.applicant_file import ApplicantFile, applicant_file
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.storage import FolderStorage
from voorjebuurt.matching.arrangements import Way
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, writing
from voorjebuurt.web.kit.errors import refusals_shown
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.resident.blueprint import blueprint
from voorjebuurt.web.resident.match_forms import AccountingForm

Receipt = dict[str, str]


@blueprint.route("/matchgeld/<uuid:application_id>/verantwoorden", methods=["GET", "POST"])
def account_for_match(application_id: UUID) -> ResponseReturnValue:
    """The account. Receipts that were sent are kept, whatever else is wrong."""
    with reading() as session:
        file = applicant_file(session, application_id) or abort(404)
    if not file.accountable:
        return redirect(url_for("resident.show_application", application_id=application_id))
    form = AccountingForm(data=_told_before(file))
    if file.way is not Way.COSTS:
        form.without_costs()
    receipts = _kept(form)
    if request.method == "POST":
        between = form.in_between()
        right = between or form.validate()
        right = _take(form, receipts, file) and right
        form.kept.data = json.dumps(receipts)
        if right and not between and _save(application_id, form, receipts):
            flash(_("Thank you. The municipality has your account and looks at it."), "ok")
            return redirect(url_for("resident.show_application", application_id=application_id))
    return render_template("resident/match/account.html", file=file, form=form, receipts=receipts)


def _storage() -> FolderStorage:
    """Where receipts are kept: apart from what everybody can see."""
    return FolderStorage(the_settings().receipts)


def _told_before(file: ApplicantFile) -> dict[str, object]:
    """What was told last; at first the rows of nothing."""
    if not file.accountings:
        return {}
    last = file.accountings[-1]
    return {
        "lines": [{"label": line["label"], "amount": line["cents"]} for line in last.lines],
        "story": last.story,
        "kept": json.dumps(last.receipts),
    }


def _kept(form: AccountingForm) -> list[Receipt]:
    """Receipts of earlier turns, as the form carries them; the service checks that they exist."""
    try:
        entries = jsontext.parse(form.kept.data or "[]")
        receipts = [
            {
                "name": clean_line(str(entry["name"]))[:120],
                "key": clean_line(str(entry["key"]))[:60],
            }
            for entry in entries
        ]
    except (ValueError, TypeError, KeyError):
        return []
    dropped_key = request.form.get("drop")
    return [receipt for receipt in receipts if receipt["key"] != dropped_key]


def _take(form: AccountingForm, receipts: list[Receipt], file: ApplicantFile) -> bool:
    """Store what was uploaded now; False when one of the files is no good."""
    most = the_settings().decisions.receipt_max_bytes
    right = True
    for upload in form.receipts.data or []:
        if not getattr(upload, "filename", ""):
            continue
        receipt = None
        with refusals_shown(form):
            data = upload.stream.read(most + 1)
            receipt = store_receipt(_storage(), data, filename=upload.filename, max_bytes=most)
            _let_scan(receipt, data, file)
        if receipt is None:
            right = False
        elif receipt["key"] not in {other["key"] for other in receipts}:
            receipts.append(receipt)
    return right


def _let_scan(receipt: Receipt, data: bytes, file: ApplicantFile) -> None:
    settings = the_settings()
    with writing() as session:
        scan_receipt(
            session,
            application_id=file.application.id,
            campaign_id=file.campaign.id,
            receipt=receipt,
            data=data,
            storage=FolderStorage(settings.attached),
            has_scanner=bool(settings.attachments.clamd),
            actor=current_actor(),
        )


def _save(application_id: UUID, form: AccountingForm, receipts: list[Receipt]) -> bool:
    return carried_out(
        form,
        lambda session: send_accounting(
            session,
            application_id=application_id,
            lines=form.spent(),
            story=form.story.data or "",
            receipts=receipts,
            storage=_storage(),
            actor=current_actor(),
        ),
    )

"""The second step of signing in: where it is asked, and asked again.

Who holds a role acts in it only after the second step. What moves money, gives somebody a right or
decides asks for it again when it is longer ago than ``FACTOR_FRESH``: on a page that carries all
that was sent, so that the code is the only thing to type. What is not in the table and should be is
looked for by ``tests/house/test_factor_checks.py``.
"""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from voorjebuurt.kernel import clock
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.people.rules import is_fresh
from voorjebuurt.web.kit.actors import known_person, read_person_again
from voorjebuurt.web.kit.factors import (
    passes_with_code,
    passes_with_passkey,
    passkey_request,
    practice_code,
)
from voorjebuurt.web.kit.passkeys import FIELD, device_answer
from voorjebuurt.web.kit.returned_forms import (
    carried_fields,
    carries_secrets,
    is_own_form,
    page_before,
)

CODE_FIELD = "second_factor_code"

FRESH = frozenset(
    {
        # one's own account, and one's own ways in
        "auth.erase_own_data",
        "auth.remove_passkey",
        "auth.remove_second_factor",
        "auth.renew_recovery_codes",
        "auth.show_password",
        # decisions, and what lets somebody take them
        "officer.change_mandate",
        "officer.confirm_officer",
        "officer.end_mandate",
        "officer.propose_officer",
        "officer.admit_application",
        "officer.approve_decision",
        "officer.close_empty",
        "officer.approve_late_penalty",
        "officer.approve_ruling_on_objection",
        "officer.decide_small_cases",
        "officer.delegate_cases",
        "officer.divide_fund",
        "officer.propose_round",
        "officer.publish_draft",
        "officer.publish_next",
        "officer.approve_wording",
        # money, and where it goes
        "resident.agree_to_payee",
        "resident.confirm_payee",
        "resident.stop_campaign",
        "staff.decide_abuse_report",
        "staff.book_cash",
        "staff.drop_cash_return",
        "staff.propose_cash_return",
        "staff.drop_cash_reversal",
        "staff.propose_cash_reversal",
        "staff.receive_cash",
        "staff.release_cash_return",
        "staff.reverse_cash",
        "staff.book_deposit",
        "staff.cancel_campaign",
        "staff.cancel_payout",
        "staff.cancel_return",
        "staff.dispute_deposit",
        "staff.execute_payout",
        "staff.execute_return",
        "staff.make_bank_file",
        "staff.propose_payout",
        "staff.propose_return",
        "staff.receive_fund_money",
        "staff.receive_paid_back",
        "staff.refund_gift",
        "staff.refuse_return",
        "staff.release_payout",
        "staff.release_return",
        "staff.return_payout",
        "staff.reverse_deposit",
        "staff.verify_payee",
        "staff.approve_waiver",
        # who may do what, and who is who
        "staff.approve_address_change",
        "staff.ask_address_change",
        "staff.block_person",
        "staff.confirm_role",
        "staff.grant_role",
        "staff.reset_second_factor",
        "staff.revoke_role",
        "staff.start_viewing",
        "staff.unblock_person",
    }
)
"""Endpoints whose POST needs a second step that was passed lately."""


def ask_second_factor() -> Response | None:
    """Somebody holds the role that a page needs, but has not passed the second step.

    None when the form of this request brought a right code: then it was passed just now.
    """
    person = known_person() or abort(403)
    if not person.has_factor:
        return redirect(url_for("auth.set_up_second_factor", volgende=_target()))
    if request.method == "POST":
        return _answer_of_form(person)
    return redirect(url_for("auth.show_second_factor", volgende=_target()))


def ask_again() -> Response | None:
    """The page that asks for a code, when this request needs a newer one; None to go on."""
    if request.method != "POST" or request.endpoint not in FRESH:
        return None
    person = known_person()
    if person is None or not person.has_factor or is_fresh(person.factor_at, clock.now()):
        return None
    return _answer_of_form(person)


def _answer_of_form(person: SignedIn) -> Response | None:
    """The form that was sent, once more with a field for the code; None when its code is right."""
    if not is_own_form() or carries_secrets():
        return redirect(url_for("auth.show_second_factor", volgende=page_before()))
    code, answer = request.form.get(CODE_FIELD), device_answer()
    if answer is not None and passes_with_passkey(person.sign_in_id, answer):
        read_person_again()
        return None
    if answer is None and code:
        is_right = passes_with_code(person.sign_in_id, code)
        read_person_again()
        if is_right:
            return None
        if known_person() is None:
            flash(_("That code was wrong too often. Sign in again."), "error")
            return redirect(url_for("auth.show_sign_in", volgende=page_before()))
    fields = [field for field in carried_fields() if field.name not in (CODE_FIELD, FIELD)]
    page = render_template(
        "auth/ask_again.html",
        fields=fields,
        code_field=CODE_FIELD,
        is_wrong=bool(code) or answer is not None,
        practice_code=practice_code(person.id),
        **passkey_request(person.id),
    )
    return make_response(page, 401)


def _target() -> str | None:
    return request.full_path.rstrip("?") if request.method == "GET" else page_before()

"""Who may use which route: the one table. What is not in it does not start."""

from typing import assert_never

from flask import Flask, abort, current_app, make_response, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from voorjebuurt.web.factor_checks import ask_again, ask_second_factor
from voorjebuurt.web.kit.access import (
    ADDRESSEE,
    APPLICANT,
    APPLICATION_OFFICER,
    APPLICATION_READER,
    AUTHOR,
    CAMPAIGN_OFFICER,
    CAMPAIGN_READER,
    COACH,
    DECISION_APPLICANT,
    DECISION_OFFICER,
    DECISION_READER,
    DELEGATION_OFFICER,
    FUND_OFFICER,
    FUND_READER,
    GRANT_OFFICER,
    GUEST_TOKEN,
    HALF_WAY,
    INITIATOR,
    INTENTION_APPLICANT,
    INTENTION_OFFICER,
    INTENTION_READER,
    LETTER_OFFICER,
    LETTER_READER,
    OBJECTION_APPLICANT,
    OBJECTION_OFFICER,
    OBJECTION_READER,
    OFFICER,
    PLACE_OFFICER,
    PROPOSAL_OFFICER,
    PUBLIC,
    QUESTION_OFFICER,
    READER,
    READERS,
    REHEARSAL_READER,
    SIGNED_IN,
    STAFF,
    WEIGHTY,
    WORDING_OFFICER,
    WORDING_READER,
    Guard,
    Verdict,
)
from voorjebuurt.web.kit.actors import current_person, is_kept_out, known_person
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.errors import error_page
from voorjebuurt.web.kit.local_paths import local_path
from voorjebuurt.web.kit.returned_forms import note_admission, page_before, typed_fields
from voorjebuurt.web.words.error_pages import BLOCKED, SESSION_OVER

OPTIONAL = frozenset({"outbox", "sandbox"})
"""Blueprints that exist only while nothing real is at stake."""

GUARDS: dict[str, Guard] = {
    # for programs and researchers
    "well_known.show_security_contact": PUBLIC,
    # auth: signing in and one's own account
    "auth.add_passkey": HALF_WAY,
    "auth.dismiss_role": WEIGHTY,
    "auth.ask_own_data": PUBLIC,
    "auth.download_mailed_data": PUBLIC,
    "auth.download_own_data": SIGNED_IN,
    "auth.end_device": SIGNED_IN,
    "auth.erase_mailed_data": PUBLIC,
    "auth.erase_own_data": SIGNED_IN,
    "auth.remove_passkey": SIGNED_IN,
    "auth.remove_second_factor": SIGNED_IN,
    "auth.renew_recovery_codes": SIGNED_IN,
    "auth.set_up_second_factor": HALF_WAY,
    "auth.show_recovery_codes": SIGNED_IN,
    "auth.show_role_proposal": WEIGHTY,
    "auth.show_second_factor": HALF_WAY,
    "auth.show_mailed_data": PUBLIC,
    "auth.show_own_data": SIGNED_IN,
    "auth.show_security": SIGNED_IN,
    "auth.show_sign_in": PUBLIC,
    "auth.show_link_sent": PUBLIC,
    "auth.show_password_sign_in": PUBLIC,
    "auth.use_passkey": PUBLIC,
    "auth.show_link": GUEST_TOKEN,
    "auth.sign_out": PUBLIC,
    "auth.confirm_address": GUEST_TOKEN,
    "auth.stop_address": GUEST_TOKEN,
    "auth.show_profile": SIGNED_IN,
    "auth.show_password": SIGNED_IN,
    "auth.sign_out_everywhere": SIGNED_IN,
    # giving
    "public.answer_place_wish": GUEST_TOKEN,
    "public.ask_about_fund": PUBLIC,
    "public.confirm_question": GUEST_TOKEN,
    "public.take_question_back": GUEST_TOKEN,
    "public.ask_for_place": PUBLIC,
    "public.choose_gift": GUEST_TOKEN,
    "public.list_campaigns": PUBLIC,
    "public.list_funds": PUBLIC,
    "public.remove_place_wish": GUEST_TOKEN,
    "public.send_picture": PUBLIC,
    "public.show_about": PUBLIC,
    "public.show_accessibility": PUBLIC,
    "public.show_campaign": PUBLIC,
    "public.show_contact": PUBLIC,
    "public.show_destinations": PUBLIC,
    "public.show_fund": PUBLIC,
    "public.show_home": PUBLIC,
    "public.show_how": PUBLIC,
    "public.show_privacy": PUBLIC,
    "public.show_terms": PUBLIC,
    "public.start_pledge": PUBLIC,
    "public.pay_gift": GUEST_TOKEN,
    "public.show_gift": GUEST_TOKEN,
    "public.return_from_payment": GUEST_TOKEN,
    "hooks.take_webhook": PUBLIC,
    # resident: match money for one's own campaigns
    "resident.account_for_match": APPLICANT,
    "resident.apply_for_match": INITIATOR,
    "resident.complete_match": APPLICANT,
    "resident.send_attachment": INITIATOR,
    "resident.object_to_decision": DECISION_APPLICANT,
    "resident.send_decision": DECISION_APPLICANT,
    "resident.show_application": APPLICANT,
    "resident.show_decision": DECISION_APPLICANT,
    "resident.show_match": INITIATOR,
    "resident.withdraw_match": APPLICANT,
    "resident.give_views": INTENTION_APPLICANT,
    "resident.send_intention": INTENTION_APPLICANT,
    "resident.show_intention": INTENTION_APPLICANT,
    "resident.waive_views": INTENTION_APPLICANT,
    "resident.complete_objection": OBJECTION_APPLICANT,
    "resident.send_ruling": OBJECTION_APPLICANT,
    "resident.show_ruling": OBJECTION_APPLICANT,
    "resident.withdraw_objection": OBJECTION_APPLICANT,
    # resident: one's own campaigns
    "resident.answer_question": INITIATOR,
    "resident.check_pitch": AUTHOR,
    "resident.confirm_draft": ADDRESSEE,
    "resident.edit_budget": AUTHOR,
    "resident.edit_idea": AUTHOR,
    "resident.edit_place": AUTHOR,
    "resident.edit_story": AUTHOR,
    "resident.list_campaigns": SIGNED_IN,
    "resident.mail_link": AUTHOR,
    "resident.plan_near_miss": INITIATOR,
    "resident.preview_campaign": AUTHOR,
    "resident.remove_board_member": INITIATOR,
    "resident.show_board": INITIATOR,
    "resident.show_campaign": ADDRESSEE,
    "resident.show_payee": INITIATOR,
    "resident.start_campaign": PUBLIC,
    "resident.submit_pitch": INITIATOR,
    "resident.withdraw_pitch": INITIATOR,
    # coach: reviewing pitches
    "coach.approve_near_miss": COACH,
    "coach.approve_pitch": COACH,
    "coach.ask_question": COACH,
    "coach.list_reviews": COACH,
    "coach.reject_pitch": COACH,
    "coach.return_near_miss": COACH,
    "coach.send_back": COACH,
    "coach.show_near_miss": COACH,
    "coach.show_review": COACH,
    # staff: everything that waits; auditors see what they need to judge the books
    "staff.add_import": STAFF,
    "staff.approve_address_change": STAFF,
    "staff.ask_address_change": STAFF,
    "staff.ask_rehearsal": STAFF,
    "staff.block_person": STAFF,
    "staff.book_deposit": STAFF,
    "staff.cancel_campaign": STAFF,
    "staff.cancel_payout": STAFF,
    "staff.cancel_return": STAFF,
    "staff.check_ledger": READERS,
    "staff.confirm_refund": STAFF,
    "staff.confirm_role": STAFF,
    "staff.correct_page": STAFF,
    "staff.dismiss_deposit": STAFF,
    "staff.dismiss_role": STAFF,
    "staff.dispute_deposit": STAFF,
    "staff.execute_payout": STAFF,
    "staff.export_destinations": READERS,
    "staff.execute_return": STAFF,
    "staff.grant_role": STAFF,
    "staff.hide_gift_words": STAFF,
    "staff.list_alerts": READERS,
    "staff.list_bank_files": READERS,
    "staff.list_campaigns": READERS,
    "staff.list_near_misses": READERS,
    "staff.list_events": READERS,
    "staff.list_gifts": READERS,
    "staff.list_imports": READERS,
    "staff.list_mails": STAFF,
    "staff.list_money": READERS,
    "staff.list_payees": READERS,
    "staff.send_payee_attachment": READERS,
    "staff.list_payouts": READERS,
    "staff.list_people": STAFF,
    "staff.list_postings": READERS,
    "staff.list_rehearsals": READERS,
    "staff.make_bank_file": STAFF,
    "staff.mend_mail": STAFF,
    "staff.propose_payout": STAFF,
    "staff.propose_return": STAFF,
    "staff.receive_fund_money": STAFF,
    "staff.receive_paid_back": STAFF,
    "staff.refund_gift": STAFF,
    "staff.refuse_payee": STAFF,
    "staff.refuse_return": STAFF,
    "staff.register_municipality": STAFF,
    "staff.release_payout": STAFF,
    "staff.release_return": STAFF,
    "staff.reset_second_factor": STAFF,
    "staff.resolve_alert": STAFF,
    "staff.return_payout": STAFF,
    "staff.reverse_deposit": STAFF,
    "staff.revoke_role": STAFF,
    "staff.roll_back_import": STAFF,
    "staff.send_bank_file": STAFF,
    "staff.send_rehearsal_input": READERS,
    "staff.show_alert": READERS,
    "staff.show_bank_file": READERS,
    "staff.show_campaign": READERS,
    "staff.show_desk": READERS,
    "staff.show_gift_words": STAFF,
    "staff.show_import": READERS,
    "staff.show_destinations": READERS,
    "staff.show_ledger": READERS,
    "staff.show_payee": STAFF,
    "staff.show_payout": READERS,
    "staff.show_person": STAFF,
    "staff.show_deposit": READERS,
    "staff.show_rehearsal": READERS,
    "staff.show_return": READERS,
    "staff.resume_pledges": STAFF,
    "staff.stop_pledges": STAFF,
    "staff.unblock_person": STAFF,
    "staff.withdraw_address_change": STAFF,
    "staff.unhide_gift_words": STAFF,
    "staff.uphold_deposit": STAFF,
    "staff.verify_payee": STAFF,
    # officer: the work, the applications and the campaigns of the own municipality
    "officer.admit_application": APPLICATION_OFFICER,
    "officer.approve_decision": DECISION_OFFICER,
    "officer.approve_wording": WORDING_OFFICER,
    "officer.begin_wording": PLACE_OFFICER,
    "officer.drop_wording": WORDING_OFFICER,
    "officer.edit_wording": WORDING_OFFICER,
    "officer.give_back_wording": WORDING_OFFICER,
    "officer.list_wording": READER,
    "officer.preview_wording": WORDING_READER,
    "officer.propose_wording": WORDING_OFFICER,
    "officer.send_wording_preview": WORDING_READER,
    "officer.show_wording": WORDING_READER,
    "officer.ask_completion": APPLICATION_OFFICER,
    "officer.ask_rehearsal": OFFICER,
    "officer.assign_application": APPLICATION_OFFICER,
    "officer.assign_cases": OFFICER,
    "officer.change_mandate": GRANT_OFFICER,
    "officer.choose_mails": OFFICER,
    "officer.close_empty": FUND_OFFICER,
    "officer.approve_late_penalty": APPLICATION_OFFICER,
    "officer.approve_ruling_on_objection": OBJECTION_OFFICER,
    "officer.pay_late_penalty": APPLICATION_OFFICER,
    "officer.propose_late_penalty": APPLICATION_OFFICER,
    "officer.record_step": OBJECTION_OFFICER,
    "officer.register_court_appeal": OBJECTION_OFFICER,
    "officer.register_court_judgment": OBJECTION_OFFICER,
    "officer.register_default_notice": APPLICATION_OFFICER,
    "officer.return_ruling_on_objection": OBJECTION_OFFICER,
    "officer.withdraw_objection": OBJECTION_OFFICER,
    "officer.send_notice": OBJECTION_READER,
    "officer.send_penalty_letter": APPLICATION_READER,
    "officer.send_ruling_letter": OBJECTION_READER,
    "officer.show_penalty": APPLICATION_READER,
    "officer.show_ruling": OBJECTION_READER,
    "officer.state_intention": APPLICATION_OFFICER,
    "officer.show_intention": INTENTION_READER,
    "officer.send_intention_letter": INTENTION_READER,
    "officer.register_views": INTENTION_OFFICER,
    "officer.extend_views": INTENTION_OFFICER,
    "officer.drop_intention": INTENTION_OFFICER,
    "officer.confirm_officer": PROPOSAL_OFFICER,
    "officer.decide_objection": OBJECTION_OFFICER,
    "officer.declare_stake": APPLICATION_OFFICER,
    "officer.delegate_cases": OFFICER,
    "officer.dismiss_decision": DECISION_OFFICER,
    "officer.dismiss_officer": PROPOSAL_OFFICER,
    "officer.decide_small_cases": FUND_OFFICER,
    "officer.divide_fund": FUND_OFFICER,
    "officer.edit_arrangements": FUND_OFFICER,
    "officer.edit_fund": FUND_OFFICER,
    "officer.edit_rules": FUND_OFFICER,
    "officer.end_delegation": DELEGATION_OFFICER,
    "officer.end_mandate": GRANT_OFFICER,
    "officer.export_case": APPLICATION_READER,
    "officer.send_attachment": APPLICATION_READER,
    "officer.export_decisions": READER,
    "officer.export_fund_decisions": FUND_READER,
    "officer.export_mandates": READER,
    "officer.list_filters": OFFICER,
    "officer.remove_kept_filter": OFFICER,
    "officer.export_trail": READER,
    "officer.list_trail": READER,
    "officer.show_calendars": OFFICER,
    "officer.make_calendar": PLACE_OFFICER,
    "officer.end_calendar": PLACE_OFFICER,
    "officer.send_calendar": GUEST_TOKEN,
    "officer.extend_term": APPLICATION_OFFICER,
    "officer.hand_over_cases": OFFICER,
    "officer.list_applications": READER,
    "officer.list_campaigns": READER,
    "officer.list_colleagues": READER,
    "officer.list_delegations": READER,
    "officer.list_funds": READER,
    "officer.list_objections": READER,
    "officer.choose_paper_fund": CAMPAIGN_OFFICER,
    "officer.note_posting": LETTER_OFFICER,
    "officer.register_paper_application": CAMPAIGN_OFFICER,
    "officer.register_paper_completion": APPLICATION_OFFICER,
    "officer.register_paper_withdrawal": APPLICATION_OFFICER,
    "officer.send_posted_letter": LETTER_READER,
    "officer.show_posting": LETTER_READER,
    "officer.show_address": LETTER_READER,
    "officer.export_destinations": READER,
    "officer.answer_question": QUESTION_OFFICER,
    "officer.list_questions": READER,
    "officer.list_own_addresses": OFFICER,
    "officer.list_rehearsals": READER,
    "officer.remove_own_address": OFFICER,
    "officer.list_reports": READER,
    "officer.mark_checklist": APPLICATION_OFFICER,
    "officer.propose_decision": APPLICATION_OFFICER,
    "officer.propose_officer": PLACE_OFFICER,
    "officer.propose_round": FUND_OFFICER,
    "officer.publish_draft": FUND_OFFICER,
    "officer.publish_next": FUND_OFFICER,
    "officer.recall_decision": DECISION_OFFICER,
    "officer.register_objection": DECISION_OFFICER,
    "officer.rehearse_fund": FUND_OFFICER,
    "officer.send_letter": DECISION_READER,
    "officer.send_receipt": APPLICATION_READER,
    "officer.send_rehearsal_input": REHEARSAL_READER,
    "officer.set_areas": APPLICATION_OFFICER,
    "officer.set_score": APPLICATION_OFFICER,
    "officer.show_application": APPLICATION_READER,
    "officer.show_campaign": CAMPAIGN_READER,
    "officer.show_decision": DECISION_READER,
    "officer.show_desk": READER,
    "officer.show_fund": FUND_READER,
    "officer.show_letter": DECISION_READER,
    "officer.show_objection": OBJECTION_READER,
    "officer.show_rehearsal": REHEARSAL_READER,
    "officer.show_report": FUND_READER,
    "officer.show_round": FUND_READER,
    "officer.show_destinations": READER,
    "officer.start_fund": OFFICER,
    "officer.take_application": APPLICATION_OFFICER,
    "officer.verify_groups": APPLICATION_OFFICER,
    "officer.withdraw_draft": FUND_OFFICER,
    "officer.write_note": APPLICATION_OFFICER,
    # unsubscribing from mail, with the signature in the address
    "unsubscribing.show_subscription": GUEST_TOKEN,
    "unsubscribing.subscribe": GUEST_TOKEN,
    "unsubscribing.unsubscribe": GUEST_TOKEN,
    # health
    "health.live": PUBLIC,
    "health.ready": PUBLIC,
    # outbox and sandbox: never mounted in production
    "outbox.show_outbox": PUBLIC,
    "outbox.show_mail": PUBLIC,
    "outbox.show_mail_html": PUBLIC,
    "sandbox.pass_on": PUBLIC,
}


class GuardTableError(Exception):
    """The table and the routes differ; the message names every difference."""


def init_guards(app: Flask) -> None:
    """Put every request before its guard, and buttons before that of where they lead."""
    app.before_request(_enforce)
    app.jinja_env.globals["usable"] = usable


def usable(href: str, method: str = "GET") -> bool:
    """Whether who reads a page may follow this address of ours: else no page offers it.

    Only asked of the auditor of a municipality, who sees the pages of officers: what those are
    offered, they may.
    """
    person = current_person()
    if person is None or not person.inspects:
        return True
    adapter = current_app.url_map.bind("localhost")
    try:
        endpoint, arguments = adapter.match(href.partition("?")[0].partition("#")[0], method)
    except HTTPException:
        return True
    with reading() as session:
        return GUARDS[endpoint].decide(session, person, dict(arguments)) is Verdict.ALLOW


def check_guards(app: Flask) -> None:
    """Refuse to start with a route that has no guard, or a guard that has no route."""
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    missing = sorted(routes - GUARDS.keys())
    surplus = sorted(
        endpoint
        for endpoint in GUARDS.keys() - routes
        if endpoint.partition(".")[0] not in OPTIONAL - app.blueprints.keys()
    )
    if missing or surplus:
        raise GuardTableError(f"Routes without a guard: {missing}. Unknown routes: {surplus}.")


def _enforce() -> Response | None:
    if request.endpoint is None:
        return None  # no such page, or not this method: the error page answers
    guard = GUARDS[request.endpoint]
    if guard.anonymous:
        note_admission()
        return None
    with reading() as session:
        verdict = guard.decide(session, known_person(), request.view_args or {})
    match verdict:
        case Verdict.ALLOW:
            note_admission()
            return ask_again()
        case Verdict.SECOND_FACTOR:
            # Whose thing it is was not looked at before.
            return ask_second_factor() or _enforce()
        case Verdict.SIGN_IN if typed_fields():
            return make_response(error_page(401, BLOCKED if is_kept_out() else SESSION_OVER))
        case Verdict.SIGN_IN:
            here = request.full_path.rstrip("?") if request.method == "GET" else page_before()
            return redirect(url_for("auth.show_sign_in", volgende=local_path(here)))
        case Verdict.FORBID:
            return abort(403)
        case Verdict.HIDE:
            return abort(404)
        case _:
            assert_never(verdict)

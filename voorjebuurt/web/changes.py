"""How every form that changes something deals with two people at once: the one table.

What is not in it does not start. ``tests/integration/web/test_changes.py`` holds the forms of all
pages to it.
"""

from enum import Enum, auto

from flask import Flask

from voorjebuurt.web.guards import OPTIONAL, GuardTableError


class Change(Enum):
    """Why pressing the button can't undo or overwrite what somebody else just did."""

    VERSIONED = auto()
    """The form carries what its page showed; when that changed nothing is done (``versions``)."""
    APPENDS = auto()
    """It only adds something beside what is there."""
    END_STATE = auto()
    """It names the state that somebody wants; asking for what holds already changes nothing."""
    ONCE = auto()
    """What it is about can't change but by this, and the database lets it happen once."""
    COUNTERSIGNED = auto()
    """Somebody else looks at the outcome before it counts."""


CHANGES: dict[str, Change] = {
    # auth: signing in and one's own account
    "auth.confirm_address": Change.ONCE,
    "auth.add_passkey": Change.APPENDS,
    "auth.dismiss_role": Change.END_STATE,
    "auth.ask_own_data": Change.APPENDS,
    "auth.end_device": Change.END_STATE,
    "auth.erase_mailed_data": Change.END_STATE,
    "auth.erase_own_data": Change.END_STATE,
    "auth.remove_passkey": Change.ONCE,
    "auth.remove_second_factor": Change.END_STATE,
    "auth.renew_recovery_codes": Change.ONCE,
    "auth.set_up_second_factor": Change.ONCE,
    "auth.show_link": Change.ONCE,
    "auth.show_password": Change.END_STATE,
    "auth.show_password_sign_in": Change.APPENDS,
    "auth.show_profile": Change.END_STATE,
    "auth.show_recovery_codes": Change.END_STATE,
    "auth.show_second_factor": Change.APPENDS,
    "auth.show_sign_in": Change.APPENDS,
    "auth.sign_out": Change.END_STATE,
    "auth.sign_out_everywhere": Change.END_STATE,
    "auth.stop_address": Change.END_STATE,
    "auth.use_passkey": Change.APPENDS,
    # coach
    "coach.approve_near_miss": Change.VERSIONED,
    "coach.approve_pitch": Change.VERSIONED,
    "coach.ask_question": Change.APPENDS,
    "coach.reject_pitch": Change.VERSIONED,
    "coach.return_near_miss": Change.VERSIONED,
    "coach.send_back": Change.VERSIONED,
    # the provider: its news is looked up, never believed
    "hooks.take_webhook": Change.APPENDS,
    # officer
    "officer.admit_application": Change.VERSIONED,
    "officer.answer_question": Change.VERSIONED,
    "officer.approve_decision": Change.ONCE,
    "officer.approve_wording": Change.VERSIONED,
    "officer.begin_wording": Change.END_STATE,
    "officer.drop_wording": Change.END_STATE,
    "officer.edit_wording": Change.VERSIONED,
    "officer.give_back_wording": Change.ONCE,
    "officer.propose_wording": Change.VERSIONED,
    "officer.ask_completion": Change.ONCE,
    "officer.ask_rehearsal": Change.APPENDS,
    "officer.assign_application": Change.VERSIONED,
    "officer.assign_cases": Change.END_STATE,
    "officer.change_mandate": Change.ONCE,
    "officer.make_calendar": Change.APPENDS,
    "officer.list_filters": Change.APPENDS,
    "officer.remove_kept_filter": Change.END_STATE,
    "officer.end_calendar": Change.END_STATE,
    "officer.choose_mails": Change.END_STATE,
    "officer.close_empty": Change.VERSIONED,
    "officer.decide_objection": Change.COUNTERSIGNED,
    "officer.approve_late_penalty": Change.ONCE,
    "officer.approve_ruling_on_objection": Change.ONCE,
    "officer.pay_late_penalty": Change.ONCE,
    "officer.propose_late_penalty": Change.COUNTERSIGNED,
    "officer.record_step": Change.APPENDS,
    "officer.register_court_appeal": Change.ONCE,
    "officer.register_court_judgment": Change.ONCE,
    "officer.register_default_notice": Change.ONCE,
    "officer.return_ruling_on_objection": Change.ONCE,
    "officer.state_intention": Change.VERSIONED,
    "officer.register_views": Change.ONCE,
    "officer.extend_views": Change.ONCE,
    "officer.drop_intention": Change.ONCE,
    "officer.withdraw_objection": Change.END_STATE,
    "officer.confirm_officer": Change.ONCE,
    "officer.declare_stake": Change.END_STATE,
    "officer.delegate_cases": Change.APPENDS,
    "officer.dismiss_decision": Change.ONCE,
    "officer.dismiss_officer": Change.END_STATE,
    "officer.decide_small_cases": Change.VERSIONED,
    "officer.divide_fund": Change.VERSIONED,
    "officer.edit_arrangements": Change.VERSIONED,
    "officer.edit_fund": Change.VERSIONED,
    "officer.edit_rules": Change.VERSIONED,
    "officer.end_delegation": Change.END_STATE,
    "officer.end_mandate": Change.END_STATE,
    "officer.extend_term": Change.ONCE,
    "officer.hand_over_cases": Change.END_STATE,
    "officer.list_own_addresses": Change.APPENDS,
    "officer.mark_checklist": Change.VERSIONED,
    "officer.note_posting": Change.END_STATE,
    "officer.propose_decision": Change.VERSIONED,
    "officer.propose_officer": Change.COUNTERSIGNED,
    "officer.propose_round": Change.VERSIONED,
    "officer.publish_draft": Change.VERSIONED,
    "officer.publish_next": Change.VERSIONED,
    "officer.recall_decision": Change.ONCE,
    "officer.register_objection": Change.ONCE,
    "officer.register_paper_application": Change.VERSIONED,
    "officer.register_paper_completion": Change.VERSIONED,
    "officer.register_paper_withdrawal": Change.ONCE,
    "officer.rehearse_fund": Change.APPENDS,
    "officer.remove_own_address": Change.END_STATE,
    "officer.set_areas": Change.VERSIONED,
    "officer.set_score": Change.VERSIONED,
    "officer.start_fund": Change.APPENDS,
    "officer.take_application": Change.VERSIONED,
    "officer.verify_groups": Change.VERSIONED,
    "officer.withdraw_draft": Change.VERSIONED,
    "officer.write_note": Change.APPENDS,
    # giving, and waiting for a municipality
    "public.answer_place_wish": Change.END_STATE,
    "public.ask_about_fund": Change.APPENDS,
    "public.confirm_question": Change.END_STATE,
    "public.take_question_back": Change.END_STATE,
    "public.ask_for_place": Change.END_STATE,
    "public.choose_gift": Change.END_STATE,
    "public.remove_place_wish": Change.END_STATE,
    "public.pay_gift": Change.ONCE,
    "public.start_pledge": Change.APPENDS,
    # resident
    "resident.account_for_match": Change.APPENDS,
    "resident.answer_question": Change.APPENDS,
    "resident.apply_for_match": Change.VERSIONED,
    "resident.confirm_draft": Change.END_STATE,
    "resident.complete_match": Change.ONCE,
    "resident.complete_objection": Change.ONCE,
    "resident.give_views": Change.ONCE,
    "resident.waive_views": Change.ONCE,
    "resident.edit_budget": Change.VERSIONED,
    "resident.edit_idea": Change.VERSIONED,
    "resident.edit_place": Change.VERSIONED,
    "resident.edit_story": Change.VERSIONED,
    "resident.mail_link": Change.APPENDS,
    "resident.object_to_decision": Change.ONCE,
    "resident.plan_near_miss": Change.VERSIONED,
    "resident.remove_board_member": Change.END_STATE,
    "resident.show_board": Change.APPENDS,
    "resident.show_payee": Change.APPENDS,
    "resident.start_campaign": Change.APPENDS,
    "resident.submit_pitch": Change.VERSIONED,
    "resident.withdraw_match": Change.END_STATE,
    "resident.withdraw_objection": Change.END_STATE,
    "resident.withdraw_pitch": Change.END_STATE,
    # staff
    "staff.add_import": Change.ONCE,
    "staff.approve_address_change": Change.END_STATE,
    "staff.ask_rehearsal": Change.APPENDS,
    "staff.ask_address_change": Change.COUNTERSIGNED,
    "staff.block_person": Change.END_STATE,
    "staff.book_deposit": Change.ONCE,
    "staff.cancel_campaign": Change.VERSIONED,
    "staff.cancel_payout": Change.END_STATE,
    "staff.cancel_return": Change.END_STATE,
    "staff.confirm_role": Change.ONCE,
    "staff.correct_page": Change.VERSIONED,
    "staff.dismiss_deposit": Change.ONCE,
    "staff.dismiss_role": Change.END_STATE,
    "staff.dispute_deposit": Change.ONCE,
    "staff.execute_payout": Change.END_STATE,
    "staff.execute_return": Change.END_STATE,
    "staff.grant_role": Change.END_STATE,
    "staff.hide_gift_words": Change.END_STATE,
    "staff.make_bank_file": Change.ONCE,
    "staff.mend_mail": Change.ONCE,
    "staff.propose_payout": Change.COUNTERSIGNED,
    "staff.propose_return": Change.COUNTERSIGNED,
    "staff.receive_fund_money": Change.COUNTERSIGNED,
    "staff.receive_paid_back": Change.COUNTERSIGNED,
    "staff.refund_gift": Change.ONCE,
    "staff.refuse_payee": Change.ONCE,
    "staff.refuse_return": Change.ONCE,
    "staff.register_municipality": Change.ONCE,
    "staff.release_payout": Change.ONCE,
    "staff.release_return": Change.ONCE,
    "staff.reset_second_factor": Change.END_STATE,
    "staff.resolve_alert": Change.ONCE,
    "staff.resume_pledges": Change.END_STATE,
    "staff.return_payout": Change.ONCE,
    "staff.reverse_deposit": Change.ONCE,
    "staff.revoke_role": Change.END_STATE,
    "staff.roll_back_import": Change.ONCE,
    "staff.stop_pledges": Change.END_STATE,
    "staff.unblock_person": Change.END_STATE,
    "staff.withdraw_address_change": Change.END_STATE,
    "staff.unhide_gift_words": Change.END_STATE,
    "staff.uphold_deposit": Change.ONCE,
    "staff.verify_payee": Change.ONCE,
    # unsubscribing from mails that are no service mails
    "unsubscribing.subscribe": Change.END_STATE,
    "unsubscribing.unsubscribe": Change.END_STATE,
    # the sandbox's own pages, never mounted in production
    "sandbox.pass_on": Change.APPENDS,
}


def check_changes(app: Flask) -> None:
    """Refuse to start with a form that nobody thought about, or a line without a form.

    Raises ``GuardTableError`` with every difference.
    """
    endpoints = {
        rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())
    }
    missing = sorted(endpoints - CHANGES.keys())
    surplus = sorted(
        endpoint
        for endpoint in CHANGES.keys() - endpoints
        if endpoint.partition(".")[0] not in OPTIONAL - app.blueprints.keys()
    )
    if missing or surplus:
        raise GuardTableError(f"Forms without a line: {missing}. Lines without a form: {surplus}.")

"""What is said to a person about each ``DomainError``, by its code."""

from datetime import date, datetime
from typing import Any

from flask_babel import get_locale, lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.kernel import text
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.web.words.abuse_labels import ABUSE_MESSAGES
from voorjebuurt.web.words.applicant_messages import APPLICANT_MESSAGES
from voorjebuurt.web.words.case_messages import CASE_MESSAGES
from voorjebuurt.web.words.cash_labels import CASH_MESSAGES
from voorjebuurt.web.words.change_messages import CHANGE_MESSAGES
from voorjebuurt.web.words.coaching_labels import COACHING_MESSAGES
from voorjebuurt.web.words.dedication_labels import DEDICATION_MESSAGES
from voorjebuurt.web.words.fund_messages import FUND_MESSAGES
from voorjebuurt.web.words.live_labels import LIVE_MESSAGES
from voorjebuurt.web.words.mandate_labels import mandate_kind_name
from voorjebuurt.web.words.member_messages import MEMBER_MESSAGES
from voorjebuurt.web.words.monthly_labels import MONTHLY_MESSAGES
from voorjebuurt.web.words.near_miss_labels import NEAR_MISS_MESSAGES
from voorjebuurt.web.words.need_labels import NEED_MESSAGES
from voorjebuurt.web.words.reward_labels import REWARD_MESSAGES
from voorjebuurt.web.words.role_messages import ROLE_MESSAGES
from voorjebuurt.web.words.update_labels import UPDATE_MESSAGES
from voorjebuurt.web.words.wording_labels import WORDING_MESSAGES

_l = lazy_gettext

MESSAGES: dict[str, LazyString] = {
    **ABUSE_MESSAGES,
    **APPLICANT_MESSAGES,
    **CASE_MESSAGES,
    **CASH_MESSAGES,
    **CHANGE_MESSAGES,
    **COACHING_MESSAGES,
    **DEDICATION_MESSAGES,
    **FUND_MESSAGES,
    **MEMBER_MESSAGES,
    **REWARD_MESSAGES,
    **ROLE_MESSAGES,
    **MONTHLY_MESSAGES,
    **NEAR_MISS_MESSAGES,
    **NEED_MESSAGES,
    **LIVE_MESSAGES,
    **UPDATE_MESSAGES,
    **WORDING_MESSAGES,
    "abuse_proof_too_large": _l(
        "The files of one report may be at most %(max_megabytes)s MB together. Choose smaller ones,"
        " or fewer."
    ),
    "account_blocked": _l(
        "This account is blocked, so you can't sign in with it. Ask us why on the contact page."
    ),
    "address_change_over": _l("No change of address waits any more. Ask for it again."),
    "address_change_unapproved": _l(
        "Another colleague of ours must approve this first. Try the link again later."
    ),
    "address_in_use": _l("This address belongs to somebody else already."),
    "address_is_the_same": _l("This is the address that the person has now."),
    "address_link_over": _l("This link does not work any more."),
    "alert_already_resolved": _l("Somebody already dealt with this."),
    "alert_not_found": _l("We can't find this alert."),
    "approver_left": _l(
        "Who approved this is no longer an officer of the municipality. Recall it. Then two others "
        "decide again."
    ),
    "budget_missing": _l("Enter what the money is for."),
    "campaign_deadline_passed": _l(
        "The deadline of this campaign has passed. Giving is not possible any more."
    ),
    "campaign_not_found": _l("We can't find this campaign."),
    "campaign_not_succeeded": _l("Only a campaign that succeeded can be paid out."),
    "campaign_pledges_stopped": _l("Giving to this campaign is not possible at the moment."),
    "campaign_takes_no_pledges": _l("This campaign takes no gifts."),
    "ceiling_reached": _l("The fund has %(left)s left below its ceiling. This is more."),
    "changed_meanwhile": _l(
        "While this page was open, somebody changed this: %(parts)s. %(editor)s Nothing has been "
        "done yet. Look at it. Press the button again if you still want this."
    ),
    "clawback_too_high": _l("You can claim back at most %(maximum)s."),
    "code_wrong": _l("This code is not right, or was used before. Wait for the next one."),
    "correction_empty": _l("This can't be left empty."),
    "correction_too_long": _l("Use at most %(maximum)s characters."),
    "deadline_missing": _l("Choose the last day on which people can give."),
    "deadline_too_late": _l("Choose a last day within %(max_days)s days from now."),
    "deadline_too_soon": _l("Choose a last day at least %(min_days)s days from now."),
    "deadline_too_soon_to_open": _l(
        "The last day is less than %(min_days)s days away. Send the plan back for another day."
    ),
    "deposit_above_ceiling": _l("That is %(above)s more than the fund can give. Write down why."),
    "deposit_not_found": _l("We can't find this money."),
    "deposit_spoken_for": _l(
        "Only %(left)s of this money is still free: campaigns have a claim on the rest. So it can't"
        " be taken back now."
    ),
    "erasure_address": _l("This is not the address that is to be erased."),
    "erasure_held": _l("You can’t be erased yet. Above you read what keeps you."),
    "erasure_link_over": _l("This link doesn’t work any more. Ask for a new one."),
    "erasure_of_account": _l(
        "Somebody can sign in with this address. Sign in, and have yourself erased there."
    ),
    "evidence_missing": _l("Write down how you checked the account."),
    "executed_before_export": _l("This is before the day of the bank file."),
    "executed_in_future": _l("Enter a day that is not in the future."),
    "factor_exists": _l("The second step is set up already."),
    "factor_missing": _l("First set up the second step."),
    "factor_needed": _l("You hold a role here. That needs the second step."),
    "for_whom_missing": _l("Tell for whom it changes."),
    "fund_has_no_pot": _l("This fund has not been published yet."),
    "fund_money_changed_since": _l(
        "There is less in this fund now than would go back. Cancel it and propose it again."
    ),
    "fund_money_short": _l(
        "The municipality has paid in %(left)s that is still free. This is more. First register "
        "the money that it pays in."
    ),
    "fund_not_found": _l("We can't find this fund."),
    "fund_not_settled": _l(
        "Something still waits for a decision in this fund. When all is decided, what is left can"
        " go back."
    ),
    "gift_address_same": _l("This is the address that your gift has now."),
    "gift_not_found": _l("We can't find this gift."),
    "gift_not_refundable": _l("This gift can't be paid back, or is going back already."),
    "gift_not_there": _l("There is nothing to change: no money of this gift is with us."),
    "gift_stays": _l("The last day of the campaign is over. Your gift stays with it."),
    "goal_above_budget": _l("You can't ask for more than your budget: %(budget)s."),
    "goal_missing": _l("Enter how much money you want to raise."),
    "goal_too_high": _l("You can raise at most %(maximum)s."),
    "goal_too_low": _l("Raise at least %(minimum)s."),
    "holder_missing": _l("Enter the name on the account."),
    "holder_too_long": _l("Use at most %(maximum)s characters."),
    "iban_invalid": _l("This is not a right account number. Check it on your bank card."),
    "iban_missing": _l("Enter the account number (IBAN)."),
    "iban_not_sepa": _l("We can only pay to an account in a country that takes part in SEPA."),
    "import_not_found": _l("We can't find this import."),
    "import_rolled_back_already": _l("This import was rolled back already."),
    "imported_before": _l("This file was imported already, on %(at)s. Nothing was changed."),
    "leftovers_missing": _l("Tell what happens if money is left."),
    "line_differs": _l(
        "This line was entered as %(line)s in all. Enter the same amount, or have the other entry "
        "dismissed."
    ),
    "line_entered_elsewhere": _l(
        "This line of the statement was entered whole, for %(fund)s. Is it divided? Have that "
        "entry dismissed or taken back, and enter the parts."
    ),
    "line_not_divided": _l(
        "The whole line must be more than this part. Leave it empty when all of it belongs here."
    ),
    "line_parts_too_high": _l("Of this line %(left)s is left. This is more."),
    "logo_missing": _l("Choose a file."),
    "logo_not_found": _l("This logo was taken away."),
    "logo_of_nobody": _l("Only a group or firm that gives can send a logo."),
    "logo_refused_before": _l("A coach did not let this logo on the page. Choose another one."),
    "mail_is_secret": _l(
        "This mail carries a link of its reader's own. It can only be sent to the same address."
    ),
    "mail_not_found": _l("We can't find this mail."),
    "mail_not_undeliverable": _l("This mail is not undeliverable any more."),
    "mandate_only_for_officer": _l("Only an officer has a mandate."),
    "match_above_goal": _l(
        "Several funds help this campaign. With %(left)s it has reached its goal, and more is not "
        "possible."
    ),
    "match_above_plan": _l(
        "The plan became smaller, and %(above)s of match money is above what it costs. An officer "
        "lowers the award first."
    ),
    "match_not_found": _l("We can't find the match of this application."),
    "match_not_received": _l(
        "The municipality has not paid its match yet (%(fund)s). The payout waits for it."
    ),
    "match_paid_out": _l("The money has been paid out already. You can claim it back."),
    "match_undecided": _l(
        "The match of %(fund)s has not been decided yet. The payout waits for it."
    ),
    "minimum_above_goal": _l("The minimum can't be more than the amount you want to raise."),
    "minimum_missing": _l("Enter how much is needed at least."),
    "minimum_zero": _l("Enter an amount above zero, or leave this empty."),
    "municipality_code_wrong": _l("Enter the code of CBS: GM and four digits, such as GM0363."),
    "municipality_missing": _l("Choose the municipality of this officer."),
    "municipality_name_missing": _l("Enter the name of the municipality."),
    "municipality_name_too_long": _l("Use at most %(maximum)s characters."),
    "municipality_not_for_role": _l("Only an officer belongs to a municipality."),
    "municipality_registered": _l("A municipality with this code or name is on this site already."),
    "municipality_unknown": _l("This municipality is not registered here."),
    "name_missing": _l("Enter your name."),
    "name_too_long": _l("Use at most %(maximum)s characters."),
    "neighbourhood_elsewhere": _l("Choose a neighbourhood from the list."),
    "neighbourhood_missing": _l("Choose the neighbourhood."),
    "no_past_campaigns": _l("There are no past campaigns here to try the rules on."),
    "not_in_review": _l("This plan is not with a coach any more."),
    "not_on_yourself": _l("You can't do this for yourself. Ask a colleague."),
    "not_your_campaign": _l("Only the initiator of this campaign can do this."),
    "not_your_role_proposal": _l("Only our staff and people with this role can dismiss this."),
    "note_missing": _l("Write down what you want to say."),
    "nothing_payable": _l("There is no money to pay out now."),
    "nothing_to_export": _l(
        "No payout is released at the moment. Perhaps a colleague just made the file."
    ),
    "nothing_to_return": _l("Nothing is left in this fund."),
    "only_coaches": _l("Only coaches can do this."),
    "only_staff": _l("Only our own staff can do this."),
    "own_campaign": _l("This is your own campaign. Ask a colleague."),
    "own_deposit": _l("You wrote this down yourself. A colleague must look at the statement too."),
    "own_payee": _l("You gave this account yourself. A colleague must check it."),
    "own_proposal": _l("You made this proposal yourself. A colleague must release it."),
    "own_role_proposal": _l("You proposed this role yourself. A colleague must confirm it."),
    "own_waiver": _l("You asked for this yourself. A colleague must decide."),
    "passkey_label_missing": _l("Enter a name, for example: my phone."),
    "passkey_not_found": _l("We can't find this passkey."),
    "passkey_refused": _l("This passkey did not work here. Try again, or use another way."),
    "password_guessable": _l(
        "This password is easy to guess. Take four words that have nothing to do with each other."
    ),
    "password_too_long": _l("Use at most %(maximum)s characters."),
    "password_too_short": _l("Use at least %(minimum)s characters."),
    "password_wrong": _l("This password is not right."),
    "payable_changed_since": _l(
        "The money for “%(title)s” has changed. Cancel the payout and propose it again."
    ),
    "payee_changed_since": _l(
        "The account changed since the proposal. Cancel the payout and propose it again."
    ),
    "payee_check_complete": _l("The list is complete already."),
    "payee_check_missing": _l(
        "The checklist of this account is not done: %(done)s of %(total)s. Go to the list."
    ),
    "payee_check_note": _l("Write down what you looked at."),
    "payee_check_over": _l("This account does not count any more."),
    "payee_check_proof": _l("Add proof, for example an extract or a bank statement."),
    "payee_check_unfit": _l("Something on the checklist of this account is not right."),
    "payee_check_verdict": _l("Choose what you found."),
    "payee_cooling_off": _l(
        "The account number was changed. Paying out is possible from %(until)s."
    ),
    "payee_missing": _l("There is no account to pay to yet."),
    "payee_not_found": _l("We can't find this account."),
    "payee_not_now": _l("An account is not needed for this campaign at the moment."),
    "payee_not_verified": _l("The account has not been checked yet."),
    "payee_replaced": _l("There is another account by now. Look at it first."),
    "payee_to_confirm": _l(
        "Others run this campaign than when this account was given. They must confirm it first."
    ),
    "payee_waiver_answered": _l("A colleague decided about this already."),
    "payee_waiver_not_found": _l("We can't find this request."),
    "payee_waiver_waits": _l("A colleague is asked about this already."),
    "payment_not_found": _l("We can't find this payment."),
    "payment_under_way": _l("Your payment is being processed. You need not pay again."),
    "payout_not_found": _l("We can't find this payout."),
    "payout_under_way": _l("A payout for this campaign is under way already."),
    "person_not_found": _l("We can't find this person."),
    "picture_alt_missing": _l("Describe the picture for people who can't see it."),
    "picture_broken": _l(
        "We can't open this picture. Try to save it again, or choose another one."
    ),
    "picture_busy": _l("We are busy with other pictures. Try again in a minute."),
    "picture_format": _l("We can't use this file. Choose a JPEG, PNG, WebP or AVIF picture."),
    "picture_gone": _l("We don't have this picture any more. Choose it again."),
    "picture_heic": _l("We can't use HEIC pictures. Choose a JPEG, or a screenshot of the photo."),
    "picture_too_large": _l(
        "This picture is too large. Choose one of at most %(max_megabytes)s MB."
    ),
    "picture_too_many_pixels": _l(
        "This picture has too many pixels. Choose one of at most %(max_megapixels)s megapixels."
    ),
    "picture_too_small": _l(
        "This picture is too small. Choose one that is at least %(min_pixels)s pixels wide."
    ),
    "pitch_incomplete": _l("Your plan is not complete yet."),
    "pitch_not_editable": _l("This plan can't be changed any more."),
    "place_missing": _l("Enter the name of your municipality."),
    "place_too_long": _l("Use at most %(maximum)s characters."),
    "place_wish_over": _l("This link does not work any more."),
    "pledge_already_paid": _l("This gift has been paid already."),
    "pledge_forgotten": _l("We no longer keep who this gift was from. You can give again."),
    "pledge_not_found": _l("We can't find this gift."),
    "pledge_payment_begun": _l("You began to pay already, so this gift can't be changed any more."),
    "pledge_replaced": _l("You changed this gift. What you pay now is the new one."),
    "pledge_too_high": _l("You can give at most %(maximum)s at a time."),
    "pledge_too_low": _l("Give at least %(minimum)s."),
    "proposer_left": _l(
        "The person who proposed this role no longer works here. Dismiss it, and propose it"
        " yourself if it is right."
    ),
    "reason_needed": _l("Give a reason."),
    "receipt_known": _l("Money with this reference was registered before."),
    "receipt_missing": _l("Enter how much came in."),
    "receipt_too_high": _l("At most %(maximum)s is still to come."),
    "received_in_future": _l("This day is still to come. Enter the day on the bank statement."),
    "reference_missing": _l("Enter the reference on the bank statement."),
    "refund_after_success": _l(
        "This campaign has succeeded: its money belongs to the initiator now."
    ),
    "rehearsal_place_missing": _l(
        "Choose the municipality whose past campaigns the rules are tried on."
    ),
    "rehearsals_at_once": _l(
        "%(maximum)s rehearsals wait or run already. Wait until one of them is done."
    ),
    "return_not_found": _l("This page is not there any more."),
    "return_under_way": _l("What is left of this fund is already on its way back."),
    "role_already_granted": _l("This person already has this role."),
    "role_from_decision_proposer": _l(
        "The person who proposed this gave you your role less than %(days)s days ago. Another"
        " colleague must approve it."
    ),
    "role_from_deposit_enterer": _l(
        "The person who wrote this down gave you your role less than %(days)s days ago. Another"
        " colleague must look at it."
    ),
    "role_from_proposer": _l(
        "The person who proposed this gave you your role less than %(days)s days ago. Another"
        " colleague must release it."
    ),
    "role_needs_two": _l("This role is proposed by one colleague and confirmed by another."),
    "role_not_granted": _l("This person does not have this role any more."),
    "role_proposal_not_found": _l("We can't find this proposal."),
    "role_proposal_over": _l("This proposal was confirmed, dismissed, or waited too long."),
    "role_proposal_too_early": _l("This role can be confirmed from %(until)s."),
    "role_proposed_already": _l("This role is proposed already. A colleague can confirm it."),
    "sign_in_link_used": _l("This link does not work any more. Ask for a new one."),
    "sign_in_not_found": _l("We can't find this device."),
    "sign_in_refused": _l("This address and password do not belong together."),
    "sign_in_to_submit": _l("Sign in first: then we know that we can reach you."),
    "source_missing": _l("Enter who publishes this file."),
    "staff_appointed": _l("Staff work here already. They give others their role."),
    "story_missing": _l("Tell about your plan."),
    "summary_missing": _l("Tell in a few sentences what changes."),
    "theme_missing": _l("Choose a theme."),
    "tip_too_high": _l("The extra for the platform can be at most %(maximum)s."),
    "title_missing": _l("Give your plan a name."),
    "unmatched_address": _l("Enter an email address, for example name@example.nl."),
    "unmatched_known": _l("This address is on the list already."),
    "unmatched_not_found": _l("This address is not on the list any more."),
    "unmatched_too_many": _l("You can name at most %(maximum)s addresses."),
    "vintage_unlikely": _l("Enter a year from %(earliest)s on, and not in the future."),
    "worse_off_missing": _l("Tell who could be worse off. If that is nobody, tell how you know."),
    "wrong_state": _l("This is not possible any more. Someone may have changed it meanwhile."),
}
"""One line per code, in alphabetical order. Values of the error fill ``%(name)s``."""

_FALLBACK = _l("This is not possible.")


def text_of(error: DomainError) -> str:
    """The text for a person, in their language.

    A value called ``minimum_cents`` is there as ``%(minimum)s``, written as money; dates and
    moments are written out.
    """
    template = str(MESSAGES.get(error.code, _FALLBACK))
    return template % dict(_written(name, value) for name, value in error.values.items())


def _written(name: str, value: object) -> tuple[str, Any]:
    locale = str(get_locale() or "nl")
    if name.endswith("_cents") and isinstance(value, int):
        return name.removesuffix("_cents"), text.euro(value, locale)
    if name == "mandate_kind":
        return name, mandate_kind_name(str(value))
    if isinstance(value, datetime):
        return name, text.moment(value, locale)
    if isinstance(value, date):
        return name, text.day(value, locale)
    return name, value

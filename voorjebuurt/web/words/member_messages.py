"""What is said about running a campaign together when something can't be done."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_l = lazy_gettext

MEMBER_MESSAGES: dict[str, LazyString] = {
    "campaign_orphaned": _l(
        "Nobody runs this campaign any more. First invite somebody who takes it over."
    ),
    "hand_over_first": _l(
        "You sign for this campaign. First ask one of the others to do that from now on."
    ),
    "handover_over": _l("You are no longer asked to sign for this campaign."),
    "invitation_not_found": _l("We can't find this invitation."),
    "invitation_not_now": _l("Nobody can join this campaign any more."),
    "invitation_of_member": _l("This person runs the campaign with you already."),
    "invitation_of_other": _l(
        "This invitation is for another email address than the one you signed in with."
    ),
    "invitation_over": _l("This invitation does not hold any more. Ask for another one."),
    "invitations_too_many": _l("You sent %(most)s invitations today. Try again tomorrow."),
    "last_of_plan": _l("You are the only one who runs this plan. You can withdraw it."),
    "member_not_found": _l("This person does not run the campaign any more."),
    "members_full": _l("At most %(most)s people run a campaign, with who is invited."),
    "only_signer": _l("Only who signs for this campaign can hand it over."),
    "own_payee_proposal": _l("You proposed this account. Another of you must agree."),
    "payee_proposal_over": _l("This account is not proposed any more."),
    "payee_proposed_already": _l(
        "Another of you proposed an account already. You can agree to it, or say no."
    ),
}

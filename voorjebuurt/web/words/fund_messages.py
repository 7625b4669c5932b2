"""What is said to a person about funds: the part of ``messages.MESSAGES`` for their life."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

FUND_MESSAGES: dict[str, LazyString] = {
    "answer_missing": _l("Write an answer, or why there is none."),
    "applications_waiting": _l(
        "%(number)s applications still wait. Admit them or refuse them first, then divide."
    ),
    "arrangement_lighter_above": _l("A larger amount can’t have less to show than a smaller one."),
    "arrangement_not_from_zero": _l("Begin at an amount of zero."),
    "arrangements_not_ascending": _l("Enter an amount above the one before it."),
    "arrangements_too_many": _l("Use at most %(maximum)s amounts."),
    "fund_area_elsewhere": _l("Choose areas of your own municipality from the list."),
    "fund_ceiling_below_taken": _l(
        "%(taken)s of this fund is reserved or granted already. The ceiling can't be "
        "lower than that."
    ),
    "fund_change_missing": _l("Tell what changes, and why."),
    "fund_check_repeated": _l("This check is in the list twice."),
    "fund_check_too_long": _l("Use at most %(maximum)s characters for each check."),
    "fund_checklist_missing": _l("Write down what you check for each application."),
    "fund_checks_too_many": _l("Use at most %(maximum)s checks."),
    "fund_closes_before_opening": _l("The last day is before the first day."),
    "fund_legal_basis_missing": _l("Enter the decision or regulation that this fund rests on."),
    "fund_lottery_source_missing": _l("Enter where the number for the lottery will come from."),
    "fund_moment_stands": _l(
        "A public fund can't change from a closing date to reserving at once, or back. "
        "Make a new fund for that."
    ),
    "fund_name_missing": _l("Give the fund a name."),
    "fund_not_rehearsed": _l(
        "These rules were not rehearsed. Rehearse them, or tell why you publish them without."
    ),
    "fund_objection_address_missing": _l("Enter where an objection can be sent."),
    "fund_opens_in_past": _l(
        "Choose a first day after today: the rules must be public before the fund opens."
    ),
    "fund_own_draft": _l("You changed this fund last. A colleague must publish it."),
    "fund_period_missing": _l("Choose the first and the last day on which people can apply."),
    "fund_period_stands": _l(
        "People count on the period that you published. Only a fund that reserves at "
        "once and is empty can close earlier."
    ),
    "fund_purpose_missing": _l("Tell what the fund is for."),
    "fund_rules_unchanged": _l("These are the rules that are public already."),
    "fund_sender_missing": _l("Enter what stands at the top of letters."),
    "fund_weeks_out_of_bounds": _l("Choose from %(minimum)s to %(maximum)s weeks."),
    "lottery_seed_missing": _l("Enter the number for the lottery."),
    "only_officers": _l("Only officers of this municipality can do this."),
    "question_answered_already": _l("This was answered already, so it can't be taken back."),
    "question_missing": _l("Write down your question."),
    "question_not_found": _l("We can't find this question."),
    "question_over": _l("This link does not work."),
}
"""One line per code, in alphabetical order."""

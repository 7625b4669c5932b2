"""The texts of errors about changing an award or a determination, and about interest, by code."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

CHANGE_MESSAGES: dict[str, LazyString] = {
    "award_change_not_lower": _l(
        "Enter an amount between %(lowest)s and %(highest)s. To take all of it back, withdraw the "
        "award."
    ),
    "award_changed_since": _l(
        "The award has become another amount since this was proposed. Dismiss or recall it, and "
        "propose it again."
    ),
    "award_let_go": _l("No money is reserved for this campaign, so there is nothing to change."),
    "breach_before_determination": _l(
        "Choose a day from the day of the determination. For something of before, choose another "
        "ground."
    ),
    "breach_day_missing": _l("Enter the day on which the duty was not met."),
    "breach_day_not_for_ground": _l(
        "Leave this empty: it only goes with the ground of article 4:49, under c."
    ),
    "breach_day_wrong": _l("Choose today or a day before it."),
    "breach_too_long_ago": _l(
        "This was more than five years ago. The determination can no longer be changed (Awb 4:49, "
        "third paragraph)."
    ),
    "clawback_too_late": _l(
        "More than five years have passed since the determination. Nothing can be claimed back "
        "(Awb 4:57, fourth paragraph)."
    ),
    "compensation_not_for_ground": _l(
        "Leave this empty: damage is only paid on a ground of article 4:50."
    ),
    "compensation_wrong": _l("Enter an amount of € 0 or more."),
    "determination_change_not_lower": _l("Enter at most %(highest)s: less than was determined."),
    "determination_final": _l(
        "More than five years have passed since the determination. It can no longer be changed "
        "(Awb 4:49, third paragraph)."
    ),
    "effect_day_earlier": _l(
        "The intention named %(day)s. The term can’t be shorter than that: choose that day or "
        "later."
    ),
    "effect_day_missing": _l(
        "Enter until when the old plan counts: article 4:50 asks for a reasonable term."
    ),
    "effect_day_not_for_ground": _l(
        "Leave this empty: it only goes with a ground of article 4:50."
    ),
    "effect_day_wrong": _l(
        "Choose a day that is %(days)s days from now or later, and within a year."
    ),
    "grounds_of_two_articles": _l(
        "Choose grounds of article 4:48, or of article 4:50. The one works back to the award, the "
        "other holds from a later day."
    ),
    "interest_changed": _l(
        "Up to this day the interest is %(highest)s. Look at it, and propose it again."
    ),
    "interest_changed_since": _l(
        "A payment or a decision has changed the interest since this was proposed. Dismiss or "
        "recall it, and propose it again."
    ),
    "interest_day_missing": _l("Enter up to and including which day you determine the interest."),
    "interest_day_not_for_kind": _l("Leave this empty: it only goes with interest."),
    "interest_day_wrong": _l("Choose a day before today: later days aren’t over yet."),
    "interest_fund_short": _l(
        "The fund has %(left)s free, and that isn’t enough for this interest. Ask the municipality "
        "to pay into the fund first."
    ),
    "interest_rate_unknown": _l(
        "The percentage of the statutory interest was looked up, up to and including %(day)s. "
        "Choose that day or one before it. For a later day, ask the administrators of this website "
        "to add it."
    ),
    "interest_too_little": _l(
        "Up to this day the interest is too little to be due (Awb 4:98, second paragraph), or all "
        "of it was determined before. Choose a later day."
    ),
}

"""What the codes of funds and of their rules are called on the screens."""

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from voorjebuurt.audit.actions import Action
from voorjebuurt.rulebook.clauses import Field

FUND_ACTIONS: Mapping[Action, LazyString] = {
    Action.FUND_CHANGED: _l("Changed a fund"),
    Action.FUND_CLOSED: _l("Fund closed"),
    Action.FUND_CREATED: _l("Began a fund"),
    Action.FUND_DIVIDED: _l("Divided a fund"),
    Action.FUND_OPENED: _l("Fund opened"),
    Action.FUND_PUBLISHED: _l("Published a fund"),
    Action.FUND_QUESTION_ANSWERED: _l("Answered a question about a fund"),
    Action.FUND_REHEARSED: _l("Rules of a fund were rehearsed"),
    Action.FUND_REVISED: _l("Fund became a draft again"),
    Action.FUND_TEAM_CHANGED: _l("Changed which team gets new applications of a fund"),
    Action.FUND_ARRANGEMENTS_SAVED: _l("Changed how subsidies of a fund are accounted for"),
    Action.FUND_RULES_SAVED: _l("Changed the rules of a fund"),
    Action.FUND_SETTLED: _l("Fund was settled"),
    Action.FUND_SETTLED_LIVE: _l("Fund was settled"),
    Action.FUND_VERSION_PUBLISHED: _l("Published a new version of a fund"),
    Action.FUND_WITHDRAWN: _l("Withdrew a fund"),
}

FUND_TOPICS: Mapping[str, LazyString] = {
    "fund": _l("Funds"),
}

QUESTION_OUTCOMES: Mapping[str, LazyString] = {
    "publish": _l("Answer for everybody, on the page of the fund"),
    "reply": _l("Answer only who asked, by email"),
    "decline": _l("Not answer, and say why"),
}
"""What an officer does with a question about a fund."""

STATES: Mapping[str, tuple[LazyString, str]] = {
    "draft": (_l("Draft"), "neutral"),
    "rehearsed": (_l("Rehearsed"), "info"),
    "published": (_l("Published"), "info"),
    "open": (_l("Open"), "positive"),
    "closed": (_l("Closed"), "warning"),
    "divided": (_l("Divided"), "info"),
    "settled": (_l("Settled"), "neutral"),
    "withdrawn": (_l("Withdrawn"), "neutral"),
}
"""Each state's name and the tone of its badge."""

BASE_LABELS: Mapping[str, LazyString] = {
    "ratio": _l("A part of every euro from the neighbourhood"),
    "per_donor": _l("A fixed amount for every donor"),
    "threshold": _l("One amount at once, when there is enough support"),
    "topup": _l("The last part of the goal"),
    "qf": _l("By how many people give (quadratic; an experiment)"),
}

DIVIDE_LABELS: Mapping[str, LazyString] = {
    "waterfill": _l("Everybody the same amount, up to what was computed"),
    "proportional": _l("Everybody the same part of what was computed"),
    "arrival": _l("First come, first served"),
    "tender": _l("Who has the highest score of the assessment"),
    "lottery": _l("By lot"),
    "qf_pot": _l("In proportion to the quadratic amounts"),
}

BASE_NOTES: Mapping[str, LazyString] = {
    "ratio": _l(
        "What most people expect of matching. With a bound per donor many small gifts weigh more."
    ),
    "per_donor": _l("Who brings many people gets most, however little they give."),
    "threshold": _l("Clear beforehand; all or nothing."),
    "topup": _l("Helps campaigns over the line that are nearly there."),
    "qf": _l(
        "An experiment: it pays for accounts, so whoever can make many of them gains. Rehearse it "
        "well."
    ),
}

DIVIDE_NOTES: Mapping[str, LazyString] = {
    "waterfill": _l(
        "Small campaigns get all of their amount; large ones wait until everybody has some."
    ),
    "proportional": _l("Everybody loses the same percentage."),
    "arrival": _l("Needed for a fund that reserves at once. With a closing date it rewards haste."),
    "tender": _l("Officers give every application a score, with their reasons."),
    "lottery": _l(
        "The number comes from a source that you name beforehand; everybody can compute it again."
    ),
    "qf_pot": _l("Only with the quadratic amount of section 3."),
}

RULESET_FIELDS: Mapping[str, tuple[LazyString, LazyString | str]] = {
    "ratio": (
        _l("How much does the fund add to each euro?"),
        _l("1 is one euro for every euro; 0.5 is fifty cents."),
    ),
    "donor_cap_cents": (
        _l("How much of each donor counts at most?"),
        _l("Then a few large gifts don't weigh more than many small ones."),
    ),
    "amount_cents": (_l("How much for each donor?"), ""),
    "min_gift_cents": (_l("From which amount does a donor count?"), ""),
    "award_cents": (_l("A fixed amount"), ""),
    "award_pct": (_l("Or a percentage of the goal"), ""),
    "min_pct": (_l("From which percentage of the goal, given by the neighbourhood?"), ""),
    "min_donors": (_l("From how many donors?"), ""),
    "last_pct": (
        _l("Which last percentage of the goal?"),
        _l("With 20 the neighbourhood gives the first 80%, the fund the rest."),
    ),
    "pair_bound_cents": (
        _l("Bound for pairs of donors"),
        _l(
            "Two donors who give to the same campaigns count for less together. It makes it harder "
            "to raise the amount with made-up donors."
        ),
    ),
    "min_partial_cents": (
        _l("Smallest part of an amount"),
        _l("Who is next in line gets a part of the last money, but no less than this."),
    ),
    "by_factor": (_l("Weigh by the factor: who has a higher factor gets more"), ""),
    "fill": (_l("Divide all of the fund, also above the computed amounts"), ""),
}
"""The fields of bases and of ways to divide: what they ask, and a hint."""

NEEDS: Mapping[Field, LazyString] = {
    Field.DONORS: _l("Number of donors"),
    Field.LOCAL_DONORS: _l("Donors from the own neighbourhood"),
    Field.CROWD_CENTS: _l("Amount from the neighbourhood"),
    Field.CROWD_PCT: _l("Part of the goal that the neighbourhood gave, in percents"),
    Field.GOAL_CENTS: _l("Goal of the campaign"),
    Field.THEME: _l("Theme"),
    Field.GROUPS: _l("Group that the campaign reaches"),
    Field.FIRST_TIME: _l("First application"),
}

OPERATORS: Mapping[str, LazyString] = {
    ">=": _l("at least"),
    ">": _l("more than"),
    "<=": _l("at most"),
    "<": _l("less than"),
    "==": _l("exactly"),
}

INDICATORS: Mapping[str, LazyString] = {
    "p_hh_120": _l("Households with an income up to 120 percent of the social minimum"),
    "p_hh_110": _l("Households with an income up to 110 percent of the social minimum"),
    "p_hh_li": _l("Households with a low income"),
    "p_hh_lkk": _l("Households with low purchasing power"),
    "p_hh_hi": _l("Households with a high income"),
    "g_ink_pi": _l("Average income per resident"),
    "ses_woa": _l("Socio-economic score (SES-WOA)"),
}

INDICATOR_NOTES: Mapping[str, LazyString] = {
    "p_hh_120": _l(
        "Percentage, known for almost every neighbourhood. In most it is 5 to 30: higher is poorer."
    ),
    "p_hh_110": _l("Percentage. In most neighbourhoods it is 3 to 25: higher is poorer."),
    "p_hh_li": _l("Percentage. In most neighbourhoods it is 1 to 15: higher is poorer."),
    "p_hh_lkk": _l("Percentage. In most neighbourhoods it is 1 to 15: higher is poorer."),
    "p_hh_hi": _l("Percentage. In most neighbourhoods it is 5 to 45: lower is poorer."),
    "g_ink_pi": _l(
        "In thousands of euros. It is unknown for many neighbourhoods: then that of the district "
        "counts. Lower is poorer."
    ),
    "ses_woa": _l(
        "Wealth, education and work together, from -1 to 1. Around 0 is average, lower is poorer."
    ),
}
"""What a figure looks like, so that a bound can be chosen."""

_IN_THE_LETTER = _l("For a reason that stands in the letter.")

PUBLIC_GROUNDS: Mapping[str, LazyString] = {
    "ceiling": _l("The fund's money is spent."),
    "requirement": _l("The campaign does not meet a condition of the fund."),
    "rule": _l("By the rule of the fund there is less than was computed."),
    "outside_area": _l("The campaign is outside the area or the purpose of the fund."),
    "incomplete": _l("The application was not complete."),
    "campaign_over": _l("The campaign was over before the municipality could decide."),
    "will_not_happen": _l("It is not likely that the plan will happen."),
    "will_not_comply": _IN_THE_LETTER,
    "will_not_account": _IN_THE_LETTER,
    "false_application": _IN_THE_LETTER,
    "insolvent": _IN_THE_LETTER,
    "de_minimis": _l("With this amount there would be more state aid than is allowed."),
    "not_done": _l("The plan was not carried out, or not all of it."),
    "not_complied": _IN_THE_LETTER,
    "false_data": _IN_THE_LETTER,
    "wrong_award": _IN_THE_LETTER,
    "incorrect_award": _IN_THE_LETTER,
    "new_circumstances": _l("The circumstances have changed."),
    "unknown_facts": _IN_THE_LETTER,
    "wrong_determination": _IN_THE_LETTER,
    "duty_after": _IN_THE_LETTER,
    "overpaid": _l("More was paid than there was a right to."),
}
"""Why, for everybody. What judges a person stays between the municipality and that person."""

EXAMPLES: Mapping[str, tuple[LazyString, LazyString]] = {
    "small_gifts": (
        _l("Many small gifts"),
        _l("In a neighbourhood with many low incomes. It reaches the groups that you name."),
    ),
    "average": (_l("An average campaign"), _l("In an average neighbourhood.")),
    "large_gifts": (
        _l("A few large gifts"),
        _l("In a neighbourhood where people have more money."),
    ),
}


def fund_state(code: str) -> str:
    """What a state is called."""
    return str(STATES[code][0])


def fund_tone(code: str) -> str:
    """The tone of a state's badge."""
    return STATES[code][1]


FILTERS: dict[str, Callable[..., object]] = {"fund_state": fund_state, "fund_tone": fund_tone}
"""What templates may call."""

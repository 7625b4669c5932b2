"""Every phrase in English; the same keys as the Dutch ones."""

from voorjebuurt.rulebook.texts.vocabulary import Vocabulary

_CONDITIONS = {
    ">=": "at least {value}",
    "<=": "at most {value}",
    ">": "more than {value}",
    "<": "under {value}",
    "==": "exactly {value}",
    "condition_percentage": "{value}%",
    "condition_crowd": "{amount} from the neighbourhood",
    "condition_crowd_share": "{amount} of the goal from the neighbourhood",
    "condition_goal": "a goal of {amount}",
    "condition_theme": "the theme {themes}",
    "condition_no_theme": "no theme",
    "condition_groups": "reaching the group {groups}",
    "condition_no_groups": "no verified group",
    "condition_first_time": "a first application",
    "condition_not_first_time": "an earlier application",
}

_REASONS = {
    "crowd": "The campaign received {crowd} from {donors}.",
    "crowd_counted": (
        "The campaign received {crowd} in all. Of that, {given} from {donors} counts for the fund."
    ),
    "requirements_met": "The campaign meets all conditions of the fund.",
    "requirement_failed": (
        "The campaign does not meet a condition: {reason}. Needed: {needed}. Found: {found}."
    ),
    "refused": "That is why there is no money from the fund.",
    "base_capped": "At most {cap} per donor counts. Together that is {counted}.",
    "base_ratio": (
        "The fund adds {per_euro} to every euro that counts: {counted} × {ratio} = {base}."
    ),
    "base_large_donors": "A donor counts from {least} in total. There are {number} of them.",
    "base_per_donor": (
        "The fund gives {amount} for every donor who counts: {number} × {amount} = {base}."
    ),
    "base_reached": "With that the threshold is reached. The amount that goes with it is {base}.",
    "base_not_reached": "With that the threshold is not reached, so the amount is {base}.",
    "base_gap": "The goal of {goal} still lacks {base}. The fund fills that.",
    "base_roots": (
        "The rule uses the square root of what each donor gave. All roots together, squared, minus "
        "the gifts themselves, is {base}."
    ),
    "base_roots_bounded": (
        "The rule uses, for every two donors, the square root of what they gave. Donors who give "
        "to many campaigns together count for less together. That makes {base}."
    ),
    "base_one_donor": "With fewer than two donors the amount under this rule is {base}.",
    "area_figure": "In {area}, {indicator} is {figure}. The factor for that is {factor}.",
    "area_figure_of_parent": (
        "There is no figure for {area}, so that of {source} counts: {indicator} is {figure} there. "
        "The factor for that is {factor}."
    ),
    "area_no_figure": "No figure is known for {area} or around it. The factor is then {factor}.",
    "area_share": "{area} (share {share} of the reach)",
    "areas_together": "Added up by their shares, the factor is {factor}.",
    "group": "The campaign reaches the group “{group}”. The factor for that is {factor}.",
    "combined_max": "The highest factor counts: {factor}.",
    "combined_product": "The factors are multiplied: {area} × {group} = {factor}.",
    "no_factor": "There is no increase for this campaign: factor 1.",
    "times_factor": "{base} × {factor} = {product}.",
    "rounded": "Rounded down to whole cents that is {whole}.",
    "cap_project_cents": "A campaign gets at most {cap}.",
    "cap_pct_of_goal": "A campaign gets at most {pct}% of its goal of {goal}: {cap}.",
    "cap_to_gap": "The fund gives no more than what the goal still lacks: {cap}.",
    "claim": "The computed amount is {claim}.",
    "turn_arrival": (
        "In order of arrival the campaign was number {place} of {number}. The fund then still had "
        "{left}."
    ),
    "turn_tender": (
        "In order of assessment (score {score}) the campaign was number {place} of {number}. The "
        "fund then still had {left}."
    ),
    "turn_lottery": (
        "In the lottery the campaign was number {place} of {number}. The fund then still had "
        "{left}."
    ),
    "turn_partial": "That is less than the computed amount. The campaign gets what was left.",
    "turn_empty": "The fund was empty by then. That is why there is no money.",
    "turn_too_small": (
        "That is less than the computed amount, and a part below {least} is not given."
    ),
    "all_fit": "The fund has enough for all campaigns together.",
    "all_fit_pot": "The fund has enough to give every campaign the most that it can get.",
    "pot_short": "All campaigns together can get {total}. The fund has {ceiling}.",
    "share_proportional": "Every campaign gets the same part of its amount: {exact}.",
    "share_level": "Every campaign gets as much, up to its own amount: {level}.",
    "share_level_factor": (
        "Every campaign gets as much times its factor, up to its own amount: "
        "{level} × {factor} = {exact}."
    ),
    "share_pot": "The fund is divided in proportion to {product}. That makes {exact}.",
    "share_full": "The campaign can get no more than {limit}. It gets all of that.",
    "share_last_cents": (
        "Whole cents that are left over go to those who were nearest to a next cent."
    ),
    "live": (
        "Every gift was matched at once, in the order of payment, while there was money in the "
        "fund."
    ),
    "live_short": (
        "The fund was empty for a while. That is why the money is less than the computed amount."
    ),
    "award": "The money from the fund is {award}.",
    "step_matched": "The fund added {match} to the gift of {gift}.",
    "step_matched_partly": (
        "The fund added {match} to the gift of {gift}. There was no more money in the fund."
    ),
    "step_fund_empty": "There was no money left in the fund.",
    "step_up_to_goal": (
        "The fund added {match} to the gift of {gift}. Several funds help this campaign. Together "
        "they never give more than it needs for its goal."
    ),
    "step_not_for_match": (
        "This gift counts for the campaign, but not for the fund. That goes for gifts from the "
        "initiator, the board and the fund itself."
    ),
    "step_after_end": "The campaign was over. What the fund gives was fixed already.",
    "step_requirement": (
        "The campaign does not meet a condition of the fund yet: {reason}. As soon as it does, "
        "this gift counts."
    ),
    "step_cap": "The campaign had the most it can get from the fund already: {cap}.",
    "step_donor_cap": "Of one donor at most {cap} counts. That was reached already.",
    "step_nothing": "By the rule of the fund, nothing was added to this gift.",
    "refund_releases": ("A gift of {gift} was paid back. So {released} goes back to the fund."),
    "refund_releases_nothing": (
        "A gift of {gift} was paid back. The money from the fund stays the same."
    ),
    "refund_after_decision": (
        "A gift of {gift} was paid back after the decision. An officer looks at what that means."
    ),
}

_RULES = {
    "rule_ceiling": "The fund divides at most {ceiling}.",
    "rule_closing": "The money is divided after the closing date.",
    "rule_live": (
        "Every gift is matched at once, in the order of payment, until the fund is empty."
    ),
    "rule_require": (
        "Condition: {needed}. Otherwise there is no money. The reason is then: “{reason}”."
    ),
    "rule_not_matchable": (
        "Gifts from the initiators, their board and the fund itself count for the campaign's goal, "
        "not for the match."
    ),
    "rule_ratio": "The fund adds {per_euro} to every euro from donors.",
    "rule_part_of_euro": "{ratio} euro",
    "rule_donor_cap": "At most {cap} per donor counts, over all their gifts to the campaign.",
    "rule_per_donor": "The fund gives {amount} for every donor.",
    "rule_min_gift": "A donor counts from {least} to a campaign in total.",
    "rule_lump": "The fund gives every campaign {lump}.",
    "rule_lump_when": "The fund gives {lump} to a campaign with {needed}.",
    "rule_lump_when_both": "The fund gives {lump} to a campaign with {needed} and {needed_too}.",
    "rule_pct_of_goal": "{pct}% of the goal",
    "rule_topup": (
        "The fund fills the last {pct}% of the goal, once the neighbourhood has raised the rest."
    ),
    "rule_qf": (
        "How many people give counts for more than how much they give: the square roots of what "
        "the donors gave, added up and squared, minus the gifts themselves."
    ),
    "rule_pair_bound": (
        "Two donors who give to many campaigns together count for less together. The bound for "
        "that is {bound}."
    ),
    "rule_indicator": (
        "Campaigns for neighbourhoods that are often missed get more. What counts is {indicator}."
    ),
    "rule_band_at_least": "If that is {bound} or more, the factor is {factor}.",
    "rule_band_at_most": "If that is {bound} or less, the factor is {factor}.",
    "rule_bands": (
        "If more than one factor fits, the highest counts. If a campaign works in several "
        "neighbourhoods, each counts by its share. If a figure is missing, that of the district or "
        "the municipality counts. If there is no figure anywhere, the factor is 1."
    ),
    "rule_group": "For campaigns that reach the group “{group}” the factor is {factor}.",
    "rule_combine_max": "Of neighbourhood and group the highest factor counts.",
    "rule_combine_product": "The factor of the neighbourhood is multiplied by that of the group.",
    "rule_factor": "The amount is multiplied by the factor. A factor is never below 1.",
    "rule_cap_project": "A campaign gets at most {cap}.",
    "rule_cap_pct": "A campaign gets at most {pct}% of its goal.",
    "rule_cap_gap": "A campaign gets no more than what its goal still lacks.",
    "rule_rounding": "The amount is rounded once: down, to whole cents.",
    "rule_arrival": "Who comes first gets first.",
    "rule_tender": (
        "The campaign with the highest score gets first. With equal scores the highest factor goes "
        "first."
    ),
    "rule_lottery": "A lottery decides who gets first. Everybody can compute it again.",
    "rule_last_in_line": "The last one in line gets the part that is left.",
    "rule_min_partial": (
        "A part of an amount that is below {least} is not given; it stays for those who come next."
    ),
    "rule_proportional": (
        "If there is too little money, every campaign gets the same part of its amount."
    ),
    "rule_waterfill": (
        "If there is too little money, every campaign gets as much, up to its own amount."
    ),
    "rule_waterfill_factor": (
        "If there is too little money, every campaign gets as much times its factor, up to its own "
        "amount."
    ),
    "rule_qf_pot": (
        "If there is too little money, it is divided in proportion to the amounts. What a campaign "
        "can't get goes to the others."
    ),
    "rule_qf_fill": (
        "The whole fund is divided in proportion to the amounts, also beyond the computed amount, "
        "up to the most that a campaign may get."
    ),
    "rule_last_cents": (
        "Whole cents that are left over go to those nearest to a next cent; then in order of "
        "number."
    ),
}

ENGLISH = Vocabulary(
    currency="€",
    decimal_point=".",
    thousands=",",
    phrases=_CONDITIONS | _REASONS | _RULES,
    nouns={
        "donor": ("donor", "donors"),
        "local_donor": (
            "donor from the campaign's own neighbourhood",
            "donors from the campaign's own neighbourhood",
        ),
    },
    words={"and": "and", "or": "or"},
    themes={
        "green": "green",
        "meeting": "meeting",
        "sport": "sport",
        "culture": "culture",
        "sustainable": "sustainable",
        "care": "care",
        "youth": "youth",
    },
    indicators={
        "p_hh_110": "the percentage of households with up to 110% of the social minimum",
        "p_hh_120": "the percentage of households with up to 120% of the social minimum",
        "p_hh_li": "the percentage of households with a low income",
        "p_hh_lkk": "the percentage of households with little purchasing power",
        "p_hh_hi": "the percentage of households with a high income",
        "g_ink_pi": "the mean income per resident (× 1,000 euros)",
        "ses_woa": "the socio-economic score (SES-WOA) of Statistics Netherlands",
    },
)

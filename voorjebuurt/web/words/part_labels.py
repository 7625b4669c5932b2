"""What the parts of a thing are called when somebody else changed them, and what they say now."""

from collections.abc import Mapping
from datetime import date

from flask_babel import get_locale, gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.kernel import text

_l = lazy_gettext

PART_LABELS: Mapping[str, LazyString] = {
    # a monthly gift
    "monthly_cents": _l("Each month"),
    "monthly_status": _l("Whether it is collected"),
    # a campaign
    "title": _l("Name of your plan"),
    "summary": _l("What changes in the neighbourhood?"),
    "for_whom": _l("For whom?"),
    "theme": _l("Theme"),
    "group_name": _l("Name of your group"),
    "municipality": _l("Municipality"),
    "neighbourhood": _l("Neighbourhood"),
    "location": _l("Where exactly?"),
    "budget": _l("Budget"),
    "goal_cents": _l("Goal"),
    "minimum_cents": _l("Minimum"),
    "kind": _l("All or nothing, or every bit helps"),
    "deadline_on": _l("Last day"),
    "extension_days": _l("Whether the last day may move once"),
    "story": _l("Story"),
    "worse_off": _l("Who may be worse off"),
    "leftovers": _l("What happens with money that is left"),
    "needs": _l("What is needed besides money"),
    "needs_in_kind": _l("Help that is asked for"),
    "rewards": _l("Rewards for donors"),
    "pictures": _l("More pictures and the video"),
    "picture_key": _l("Picture"),
    "picture_alt": _l("Description of the picture"),
    "status": _l("State"),
    "penalty": _l("Penalty that was proposed"),
    "ruling": _l("Decision that was proposed"),
    "inquiries": _l("Proof that was asked for"),
    "intentions": _l("What is intended"),
    "last_terms": _l("Last term to account"),
    "plan_requests": _l("Change that was asked for"),
    "sample_percent": _l("Sample"),
    "talk": _l("Messages"),
    "state": _l("State"),
    "initiators": _l("Who runs the campaign"),
    "signer": _l("Who signs for the campaign"),
    "handover": _l("Who is asked to sign"),
    "lines": _l("Budget"),
    "payee_check": _l("What was found"),
    "left_out": _l("What is left out"),
    "asks_rest": _l("Whether people are asked for the rest"),
    "stopped": _l("Whether one can give"),
    "update_title": _l("What is the news?"),
    "update_body": _l("Your update"),
    "audience": _l("Who may read it?"),
    "answer": _l("Answer"),
    "is_there": _l("Question"),
    "is_out": _l("Whether it was published"),
    # a fund
    "name": _l("Name of the fund"),
    "purpose": _l("What is the fund for?"),
    "legal_basis": _l("Legal basis"),
    "opens_on": _l("First day"),
    "closes_on": _l("Last day"),
    "area_codes": _l("Districts and neighbourhoods"),
    "prepaid": _l("When does the municipality pay?"),
    "stacks": _l("Whether it goes together with other funds"),
    "decision_weeks": _l("Weeks to decide on an application"),
    "checklist": _l("Checklist"),
    "lottery_source": _l("Where does the number for a lottery come from?"),
    "sender": _l("What stands at the top of letters?"),
    "scheme_reference": _l("Where the scheme was published"),
    "ceiling_reference": _l("Where the ceiling was published"),
    "objection_address": _l("Where can an objection be sent?"),
    "ceiling_cents": _l("Ceiling"),
    "rules": _l("Rules"),
    "arrangements": _l("Accounting by size"),
    "rehearsal": _l("Rehearsal"),
    "applications_waiting": _l("Applications that wait"),
    "round": _l("Division"),
    "awards": _l("Amounts of the division"),
    # a gift
    "donor_name": _l("Your name"),
    "name_public": _l("Name on the page"),
    "gift_message": _l("Message"),
    "dedication": _l("Whose gift it is"),
    "dedication_name": _l("Name of the group, firm or person"),
    "group_logo": _l("Logo"),
    "dedication_words": _l("A few words with it"),
    "dedication_rest": _l("What goes with whose gift it is"),
    # a case
    "areas": _l("Areas"),
    "score": _l("Score"),
    "score_reason": _l("Reason of the score"),
    "groups": _l("Groups that the applicant named"),
    "verified_groups": _l("Groups that are reached"),
    "groups_evidence": _l("Evidence of the groups"),
    "assigned_to": _l("Who handles it"),
    "team": _l("Team"),
    "reach": _l("Whom it reaches"),
    "undertaking": _l("A business"),
    "de_minimis": _l("Public money in the past three years"),
    "applicant": _l("Applicant’s details"),
    "attachments": _l("Attachments"),
    "accountings": _l("Account of the money"),
    "decisions": _l("Decisions"),
    "own_words": _l("Own words in letters"),
    # a team
    "team_name": _l("Name of the team"),
    "members": _l("Officers in the team"),
    "open_cases": _l("Open cases of the team"),
    "funds": _l("Funds whose applications go to the team"),
    "fund_team": _l("Team for new applications"),
}
"""Part -> its name; every part of ``kernel.versions`` has one (tests/house/test_changes.py)."""

_CODES = frozenset(
    {
        "theme",
        "kind",
        "status",
        "picture_key",
        "rules",
        "municipality",
        "own_words",
        "audience",
        "dedication",
    }
)
"""Texts that are for the program, or that stand beside the form anyway."""


def part_label(name: str) -> str:
    """The name of a part in the language of the reader."""
    return str(PART_LABELS[name])


def part_text(name: str, value: object) -> str | None:
    """What a part says now, where that can be said in words; else None."""
    locale = str(get_locale() or "nl")
    if name in _CODES or isinstance(value, bool):
        return None
    if value in (None, ""):
        return str(gettext("Not filled in"))
    if name.endswith("_cents") and isinstance(value, int):
        return text.euro(value, locale)
    if name == "budget" and isinstance(value, list):
        return "\n".join(f"{what}: {text.euro(cents, locale)}" for what, cents in value)
    if isinstance(value, date):
        return text.day(value, locale)
    return value if isinstance(value, str) else None

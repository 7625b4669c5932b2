"""What a change of an award or a determination says beside its amount (Awb 4:48–4:50). Pure.

On a ground of Awb 4:50 an award changes after a reasonable term, and damage of who relied on it is
paid. Until when a determination can be changed is in ``limits``. Interest says up to which day it
is laid down (4:99).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from voorjebuurt.decisions.rules.grounds import WITH_BREACH, WITH_TERM
from voorjebuurt.decisions.rules.kinds import PLANS, DecisionKind
from voorjebuurt.decisions.rules.plans import PlanTerms
from voorjebuurt.decisions.rules.rates import InterestOrder
from voorjebuurt.kernel.errors import DomainError

TERM_DAYS_MIN = 14
TERM_DAYS_MAX = 366
"""The shortest and the longest reasonable term (Awb 4:50) that this house lets officers give."""


@dataclass(frozen=True)
class ChangeTerms:
    """``effect_on``: the end of the reasonable term of a change by Awb 4:50, until when the new
    amount has room for the old plan; ``compensation_cents``: the damage that is paid for it;
    ``breach_on``: the day on which a duty was not met (4:49); ``interest``: up to which day
    interest is laid down, and by which percentages (4:99); ``plan``: what is decided on a change
    that the applicant asked for.
    """

    effect_on: date | None = None
    compensation_cents: int = 0
    breach_on: date | None = None
    interest: InterestOrder | None = None
    plan: PlanTerms | None = None


NO_TERMS = ChangeTerms()


def refuse_terms(
    kind: DecisionKind, grounds: Collection[str], terms: ChangeTerms, *, today: date
) -> None:
    """Raises ``DomainError`` at ``grounds``, ``effect_on``, ``compensation``, ``breach_on`` or
    ``until`` for what does not go together.
    """
    _refuse_term(kind, grounds, terms, today)
    _refuse_breach(kind, grounds, terms, today)
    _refuse_until(kind, terms, today)
    if (kind in PLANS) != (terms.plan is not None):
        raise DomainError("plan_nothing_open")


def _refuse_term(
    kind: DecisionKind, grounds: Collection[str], terms: ChangeTerms, today: date
) -> None:
    by_4_50 = kind is DecisionKind.AWARD_CHANGE and bool(WITH_TERM.intersection(grounds))
    if by_4_50 and set(grounds) - WITH_TERM:
        # The one works back to the award, the other only from a day that is still to come.
        raise DomainError("grounds_of_two_articles", field="grounds")
    if not by_4_50:
        if terms.effect_on is not None:
            raise DomainError("effect_day_not_for_ground", field="effect_on")
        if terms.compensation_cents:
            raise DomainError("compensation_not_for_ground", field="compensation")
        return
    if terms.effect_on is None:
        raise DomainError("effect_day_missing", field="effect_on")
    days = (terms.effect_on - today).days
    if not TERM_DAYS_MIN <= days <= TERM_DAYS_MAX:
        raise DomainError("effect_day_wrong", field="effect_on", days=TERM_DAYS_MIN)
    if terms.compensation_cents < 0:
        raise DomainError("compensation_wrong", field="compensation")


def _refuse_breach(
    kind: DecisionKind, grounds: Collection[str], terms: ChangeTerms, today: date
) -> None:
    if kind is not DecisionKind.DETERMINATION_CHANGE or WITH_BREACH not in grounds:
        if terms.breach_on is not None:
            raise DomainError("breach_day_not_for_ground", field="breach_on")
        return
    if terms.breach_on is None:
        raise DomainError("breach_day_missing", field="breach_on")
    if terms.breach_on > today:
        raise DomainError("breach_day_wrong", field="breach_on")


def _refuse_until(kind: DecisionKind, terms: ChangeTerms, today: date) -> None:
    """Interest is laid down up to a day that is over, of which the percentage was looked up."""
    if kind not in (DecisionKind.INTEREST, DecisionKind.INTEREST_OWED):
        if terms.interest is not None:
            raise DomainError("interest_day_not_for_kind", field="until")
        return
    if terms.interest is None:
        raise DomainError("interest_day_missing", field="until")
    if terms.interest.until >= today:
        raise DomainError("interest_day_wrong", field="until")
    known_until = terms.interest.table.known_until
    if terms.interest.until > known_until:
        raise DomainError("interest_rate_unknown", field="until", day=known_until)

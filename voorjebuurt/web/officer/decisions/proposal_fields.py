"""The fields that a kind of decision has, in the form that proposes or intends it."""

from typing import Any

from flask_babel import gettext as _
from wtforms import SelectChoice

from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.grounds import GROUNDS
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rulings.preview import DecisionBounds
from voorjebuurt.kernel import text
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.officer.decisions.forms import ProposalForm


def with_fields(form: ProposalForm, bounds: DecisionBounds) -> None:
    """Leave the form only the fields that this kind of decision has, with their choices."""
    if bounds.settled_cents is not None:
        del form.amount
    else:
        form.amount.description = _(
            "Between %(lowest)s and %(highest)s.",
            lowest=text.euro(bounds.lowest_cents, chosen_locale()),
            highest=text.euro(bounds.highest_cents, chosen_locale()),
        )
    if bounds.grounds:
        language = chosen_locale()
        form.grounds.choices = [
            SelectChoice(ground.code, GROUNDS[ground.code].text(language, bounds.kind))
            for ground in bounds.grounds
        ]
    else:
        del form.grounds, form.reason


def with_terms(form: ProposalForm, bounds: DecisionBounds) -> None:
    """Leave it only the terms that go with a change of this kind."""
    if bounds.kind is not DecisionKind.AWARD_CHANGE:
        del form.effect_on, form.compensation
    if bounds.kind is not DecisionKind.DETERMINATION_CHANGE:
        del form.breach_on


def terms_of(form: ProposalForm) -> ChangeTerms:
    """The terms in the fields that there are."""
    return ChangeTerms(
        effect_on=form.effect_on.data if "effect_on" in form else None,
        compensation_cents=form.compensation.data or 0 if "compensation" in form else 0,
        breach_on=form.breach_on.data if "breach_on" in form else None,
    )


def said_values(bounds: DecisionBounds, form: ProposalForm) -> dict[str, Any]:
    """Kind, amount (eurocents), grounds and reason, as the services take them."""
    settled_cents = bounds.settled_cents
    return {
        "kind": bounds.kind,
        "amount_cents": (form.amount.data or 0) if settled_cents is None else settled_cents,
        "grounds": form.grounds.data or [] if "grounds" in form else [],
        "reason": form.reason.data or "" if "reason" in form else "",
    }

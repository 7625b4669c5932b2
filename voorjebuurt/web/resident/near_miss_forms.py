"""What an initiator enters to change the plan of a campaign that nearly made it."""

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField

from voorjebuurt.pledges.near_miss.queries import NearMissPage
from voorjebuurt.pledges.near_miss.rules import MAX_LEFT_OUT, Plan
from voorjebuurt.web.kit.forms.fields import Form, MoneyField, TextAreaField, at_most


class LineForm(wtforms.Form):
    """What one line of the budget becomes; 0 leaves it out."""

    amount = MoneyField(_l("New amount"))


class PlanForm(Form):
    """The changed plan."""

    lines = FieldList(FormField(LineForm))
    left_out = TextAreaField(
        _l("What do you leave out, or do more simply?"),
        description=_l("Needed when the plan becomes smaller. Donors read this when they choose."),
        validators=[at_most(MAX_LEFT_OUT)],
        render_kw={"rows": 4},
    )
    asks_rest = BooleanField(
        _l("Ask for the rest"), description=_l("People can give again while the donors choose.")
    )

    def refuse_raised(self, near_miss: NearMissPage) -> bool:
        """Whether every line has an amount that is not above the old one; else says so there."""
        fields = [entry.form.amount for entry in self.lines.entries]
        for field, line in zip(fields, near_miss.lines, strict=False):
            if field.data is None and not field.errors:
                field.errors = [_("Enter an amount. Enter 0 to leave this out.")]
            elif field.data is not None and field.data > line.old_cents:
                field.errors = [_("An amount can become lower, not higher.")]
        return not any(field.errors for field in fields)

    def validate_with(self, near_miss: NearMissPage) -> bool:
        """Check the form against the budget as it was."""
        valid = self.validate_on_submit()
        return self.refuse_raised(near_miss) and valid

    def plan(self) -> Plan:
        """The plan as the service takes it."""
        cents = [entry.form.amount.data or 0 for entry in self.lines.entries]
        return Plan(cents, self.left_out.data or "", bool(self.asks_rest.data))

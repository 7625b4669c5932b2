"""What money was spent on, row by row, for the forms of who accounts and of who registers it."""

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField
from wtforms.validators import Optional, ValidationError

from voorjebuurt.decisions.accounting.service import SpentLine
from voorjebuurt.decisions.rules.accounting import MAX_LABEL, MAX_LINES
from voorjebuurt.web.kit.forms.fields import MoneyField, OwnMoneyField, StringField, at_most
from voorjebuurt.web.kit.forms.rows import RowsForm


class SpentLineForm(wtforms.Form):
    """One thing the money went to; an empty row is none."""

    label = StringField(_l("What"), validators=[Optional(), at_most(MAX_LABEL)])
    amount = OwnMoneyField(_l("Amount"))

    def validate_label(self, field: StringField) -> None:
        """An amount went to something."""
        if self.amount.data and not field.data:
            raise ValidationError(_l("Enter what this amount was for."))

    def validate_amount(self, field: MoneyField) -> None:
        """Something cost an amount."""
        if self.label.data and not field.data and not field.process_errors:
            raise ValidationError(_l("Enter what this cost."))


class SpendingForm(RowsForm):
    """The rows; without them where only what was done is told."""

    lines = FieldList(FormField(SpentLineForm), min_entries=3, max_entries=MAX_LINES)

    def spent(self) -> list[SpentLine]:
        """The rows as the service takes them."""
        if "lines" not in self:
            return []
        rows = [entry.form for entry in self.lines.entries]
        return [SpentLine(row.label.data, row.amount.data) for row in rows if row.amount.data]

"""Forms with rows of an amount each, which come and go by buttons of the form itself."""

from typing import ClassVar

from flask import request
from wtforms import FieldList

from voorjebuurt.web.kit.forms.fields import Form


class RowsForm(Form):
    """``lines`` are the rows; each has an ``amount`` (eurocents). See ``components/rows.html``."""

    lines: FieldList
    between: ClassVar[frozenset[str]] = frozenset({"add", "remove", "total"})
    """Buttons that send the form and bring it back."""

    def in_between(self) -> bool:
        """Do what a button between the rows asks; False when the form itself was sent."""
        if "lines" not in self:
            return bool(self.between & request.form.keys())
        if "add" in request.form and len(self.lines.entries) < self.lines.max_entries:
            self.lines.append_entry()
        row_name = request.form.get("remove")
        if row_name is not None:
            self.lines.entries = [entry for entry in self.lines.entries if entry.name != row_name]
        return bool(self.between & request.form.keys())

    @property
    def total_cents(self) -> int:
        """The running total of all amounts that can be read."""
        return sum(entry.form.amount.data or 0 for entry in self.lines.entries)

"""The form with which staff give an official file."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Optional

from voorjebuurt.web.kit.forms.fields import Form, at_most, chosen, required, stripped


class YearField(IntegerField):
    """A year in four digits."""

    data: int | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else None
        if text and self.data is None:
            raise ValueError(gettext("Fill in a year, for example 2024."))


class ImportForm(Form):
    """A file, the year it is of, and who publishes it. Its kind is told by its content."""

    file = FileField(
        _l("File"),
        description=_l(
            "As CBS publishes it: key figures (.xlsx or .csv), SES-WOA (.csv), addresses"
            " (pc6hnr…_gwb.csv, unpacked) or a map (.geojson)."
        ),
        validators=[FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".csv,.xlsx,.geojson,.json,.txt"},
    )
    vintage = YearField(
        _l("Year"),
        description=_l("The year of the division into neighbourhoods that the file uses."),
        validators=[chosen(_l("Fill in the year."))],
        render_kw={"inputmode": "numeric", "maxlength": 4},
    )
    source = StringField(
        _l("Source"),
        filters=[stripped],
        validators=[required(_l("Fill in who publishes this file.")), at_most(300)],
    )
    municipality = SelectField(
        _l("Municipality"),
        description=_l("The rest of the file is left out."),
        validators=[Optional()],
    )

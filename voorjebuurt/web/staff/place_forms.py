"""The form with which staff give an official file."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import Optional

from voorjebuurt.web.kit.forms.fields import Form, StringField, YearField, at_most, chosen, required


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
        validators=[chosen(_l("Enter the year."))],
        render_kw={"inputmode": "numeric"},
    )
    source = StringField(
        _l("Source"),
        validators=[required(_l("Enter who publishes this file.")), at_most(300)],
    )
    municipality = SelectField(
        _l("Municipality"),
        description=_l("The rest of the file is left out."),
        validators=[Optional()],
    )

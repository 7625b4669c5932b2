"""The forms with which staff open the site for a municipality, and give an official file."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import Optional

from voorjebuurt.places.service import NAME_MAX_LENGTH
from voorjebuurt.web.kit.forms.fields import Form, StringField, YearField, at_most, chosen, required


class MunicipalityForm(Form):
    """A municipality, by its code at CBS and the name that residents know."""

    code = StringField(
        _l("Code of the municipality"),
        description=_l("The code that CBS gives it: GM and four digits."),
        validators=[
            required(_l("Enter the code of CBS: GM and four digits, such as GM0363.")),
            at_most(20),
        ],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    name = StringField(
        _l("Name of the municipality"),
        description=_l("As residents know it, without the word “gemeente”."),
        validators=[required(_l("Enter the name of the municipality.")), at_most(NAME_MAX_LENGTH)],
        render_kw={"autocomplete": "off"},
    )


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

"""The forms about one decision, and the kinds of decisions as addresses call them."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.matching.application_rules import MAX_LENGTHS
from voorjebuurt.web.forms import Form, MoneyField, at_most, required, stripped

_K = DecisionKind
SLUGS: Mapping[DecisionKind, str] = {
    _K.AWARD: "toekenning",
    _K.PARTIAL_AWARD: "gedeeltelijke-toekenning",
    _K.REFUSAL: "weigering",
    _K.WITHDRAWAL: "intrekking",
    _K.DETERMINATION: "vaststelling",
    _K.LOWER_DETERMINATION: "lagere-vaststelling",
    _K.CLAWBACK: "terugvordering",
}
KINDS_BY_SLUG: Mapping[str, DecisionKind] = {slug: kind for kind, slug in SLUGS.items()}


class ProposalForm(Form):
    """An amount, grounds and a reason; a kind without one of these has its field taken away."""

    amount = MoneyField(_l("Amount"), validators=[InputRequired(_l("Fill in an amount."))])
    grounds = SelectMultipleField(
        _l("Grounds"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[InputRequired(_l("Choose at least one ground."))],
    )
    reason = TextAreaField(
        _l("Reason"),
        description=_l("The applicant reads this in the letter. Write it to them, in plain words."),
        filters=[stripped],
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 6},
    )

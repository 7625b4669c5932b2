"""The forms about what a municipality says of itself in letters."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectChoice, SelectField

from voorjebuurt.ownwords.rules import COURTS, MAX_LENGTHS, Body
from voorjebuurt.web.kit.forms.fields import (
    Form,
    MailAddressField,
    StringField,
    TextAreaField,
    at_most,
)
from voorjebuurt.web.officer.cases.forms import ReasonForm
from voorjebuurt.web.words.wording_labels import BODIES, FIELD_LABELS, PLACE_LABELS


class SenderForm(Form):
    """Who decides, who signs, and what stands above letters."""

    body = RadioField(
        FIELD_LABELS["body"],
        choices=[SelectChoice(body.value, name) for body, name in BODIES.items()],
        default=Body.COLLEGE.value,
        invalid_choice_message=_l("Make a choice."),
    )
    body_name = StringField(
        FIELD_LABELS["body_name"],
        description=_l(
            "Not for the college. As it stands in a sentence: “het bestuur van Stichting "
            "Buurtfonds”."
        ),
        validators=[at_most(MAX_LENGTHS["body_name"])],
    )
    delegation = StringField(
        FIELD_LABELS["delegation"],
        description=_l(
            "Only after delegation: the decision and where it was published (Awb 10:19)."
        ),
        validators=[at_most(MAX_LENGTHS["delegation"])],
    )
    signer_function = StringField(
        FIELD_LABELS["signer_function"],
        description=_l("For example “teamleider Subsidies”."),
        validators=[at_most(MAX_LENGTHS["signer_function"])],
    )
    signer_name = StringField(
        FIELD_LABELS["signer_name"],
        description=_l("Leave this empty for the officer who approved the decision."),
        validators=[at_most(MAX_LENGTHS["signer_name"])],
    )
    organisation = StringField(
        FIELD_LABELS["organisation"],
        description=_l("Leave this empty for “Gemeente” with the name."),
        validators=[at_most(MAX_LENGTHS["organisation"])],
    )
    sender = TextAreaField(
        FIELD_LABELS["sender"],
        description=_l("Department, street and post box, each on a line of its own."),
        validators=[at_most(MAX_LENGTHS["sender"])],
        render_kw={"rows": 4},
    )
    return_address = StringField(
        FIELD_LABELS["return_address"],
        description=_l("One small line above the reader’s address, for the window of an envelope."),
        validators=[at_most(MAX_LENGTHS["return_address"])],
    )


class ContactForm(Form):
    """Whom to call first, and where somebody who disagrees can go."""

    contact_name = StringField(
        FIELD_LABELS["contact_name"],
        description=_l("A person or a team."),
        validators=[at_most(MAX_LENGTHS["contact_name"])],
    )
    contact_phone = StringField(
        FIELD_LABELS["contact_phone"],
        description=_l("Letters say: call us first, also if you doubt the decision."),
        validators=[at_most(MAX_LENGTHS["contact_phone"])],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    contact_email = MailAddressField(
        FIELD_LABELS["contact_email"], render_kw={"autocomplete": "off", "spellcheck": "false"}
    )
    objection_address = TextAreaField(
        FIELD_LABELS["objection_address"],
        description=_l("For objections on paper. Online always works too."),
        validators=[at_most(MAX_LENGTHS["objection_address"])],
        render_kw={"rows": 4},
    )
    court = SelectField(
        FIELD_LABELS["court"],
        description=_l("The court of the area that the municipality is in (Awb 8:7)."),
        choices=[
            SelectChoice("", _l("Choose a court")),
            *(SelectChoice(name, _l("District court %(name)s", name=name)) for name in COURTS),
        ],
    )


class PublicationForm(Form):
    """Where the rules were published, and a budget that is not there yet."""

    scheme_reference = StringField(
        FIELD_LABELS["scheme_reference"],
        description=_l("For example “Gemeenteblad 2026, 12345”. For every fund."),
        validators=[at_most(MAX_LENGTHS["scheme_reference"])],
    )
    ceiling_reference = StringField(
        FIELD_LABELS["ceiling_reference"],
        description=_l("The ceiling is published before the period that it is for (Awb 4:27)."),
        validators=[at_most(MAX_LENGTHS["ceiling_reference"])],
    )
    budget_year = StringField(
        FIELD_LABELS["budget_year"],
        description=_l(
            "Then awards get the condition that the council makes the money available (Awb 4:34). "
            "It lapses when you don’t invoke it within four weeks after the budget is adopted. "
            "Funds that are paid beforehand don’t get it. Make this empty once the budget is "
            "adopted."
        ),
        validators=[at_most(4, quiet=True)],
        render_kw={"inputmode": "numeric", "size": 6},
    )


class LogoForm(Form):
    """The picture above letters."""

    logo = FileField(
        FIELD_LABELS["logo"],
        description=_l(
            "A PNG or JPEG of at most 2 MB. We make it at most 600 by 200 pixels, on white."
        ),
        render_kw={"accept": ".png,.jpg,.jpeg"},
    )
    remove_logo = BooleanField(_l("Remove the logo"))


class PartsForm(Form):
    """The free parts of one kind of letter."""

    opening = TextAreaField(
        PLACE_LABELS["opening"],
        description=_l("Right below the salutation."),
        validators=[at_most(MAX_LENGTHS["opening"])],
        render_kw={"rows": 4},
    )
    explanation = TextAreaField(
        PLACE_LABELS["explanation"],
        description=_l(
            "After the reasons, under the heading “Meer uitleg”. An empty line begins a "
            "new paragraph."
        ),
        validators=[at_most(MAX_LENGTHS["explanation"])],
        render_kw={"rows": 8},
    )
    ending = TextAreaField(
        PLACE_LABELS["ending"],
        description=_l("Above the signature."),
        validators=[at_most(MAX_LENGTHS["ending"])],
        render_kw={"rows": 4},
    )


class GiveBackForm(ReasonForm):
    """What must be different."""

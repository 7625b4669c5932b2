"""Sample data for the style page, which shows every component."""

from datetime import timedelta
from typing import Any

from wtforms import (
    BooleanField,
    EmailField,
    FileField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput

from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.forms.fields import DayField, Form, MoneyField

TOPICS = ("green", "meeting", "sport", "culture", "sustainable", "care", "youth", "other")


class SampleForm(Form):
    """One field of every kind."""

    name = StringField(
        "Uw naam", validators=[InputRequired("Vul uw naam in.")], render_kw={"autocomplete": "name"}
    )
    email = EmailField(
        "Uw e-mailadres",
        description="Hier sturen we uw bewijs van betaling naartoe.",
        validators=[InputRequired("Vul uw e-mailadres in.")],
        render_kw={"autocomplete": "email"},
    )
    amount = RadioField(
        "Hoeveel wilt u geven?",
        choices=[
            SelectChoice("1000", "€ 10"),
            SelectChoice("2500", "€ 25"),
            SelectChoice("5000", "€ 50"),
            SelectChoice("other", "Ander bedrag"),
        ],
        validators=[InputRequired("Kies een bedrag.")],
        default="2500",
    )
    other = MoneyField("Ander bedrag in euro’s", description="Minimaal € 1. Bijvoorbeeld: 35")
    message = TextAreaField("Bericht", description="Iedereen kan dit lezen.")
    neighbourhood = SelectField(
        "Buurt",
        choices=[
            SelectChoice("", "Kies een buurt"),
            SelectChoice("1", "Bloemenbuurt"),
            SelectChoice("2", "De Vaart"),
        ],
    )
    deadline = DayField("Tot en met welke dag?", validators=[InputRequired("Kies een dag.")])
    picture = FileField("Foto", description="JPEG of PNG, hoogstens 8 MB.")
    shown = RadioField(
        "Mogen anderen uw naam zien?",
        choices=[SelectChoice("yes", "Ja, toon mijn naam"), SelectChoice("no", "Nee")],
        validators=[InputRequired("Maak een keuze.")],
    )
    needs = SelectMultipleField(
        "Wat hebt u nog nodig?",
        choices=[
            SelectChoice("hands", "Handen"),
            SelectChoice("material", "Materiaal"),
            SelectChoice("place", "Een plek"),
        ],
        option_widget=CheckboxInput(),
    )
    terms = BooleanField("Ik vind de voorwaarden goed", validators=[InputRequired("Geef aan …")])
    short = StringField("Kort", validators=[Length(max=3, message="Hoogstens 3 tekens.")])

    def validate_other(self, field: MoneyField) -> None:
        """Asks for an amount when another amount was chosen."""
        if self.amount.data == "other" and field.data is None:
            raise ValidationError("Vul een bedrag in, bijvoorbeeld 35.")


def sample_context(form: Form) -> dict[str, Any]:
    """What the style page's template needs beside the usual."""
    now = clock.now()
    return {
        "form": form,
        "topics": TOPICS,
        "now": now,
        "deadline": now + timedelta(days=18),
        "events": [
            {"at": now - timedelta(days=3), "title": "Plan ingediend", "by": "Fatima de Wit"},
            {"at": now - timedelta(days=1), "title": "Vraag gesteld", "text": "Wie geeft water?"},
            {"at": now, "title": "Actie staat online", "tone": "positive", "by": "Coach Jan"},
        ],
    }

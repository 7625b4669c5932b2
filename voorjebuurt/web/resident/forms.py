"""The forms of a pitch. They check shape; what is missing matters when it is submitted."""

from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf.file import FileField
from wtforms import BooleanField, FieldList, FormField, RadioField, SelectChoice, SelectField

from voorjebuurt.campaigns.pitch_steps import Budget, Idea, Line, Story
from voorjebuurt.campaigns.rules import MAX_BUDGET_LINES, MAX_LENGTHS, CampaignKind, Theme
from voorjebuurt.people.rules import NAME_MAX_LENGTH
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    HiddenField,
    MoneyField,
    OwnMoneyField,
    StringField,
    TextAreaField,
    ValidationError,
    at_most,
    email_field,
    required,
)
from voorjebuurt.web.kit.forms.names import OwnName, OwnTitle
from voorjebuurt.web.kit.forms.rows import RowsForm
from voorjebuurt.web.resident.taken_pictures import PICTURE_TYPES, picture_hint
from voorjebuurt.web.words.campaign_labels import KINDS, THEMES

_THEME_CODES = frozenset(theme.value for theme in Theme)


def _line(label: Any, name: str, hint: Any = "", **options: Any) -> StringField:
    return StringField(
        label,
        description=hint,
        validators=[*options.pop("validators", []), at_most(MAX_LENGTHS[name])],
        **options,
    )


def _text(label: Any, name: str, hint: Any = "") -> TextAreaField:
    return TextAreaField(
        label,
        description=hint,
        validators=[at_most(MAX_LENGTHS[name])],
    )


class IdeaForm(Form):
    """The first step. Municipality is only asked when there is more than one."""

    title = _line(
        _l("Name of your plan"),
        "title",
        _l("Short and clear, for example: a bench under the lime tree."),
        validators=[required(_l("Give your plan a name.")), OwnTitle()],
    )
    summary = _text(
        _l("What changes in the neighbourhood?"),
        "summary",
        _l("In two or three sentences. This is at the top of your page."),
    )
    for_whom = _text(_l("For whom?"), "for_whom", _l("Who notices it, and how?"))
    theme = RadioField(
        _l("Theme"),
        choices=[SelectChoice(theme.value, label) for theme, label in THEMES.items()],
        validate_choice=False,
    )
    group_name = _line(
        _l("Name of your group"),
        "group_name",
        _l("Leave this empty if you do it by yourself."),
        validators=[OwnName()],
    )
    municipality = SelectField(
        _l("Municipality"),
        validators=[required(_l("Choose your municipality."))],
        invalid_choice_message=_l("Choose from the list."),
    )

    def idea(self) -> Idea:
        """The step as the service takes it."""
        return Idea(
            title=self.title.data or "",
            summary=self.summary.data or "",
            for_whom=self.for_whom.data or "",
            theme=Theme(self.theme.data) if self.theme.data in _THEME_CODES else None,
            group_name=self.group_name.data or "",
        )


class FirstIdeaForm(IdeaForm):
    """The first step for who isn't signed in: where may we keep you informed?"""

    name = StringField(
        _l("Your name"),
        validators=[required(_l("Enter your name.")), at_most(NAME_MAX_LENGTH), OwnName()],
        render_kw={"autocomplete": "name"},
    )
    email = email_field()


class PlaceForm(Form):
    """The second step: a neighbourhood, found by an address or chosen from the list.

    ``found`` is for an address that lies in more than one.
    """

    postcode = StringField(_l("Postcode"), validators=[at_most(12)])
    number = StringField(_l("House number"), validators=[at_most(12)])
    found = RadioField(
        _l("This address is in more than one neighbourhood. Which one is it?"),
        validate_choice=False,
    )
    neighbourhood = SelectField(
        _l("Neighbourhood"), invalid_choice_message=_l("Choose from the list.")
    )
    location = _line(
        _l("Where exactly?"),
        "location",
        _l("A street, a square or a building, for example: Rozenplein, beside the school."),
    )


class LineForm(wtforms.Form):
    """One line of the budget; an empty one is no line."""

    what = _line(_l("What"), "label")
    amount = OwnMoneyField(_l("Amount"))

    def validate_what(self, field: StringField) -> None:
        """An amount is for something."""
        if self.amount.data and not field.data:
            raise ValidationError(_l("Enter what this amount is for."))

    def validate_amount(self, field: MoneyField) -> None:
        """Something costs an amount."""
        if self.what.data and not field.data and not field.process_errors:
            raise ValidationError(_l("Enter what this costs."))


class BudgetForm(RowsForm):
    """The third step. Rows come and go by buttons of the form itself."""

    lines = FieldList(FormField(LineForm), min_entries=3, max_entries=MAX_BUDGET_LINES)
    goal = MoneyField(
        _l("How much do you want to raise?"),
        description=_l("Leave this empty, and it follows the total of your budget."),
    )
    kind = RadioField(
        _l("And if there is less?"),
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
        invalid_choice_message=_l("Make a choice."),
    )
    minimum = MoneyField(
        _l("How much is needed at least?"),
        description=_l(
            "Only with “all or nothing”. Leave this empty if you need the whole amount."
        ),
    )
    deadline = DayField(_l("Last day on which people can give"))
    may_extend = BooleanField(_l("We want to be able to move the last day once"))

    def budget(self) -> Budget:
        """The step as the service takes it."""
        rows = [entry.form for entry in self.lines.entries]
        return Budget(
            lines=[Line(row.what.data, row.amount.data) for row in rows if row.amount.data],
            goal_cents=self.goal.data,
            minimum_cents=self.minimum.data,
            kind=CampaignKind(self.kind.data),
            deadline_on=self.deadline.data,
            may_extend=self.may_extend.data,
        )


class StoryForm(Form):
    """The fourth step. ``picture_key`` holds what was uploaded while the rest isn't saved yet."""

    story = _text(_l("Your story"), "story", _l("What is it like now? What will you do?"))
    picture = FileField(
        _l("Picture"),
        description=LazyString(picture_hint),
        render_kw={"accept": PICTURE_TYPES},
    )
    picture_key = HiddenField()
    remove_picture = BooleanField(_l("Remove this picture"))
    picture_alt = _line(
        _l("What can be seen in the picture?"),
        "picture_alt",
        _l("For people who can't see it, for example: an empty square of grey tiles."),
    )
    worse_off = _text(
        _l("Who could be worse off by your plan?"),
        "worse_off",
        _l("Think of noise, parking, people who see it differently. What do you do about that?"),
    )
    leftovers = _text(
        _l("What happens if money is left?"),
        "leftovers",
        _l("And what happens with the things you bought, if your group stops?"),
    )
    needs = _text(
        _l("What else do you need?"),
        "needs",
        _l("Hands, materials, a room, knowledge: neighbours can help with more than money."),
    )

    def as_story(self) -> Story:
        """The step as the service takes it."""
        return Story(
            story=self.story.data or "",
            worse_off=self.worse_off.data or "",
            leftovers=self.leftovers.data or "",
            needs=self.needs.data or "",
            picture_key=self.picture_key.data or None,
            picture_alt=self.picture_alt.data or "",
        )


class AnswerForm(Form):
    """The initiator's answer to a coach."""

    body = _text(_l("Your answer"), "note")


class EmptyForm(Form):
    """A button."""

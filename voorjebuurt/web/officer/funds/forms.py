"""The forms of a fund beside its rules. They check shape; publishing asks for what is missing."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput

from voorjebuurt.matching.funds.details import FundDetails
from voorjebuurt.matching.funds.states import MAX_CHECKLIST, MAX_LENGTHS
from voorjebuurt.places.areas import AreaName
from voorjebuurt.rulebook.presets import Preset
from voorjebuurt.web.kit.forms.fields import (
    CountField,
    DayField,
    Form,
    MoneyField,
    StringField,
    TextAreaField,
    ValidationError,
    at_most,
    required,
)


def _name_field() -> StringField:
    return StringField(
        _l("Name of the fund"),
        description=_l("As residents will read it, for example: Neighbourhood fund Waterdal."),
        validators=[required(_l("Give the fund a name.")), at_most(MAX_LENGTHS["name"])],
    )


class StartFundForm(Form):
    """What a fund begins with; the rest follows on its own page."""

    municipality_id = SelectField(_l("Municipality"), validate_choice=True)
    name = _name_field()
    ceiling_cents = MoneyField(
        _l("Ceiling"),
        description=_l("The most that this fund gives, to all campaigns together."),
    )
    preset = RadioField(
        _l("With which rules do you begin?"),
        choices=[
            SelectChoice(Preset.RECOMMENDED.value, _l("The recommended rules")),
            SelectChoice(Preset.FIRST_COME.value, _l("A euro for every euro, who comes first")),
        ],
        default=Preset.RECOMMENDED.value,
        invalid_choice_message=_l("Make a choice."),
    )

    def validate_ceiling_cents(self, field: MoneyField) -> None:
        """A fund has money."""
        if not field.data and not field.process_errors:
            raise ValidationError(_l("Enter an amount above zero."))


class FundForm(Form):
    """The details of a draft."""

    name = _name_field()
    purpose = TextAreaField(
        _l("What is the fund for?"),
        description=_l("In two or three sentences. This is at the top of its public page."),
        validators=[at_most(MAX_LENGTHS["purpose"])],
        render_kw={"rows": 4},
    )
    legal_basis = StringField(
        _l("Legal basis"),
        description=_l(
            "The regulation and the decision that set this ceiling. It stands in every letter."
        ),
        validators=[at_most(MAX_LENGTHS["legal_basis"])],
    )
    scheme_reference = StringField(
        _l("Where the scheme was published"),
        description=_l("For example “Gemeenteblad 2026, 12345”."),
        validators=[at_most(MAX_LENGTHS["scheme_reference"])],
    )
    ceiling_reference = StringField(
        _l("Where the ceiling was published"),
        description=_l("Empty: what the municipality’s letters say. It stands in every letter."),
        validators=[at_most(MAX_LENGTHS["ceiling_reference"])],
    )
    opens_on = DayField(_l("First day"), description=_l("After today: rules are public first."))
    closes_on = DayField(_l("Last day"), description=_l("People can apply until midnight."))
    scope = RadioField(
        _l("For which campaigns?"),
        choices=[
            SelectChoice("all", _l("In the whole municipality")),
            SelectChoice("some", _l("In these parts:")),
        ],
        default="all",
        validate_choice=False,
    )
    area_codes = SelectMultipleField(
        _l("Districts and neighbourhoods"), option_widget=CheckboxInput(), validate_choice=False
    )
    prepaid = RadioField(
        _l("When does the municipality pay?"),
        choices=[
            SelectChoice("yes", _l("Beforehand: the municipality pays the fund first")),
            SelectChoice("no", _l("Afterwards: what was awarded and is owed")),
        ],
        default="yes",
        validate_choice=False,
    )
    stacks = BooleanField(
        _l("Campaigns with money of another fund may have money of this one too"),
        description=_l("Gifts and all funds together never pass a campaign's goal."),
    )
    decision_weeks = CountField(
        _l("Weeks to decide on an application"), description=_l("By law that is eight at most.")
    )
    checklist = TextAreaField(
        _l("What do you check for each application?"),
        description=_l(
            "At most %(checks)s checks, one on each line, of at most %(length)s characters."
            " All must be met before an application counts.",
            checks=MAX_CHECKLIST,
            length=MAX_LENGTHS["checklist_item"],
        ),
        validators=[at_most(MAX_CHECKLIST * (MAX_LENGTHS["checklist_item"] + 1), quiet=True)],
        render_kw={"rows": 6},
    )
    lottery_source = StringField(
        _l("Where does the number for a lottery come from?"),
        description=_l(
            "Only for rules with a lottery. Something that nobody can know beforehand and that "
            "everybody can look up, for example: the closing price of the AEX on the first trading "
            "day after the fund closes."
        ),
        validators=[at_most(MAX_LENGTHS["lottery_source"])],
    )
    sender = TextAreaField(
        _l("What stands at the top of letters?"),
        description=_l(
            "Department, address, telephone or email, each on a line of its own. The "
            "municipality’s own letters go before this."
        ),
        validators=[at_most(MAX_LENGTHS["sender"])],
        render_kw={"rows": 4},
    )
    objection_address = TextAreaField(
        _l("Where can an objection be sent?"),
        description=_l("The address in the municipality’s own letters goes before this."),
        validators=[at_most(MAX_LENGTHS["objection_address"])],
        render_kw={"rows": 3},
    )

    @classmethod
    def showing(cls, details: FundDetails, areas: Iterable[AreaName]) -> "FundForm":
        """The form with these details, offering these areas."""
        form = cls(
            data={
                **vars(details),
                "scope": "some" if details.area_codes else "all",
                "area_codes": list(details.area_codes),
                "prepaid": "yes" if details.prepaid else "no",
                "checklist": "\n".join(details.checklist),
            }
        )
        form.area_codes.choices = [SelectChoice(area.code, area.name) for area in areas]
        return form

    def validate_area_codes(self, field: SelectMultipleField) -> None:
        """A part of the municipality is at least one area."""
        if self.scope.data == "some" and not field.data:
            raise ValidationError(_l("Choose at least one district or neighbourhood."))

    def details(self) -> FundDetails:
        """The form as the service takes it."""
        lines = (line.strip() for line in (self.checklist.data or "").splitlines())
        return FundDetails(
            name=self.name.data or "",
            purpose=self.purpose.data or "",
            legal_basis=self.legal_basis.data or "",
            scheme_reference=self.scheme_reference.data or "",
            ceiling_reference=self.ceiling_reference.data or "",
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            area_codes=tuple(self.area_codes.data or ()) if self.scope.data == "some" else (),
            prepaid=self.prepaid.data != "no",
            stacks=bool(self.stacks.data),
            decision_weeks=self.decision_weeks.data or 0,
            checklist=tuple(line for line in lines if line),
            lottery_source=self.lottery_source.data or "",
            sender=self.sender.data or "",
            objection_address=self.objection_address.data or "",
        )


def one_of(text: str | None, ids: Iterable[UUID]) -> UUID | None:
    """The id that was chosen, if it is one of these."""
    return next((candidate for candidate in ids if str(candidate) == text), None)


class ReasonForm(Form):
    """Why something is done that people notice."""

    reason = TextAreaField(
        _l("Why?"),
        validators=[required(_l("Give a reason.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 3},
    )


class PublishForm(Form):
    """Publishing: a reason where the rules were not rehearsed."""

    unrehearsed_reason = TextAreaField(
        _l("Why do you publish these rules without a rehearsal?"),
        validators=[at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 3},
    )


class VersionForm(PublishForm):
    """A later version: what changes."""

    change = TextAreaField(
        _l("What changes, and why?"),
        description=_l("Everybody can read this on the page of the fund."),
        validators=[required(_l("Tell what changes, and why.")), at_most(MAX_LENGTHS["reason"])],
        render_kw={"rows": 3},
    )

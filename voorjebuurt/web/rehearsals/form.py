"""The form of a rehearsal, for staff and for officers: which rules, against which, on what."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from wtforms import Field, RadioField, SelectChoice, SelectField, ValidationError
from wtforms.validators import Optional

from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.matching.rehearsal.choices import (
    PRESET,
    RulesetChoice,
    fund_choices,
    fund_ruleset,
    preset_ruleset,
)
from voorjebuurt.matching.rehearsal.requests import FactsText, RulesetText
from voorjebuurt.matching.rehearsal.states import Source
from voorjebuurt.rulebook.parsing.faults import Fault
from voorjebuurt.rulebook.presets import Preset
from voorjebuurt.web.kit.forms.fields import Form, MoneyField, chosen
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.words.rehearsal_labels import PRESETS, preset_key

FILE, NOTHING = "file", "none"
_MAX_FILE = 20 * 1024 * 1024
_MAX_FAULTS = 8
_JSON = {"accept": ".json,application/json"}


class RehearsalForm(Form):
    """Everything that a rehearsal needs. Who may choose what is for ``offer`` to say."""

    rules = SelectField(_l("Which rules do you want to rehearse?"), validators=[chosen()])
    rules_file = FileField(
        _l("File with rules"),
        description=_l("Only if you chose a file above: rules as matchregel/1."),
        render_kw=_JSON,
    )
    against = SelectField(
        _l("Compare them with"), default=preset_key(Preset.FIRST_COME), validators=[chosen()]
    )
    against_file = FileField(
        _l("File with the rules to compare with"),
        description=_l("Only if you chose a file above."),
        render_kw=_JSON,
    )
    ceiling = MoneyField(
        _l("How much money is there to divide?"),
        description=_l("For the example rules. Rules of a fund have their own ceiling."),
    )
    source = RadioField(
        _l("On which campaigns?"),
        choices=[
            SelectChoice(Source.PAST.value, _l("Past campaigns of the municipality")),
            SelectChoice(Source.FILE.value, _l("Campaigns in a file")),
        ],
        default=Source.PAST.value,
        validators=[chosen()],
    )
    municipality_id = SelectField(_l("Municipality"), validators=[Optional()])
    facts_file = FileField(
        _l("File with campaigns"),
        description=_l("Only if you chose a file above: facts as for matchregel/1."),
        render_kw=_JSON,
    )

    def offer(
        self, funds: Sequence[RulesetChoice], municipalities: Sequence[tuple[str, str]]
    ) -> None:
        """Fill the lists with what this person may choose."""
        presets = [(preset_key(preset), PRESETS[preset]) for preset in Preset]
        rules_of_funds = [(choice.key, _fund_label(choice)) for choice in funds]
        pairs = [*presets, *rules_of_funds, (FILE, _("Rules in a file"))]
        both = [SelectChoice(*pair) for pair in pairs]
        self.rules.choices = both
        self.against.choices = [
            SelectChoice(NOTHING, _("Nothing: only show these rules")),
            *both,
        ]
        self.municipality_id.choices = [SelectChoice(*pair) for pair in municipalities]

    def validate_ceiling(self, field: MoneyField) -> None:
        """The example rules need an amount."""
        presets = {self.rules.data or "", self.against.data or ""}
        if any(key.startswith(PRESET) for key in presets) and not field.data:
            raise ValidationError(_("Enter how much money there is to divide."))

    def validate_rules_file(self, field: FileField) -> None:
        """A chosen file must be there."""
        _check_file(field, self.rules.data == FILE)

    def validate_against_file(self, field: FileField) -> None:
        """A chosen file must be there."""
        _check_file(field, self.against.data == FILE)

    def validate_facts_file(self, field: FileField) -> None:
        """A chosen file must be there."""
        _check_file(field, self.source.data == Source.FILE)

    @property
    def municipality(self) -> UUID | None:
        """The chosen municipality."""
        return UUID(self.municipality_id.data) if self.municipality_id.data else None

    def chosen_rules(
        self, session: Session, field: SelectField, file: FileField, mine: Collection[UUID] | None
    ) -> RulesetText:
        """The rules that one of the lists chose, with their name."""
        key = str(field.data)
        if key == FILE:
            return RulesetText(_text(file.data), _name(file.data))
        kind, _sep, name = key.partition(":")
        if kind == PRESET:
            return preset_ruleset(Preset(name), self.ceiling.data or 0)
        return fund_ruleset(session, key, mine)

    def chosen_facts(self) -> FactsText | None:
        """The facts in a file; None for past campaigns."""
        if self.source.data != Source.FILE:
            return None
        return FactsText(_text(self.facts_file.data), _name(self.facts_file.data))

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Put what does not validate at the field it came from."""
        language = chosen_locale()
        for root, list_, file in (
            ("rules", self.rules, self.rules_file),
            ("against", self.against, self.against_file),
            ("facts", self.source, self.facts_file),
        ):
            mine = [fault for fault in faults if _is_in(fault.path, root)]
            surplus = sum(_number_of(fault) for fault in mine[_MAX_FAULTS:])
            messages = [f"{fault.path}: {fault.message(language)}" for fault in mine[:_MAX_FAULTS]]
            if surplus:
                messages.append(_("And %(number)s more.", number=format_decimal(surplus)))
            field = file if list_.data == FILE else list_
            field.errors = [*field.errors, *messages]


def offered(
    session: Session, mine: Collection[UUID] | None, municipalities: Sequence[tuple[str, str]]
) -> RehearsalForm:
    """The form for somebody who may use the funds of ``mine`` (None: of everybody)."""
    form = RehearsalForm()
    form.offer(fund_choices(session, mine), municipalities)
    return form


def _fund_label(choice: RulesetChoice) -> str:
    if choice.number is None:
        return str(_("%(fund)s (draft)", fund=choice.fund))
    return str(_("%(fund)s, version %(number)s", fund=choice.fund, number=choice.number))


def _number_of(fault: Fault) -> int:
    """How many faults it stands for: the last of many is the number of those not kept."""
    return int(str(fault.values["number"])) if fault.code == "more_faults" else 1


def _is_in(path: str, root: str) -> bool:
    return path == root or path.startswith((f"{root}.", f"{root}["))


def _check_file(field: Field, is_required: bool) -> None:
    has_file = isinstance(field.data, FileStorage) and bool(field.data.filename)
    if is_required and not has_file:
        raise ValidationError(_("Choose a file."))
    if has_file and _size(field.data) > _MAX_FILE:
        raise ValidationError(_("This file is too large. Choose one of at most 20 MB."))


def _size(file: FileStorage) -> int:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def _text(file: FileStorage) -> str:
    """What is not UTF-8 is no JSON either: the reader says so."""
    content: bytes = file.read()
    return content.decode("utf-8-sig", errors="replace")


def _name(file: FileStorage) -> str:
    return clean_line(file.filename or "")[:100]

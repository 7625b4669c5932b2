"""The rule builder: every choice shows its sentence, and what it does on three examples."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.matching.funds.builder.choices import ruleset_json
from voorjebuurt.matching.funds.builder.reading import choices_of
from voorjebuurt.matching.funds.drafts import save_ruleset
from voorjebuurt.matching.funds.parts import ruleset_parts
from voorjebuurt.matching.funds.queries import fund_by_id
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.presets import PRESETS, Preset
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import carried_out
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.builder.faults import place_faults
from voorjebuurt.web.officer.funds.builder.form import RulesetForm
from voorjebuurt.web.officer.funds.builder.reading import allowed_ruleset, ruleset_reading
from voorjebuurt.web.officer.funds.versions import fund_version
from voorjebuurt.web.words.fund_labels import (
    BASE_NOTES,
    DIVIDE_NOTES,
    EXAMPLES,
    INDICATOR_NOTES,
    NEEDS,
)


@blueprint.route("/fondsen/<uuid:fund_id>/regels", methods=["GET", "POST"])
def edit_rules(fund_id: UUID) -> ResponseReturnValue:
    """Build the rules; only the button that saves saves them."""
    with reading() as session:
        version = fund_version(session, fund_id, ruleset_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
    if fund.status not in EDITABLE | VERSIONED:
        abort(404)
    form = RulesetForm.showing(choices_of(jsontext.parse(fund.draft_rules)))
    form.allow(the_settings().matching.indicators)
    preset_name = request.form.get("preset", "")
    if preset_name in {preset.value for preset in Preset}:
        form = _begin_again(form, Preset(preset_name))
        ruleset = _read(form)
    elif request.method == "POST" and form.in_between():
        ruleset = None
    elif request.method == "GET" or form.validate_on_submit():
        ruleset = _read(form)
    else:
        ruleset = None
    form.version = version
    if ruleset is not None and "save" in request.form and _save(fund_id, form):
        flash(_("The rules are saved."), "ok")
        return redirect(url_for("officer.edit_rules", fund_id=fund_id))
    return render_template(
        "officer/funds/rules.html",
        fund=fund,
        form=form,
        read=ruleset_reading(ruleset) if ruleset is not None and not form.errors else None,
        examples=EXAMPLES,
        need_names=NEEDS,
        indicator_notes=INDICATOR_NOTES,
        base_notes=BASE_NOTES,
        divide_notes=DIVIDE_NOTES,
    )


def _begin_again(form: RulesetForm, preset: Preset) -> RulesetForm:
    """Rules with a name in place of what was chosen, with the same ceiling; not saved yet."""
    ceiling = form.ceiling_cents.data or 1
    fresh_form = RulesetForm.showing(choices_of(PRESETS[preset](ceiling)), afresh=True)
    fresh_form.allow(the_settings().matching.indicators)
    return fresh_form


def _read(form: RulesetForm) -> Ruleset | None:
    """The rules that the form makes, or None with every fault at its field."""
    try:
        return allowed_ruleset(ruleset_json(form.choices()))
    except RefusedError as error:
        place_faults(form, error.faults)
        return None


def _save(fund_id: UUID, form: RulesetForm) -> bool:
    return carried_out(
        form,
        lambda session: save_ruleset(
            session,
            fund_id=fund_id,
            rules=ruleset_json(form.choices()),
            indicators=the_settings().matching.indicators,
            actor=current_actor(),
        ),
    )

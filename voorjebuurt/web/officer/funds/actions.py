"""What an officer does with a fund: rehearse, publish, a new version, withdraw, close early."""

from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.matching.funds.ceilings import ceiling_of_filed
from voorjebuurt.matching.funds.details import details_of
from voorjebuurt.matching.funds.parts import pot_parts, publication_parts
from voorjebuurt.matching.funds.publication import publish_fund, publish_version, withdraw_fund
from voorjebuurt.matching.funds.queries import (
    differs,
    fund_by_id,
    fund_gaps,
    fund_row,
    latest_version,
)
from voorjebuurt.matching.funds.schedule import close_early
from voorjebuurt.matching.rehearsal.requests import RulesetText, ask_rehearsal
from voorjebuurt.places.areas import area_names
from voorjebuurt.rulebook.presets import first_come
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.ruleset_sentences import sentences_of
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.builder.reading import is_allowed
from voorjebuurt.web.officer.funds.forms import PublishForm, ReasonForm, VersionForm
from voorjebuurt.web.officer.funds.versions import fund_version
from voorjebuurt.web.words.written import as_written


@blueprint.post("/fondsen/<uuid:fund_id>/oefenen")
def rehearse_fund(fund_id: UUID) -> ResponseReturnValue:
    """Rehearse the draft's rules on past campaigns, beside what is public or plain 1:1."""
    with reading() as session:
        fund = fund_by_id(session, fund_id) or abort(404)
        version = latest_version(session, fund_id)
    rules = jsontext.parse(fund.draft_rules)
    plain = jsontext.canonical(first_come(rules["ceiling_cents"]))
    against = RulesetText(version.rules, fund.name) if version else RulesetText(plain, "first_come")
    do(
        lambda session: ask_rehearsal(
            session,
            municipality_id=fund.municipality_id,
            rules=RulesetText(fund.draft_rules, fund.name),
            against=against,
            facts=None,
            indicators=the_settings().matching.indicators,
            actor=current_actor(),
        ),
        message=_("The rehearsal has begun. Its outcome comes here."),
    )
    return redirect(url_for("officer.show_fund", fund_id=fund_id))


@blueprint.route("/fondsen/<uuid:fund_id>/publiceren", methods=["GET", "POST"])
def publish_draft(fund_id: UUID) -> ResponseReturnValue:
    """Show exactly what becomes public and is frozen; then publish."""
    with reading() as session:
        version = fund_version(session, fund_id, publication_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
        areas = area_names(session, fund.area_codes)
        gaps = fund_gaps(session, fund)
    if gaps or not is_allowed(fund.draft_rules):
        return redirect(url_for("officer.show_fund", fund_id=fund_id))
    form = PublishForm()
    form.version = version
    return ask(
        Question(
            title=_("Publish “%(name)s”?", name=fund.name),
            button=_("Publish the fund"),
            done=_("The fund is published. Everybody can read its rules."),
            about=as_written(fund.name),
            back=url_for("officer.show_fund", fund_id=fund_id),
            warning=_("From then on this stands. Nobody can change it any more."),
        ),
        form,
        lambda session: publish_fund(
            session,
            fund_id=fund_id,
            unrehearsed_reason=form.unrehearsed_reason.data or "",
            indicators=the_settings().matching.indicators,
            actor=current_actor(),
        ),
        template="officer/funds/publish.html",
        fund=fund,
        details=details_of(fund),
        areas=areas,
        rule_sentences=sentences_of(fund.draft_rules),
    )


@blueprint.route("/fondsen/<uuid:fund_id>/nieuwe-versie", methods=["GET", "POST"])
def publish_next(fund_id: UUID) -> ResponseReturnValue:
    """Show the rules as they are and as they will be; then publish them as a new version."""
    with reading() as session:
        page_version = fund_version(session, fund_id, publication_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
        version = latest_version(session, fund_id)
        row = fund_row(session, fund_id)
        filed_cents = ceiling_of_filed(session, fund_id)
    if version is None or not differs(fund, version):
        return redirect(url_for("officer.show_fund", fund_id=fund_id))
    ceiling_cents = jsontext.parse(fund.draft_rules)["ceiling_cents"]
    form = VersionForm()
    form.version = page_version
    return ask(
        Question(
            title=_("Publish new rules for “%(name)s”?", name=fund.name),
            button=_("Publish the new version"),
            done=_("The new version is published. It is for applications from now on."),
            about=as_written(fund.name),
            back=url_for("officer.show_fund", fund_id=fund_id),
            warning=_("Applications that came in before keep the rules that were public then."),
        ),
        form,
        lambda session: publish_version(
            session,
            fund_id=fund_id,
            change=form.change.data or "",
            unrehearsed_reason=form.unrehearsed_reason.data or "",
            indicators=the_settings().matching.indicators,
            actor=current_actor(),
        ),
        template="officer/funds/version.html",
        fund=fund,
        row=row,
        ceiling_cents=ceiling_cents,
        filed_cents=filed_cents if filed_cents > ceiling_cents else None,
        rule_sentences=sentences_of(fund.draft_rules),
        before=sentences_of(version.rules),
        arrangements_before=version.arrangements,
        sample_before=version.sample_percent,
    )


@blueprint.route("/fondsen/<uuid:fund_id>/intrekken", methods=["GET", "POST"])
def withdraw_draft(fund_id: UUID) -> ResponseReturnValue:
    """Take back a fund that has not opened."""
    form = ReasonForm()
    with reading() as session:
        form.version = fund_version(session, fund_id, pot_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
    return ask(
        Question(
            title=_("Withdraw this fund?"),
            button=_("Withdraw the fund"),
            done=_("The fund is withdrawn."),
            about=as_written(fund.name),
            back=url_for("officer.show_fund", fund_id=fund_id),
            says=(
                _("A fund that is public disappears from the site. Nobody has applied yet."),
                _("What was written stays in the file, with your reason."),
            ),
            tone="danger",
        ),
        form,
        lambda session: withdraw_fund(
            session, fund_id=fund_id, reason=form.reason.data or "", actor=current_actor()
        ),
        template="officer/question.html",
        fund=fund,
    )


@blueprint.route("/fondsen/<uuid:fund_id>/sluiten", methods=["GET", "POST"])
def close_empty(fund_id: UUID) -> ResponseReturnValue:
    """Close a live fund that is empty before its last day."""
    form = ReasonForm()
    with reading() as session:
        form.version = fund_version(session, fund_id, pot_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
    return ask(
        Question(
            title=_("Close this fund now?"),
            button=_("Close the fund"),
            done=_("The fund is closed."),
            about=as_written(fund.name),
            back=url_for("officer.show_fund", fund_id=fund_id),
            says=(
                _("All money is reserved or granted. Who applies now can get nothing."),
                _("Applications that are in are decided as always."),
            ),
        ),
        form,
        lambda session: close_early(
            session, fund_id=fund_id, reason=form.reason.data or "", actor=current_actor()
        ),
        template="officer/question.html",
        fund=fund,
    )

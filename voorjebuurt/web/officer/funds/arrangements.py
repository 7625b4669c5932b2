"""How a fund's subsidies are accounted for, by their size: the form of a draft."""

from collections.abc import Iterator
from itertools import pairwise
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.matching.arrangements import Band, Way, bands_of
from voorjebuurt.matching.funds.arranging import save_arrangements
from voorjebuurt.matching.funds.parts import arrangement_parts
from voorjebuurt.matching.funds.queries import fund_by_id
from voorjebuurt.matching.funds.states import EDITABLE, VERSIONED
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import CountField, Form, MoneyField, ValidationError
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.funds.versions import fund_version

_NAMES = {
    Way.DIRECT: "direct_below",
    Way.EX_OFFICIO: "ex_officio_below",
    Way.ACTIVITIES: "activities_below",
}


class ArrangementsForm(Form):
    """Up to which amount each lighter way holds; above all of them it is by costs."""

    direct_below = MoneyField(
        _l("Final at once, below"),
        description=_l("The award is the final decision. Nothing is accounted for."),
    )
    ex_officio_below = MoneyField(
        _l("Determined by the municipality, below"),
        description=_l(
            "Nothing is accounted for. After the term two officers determine the amount; they may "
            "ask for proof."
        ),
    )
    activities_below = MoneyField(
        _l("By telling what was done, below"),
        description=_l("A story, with photos if people want. No receipts."),
    )

    sample_percent = CountField(
        _l("Sample, in percent"),
        description=_l(
            "Of so many in a hundred cases that the municipality determines, proof is asked. A "
            "draw decides which ones. 0 or empty: none."
        ),
    )

    @classmethod
    def showing(cls, bands: tuple[Band, ...], sample_percent: int) -> "ArrangementsForm":
        """The form with these bands, each of which ends where the next begins, and the sample."""
        ends = {
            _NAMES[band.way]: after.from_cents
            for band, after in pairwise(bands)
            if band.way in _NAMES
        }
        return cls(data={**ends, "sample_percent": sample_percent or None})

    def bands(self) -> list[Band]:
        """The bands that these amounts make."""
        bands, begin = [], 0
        for way, field in self._filled():
            bands.append(Band(begin, way))
            begin = field.data or 0
        return [*bands, Band(begin, Way.COSTS)]

    def validate_direct_below(self, field: MoneyField) -> None:
        """Above zero, where it is filled in."""
        self._ascending(field)

    def validate_ex_officio_below(self, field: MoneyField) -> None:
        """Above the one before it, too."""
        self._ascending(field)

    def validate_activities_below(self, field: MoneyField) -> None:
        """Above both before it, too."""
        self._ascending(field)

    def _ascending(self, field: MoneyField) -> None:
        if field.data is None:
            return
        lower = 0
        for _way, other in self._filled():
            if other is field:
                break
            lower = max(lower, other.data or 0)
        if field.data <= lower:
            message = (
                _l("Enter an amount above the one before it.")
                if lower
                else _l("Enter an amount above zero.")
            )
            raise ValidationError(message)

    def _filled(self) -> Iterator[tuple[Way, MoneyField]]:
        for way, name in _NAMES.items():
            if self[name].data is not None:
                yield way, self[name]


@blueprint.route("/fondsen/<uuid:fund_id>/verantwoorden", methods=["GET", "POST"])
def edit_arrangements(fund_id: UUID) -> ResponseReturnValue:
    """The bands of a draft, or of the next version."""
    with reading() as session:
        version = fund_version(session, fund_id, arrangement_parts)
        fund = fund_by_id(session, fund_id) or abort(404)
    if fund.status not in EDITABLE | VERSIONED:
        abort(404)
    form = ArrangementsForm.showing(bands_of(fund.draft_arrangements), fund.draft_sample_percent)
    form.version = version
    answer = submit(
        form,
        lambda session: save_arrangements(
            session,
            fund_id=fund_id,
            bands=form.bands(),
            sample_percent=form.sample_percent.data or 0,
            actor=current_actor(),
        ),
        message=_("Saved."),
        back=url_for("officer.show_fund", fund_id=fund_id),
    )
    return answer or render_template("officer/funds/arrangements.html", fund=fund, form=form)

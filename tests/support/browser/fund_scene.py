"""Funds for the town: a bare draft, one with every kind of rule, a rehearsed one, public ones."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.cases import decided
from tests.support.factories.funds import CEILING, INDICATORS, Desk, draft, published, rehearsal_of
from tests.support.factories.matching import closing_fund
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.rounds import CLOSING, applied, closed, figures, officer_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.funds.drafts import save_ruleset
from voorjebuurt.matching.funds.rehearsals import note_rehearsal
from voorjebuurt.matching.funds.schedule import open_fund
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.rounds.service import divide_round
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import AreaShape, Municipality, Neighbourhood
from voorjebuurt.rulebook.presets import first_come, recommended

LONG_NAME = "Buurtfonds Burgemeester Van Heemskerck-Duijvestijnplein en wijde omgeving"
LONG_WORD = "Wijkverbeteringsstimuleringsregelinguitvoeringsbesluit"
ALL_OPENED = 1_000_000_000


def every_rule() -> dict[str, Any]:
    """Rules with each kind of condition, classes, groups, caps and a lottery."""
    reason = "Te weinig buren steunen het plan"

    def need(field: str, op: str, value: Any) -> dict[str, Any]:
        return {"field": field, "op": op, "value": value, "reason": reason}

    return {
        **recommended(ALL_OPENED),
        "require": [
            need("local_donors", ">=", 10),
            need("crowd_cents", ">", 50_000),
            need("crowd_pct", ">=", "100/3"),
            need("theme", "in", ["green", "youth"]),
            need("groups", "any", ["jongeren"]),
            need("first_time", "==", True),
        ],
        "equity": {
            "indicator": "ses_woa",
            "bands": [{"at_most": "-0.3", "factor": "3/2"}],
            "groups": {"jongeren": "5/4", LONG_WORD: "2"},
            "combine": "product",
        },
        "divide": {"kind": "lottery", "min_partial_cents": 10_000},
    }


def fund_values(
    session: Session, officer: Person, buurt: Neighbourhood
) -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses of pages about funds."""
    colleague = PersonFactory(name="Anna Bakker")
    RoleGrantFactory(person_id=colleague.id, role="officer", municipality_id=buurt.municipality_id)
    at = Desk(buurt, anna=colleague, bram=officer)
    bare = draft(session, at, purpose="", legal_basis="", checklist=(), opens_on=None)
    full = draft(
        session,
        at,
        every_rule(),
        name=LONG_NAME,
        purpose=f"{LONG_WORD}. Voor plannen van bewoners.",
        legal_basis=LONG_WORD,
        area_codes=(buurt.code,),
        lottery_source="De slotkoers van de AEX op de eerste handelsdag na sluiting",
    )
    note_rehearsal(session, rehearsal_id=rehearsal_of(session, full).id)
    revision, live = published(session, at), _open_live(session, at)
    save_ruleset(
        session,
        fund_id=revision.id,
        rules=recommended(CEILING * 2),
        indicators=INDICATORS,
        actor=at.writer,
    )
    full_round = closing_fund(
        {"divide": {"kind": "lottery"}},
        municipality=None,
        municipality_id=buurt.municipality_id,
        status="closed",
        lottery_source=LONG_WORD,
    )
    history = _told(session, buurt)
    place = session.get_one(Municipality, buurt.municipality_id)
    by_id = {
        fund: {"fund_id": fund.id} for fund in (bare, full, revision, live, full_round, history)
    }
    return {
        "officer.show_fund": list(by_id.values()),
        "officer.edit_fund": [by_id[bare], by_id[full]],
        "officer.choose_fund_team": [by_id[full]],
        "officer.edit_rules": [by_id[full], by_id[revision]],
        "officer.edit_arrangements": [by_id[full], by_id[revision]],
        "officer.divide_fund": [by_id[full_round]],
        "officer.publish_draft": [by_id[full]],
        "officer.publish_next": [by_id[revision]],
        "officer.withdraw_draft": [by_id[full]],
        "officer.close_empty": [by_id[live]],
        "public.show_fund": [{"slug": fund.slug} for fund in (revision, live, history)],
        "public.show_destinations": [{"slug": place.slug}],
        "public.show_town": [{"slug": place.slug}],
    }


def _open_live(session: Session, at: Desk) -> Fund:
    fund = published(session, at, first_come(ALL_OPENED) | {"moment": "live"}, name=LONG_NAME)
    with clock.at(certain(fund.opens_at)):
        open_fund(session, fund_id=fund.id, actor=SYSTEM)
    return fund


def _told(session: Session, buurt: Neighbourhood) -> Fund:
    """One that was divided, with an award and a refusal that were sent."""
    equity = {"indicator": "p_hh_120", "bands": [{"at_least": 25, "factor": "3/2"}]}
    with clock.at(CLOSING + timedelta(days=7)):
        fund = closed(
            {"equity": equity, "ceiling_cents": ALL_OPENED},
            municipality=None,
            municipality_id=buurt.municipality_id,
            name=LONG_NAME,
        )
        first, other = applied(fund, 500_000), applied(fund)
        (code,) = first.areas
        source = figures(session, **{code: "31.5"})
        outline = {"type": "Polygon", "coordinates": [[[5, 52], [5.1, 52], [5.1, 52.1], [5, 52]]]}
        session.add(AreaShape(import_id=source.id, area_code=code, geometry=outline))
        divide_round(session, fund_id=fund.id, actor=officer_of(fund))
        decided(first)
        decided(other, "refusal", 0, grounds=["requirement"], reason="Er zijn geen giften.")
    return fund

"""Snapshots made from rows: of a round, of a live fund, and of an application on its own."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.cases import (
    AccountingFactory,
    ClockEventFactory,
    decided,
    divided,
    taken,
)
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import (
    AreaFigureFactory,
    MunicipalityFactory,
    NeighbourhoodFactory,
    PlaceImportFactory,
)
from tests.support.live_funds import give
from tests.support.promised import from_the_start
from tests.support.snapshots import snapshot_of
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.proof import sources as bases
from voorjebuurt.decisions.proof.schema import SnapshotError
from voorjebuurt.decisions.proof.snapshots import Proposal, Snapshot, read, replay
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application

EQUITY: dict[str, Any] = {
    "indicator": "p_hh_120",
    "bands": [{"at_least": 20, "factor": "3/2"}],
}
MARCH = datetime(2026, 3, 1, 8, 30, 0, 123_000, tzinfo=UTC)


def made(
    session: Session, application: Application, kind: str = "award", **changes: Any
) -> Snapshot:
    """A snapshot of a proposal, read back from its text."""
    proposal = Proposal("BS-2026-0001", kind, **{"amount_cents": 0, **changes})
    return read(snapshot_of(session, application_id=application.id, proposal=proposal))


def test_the_plan_and_the_budget_go_along_as_they_were(session: Session) -> None:
    """A page can change after the decision; what the money is for can't."""
    application = ApplicationFactory(fund=open_fund())
    campaign = session.get_one(Campaign, application.campaign_id)
    with from_the_start(session):
        campaign.deadline_on = date(2026, 6, 30)
    story, lines = campaign.story, [(line.label, line.amount_cents) for line in campaign.budget]
    snapshot = made(session, application, "refusal")
    campaign.story = "Iets anders."
    assert lines
    assert (snapshot.campaign.kind, snapshot.campaign.story) == (campaign.kind, story)
    assert (snapshot.campaign.minimum_cents, snapshot.campaign.deadline_on) == (
        campaign.minimum_cents,
        "2026-06-30",
    )
    assert [(line["label"], line["amount_cents"]) for line in snapshot.campaign.budget] == lines


def test_a_round_goes_along_in_full(session: Session) -> None:
    fund = closing_fund()
    first, other = (ApplicationFactory(fund=fund) for _ in range(2))
    row = divided(fund, {first: [60_000, 20_000], other: [120_000]})
    snapshot = made(session, first)
    assert (snapshot.computed.claim_cents, snapshot.computed.award_cents) == (80_000, 40_000)
    assert snapshot.basis.facts == row.facts
    assert (snapshot.basis.round_id, snapshot.basis.round_number) == (str(row.id), 1)
    assert replay(snapshot.text).same
    assert made(session, other).computed.award_cents == 60_000


def test_a_later_round_divides_what_earlier_ones_left(session: Session) -> None:
    fund = closing_fund()
    application = ApplicationFactory(fund=fund)
    divided(fund, {application: [60_000]}, ceiling_cents=12_345)
    snapshot = made(session, application)
    assert (snapshot.computed.claim_cents, snapshot.computed.award_cents) == (60_000, 12_345)
    assert "In het fonds zit €\u00a0123,45." in " ".join(snapshot.computed.reasons["nl"])
    assert replay(snapshot.text).same


def test_facts_too_large_to_repeat_stay_with_the_round(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bases, "MAX_FACTS", 10)
    fund = closing_fund()
    application = ApplicationFactory(fund=fund)
    row = divided(fund, {application: [5_000]})
    snapshot = made(session, application)
    assert snapshot.basis.facts is None
    with pytest.raises(SnapshotError):
        replay(snapshot.text)
    assert replay(snapshot.text, round_facts=row.facts).same


def test_a_live_fund_replays_from_its_steps(session: Session) -> None:
    """Gifts, one that is not matched, a pot that runs out, and a gift that partly went back."""
    application = ApplicationFactory(fund=open_fund())
    first = taken(application, 30_000, amount_cents=30_000, left_cents=100_000)
    taken(application, 0, amount_cents=4_000, left_cents=70_000, matchable=False)
    taken(application, 5_000, amount_cents=9_000, left_cents=5_000)
    taken(application, -6_000, amount_cents=10_000, left_cents=0, claim=first)
    snapshot = made(session, application)
    assert (snapshot.computed.claim_cents, snapshot.computed.award_cents) == (29_000, 29_000)
    assert [step["match_cents"] for step in snapshot.basis.steps] == [30_000, 0, 5_000, -6_000]
    gifts = json.loads(snapshot.basis.facts or "")["applications"][0]["contributions"]
    assert [gift["amount_cents"] for gift in gifts] == [20_000, 4_000, 9_000]
    assert replay(snapshot.text).same


def test_a_step_that_does_not_follow_is_told(session: Session) -> None:
    application = ApplicationFactory(fund=open_fund())
    taken(application, 30_000, amount_cents=30_000, left_cents=100_000)
    text = made(session, application).text
    false_text = text.replace('"match_cents":30000', '"match_cents":29999')
    assert replay(false_text).differences == (
        "not computed: a step stored 29999 cents; the rules say 30000 cents",
    )


def test_before_a_division_there_is_a_claim(session: Session) -> None:
    application = ApplicationFactory(fund=closing_fund())
    snapshot = made(session, application, "refusal", grounds=("outside_area",), reason="Buiten.")
    assert snapshot.basis.kind == "alone"
    assert snapshot.computed.claim_cents == 0
    assert replay(snapshot.text).same


def test_on_its_own_only_gifts_of_before_the_closing_count(session: Session) -> None:
    """After an objection it is the division's gifts that are looked at, not those of later."""
    fund = closing_fund(closes_at=clock.now() + timedelta(days=2))
    campaign = CampaignFactory(status="live")
    application = ApplicationFactory(fund=fund, campaign=campaign)
    give(session, campaign, 10_000, "vroeg")
    with clock.at(certain(fund.closes_at) + timedelta(hours=1)):
        give(session, campaign, 5_000, "laat")
    snapshot = made(session, application)
    assert snapshot.computed.claim_cents == 10_000
    assert replay(snapshot.text).same


def test_figures_are_named_with_the_file_they_are_from(session: Session) -> None:
    """The buurt has no figure of its own: that of the wijk counts, and both have names."""
    municipality = MunicipalityFactory(code="GM1901", name="Zonnedam")
    place = {"municipality": municipality, "vintage": 2024}
    NeighbourhoodFactory(code="WK190101", kind="wijk", parent_code="GM1901", name="Noord", **place)
    NeighbourhoodFactory(code="BU19010101", parent_code="WK190101", name="Zonneweide", **place)
    older, newer = (PlaceImportFactory(vintage=year) for year in (2023, 2024))
    AreaFigureFactory(place_import=older, area_code="WK190101", value=9)
    AreaFigureFactory(place_import=newer, area_code="WK190101", value="21.4")
    AreaFigureFactory(place_import=newer, area_code="BU19010101", value=None)
    fund = closing_fund({"equity": EQUITY}, municipality=municipality)
    application = ApplicationFactory(fund=fund, areas={"BU19010101": "1"})
    snapshot = made(session, application)
    assert snapshot.computed.factor == "3/2"
    (area,) = snapshot.areas
    assert (area["name"], area["figure"], area["source_name"]) == ("Zonneweide", "21,4", "Noord")
    assert area["import_id"] == str(newer.id)
    assert snapshot.import_ids == [str(newer.id)]
    assert snapshot.imports[0]["sha256"] == newer.sha256
    assert "Daarom telt dat van Noord" in " ".join(snapshot.computed.reasons["nl"])
    assert replay(snapshot.text).same


def test_a_snapshot_tells_who_asked_and_what_happened_before(session: Session) -> None:
    with clock.at(MARCH):
        person = PersonFactory(name="Fatima el Amrani")
        campaign = CampaignFactory(status="succeeded", initiator=person, group_name="De Bloem")
        application = ApplicationFactory(fund=closing_fund(), campaign=campaign)
        ClockEventFactory(application=application, kind="completion_asked")
        divided(application_fund(session, application), {application: [50_000]})
        first = decided(application)
        AccountingFactory(application=application, spent_cents=45_000)
        snapshot = made(
            session,
            application,
            "lower_determination",
            amount_cents=45_000,
            before_cents=50_000,
            grounds=("not_done",),
            reason="Niet alles is gedaan.",
        )
    snapshot_application = snapshot.application
    assert (snapshot_application.applicant, snapshot_application.group) == (
        "Fatima el Amrani",
        "De Bloem",
    )
    assert snapshot_application.received_at == "2026-03-01T08:30:00.123+00:00"
    assert snapshot.clock == ({"kind": "completion_asked", "on": "2026-03-01", "until": None},)
    assert snapshot.earlier == (
        {
            "number": first.number,
            "kind": "award",
            "amount_cents": 50_000,
            "sent_on": "2026-03-01",
        },
    )
    assert snapshot.accounting is not None
    assert snapshot.accounting["spent_cents"] == 45_000
    assert snapshot.decision.grounds[0]["article"] == "artikel 4:46, tweede lid, onder a, Awb"
    assert "@" not in snapshot.text


def application_fund(session: Session, application: Application) -> Any:
    """The fund that was applied to."""
    return session.get_one(type(closing_fund()), application.fund_id)

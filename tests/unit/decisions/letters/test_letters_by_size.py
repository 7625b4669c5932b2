"""What letters say by the size of an award: every word, and the articles that they rest on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.decision_samples import ANNOUNCEMENT, maximum_sample, sample
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.proof.replay import replay
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.matching.arrangements import Arrangement, Way

GOLDEN = Path(__file__).parent / "golden" / "sizes"
DIRECT = Arrangement(Way.DIRECT, 0, 0)
EX_OFFICIO = Arrangement(Way.EX_OFFICIO, 26, 8)
AT_ONCE_AFTER = Arrangement(Way.EX_OFFICIO, 0, 8)
ACTIVITIES = Arrangement(Way.ACTIVITIES, 26, 8)
COSTS = Arrangement(Way.COSTS, 26, 8)


def by(snapshot: Snapshot, arrangement: Arrangement) -> Snapshot:
    return replace(snapshot, arrangement=arrangement.as_json())


def told_nothing(kind: str) -> Snapshot:
    """What is determined without an account."""
    return replace(by(sample(kind), EX_OFFICIO), accounting=None)


def told(kind: str) -> Snapshot:
    """What is determined after an account of activities."""
    accounting: dict[str, Any] = {"on": "2026-12-01", "spent_cents": None, "lines": []}
    return replace(by(sample(kind), ACTIVITIES), accounting=accounting)


def unaccounted(kind: str, arrangement: Arrangement) -> Snapshot:
    """What is determined after a last term in which no account came."""
    term = {"before": "2026-11-30", "set_on": "2026-12-01", "until": "2027-01-12"}
    return replace(by(sample(kind), arrangement), accounting=None, last_term=term)


LETTERS = {
    "award_direct": by(sample("award"), DIRECT),
    "partial_award_direct": by(sample("partial_award"), DIRECT),
    "award_ex_officio": by(sample("award"), EX_OFFICIO),
    "award_ex_officio_running": by(sample("award", status="live"), EX_OFFICIO),
    "award_ex_officio_after_success": by(sample("award", status="live"), AT_ONCE_AFTER),
    "award_maximum_ex_officio": by(maximum_sample("award"), AT_ONCE_AFTER),
    "award_activities": by(sample("award"), ACTIVITIES),
    "award_activities_running": by(sample("award", status="live"), ACTIVITIES),
    "determination_ex_officio": told_nothing("determination"),
    "lower_determination_ex_officio": told_nothing("lower_determination"),
    "determination_activities": told("determination"),
    "determination_unaccounted": unaccounted("determination", ACTIVITIES),
    "lower_determination_unaccounted": unaccounted("lower_determination", COSTS),
}


def said(snapshot: Snapshot, announcement: Announcement | None = ANNOUNCEMENT) -> str:
    return letters.write(snapshot.text, announcement).text


@pytest.mark.parametrize("name", LETTERS)
def test_every_word_of_it_is_known(name: str) -> None:
    assert said(LETTERS[name]) == (GOLDEN / f"{name}.txt").read_text()


@pytest.mark.parametrize("name", LETTERS)
def test_it_replays(name: str) -> None:
    assert replay(LETTERS[name].text).differences == ()


@pytest.mark.parametrize("kind", ["award", "determination"])
def test_by_costs_it_is_the_letter_of_before(kind: str) -> None:
    """An award from before there were arrangements says the same, to the letter."""
    assert said(by(sample(kind), COSTS)) == said(sample(kind))


def test_a_direct_award_is_the_determination() -> None:
    """Awb 4:42, 4:43: one decision, and no advance or account; 4:49 bounds what can be changed."""
    text = said(LETTERS["award_direct"])
    assert "Wij stellen de subsidie meteen vast." in text
    assert "de artikelen 4:42 en 4:43 (vaststelling zonder verlening vooraf)" in text
    for word in ("voorschot", "4:46", "4:48", "4:29", "4:33", "bonnen en rekeningen"):
        assert word not in text
    assert "artikel 4:49 Awb" in text


def test_ex_officio_names_its_last_day_and_asks_nothing() -> None:
    """Awb 4:44(1)(a), 4:47(a): sent 6 May 2026, 26 and 8 weeks on is 30 December."""
    text = said(LETTERS["award_ex_officio"])
    assert "U hoeft ons niets te sturen." in text
    assert "Dat doen wij uiterlijk op 30 december 2026" in text
    assert "zoals het in bijlage 3 staat, uiterlijk op 4 november 2026." in text
    assert "4:45" not in text


def test_while_the_campaign_runs_its_term_is_counted_from_the_success() -> None:
    text = said(LETTERS["award_ex_officio_running"])
    assert "binnen 34 weken nadat uw actie met genoeg geld is afgelopen" in text
    after = said(LETTERS["award_ex_officio_after_success"])
    assert "binnen 8 weken nadat uw actie met genoeg geld is afgelopen" in after


def test_a_draft_counts_from_its_sending() -> None:
    text = said(LETTERS["award_ex_officio"], None)
    assert "binnen 34 weken na de verzending van deze brief" in text
    assert "binnen 26 weken na de verzending" in said(LETTERS["award_activities"], None)


def test_activities_ask_no_receipts() -> None:
    """Awb 4:45(1)."""
    text = said(LETTERS["award_activities"])
    assert "Bonnen en rekeningen hoeft u niet te sturen." in text
    assert "4:45, eerste lid" in text
    assert "uiterlijk op 4 november 2026" in text


def test_a_determination_ex_officio_rests_on_its_article() -> None:
    text = said(LETTERS["determination_ex_officio"])
    assert "artikel 4:47, onder a (ambtshalve)" in text
    assert "U liet zien waaraan" not in text
    assert "Verantwoord |" not in text

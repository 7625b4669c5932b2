"""A file with what neighbours gave in an earlier year, on which a first fund is rehearsed.

The demo's own campaigns are not over yet on the days on which its funds were published.
"""

import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.places.figures import area_facts, population

FILENAME = "acties-van-vorig-jaar.json"
_CAMPAIGNS = 9
_EUROS = (5, 10, 10, 15, 20, 25, 25, 50, 75, 100, 250)


def past_year(session: Session, stage: Stage, *, municipality_id: UUID, day: int) -> str:
    """Facts of invented campaigns in the year before ``day``, the same from the same seed."""
    rng = random.Random(f"{stage.seed}:past:{len(population(session, municipality_id))}")
    codes = sorted(population(session, municipality_id))
    indicators = stage.runtime.settings.matching.indicators
    facts = {
        "applications": [
            _campaign(rng, number, rng.choice(codes), stage.moment(day - 340 + 30 * number, 9, 0))
            for number in range(_CAMPAIGNS)
        ],
        "areas": area_facts(session, codes=codes, indicators=indicators),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def _campaign(rng: random.Random, number: int, code: str, opening: datetime) -> dict[str, Any]:
    gifts = rng.randrange(8, 40)
    return {
        "id": f"vorig-jaar-{number + 1}",
        "received_at": _instant(opening),
        "goal_cents": rng.randrange(10, 45) * 10_000,
        "area": {code: "1"},
        "contributions": [
            {
                "donor": f"gever-{rng.randrange(150)}",
                "amount_cents": rng.choice(_EUROS) * 100,
                # Every gift at an instant of its own: a live rule takes them one by one.
                "paid_at": _instant(opening + timedelta(hours=5 * place, seconds=number)),
            }
            for place in range(gifts)
        ],
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()

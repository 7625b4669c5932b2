"""Finding campaigns: by words, place, theme and state, in an order that may ask what they raised.

It lives here, not with the campaigns, because "almost there" is about pledges.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple, assert_never
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Text,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import PUBLIC, WON, CampaignStatus, Theme
from voorjebuurt.places.models import Municipality, Neighbourhood
from voorjebuurt.pledges.matches import AWARD_MATCH, SETTLED_MATCH, SHOWN_MATCH
from voorjebuurt.pledges.models import CampaignMatch, Pledge
from voorjebuurt.pledges.plan_match import plan_budget, shown_sums
from voorjebuurt.pledges.queries import COUNTS, DONORS

PER_PAGE = 12
MAX_WORDS = 200
_SHORTEST = 4  # letters
_STEMMER: ColumnElement[str] = literal_column("'dutch_stem'::regdictionary")
S = CampaignStatus


class Order(StrEnum):
    """In which order campaigns are listed."""

    NEWEST = "newest"
    ALMOST = "almost"
    SOON = "soon"
    RELEVANCE = "relevance"


class Stage(StrEnum):
    """Which campaigns are listed: those one can give to, those that made it, or all."""

    OPEN = "open"
    WON = "won"
    ALL = "all"


_STAGES: dict[Stage, list[str]] = {
    Stage.OPEN: [S.LIVE.value, S.CLOSING.value, S.NEAR_MISS.value],
    Stage.WON: sorted(state.value for state in WON),
    Stage.ALL: sorted(state.value for state in PUBLIC),
}


@dataclass(frozen=True)
class Wish:
    """What somebody looks for. Without ``words`` an order by relevance is the newest first.

    ``neighbourhood`` is a code, ``town`` the slug of a municipality.
    """

    words: str = ""
    neighbourhood: str | None = None
    town: str | None = None
    theme: Theme | None = None
    stage: Stage = Stage.OPEN
    order: Order = Order.NEWEST
    page: int = 1


class CardRow(NamedTuple):
    """A campaign as a card shows it (eurocents)."""

    id: UUID
    slug: str
    status: str
    title: str
    summary: str
    theme: str | None
    neighbourhood: str | None
    goal_cents: int
    minimum_cents: int
    closes_at: datetime
    picture_key: str | None
    crowd_cents: int
    donors: int
    match_cents: int
    award_cents: int
    settled_cents: int


@dataclass(frozen=True)
class SearchResults:
    """One page of what was found."""

    cards: Sequence[CardRow]
    total: int
    page: int
    pages: int


_totals = (
    select(func.sum(Pledge.amount_cents).label("crowd_cents"), DONORS.label("donors"))
    .where(Pledge.campaign_id == Campaign.id, COUNTS)
    .correlate(Campaign)
    .lateral("totals")
)
_crowd = func.coalesce(_totals.c.crowd_cents, 0)


def _match_sum(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    """What funds add to a campaign now, of the matches that meet the condition."""
    return (
        select(func.coalesce(func.sum(CampaignMatch.net_cents), 0))
        .where(CampaignMatch.campaign_id == Campaign.id, condition)
        .correlate(Campaign)
        .scalar_subquery()
    )


_match = _match_sum(SHOWN_MATCH)
_together = _crowd + _match
_cards = (
    select(
        Campaign.id,
        Campaign.slug,
        Campaign.status,
        Campaign.title,
        Campaign.summary,
        Campaign.theme,
        Neighbourhood.name,
        Campaign.goal_cents,
        Campaign.minimum_cents,
        Campaign.closes_at,
        Campaign.picture_key,
        _crowd,
        func.coalesce(_totals.c.donors, 0),
        _match,
        _match_sum(AWARD_MATCH),
        _match_sum(SETTLED_MATCH),
        plan_budget(Campaign.id, correlate=Campaign),
    )
    .outerjoin(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
    .join(_totals, literal_column("true"))
)
_count = select(func.count(Campaign.id)).outerjoin(
    Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id
)
_running = Campaign.status == S.LIVE.value


def find_campaigns(session: Session, wish: Wish, *, per_page: int = PER_PAGE) -> SearchResults:
    """The page of campaigns that meet a wish; the last page when it asks for one beyond."""
    conditions = _conditions(wish)
    total = session.scalar(_count.where(*conditions)) or 0
    pages = max(-(-total // per_page), 1)
    page = min(max(wish.page, 1), pages)
    if not total:
        return SearchResults([], 0, page, pages)
    statement = _cards.where(*conditions).order_by(*_ordering(wish), Campaign.id)
    rows = session.execute(statement.limit(per_page).offset((page - 1) * per_page))
    return SearchResults([_card(row) for row in rows], total, page, pages)


def _card(row: Sequence[Any]) -> CardRow:
    """A card, with the match and the minimum of a smaller plan while donors choose about it."""
    card, plan_cents = CardRow._make(row[:-1]), row[-1]
    if plan_cents is None:
        return card
    sums = (card.match_cents, card.award_cents, card.settled_cents)
    match, award, determination = shown_sums(
        sums, crowd_cents=card.crowd_cents, plan_cents=plan_cents
    )
    return card._replace(
        minimum_cents=min(plan_cents, card.minimum_cents),
        match_cents=match,
        award_cents=award,
        settled_cents=determination,
    )


def cards_of(session: Session, campaign_ids: Collection[UUID]) -> Sequence[CardRow]:
    """These campaigns as cards, in no order."""
    if not campaign_ids:
        return []
    statement = _cards.where(Campaign.id.in_(campaign_ids))
    return [_card(row) for row in session.execute(statement)]


def theme_counts(session: Session, wish: Wish) -> Mapping[str, int]:
    """How many campaigns of each theme meet the rest of a wish."""
    others = replace(wish, theme=None)
    statement = (
        select(Campaign.theme, func.count())
        .select_from(Campaign)
        .outerjoin(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
        .where(*_conditions(others))
        .group_by(Campaign.theme)
    )
    return {theme: number for theme, number in session.execute(statement) if theme}


def _conditions(wish: Wish) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Campaign.status.in_(_STAGES[wish.stage])]
    if wish.neighbourhood:
        conditions.append(Neighbourhood.code == wish.neighbourhood)
    if wish.town:
        towns = select(Municipality.id).where(Municipality.slug == wish.town)
        conditions.append(Campaign.municipality_id.in_(towns))
    if wish.theme:
        conditions.append(Campaign.theme == wish.theme.value)
    if _words(wish):
        text_matches = Campaign.search.bool_op("@@")(_query(wish))
        conditions.append(or_(text_matches, _inside_words(_words(wish))))
    return conditions


def _inside_words(words: str) -> ColumnElement[bool]:
    """Whether each word's stem stands in the title or summary, also as a part of another word.

    Dutch writes compounds as one word: who looks for ``tuinen`` should find ``moestuin``, which
    no stemmer takes apart. Short words alone stand in too much, and quotes, minus and ``or`` ask
    for something else: none of these is looked for this way.
    """
    parts = words.lower().split()
    if "or" in parts or not all(map(str.isalnum, parts)) or max(map(len, parts)) < _SHORTEST:
        return false()
    text = func.unaccent(func.lower(Campaign.title + " " + Campaign.summary))
    stems = [func.ts_lexize(_STEMMER, func.unaccent(p), type_=ARRAY(Text))[1] for p in parts]
    return and_(*(text.like(func.concat("%", func.coalesce(stem, ""), "%")) for stem in stems))


def _ordering(wish: Wish) -> list[ColumnElement[Any]]:
    """Campaigns that still run come first in every order but that of relevance."""
    if wish.order is Order.RELEVANCE and _words(wish):
        return [func.ts_rank_cd(Campaign.search, _query(wish)).desc()]
    running_first = case((_running, 0), else_=1)
    match wish.order:
        case Order.ALMOST:
            near = and_(_running, _together < Campaign.goal_cents)
            short = case((near, 0), (_running, 1), else_=2)
            return [short, _raised_share().desc(), Campaign.closes_at.asc()]
        case Order.SOON:
            # What is over already is listed from the latest back.
            seconds = func.extract("epoch", Campaign.closes_at)
            return [running_first, case((_running, seconds), else_=-seconds)]
        case Order.NEWEST | Order.RELEVANCE:
            return [running_first, Campaign.opened_at.desc()]
        case _:
            assert_never(wish.order)


def _raised_share() -> ColumnElement[Any]:
    return _together * 10_000 / Campaign.goal_cents


def _words(wish: Wish) -> str:
    # A character that PostgreSQL's text can't hold can't be in any campaign either.
    return wish.words.replace("\x00", " ")[:MAX_WORDS].strip()


def _query(wish: Wish) -> ColumnElement[Any]:
    return func.websearch_to_tsquery("vjb_dutch", _words(wish))

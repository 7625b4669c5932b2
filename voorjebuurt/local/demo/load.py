"""Loading the demo: places, people, and every campaign from its first draft on."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import requests
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action, action_of
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.queries import is_one_of
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.local.demo.album import Album
from voorjebuurt.local.demo.people import load_people
from voorjebuurt.local.demo.pitching import campaign_of, is_unwritten
from voorjebuurt.local.demo.places import load_places
from voorjebuurt.local.demo.playing import Say, by_age, play
from voorjebuurt.local.demo.provider import SandboxPage
from voorjebuurt.local.demo.stage import Cast, DemoError, RunJobs, Stage
from voorjebuurt.local.demo.stories import Story, data, stories
from voorjebuurt.local.demo.visiting import visit_pages
from voorjebuurt.payments import providers
from voorjebuurt.places.queries import municipality_by_slug
from voorjebuurt.pledges.models import GiftNews
from voorjebuurt.settings import Settings

SEED = 2024
_PEOPLE_CAME = -730
"""The day on which everybody got their account: before the first campaign."""


@dataclass(frozen=True)
class DemoState:
    """What is in the database: campaigns at all, and the demo, begun or complete.

    A load that broke off is completed for the day and the seed with which it began.
    """

    has_campaigns: bool
    started: bool
    loaded: bool
    today: date
    seed: int

    @property
    def may_load(self) -> bool:
        """Whether a first start may load the demo here, or go on with it."""
        return not self.loaded and (self.started or not self.has_campaigns)


def demo_state(session: Session, *, seed: int = SEED) -> DemoState:
    """See ``DemoState``; ``seed`` is for a demo that is still to begin."""
    start, load = Action.DEMO_STARTED, Action.DEMO_LOADED
    statement = select(AuditEvent).where(is_one_of([start, load]))
    events = {action_of(event.action): event for event in session.scalars(statement)}
    campaigns = session.scalar(select(func.count()).select_from(Campaign)) or 0
    state = DemoState(campaigns > 0, start in events, load in events, clock.today(), seed)
    if not state.started:
        return state
    detail: dict[str, Any] = events[start].detail
    return replace(state, today=date.fromisoformat(detail["today"]), seed=detail["seed"])


def load_demo(
    runtime: Runtime,
    run_jobs: RunJobs,
    *,
    seed: int = SEED,
    only: Sequence[Story] | None = None,
    say: Say,
) -> None:
    """Load everything that is not there yet; running it again after a crash completes it.

    ``only``: these stories, instead of all of them.
    Raises ``DemoError`` when payments don't go to the sandbox, and when something fails.
    """
    sandbox = SandboxPage(_sandbox_url(runtime.settings))
    with runtime.database.reading() as session:
        state = demo_state(session, seed=seed)
    cast = _set_up(runtime, state)
    album = Album(runtime.settings)
    gateway = providers.connect(runtime.settings, providers.NEW_PAYMENTS)
    stage = Stage(runtime, gateway, sandbox, album, run_jobs, cast, state.today, state.seed)
    campaign_stories = stories() if only is None else only
    with _practising(stage), album.ahead(_without_pitch(stage, by_age(campaign_stories))):
        _pick_up(stage, state)
        play(stage, campaign_stories, say)
    if not state.loaded:
        with runtime.database.writing() as session:
            # What came in the months that were played is no news to anybody.
            session.execute(update(GiftNews).values(through_at=clock.now()))
            visit_pages(session, seed=state.seed, today=state.today)
            audit.record(
                session,
                actor=SYSTEM,
                action=Action.DEMO_LOADED,
                subject=_demo_subject(session, state),
            )


def _sandbox_url(settings: Settings) -> str:
    if settings.production or not settings.uses_sandbox:
        raise DemoError("Demo data are only for a site whose payments go to the sandbox.")
    if settings.sandbox_url is None:
        raise DemoError("Set VJB_SANDBOX_URL to the payment sandbox; 'voorjebuurt run' starts one.")
    return settings.sandbox_url


def _set_up(runtime: Runtime, state: DemoState) -> Cast:
    arrival = clock.end_of_day(date.fromordinal(state.today.toordinal() + _PEOPLE_CAME))
    with clock.at(arrival), runtime.database.writing() as session:
        load_places(session, runtime.settings.places)
        cast = load_people(session, Sealer(runtime.settings.data_keys))
    if not state.started:
        with runtime.database.writing() as session:
            audit.record(
                session,
                actor=SYSTEM,
                action=Action.DEMO_STARTED,
                subject=_demo_subject(session, state),
            )
    return cast


def _demo_subject(session: Session, state: DemoState) -> Subject:
    """The demo's municipality, for the audit trail, with what another load must know."""
    place = municipality_by_slug(session, data("places")["municipality"][0]["slug"])
    if place is None:
        raise DemoError("The demo's municipality is missing.")
    return Subject(
        SubjectKind.MUNICIPALITY,
        place.id,
        place.id,
        {"today": state.today.isoformat(), "seed": state.seed},
    )


@contextmanager
def _practising(stage: Stage) -> Iterator[None]:
    """The sandbox travels along and keeps quiet; afterwards it lives in the present again."""
    try:
        stage.sandbox.keep_quiet()
    except requests.RequestException as error:
        raise DemoError(f"The payment sandbox does not answer: {error}") from error
    try:
        yield
    finally:
        stage.sandbox.speak_again()


def _pick_up(stage: Stage, state: DemoState) -> None:
    """Run what a load that broke off left in the queue, at the moment to which it had come."""
    if state.loaded or not state.started:
        return
    with stage.runtime.database.reading() as session:
        latest = select(AuditEvent.at).where(~is_one_of([Action.DEMO_STARTED]))
        moment = session.scalars(latest.order_by(AuditEvent.id.desc()).limit(1)).one()
    with clock.at(moment):
        stage.sandbox.set_clock(moment)
        stage.run_jobs()


def _without_pitch(stage: Stage, campaign_stories: Sequence[Story]) -> list[Story]:
    """The stories whose campaigns are still to be written."""
    with stage.runtime.database.writing() as session:
        campaigns = {story.key: campaign_of(session, story) for story in campaign_stories}
    return [story for story in campaign_stories if is_unwritten(campaigns[story.key])]

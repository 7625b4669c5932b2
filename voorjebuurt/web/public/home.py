"""The front page, and the pages about the platform."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from voorjebuurt.asking.service import UNCONFIRMED_DAYS as QUESTION_DAYS
from voorjebuurt.campaigns import queries
from voorjebuurt.campaigns.follow.things import UNCONFIRMED_DAYS as FOLLOW_DAYS
from voorjebuurt.campaigns.questions.service import ASKER_DAYS
from voorjebuurt.places.wishes import UNCONFIRMED_DAYS
from voorjebuurt.pledges.sums.queries import busiest_towns
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.drafts import draft_ids
from voorjebuurt.web.public.blueprint import blueprint
from voorjebuurt.web.public.front import front_of
from voorjebuurt.web.public.town_maps import town_map

MOST_TOWNS = 24
"""Municipalities that the front page names."""
ACCESSIBILITY = {
    "A": _l("A: everything that the rules ask is met."),
    "B": _l("B: a check showed what is not met yet, and it is being mended."),
    "C": _l("C: the first steps were taken; not everything was checked yet."),
    "D": _l("D: the rules are not met."),
}
"""The status of an accessibility statement, by the Dutch model."""


@blueprint.get("/")
def show_home() -> ResponseReturnValue:
    """What this is, some campaigns that lack little, how it works, what was done so far."""
    with reading() as session:
        front = front_of(session)
        towns = busiest_towns(session, limit=MOST_TOWNS)
        first = towns[0] if towns else None
        town_drawing = (
            town_map(session, first.id, slug=first.slug, name=first.name) if first else None
        )
        ids = draft_ids()
        begun_drafts = queries.drafts(session, person_id=None, campaign_ids=ids) if ids else ()
    return render_template(
        "public/home.html", front=front, towns=towns, map=town_drawing, drafts=begun_drafts
    )


@blueprint.get("/hoe-werkt-het")
def show_how() -> ResponseReturnValue:
    """How a campaign goes, for who begins one and for who gives."""
    settings = the_settings()
    return render_template(
        "public/pages/how.html", campaigns=settings.campaigns, pledges=settings.pledges
    )


@blueprint.get("/over")
def show_about() -> ResponseReturnValue:
    """Who this is."""
    return render_template("public/pages/about.html")


@blueprint.get("/contact")
def show_contact() -> ResponseReturnValue:
    """How to reach us."""
    return render_template("public/pages/contact.html", operator=the_settings().operator)


@blueprint.get("/privacy")
def show_privacy() -> ResponseReturnValue:
    """What is kept of people, and for how long."""
    settings = the_settings()
    return render_template(
        "public/pages/privacy.html",
        operator=settings.operator,
        retention=settings.retention,
        draft_days=settings.campaigns.draft_erase_days,
        wish_days=UNCONFIRMED_DAYS,
        follow_days=FOLLOW_DAYS,
        question_days=QUESTION_DAYS,
        asker_days=ASKER_DAYS,
        case_years=settings.decisions.retention_years,
    )


@blueprint.get("/toegankelijkheid")
def show_accessibility() -> ResponseReturnValue:
    """What was done so that everybody can use this, and what is known to lack."""
    operator = the_settings().operator
    status = ACCESSIBILITY.get(operator.accessibility)
    return render_template("public/pages/accessibility.html", operator=operator, status=status)


@blueprint.get("/voorwaarden")
def show_terms() -> ResponseReturnValue:
    """The rules of giving and of running a campaign."""
    settings = the_settings()
    return render_template(
        "public/pages/terms.html",
        campaigns=settings.campaigns,
        near_miss=settings.near_miss,
        pledges=settings.pledges,
    )

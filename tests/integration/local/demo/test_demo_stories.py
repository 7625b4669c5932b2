"""What the demo tells, before any of it happens: stories, gifts, places, pictures."""

import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from PIL import Image

from tests.support.source import ROOT
from voorjebuurt import settings as application_settings
from voorjebuurt.campaigns.rules import (
    MAX_LENGTHS,
    CampaignKind,
    CampaignStatus,
    PitchFacts,
    Theme,
    gaps,
)
from voorjebuurt.local.demo.album import PICTURES
from voorjebuurt.local.demo.donors import gifts
from voorjebuurt.local.demo.people import demo_people
from voorjebuurt.local.demo.place_files import areas
from voorjebuurt.local.demo.stories import Story, data, stories
from voorjebuurt.payouts.iban import normal_iban
from voorjebuurt.people.rules import PASSWORD_MIN_LENGTH, Role

TODAY = date(2026, 11, 23)
COMPLETE = [story for story in stories() if story.life.status is not CampaignStatus.DRAFT]
WITH_GIFTS = [story for story in stories() if story.life.donors]

by_key = pytest.mark.parametrize("story", stories(), ids=lambda story: story.key)


def test_every_status_is_told_of() -> None:
    assert {story.life.status for story in stories()} == set(CampaignStatus)


def test_thirty_campaigns_tell_of_two_years() -> None:
    assert len(stories()) == 30
    days = [story.life.opened for story in stories() if story.life.goes_live]
    assert min(days) < -600 < -60 < max(days)
    years = {(TODAY + timedelta(day)).year for day in days}
    assert len(years) >= 2
    several = [story for story in stories() if len(gallery(story)) > 1]
    assert len(several) >= 2


def gallery(story: Story) -> list[str]:
    """The pictures beside the cover."""
    return [each.picture for each in story.gallery]


def test_words_of_a_correction_stand_on_the_page_before_it() -> None:
    corrections = [(story, each) for story in stories() for each in story.life.corrections]
    assert corrections
    for story, each in corrections:
        assert each.old in getattr(story, each.part)
        assert each.new not in getattr(story, each.part)


def test_every_theme_and_kind_is_there_and_no_two_campaigns_look_alike() -> None:
    assert {story.theme for story in stories()} == set(Theme)
    assert {story.kind for story in stories()} == set(CampaignKind)
    pictures = [name for story in stories() for name in (story.picture, *gallery(story)) if name]
    assert sorted(pictures) == sorted(file.stem for file in PICTURES.iterdir())
    for name in ("title", "initiator", "story"):
        assert len({getattr(story, name) for story in stories()}) == len(stories())


@pytest.mark.parametrize("story", COMPLETE, ids=lambda story: story.key)
def test_a_pitch_lacks_nothing_on_the_day_it_is_handed_in(story: Story) -> None:
    life = story.life
    facts = PitchFacts(
        title=story.title,
        summary=story.summary,
        for_whom=story.for_whom,
        theme=story.theme.value,
        has_place=True,
        kind=story.kind,
        budget_cents=story.goal_cents,
        goal_cents=story.goal_cents,
        minimum_cents=story.minimum_cents,
        deadline_on=TODAY.fromordinal(TODAY.toordinal() + life.first_deadline),
        story=story.story,
        worse_off=story.worse_off,
        leftovers=story.leftovers,
        has_picture=bool(story.picture),
        picture_alt=story.picture_alt,
    )
    handed_in = TODAY.fromordinal(TODAY.toordinal() + life.submitted)
    bounds = application_settings.load({"VJB_ENV": "test"}).campaigns
    assert gaps(facts, bounds, today=handed_in) == []


@by_key
def test_texts_fit_and_are_plain(story: Story) -> None:
    for name, most in MAX_LENGTHS.items():
        assert len(getattr(story, name, "")) <= most, name
    words = story.story.split()
    assert 80 <= len(words) <= 300
    sentences = [part for part in re.split(r"[.!?:]\s|\n\n|\n- ", story.story) if part.strip()]
    assert len(words) / len(sentences) <= 15


@pytest.mark.parametrize("story", WITH_GIFTS, ids=lambda story: story.key)
def test_gifts_sum_up_to_what_is_raised_and_repeat_from_the_seed(story: Story) -> None:
    story_gifts = gifts(story, seed=7, today=TODAY)
    successes = [gift for gift in story_gifts if gift.results[-1] == "paid"]
    assert sum(gift.amount_cents for gift in successes) == story.life.raised_cents
    assert len(successes) == story.life.donors
    assert len({gift.donor.email for gift in story_gifts}) == len(story_gifts)
    assert [gift.at for gift in story_gifts] == sorted(gift.at for gift in story_gifts)
    assert all(gift.at.date() < TODAY for gift in story_gifts)
    assert story_gifts == gifts(story, seed=7, today=TODAY)
    assert story_gifts != gifts(story, seed=8, today=TODAY)


def test_donors_differ_in_name_message_amount_tip_and_anonymity() -> None:
    all_gifts = [gift for story in WITH_GIFTS for gift in gifts(story, seed=7, today=TODAY)]
    assert 300 <= len(all_gifts) <= 420
    assert len({gift.donor.name for gift in all_gifts}) > 100
    assert len({gift.message for gift in all_gifts}) > 50
    assert len({gift.amount_cents for gift in all_gifts}) > 12
    assert {gift.tip_cents > 0 for gift in all_gifts} == {True, False}
    assert {gift.name_public for gift in all_gifts} == {True, False}
    assert {gift.results for gift in all_gifts} >= {("paid",), ("canceled", "paid"), ("failed",)}


def test_places_have_valid_codes_of_municipalities_that_do_not_exist() -> None:
    first, second = data("places")["municipality"]
    for municipality in (first, second):
        assert re.fullmatch(r"GM99\d\d", municipality["code"])
        for area in areas(municipality):
            number = municipality["code"].removeprefix("GM")
            assert re.fullmatch(rf"(WK{number}\d\d|BU{number}\d{{4}})", area.code)
            assert area.parent_code == (
                municipality["code"] if area.kind == "wijk" else f"WK{area.code[2:8]}"
            )
    assert sum(area.kind == "buurt" for area in areas(first)) == 12
    names = {story.neighbourhood for story in stories()}
    assert names & {area.name for area in areas(second)}


def test_the_people_who_work_here_can_keep_two_pairs_of_eyes_on_everything() -> None:
    roles = [person.role for person in demo_people() if person.role]
    assert roles.count(Role.COACH) == roles.count(Role.STAFF) == 2
    assert roles.count(Role.AUDITOR) == roles.count(Role.INSPECTOR) == 1
    officers = [person for person in demo_people() if person.role is Role.OFFICER]
    places = [officer.municipality for officer in officers]
    assert {place: places.count(place) for place in places} == {"waterlanden": 4, "duinmeer": 2}
    assert len({officer.mandate_euros for officer in officers}) == len(officers) == 6
    assert len({person.email for person in demo_people()}) == len(list(demo_people()))
    assert len(data("people")["password"]) >= PASSWORD_MIN_LENGTH


def test_account_numbers_are_valid_and_of_banks_that_do_not_exist() -> None:
    numbers = [story.life.iban for story in stories() if story.life.iban]
    assert [normal_iban(number)[4:8] for number in numbers] == [
        *("WYKB", "DUIN", "GRCH", "KADE"),
        *("FIET", "KLNK", "REGN", "KAST"),
    ]


def test_no_two_pictures_are_the_same_and_all_are_large_and_light() -> None:
    contents = set()
    for file in PICTURES.iterdir():
        with Image.open(file) as picture:
            assert (picture.format, picture.size) == ("WEBP", (1600, 900))
            contents.add(picture.convert("RGB").tobytes())
        assert file.stat().st_size < 100_000
    assert len(contents) == len(list(PICTURES.iterdir())) == 34


def draw_pictures(*arguments: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / ".ci" / "draw-pictures.py"
    return subprocess.run(
        [sys.executable, script, *arguments], capture_output=True, text=True, check=False
    )


def test_the_maintainers_script_draws_a_picture_again_from_its_seed() -> None:
    again = draw_pictures("--check", "playground", "meadow", "orchard-close")
    assert again.returncode == 0, again.stdout + again.stderr
    other_leaves = draw_pictures("--check", "--seed", "8", "meadow")
    assert other_leaves.returncode == 1
    assert "meadow" in other_leaves.stdout
    assert draw_pictures("no-such-scene").returncode == 2

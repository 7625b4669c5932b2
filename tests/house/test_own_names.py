"""Names that people choose are judged where they are typed, and shown so that none misleads."""

import re

import pytest
from flask import Flask

from voorjebuurt import paths
from voorjebuurt.web.auth.forms import ProfileForm
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.forms.names import OwnName, OwnTitle
from voorjebuurt.web.public.gift_changes import WordsForm
from voorjebuurt.web.public.help_offers import HelpForm
from voorjebuurt.web.public.pledge_form import PledgeForm
from voorjebuurt.web.public.talk.funders import RemarkForm
from voorjebuurt.web.public.talk.questions import CampaignQuestionForm
from voorjebuurt.web.resident.desk.forms import DeskForm
from voorjebuurt.web.resident.forms import FirstIdeaForm
from voorjebuurt.web.resident.live.corrections import PlanWordsForm
from voorjebuurt.web.resident.need_forms import NeedForm
from voorjebuurt.web.resident.reward_forms import RewardForm
from voorjebuurt.web.resident.talk.update_form import UpdateForm
from voorjebuurt.web.resident.tins.forms import CashForm

JUDGES = {"name": OwnName, "group_name": OwnName, "title": OwnTitle}
"""Fields in which somebody who does not work here says who or what they are."""
FORMS: tuple[type[Form], ...] = (
    ProfileForm,
    PledgeForm,
    FirstIdeaForm,
    RewardForm,
    NeedForm,
    PlanWordsForm,
    HelpForm,
    WordsForm,
    CampaignQuestionForm,
    RemarkForm,
    UpdateForm,
    CashForm,
    DeskForm,
)
_SHOWN = re.compile(
    r"\{\{-? *(?:campaign|application|fund|row|gift|receipt|donor|person|question_by|message)"
    r"\.(?:title|name|group_name|initiator_name|message|filename) *-?\}\}"
)
_NO_ELEMENT = re.compile(r'\{% block title %\}.*?\{% endblock %\}|(?:content|title|value)="[^"]*"')


@pytest.mark.parametrize("kind", FORMS)
def test_a_name_that_people_choose_is_judged(app: Flask, kind: type[Form]) -> None:
    with app.test_request_context():
        form = kind()
    fields = {field.name: field for field in form if field.name in JUDGES}
    assert fields
    for name, field in fields.items():
        assert any(isinstance(judge, JUDGES[name]) for judge in field.validators), name


def test_all_forms_of_such_names_are_known() -> None:
    """A new form that asks for a name is judged too, or its audience works here."""
    asking = {
        form.__name__
        for form in _all_forms(Form)
        if re.match(r"voorjebuurt\.web\.(auth|public|resident)\.", form.__module__)
        if JUDGES.keys() & {name for name in dir(form) if not name.startswith("_")}
    }
    assert asking == {form.__name__ for form in FORMS} | {"IdeaForm"}


def test_words_of_people_go_into_a_page_by_one_filter() -> None:
    """``as_written`` says their language, and keeps what is written from the right by itself."""
    wrong = [
        f"{file.relative_to(paths.TEMPLATES)}: {match[0]}"
        for file in sorted(paths.TEMPLATES.rglob("*.html"))
        for match in _SHOWN.finditer(_NO_ELEMENT.sub("", file.read_text()))
    ]
    assert wrong == []


def _all_forms(form: type[Form]) -> set[type[Form]]:
    return {form}.union(*(_all_forms(each) for each in form.__subclasses__()))

"""What a change says beside its amount: the term and damage of Awb 4:50, the limits of 4:49."""

from datetime import date, timedelta

import pytest

from voorjebuurt.decisions.rules.changes import (
    NO_TERMS,
    TERM_DAYS_MAX,
    TERM_DAYS_MIN,
    ChangeTerms,
    refuse_terms,
)
from voorjebuurt.decisions.rules.grounds import GROUNDS, WITH_BREACH, WITH_TERM, article_of
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.limits import refuse_after_limit, too_late_on, years_after
from voorjebuurt.kernel.errors import DomainError

TODAY = date(2026, 6, 1)
AWARD, DETERMINATION = DecisionKind.AWARD_CHANGE, DecisionKind.DETERMINATION_CHANGE
LATER = TODAY + timedelta(days=TERM_DAYS_MIN)


def in_days(days: int, cents: int = 0) -> ChangeTerms:
    return ChangeTerms(TODAY + timedelta(days=days), cents)


@pytest.mark.parametrize(
    ("kind", "grounds", "terms"),
    [
        (AWARD, ["not_done", "wrong_award"], NO_TERMS),
        (AWARD, ["new_circumstances"], in_days(TERM_DAYS_MIN)),
        (AWARD, ["incorrect_award", "new_circumstances"], in_days(TERM_DAYS_MAX, 500)),
        (DETERMINATION, ["unknown_facts"], NO_TERMS),
        (DETERMINATION, ["unknown_facts", "duty_after"], ChangeTerms(breach_on=TODAY)),
        (DecisionKind.WITHDRAWAL, ["not_done"], NO_TERMS),
    ],
)
def test_terms_that_go_with_their_grounds(
    kind: DecisionKind, grounds: list[str], terms: ChangeTerms
) -> None:
    refuse_terms(kind, grounds, terms, today=TODAY)


@pytest.mark.parametrize(
    ("kind", "grounds", "terms", "code", "field"),
    [
        (AWARD, ["new_circumstances"], NO_TERMS, "effect_day_missing", "effect_on"),
        (AWARD, ["new_circumstances"], in_days(13), "effect_day_wrong", "effect_on"),
        (AWARD, ["new_circumstances"], in_days(367), "effect_day_wrong", "effect_on"),
        (AWARD, ["new_circumstances"], in_days(20, -1), "compensation_wrong", "compensation"),
        (AWARD, ["not_done"], in_days(20), "effect_day_not_for_ground", "effect_on"),
        (
            AWARD,
            ["not_done"],
            ChangeTerms(None, 100),
            "compensation_not_for_ground",
            "compensation",
        ),
        (
            AWARD,
            ["not_done", "new_circumstances"],
            in_days(20),
            "grounds_of_two_articles",
            "grounds",
        ),
        (DETERMINATION, ["duty_after"], NO_TERMS, "breach_day_missing", "breach_on"),
        (
            DETERMINATION,
            ["duty_after"],
            ChangeTerms(breach_on=TODAY + timedelta(days=1)),
            "breach_day_wrong",
            "breach_on",
        ),
        (
            DETERMINATION,
            ["unknown_facts"],
            ChangeTerms(breach_on=TODAY),
            "breach_day_not_for_ground",
            "breach_on",
        ),
    ],
)
def test_terms_that_do_not(
    kind: DecisionKind, grounds: list[str], terms: ChangeTerms, code: str, field: str
) -> None:
    with pytest.raises(DomainError) as error:
        refuse_terms(kind, grounds, terms, today=TODAY)
    assert (error.value.code, error.value.field) == (code, field)


def test_five_years_end_with_the_same_day() -> None:
    """Awb 4:49, third paragraph: on the last day of the five years it can still be changed."""
    since = date(2021, 6, 1)
    assert not too_late_on(since, date(2026, 6, 1))
    assert too_late_on(since, date(2026, 6, 2))
    assert years_after(date(2024, 2, 29), 5) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("grounds", "breach_on", "code"),
    [
        (["unknown_facts"], None, "determination_final"),
        (["duty_after", "wrong_determination"], date(2026, 1, 1), "determination_final"),
        (["duty_after"], date(2020, 1, 1), "breach_before_determination"),
        (["duty_after"], date(2021, 3, 1), "breach_too_long_ago"),
        (["duty_after"], date(2026, 1, 1), None),
    ],
)
def test_a_breach_has_five_years_of_its_own(
    grounds: list[str], breach_on: date | None, code: str | None
) -> None:
    determined_on = date(2021, 2, 1)
    if code is None:
        refuse_after_limit(grounds, breach_on, determined_on=determined_on, today=TODAY)
        return
    with pytest.raises(DomainError, match=code):
        refuse_after_limit(grounds, breach_on, determined_on=determined_on, today=TODAY)


def test_each_ground_of_a_change_names_its_article() -> None:
    articles = {code: article_of(GROUNDS[code], AWARD.value) for code in WITH_TERM}
    assert articles == {
        "incorrect_award": "artikel 4:50, eerste lid, onder a, Awb",
        "new_circumstances": "artikel 4:50, eerste lid, onder b, Awb",
    }
    assert article_of(GROUNDS["not_done"], AWARD.value).startswith("artikel 4:48, eerste lid,")
    assert "4:49, eerste lid, onder c" in article_of(GROUNDS[WITH_BREACH], DETERMINATION.value)

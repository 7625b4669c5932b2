"""A claim with every step that led to it."""

from fractions import Fraction

from tests.support.rules_and_facts import application, decide, rules
from voorjebuurt.rulebook.clauses import Caps, Field, Requirement
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import Claim, claim_of
from voorjebuurt.rulebook.figures.tally import Measures

MEASURES = Measures(crowd_cents=600, donors=2)
ALL_CAPS = Caps(project_cents=700, pct_of_goal=Fraction(55), to_gap=True)


def claim(goal_cents: int, *require: Requirement, caps: Caps = ALL_CAPS) -> Claim:
    return claim_of(
        Application("A", 0, goal_cents),
        MEASURES,
        base=Fraction(1001, 2),
        factor=Fraction(3, 2),
        caps=caps,
        require=require,
    )


def test_a_claim_keeps_the_steps_that_led_there() -> None:
    bounds = (("project_cents", 700), ("pct_of_goal", 550), ("to_gap", 400))
    assert claim(1000) == Claim(Fraction(1001, 2), Fraction(3, 2), 750, bounds, (), 400)
    assert claim(1000, caps=Caps()).cents == 750


def test_a_percentage_of_the_goal_is_rounded_down_and_a_gap_is_never_negative() -> None:
    caps = Caps(pct_of_goal=Fraction(55), to_gap=True)
    assert claim(599, caps=caps).caps == (("pct_of_goal", 329), ("to_gap", 0))
    assert claim(602, caps=caps).caps == (("pct_of_goal", 331), ("to_gap", 2))


def test_a_requirement_that_fails_leaves_the_steps_and_no_claim() -> None:
    enough = Requirement(Field.DONORS, ">=", Fraction(2), "genoeg")
    too_few = Requirement(Field.DONORS, ">", Fraction(2), "te weinig")
    result = claim(1000, enough, too_few)
    assert (result.cents, result.whole_cents, result.failed) == (0, 750, (too_few,))


def test_every_cap_that_lowers_a_claim_is_told() -> None:
    def told(**caps: object) -> list[str]:
        outcome = decide(rules(caps=caps), application("A", 600, goal=1000)).as_json()
        sentences: list[str] = outcome["reasons"]["A"]["nl"]
        return [text.replace("\u00a0", " ") for text in sentences]

    cases: list[tuple[dict[str, object], str]] = [
        ({"project_cents": 300}, "€ 3"),
        ({"pct_of_goal": 25}, "€ 2,50"),
        ({"to_gap": True}, "€ 4"),
    ]
    for caps, amount in cases:
        assert amount in told(**caps)[2]
        assert told(**caps)[3] == f"Het berekende bedrag is {amount}."
    assert len(told(project_cents=600)) == len(told(project_cents=599)) - 1

"""The contrast gate: the shipped theme passes, a bad one is refused by name."""

import json

import pytest

from voorjebuurt.web.kit.assets import theme


def test_shipped_theme_passes() -> None:
    assert theme.check_contrast(theme.shipped()) == []


def test_every_pair_is_known_to_the_shipped_theme() -> None:
    tokens = theme.shipped()
    assert {name for pair in theme.PAIRS for name in pair[:2]} - tokens.keys() == set()


def test_names_the_pair_that_fails() -> None:
    pale = theme.shipped() | {"--basis-color-action-1-inverse-bg-default": "#ffe08a"}
    failures = theme.check_contrast(pale)
    assert [(f.foreground, f.background, f.required) for f in failures] == [
        (
            "--basis-color-action-1-inverse-color-default",
            "--basis-color-action-1-inverse-bg-default",
            4.5,
        )
    ]
    assert failures[0].ratio == pytest.approx(1.29, abs=0.01)


@pytest.mark.parametrize("value", ["rebeccapurple", "rgba(0, 0, 0, 0)", "#fff", ""])
def test_a_colour_that_cannot_be_judged_fails(value: str) -> None:
    tokens = theme.shipped() | {"--vjb-footer-color": value}
    assert "--vjb-footer-color" in {f.foreground for f in theme.check_contrast(tokens)}


@pytest.mark.parametrize(
    ("first", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#FFFFFF", 4.54)],
)
def test_ratios_are_those_of_wcag(first: str, other: str, ratio: float) -> None:
    assert theme.contrast(first, other) == pytest.approx(ratio, abs=0.005)


def test_token_files_flatten_with_references_in_either_form() -> None:
    tree = json.loads(
        '{"brand": {"blue": {"$value": "#1a5485", "$type": "color"}},'
        ' "button": {"color": {"value": "{brand.blue}"}}, "$themes": {"x": {"value": "1"}}}'
    )
    flat = theme.flatten(tree)
    assert flat == {"--brand-blue": "#1a5485", "--button-color": "var(--brand-blue)"}
    assert theme.resolved(flat)["--button-color"] == "#1a5485"


def test_references_that_lead_nowhere_or_in_circles_are_left_out() -> None:
    tokens = {"--a": "var(--b)", "--b": "var(--a)", "--c": "var(--gone)", "--d": "1px"}
    assert theme.resolved(tokens) == {"--d": "1px"}


def test_compiled_theme_holds_only_what_is_read() -> None:
    sheet = theme.compile_theme({"--a": "1px", "--b": "2px"}, used_in="p{margin:var(--b)}")
    assert sheet == ":root{--b:2px}"

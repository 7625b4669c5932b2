"""A factor with all that it was made of, and figures that are looked up more than once."""

from fractions import Fraction

from voorjebuurt.rulebook.clauses import Band, Equity
from voorjebuurt.rulebook.facts import Application, Area
from voorjebuurt.rulebook.figures.factor import AreaPart, Factor, Figures, factors

HIGH, LOW = Fraction(30), Fraction(10)
ONE, HALF, MORE = Fraction(1), Fraction(1, 2), Fraction(3, 2)
AREAS = {
    "BU1": Area("WK1", {}),
    "BU2": Area("WK1", {"p": None}),
    "BU3": Area("WK1", {"p": LOW}),
    "BU4": Area("WK2", {}),
    "WK1": Area("GM1", {}),
    "WK2": Area("GM9", {}),
    "GM1": Area(None, {"p": HIGH, "other": LOW}),
}
BANDS = (Band(at_least=True, bound=Fraction(25), factor=MORE),)


def test_a_figure_is_the_same_however_often_and_from_wherever_it_is_looked_up() -> None:
    figures = Figures(AREAS, "p")
    for _ in range(2):
        assert figures.of("BU1") == (HIGH, "GM1")
        assert figures.of("BU2") == (HIGH, "GM1")
        assert figures.of("WK1") == (HIGH, "GM1")
        assert figures.of("GM1") == (HIGH, "GM1")
        assert figures.of("BU3") == (LOW, "BU3")
        assert figures.of("BU4") is None
        assert figures.of("WK2") is None
        assert figures.of("GM9") is None


def test_an_area_is_asked_for_its_figure_once() -> None:
    class Counting(dict[str, Area]):
        lookups = 0

        def __getitem__(self, code: str) -> Area:
            self.lookups += 1
            return super().__getitem__(code)

    areas = Counting(AREAS)
    figures = Figures(areas, "p")
    figures.of("BU1")
    before = areas.lookups
    assert figures.of("BU1") == figures.of("WK1") == (HIGH, "GM1")
    assert areas.lookups == before


def application(key: str, *groups: str, **shares: Fraction) -> Application:
    return Application(key, 0, 1, area=shares or None, groups=frozenset(groups))


def test_applications_at_the_same_place_have_the_same_factor_and_others_their_own() -> None:
    equity = Equity("p", BANDS, {"g": Fraction(2), "h": Fraction(2)}, "max")
    everywhere = (
        application("A", BU1=ONE),
        application("B", BU3=ONE),
        application("C", BU1=ONE),
        application("D", "h", "g", BU1=ONE),
        application("E", BU1=HALF, BU3=HALF),
        application("F"),
        application("G", BU4=ONE),
    )
    from_parent = AreaPart("BU1", ONE, HIGH, "GM1", MORE)
    two = (AreaPart("BU1", HALF, HIGH, "GM1", MORE), AreaPart("BU3", HALF, LOW, "BU3", ONE))
    assert factors(equity, everywhere, AREAS) == {
        "A": Factor(MORE, (from_parent,), MORE),
        "B": Factor(ONE, (AreaPart("BU3", ONE, LOW, "BU3", ONE),), ONE),
        "C": Factor(MORE, (from_parent,), MORE),
        "D": Factor(Fraction(2), (from_parent,), MORE, "g", Fraction(2)),
        "E": Factor(Fraction(5, 4), two, Fraction(5, 4)),
        "F": Factor(),
        "G": Factor(ONE, (AreaPart("BU4", ONE, None, None, ONE),), ONE),
    }


def test_a_product_counts_both_and_without_equity_there_is_no_factor() -> None:
    equity = Equity("p", BANDS, {"g": Fraction(2)}, "product")
    both = factors(equity, (application("A", "g", BU1=ONE),), AREAS)["A"]
    assert (both.value, both.by_area, both.by_group) == (Fraction(3), MORE, Fraction(2))
    assert factors(None, (application("A", "g", BU1=ONE),), AREAS) == {"A": Factor()}


def test_groups_alone_need_no_area() -> None:
    equity = Equity(None, (), {"g": MORE}, "max")
    assert factors(equity, (application("A", "g", BU1=ONE),), AREAS) == {
        "A": Factor(MORE, (), ONE, "g", MORE)
    }

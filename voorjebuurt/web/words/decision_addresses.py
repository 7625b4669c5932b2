"""What kinds of decisions are called in addresses."""

from collections.abc import Mapping

from voorjebuurt.decisions.rules.kinds import DecisionKind

_K = DecisionKind
SLUGS: Mapping[DecisionKind, str] = {
    _K.AWARD: "toekenning",
    _K.PARTIAL_AWARD: "gedeeltelijke-toekenning",
    _K.REFUSAL: "weigering",
    _K.WITHDRAWAL: "intrekking",
    _K.DETERMINATION: "vaststelling",
    _K.LOWER_DETERMINATION: "lagere-vaststelling",
    _K.CLAWBACK: "terugvordering",
    _K.INTEREST: "rente",
    _K.INTEREST_OWED: "rente-gemeente",
    _K.AWARD_CHANGE: "wijziging-toekenning",
    _K.DETERMINATION_CHANGE: "wijziging-vaststelling",
    _K.PLAN_CHANGE: "wijziging-op-verzoek",
    _K.PLAN_REFUSAL: "weigering-wijziging",
}
KINDS_BY_SLUG: Mapping[str, DecisionKind] = {slug: kind for kind, slug in SLUGS.items()}

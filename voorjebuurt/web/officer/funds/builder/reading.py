"""Rules as an officer reads them: sentences by section, and what they do with the examples."""

from dataclasses import dataclass

from voorjebuurt.matching.funds.builder.examples import Effects, effects
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.explanation.sentences import sentences_by_section
from voorjebuurt.rulebook.parsing.faults import RefusedError
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.wording import say
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.web.kit.database import the_settings
from voorjebuurt.web.kit.i18n import chosen_locale


@dataclass(frozen=True)
class RulesetReading:
    """Sentences by section of the builder, in the language of the request, and the effects."""

    said: dict[str, list[str]]
    effects: Effects


def allowed_ruleset(rules: Json) -> Ruleset:
    """Rules that may be used now. Raises ``RefusedError``."""
    return read_ruleset(rules, indicators=the_settings().matching.indicators)


def ruleset_reading(ruleset: Ruleset) -> RulesetReading:
    """What to show beside the form."""
    language = chosen_locale()
    sections = sentences_by_section(ruleset)
    return RulesetReading(
        {
            section: [say(sentence, language) for sentence in sentences]
            for section, sentences in sections.items()
        },
        effects(ruleset, indicators=the_settings().matching.indicators),
    )


def is_allowed(text: str) -> bool:
    """Whether stored rules may still be used."""
    try:
        allowed_ruleset(jsontext.parse(text))
    except RefusedError:
        return False
    return True

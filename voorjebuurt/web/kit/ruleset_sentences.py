"""Stored rules as sentences, in the language of the request."""

from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.parsing.ruleset import read_ruleset
from voorjebuurt.rulebook.texts.wording import say
from voorjebuurt.rulebook.values import jsontext
from voorjebuurt.web.kit.i18n import chosen_locale


def rules_in_words(text: str) -> list[str]:
    """What rules say. Those of a version read well whatever indicators are allowed now."""
    rules = jsontext.parse(text)
    indicator = (rules.get("equity") or {}).get("indicator")
    ruleset = read_ruleset(rules, indicators=(indicator,) if indicator else ())
    return [say(sentence, chosen_locale()) for sentence in sentences(ruleset)]

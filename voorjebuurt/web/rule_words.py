"""Stored rules as sentences, in the language of the request."""

from voorjebuurt.matching.rules import jsontext
from voorjebuurt.matching.rules.read_ruleset import read_ruleset
from voorjebuurt.matching.rules.sentences import sentences
from voorjebuurt.matching.rules.wording import say
from voorjebuurt.web.i18n import chosen_locale


def rules_in_words(text: str) -> list[str]:
    """What rules say. Those of a version read well whatever indicators are allowed now."""
    rules = jsontext.parse(text)
    indicator = (rules.get("equity") or {}).get("indicator")
    ruleset = read_ruleset(rules, indicators=(indicator,) if indicator else ())
    return [say(one, chosen_locale()) for one in sentences(ruleset)]

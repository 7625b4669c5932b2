"""Stored rules as sentences, in the language of the request."""

from voorjebuurt.rulebook.documents.stored import stored_ruleset
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.texts.wording import say
from voorjebuurt.web.kit.i18n import chosen_locale


def sentences_of(text: str) -> list[str]:
    """What rules say. Those of a version read well whatever indicators are allowed now."""
    return [say(sentence, chosen_locale()) for sentence in sentences(stored_ruleset(text))]

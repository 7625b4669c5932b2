"""What the readers of an update are called."""

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.campaigns.updates.texts import Audience

_l = lazy_gettext

AUDIENCES: Mapping[Audience, LazyString] = {
    Audience.EVERYBODY: _l("Everybody"),
    Audience.DONORS: _l("Only people who gave"),
}

UPDATE_MESSAGES: dict[str, LazyString] = {
    "follow_over": _l("This is not on your list any more. You can follow it anew."),
    "follows_full": _l(
        "This address follows %(most)s things already, and that is the most. First end one."
    ),
    "questions_full": _l(
        "So many questions wait for an answer that no more fit. Try again in some days."
    ),
    "questions_of_one": _l(
        "%(most)s questions of yours wait for an answer already. Wait for those first."
    ),
    "review_taken": _l("Another coach has this plan. You can take it over."),
    "thanks_missing": _l("Write your thanks."),
    "thanks_not_found": _l("We can't find these thanks."),
    "thanks_not_possible": _l("You thanked for this gift already, or it can't be thanked for now."),
    "thanks_of_a_day": _l("You can thank %(most)s donors a day. Go on tomorrow."),
    "thanks_to_all_full": _l("You can thank all donors %(most)s times, and you did."),
    "update_body_missing": _l("Write your update."),
    "update_drafts_full": _l(
        "You have %(most)s updates that were not published yet. Publish or remove one first."
    ),
    "update_not_found": _l("We can't find this update."),
    "update_title_missing": _l("Write in a few words what the news is."),
    "updates_of_a_day": _l(
        "You can publish %(most)s updates a day, so that people keep reading them. You can publish "
        "this one from %(at)s."
    ),
}

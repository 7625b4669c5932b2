"""What is said about changing, extending and stopping a live campaign."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

_l = lazy_gettext

CHANGES: Mapping[str, LazyString] = {
    "title": _l("The title"),
    "summary": _l("The summary"),
    "for_whom": _l("For whom?"),
    "story": _l("The plan"),
    "worse_off": _l("Could somebody be worse off?"),
    "needs": _l("What else is needed?"),
    "pictures": _l("The pictures"),
    "video": _l("The video"),
}
"""What a part of a page is called where its change is told."""

LIVE_MESSAGES: dict[str, LazyString] = {
    "extension_after_award": _l(
        "A municipality decided on match money for the last day of now. Ask it first what to do."
    ),
    "extension_after_reward": _l(
        "Donors were promised a reward by %(day)s. Choose a last day before that."
    ),
    "extension_not_promised": _l(
        "Your page did not say that the last day may move. So it can't: people gave because of it."
    ),
    "extension_reason_missing": _l("Write why you need more time. Everybody who gave reads it."),
    "extension_too_late": _l("Choose a day that is %(day)s at the latest."),
    "extension_too_little": _l(
        "The last day may move once %(amount)s was given. There is not so much yet."
    ),
    "extension_too_soon": _l("Choose a day after %(day)s."),
    "extension_twice": _l("The last day moved already. That is possible once."),
    "pictures_full": _l(
        "There are %(most)s pictures beside the cover, and that is the most. First remove one."
    ),
    "stop_reason_missing": _l("Write why you stop. Everybody who gave reads it."),
    "too_late_to_extend": _l("The last day can't move any more: it is over."),
    "too_late_to_stop": _l(
        "The campaign can't be stopped any more. Its last day is over, or it was ended already."
    ),
    "too_many_changes": _l(
        "You changed the page %(maximum)s times today. You can change it again tomorrow."
    ),
    "video_elsewhere": _l(
        "Paste the address of a video on one of these sites, beginning with https: %(hosts)s."
    ),
    "video_title_missing": _l("Write in a few words what the video shows."),
}


def page_part_label(part: str) -> str:
    """The name of a part of a page."""
    return str(CHANGES[part])


def video_site(url: str) -> str:
    """The site where a video is, as people call it."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


FILTERS: Mapping[str, Callable[..., object]] = {
    "page_part_label": page_part_label,
    "video_site": video_site,
}
"""What templates may call."""

"""What templates may call: filters for money, time and text, and the addresses of assets."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from fractions import Fraction

from flask import Flask, g
from flask_babel import format_decimal, get_locale, gettext, ngettext
from jinja2 import StrictUndefined
from markupsafe import Markup
from wtforms import Field

from voorjebuurt.kernel import clock, text
from voorjebuurt.kernel.catalogues import DUTCH, catalogue
from voorjebuurt.kernel.markdown import plain_beginning, story_html
from voorjebuurt.rulebook.texts.wording import written
from voorjebuurt.web.kit.assets.files import Assets
from voorjebuurt.web.words import (
    abuse_labels,
    advice_labels,
    applicant_labels,
    case_badges,
    coaching_labels,
    dedication_labels,
    desk_words,
    fund_labels,
    live_labels,
    monthly_labels,
    near_miss_labels,
    need_labels,
    part_labels,
    rehearsal_labels,
)
from voorjebuurt.web.words import campaign_labels as labels
from voorjebuurt.web.words.member_names import by_whom_written
from voorjebuurt.web.words.written import (
    as_written,
    in_readers_language,
    nl2br,
    written_address,
    written_lang,
)


def init_jinja(app: Flask, assets: Assets) -> None:
    """Register the filters and globals of our templates."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(_filters())
    environment.globals.update(
        asset=assets.url,
        illustration=assets.illustration,
        get_locale=get_locale,
        text_direction=text_direction,
        written_lang=written_lang,
        page_form_id=page_form_id,
        has_page_form=has_page_form,
    )


def file_size(size: int) -> str:
    """Bytes as people say it: ``1,2 MB``, ``340 kB``."""
    if size < 1_000_000:
        return str(gettext("%(number)s kB", number=format_decimal(max(1, round(size / 1000)))))
    return str(gettext("%(number)s MB", number=format_decimal(round(size / 1_000_000, 1))))


def text_direction() -> str:
    """``rtl`` or ``ltr``, from the request's locale."""
    return text.direction(_locale())


def euro(cents: int) -> Markup:
    """Eurocents for a page, isolated from the direction of the text around them."""
    return Markup("<bdi>{}</bdi>").format(text.euro(cents, _locale()))


def euro_plain(cents: int) -> str:
    """Eurocents without markup: for titles, attributes and mails."""
    return text.euro(cents, _locale())


def euro_change(cents: int) -> Markup:
    """A difference in eurocents with its sign: ``+€ 101,25``, ``−€ 350``, ``€ 0``."""
    sign = "\u2212" if cents < 0 else "+" if cents else ""
    return Markup("<bdi>{}{}</bdi>").format(sign, text.euro(abs(cents), _locale()))


def days_left(deadline: date) -> str:
    """How long a campaign is still open: ``18 days left``, ``last day``, ``closed``."""
    days = text.days_until(deadline)
    if days < 0:
        return str(gettext("closed"))
    if days == 0:
        return str(gettext("last day"))
    return str(ngettext("%(num)s day left", "%(num)s days left", days))


def _filters() -> dict[str, Callable[..., object]]:
    return {
        "euro": euro,
        "euro_plain": euro_plain,
        "day": lambda value: text.day(value, _locale()),
        "short_day": lambda value: text.short_day(value, _locale()),
        "moment": lambda value: text.moment(value, _locale()),
        "time_of_day": text.time_of_day,
        "iso": iso,
        "days_left": days_left,
        "days_until": text.days_until,
        "percent": lambda value: text.percent(value, _locale()),
        "share": lambda value: text.share(value, _locale()),
        "euro_change": euro_change,
        "exact": lambda value: written(Fraction(value), catalogue(_locale())),
        "last_day": last_day,
        "beginning": plain_beginning,
        "markdown": story_html,
        "nl2br": nl2br,
        "as_written": as_written,
        "by_whom": by_whom_written,
        "in_language": in_readers_language,
        "own_errors": own_errors,
        "of_field": of_field,
        "hints": hints,
        "mail_address": written_address,
        "options_by_value": options_by_value,
        "figure_columns": figure_columns,
        "file_size": file_size,
        **advice_labels.FILTERS,
        "part_label": part_labels.part_label,
        **abuse_labels.FILTERS,
        **applicant_labels.FILTERS,
        **labels.FILTERS,
        **coaching_labels.FILTERS,
        **desk_words.FILTERS,
        **dedication_labels.FILTERS,
        **live_labels.FILTERS,
        **monthly_labels.FILTERS,
        **near_miss_labels.FILTERS,
        **need_labels.FILTERS,
        **rehearsal_labels.FILTERS,
        **case_badges.FILTERS,
        **fund_labels.FILTERS,
    }


def page_form_id() -> Markup:
    """The id for a form; only the first one of a page has it. The choice of a language in the
    foot of the page sends that form along, so that what was typed comes back.
    """
    if has_page_form():
        return Markup("")
    g.has_page_form = True
    return Markup(' id="page-form"')


def has_page_form() -> bool:
    """Whether a form of this page has the id that ``page_form_id`` gives."""
    return bool(g.get("has_page_form"))


def iso(value: date | datetime) -> str:
    """A date or moment for the ``datetime`` attribute of ``<time>``."""
    return value.isoformat()


def own_errors(field: Field) -> list[str]:
    """The errors of a form field itself, without those of the fields inside it."""
    if isinstance(field.errors, dict):
        return []  # a FormField's: the names of its fields, each with its own errors
    return [str(error) for error in field.errors if not isinstance(error, dict | list | tuple)]


def of_field(error: str, field: Field, row: str = "") -> Markup:
    """An error for the list of all: ``Title: fill this in.``, in a row ``Row 2, Amount: …``."""
    label = field.label.text
    ends_itself = str(label).strip()[-1:] in ("?", "!", ":", ".")
    return Markup("{}{}{}{}").format(
        f"{row}, " if row else "",
        label if isinstance(label, Markup) else str(label).strip(),
        " " if ends_itself else ": ",
        error if ends_itself else _within_sentence(error),
    )


def _within_sentence(text: str) -> str:
    """A sentence after a colon: with a small letter, unless that is the whole word."""
    starts_a_word = text[1:2].islower()
    return text[:1].lower() + text[1:] if starts_a_word else text


def hints(field: Field) -> list[str]:
    """What stands below a field's label: its own hint, and how much fits."""
    most = None if field.flags.most_is_quiet else field.flags.most_characters
    limit = (
        "" if most is None else gettext("At most %(most)s characters.", most=format_decimal(most))
    )
    return [str(hint) for hint in (field.description, limit) if hint]


def options_by_value(field: Field) -> dict[str, Field]:
    """The choices of a field with several, by what each of them stands for."""
    return {option.data: option for option in field}


def figure_columns(heads: Sequence[str]) -> list[dict[str, object]]:
    """The columns of a table of figures: the first names the rows, the others hold numbers."""
    return [{"label": head, "numeric": place > 0} for place, head in enumerate(heads)]


def last_day(over: datetime) -> date:
    """The day that ends at this moment: of the midnight after 12 November, the 12th."""
    return clock.last_day(over)


def _locale() -> str:
    return str(get_locale() or DUTCH)

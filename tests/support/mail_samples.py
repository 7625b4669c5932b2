"""The mails that there are, and what each takes from its context."""

from jinja2 import Environment, meta

from voorjebuurt import paths

MAILS = sorted(file.stem for file in (paths.TEMPLATES / "emails").glob("*.md"))


def used_names(template: str) -> set[str]:
    """The names that a template takes from its context."""
    source = (paths.TEMPLATES / "emails" / f"{template}.md").read_text()
    environment = Environment(extensions=["jinja2.ext.i18n"])
    environment.filters |= dict.fromkeys(("plain", "euro", "day", "moment", "decimal"), str)
    globals_ = {"platform_name", "link", "_", "ngettext", "gettext"}
    return meta.find_undeclared_variables(environment.parse(source)) - globals_

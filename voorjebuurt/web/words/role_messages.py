"""The texts of errors about officers, their mandates and who appoints them, by code."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

ROLE_MESSAGES: dict[str, LazyString] = {
    "appointing_only_for_officer": _l("Only an officer can appoint officers."),
    "case_taken": _l("%(name)s has taken this case in the meantime. Nothing has been changed."),
    "last_appointers": _l(
        "At least %(minimum)s other officers must have the right to appoint. First give it to "
        "somebody else."
    ),
    "mandate_kinds_missing": _l("Choose at least one kind of decision."),
    "mandate_unchanged": _l("This is the mandate of now. Change something, or go back."),
    "mandate_until_past": _l("Choose a day from today on, or take the role away."),
    "municipality_appoints": _l(
        "This municipality appoints its own officers. Ask an officer with the right to appoint."
    ),
    "officer_already": _l("This person is an officer here already. Change the mandate instead."),
    "only_appointers": _l("Only officers with the right to appoint can do this."),
    "own_address_change": _l("You asked for this yourself. A colleague must approve it."),
    "person_changed": _l(
        "This person was proposed with the address %(proposed)s, and has %(now)s now. Dismiss the "
        "proposal and propose it again."
    ),
    "person_erased": _l("This person was erased at their own wish. Nobody can become them again."),
    "person_kept_out": _l("This person is blocked. Ask the staff of this site why."),
    "role_from_role_proposer": _l(
        "The person who proposed this gave you your role less than %(days)s days ago. Another "
        "colleague must approve it."
    ),
    "staff_give_right_only": _l(
        "You can give an officer the right to appoint. The municipality gives the mandate."
    ),
    "team_got_cases": _l(
        "At this very moment a case came to this team. Nothing has been changed. Look at it, and "
        "press the button again."
    ),
    "team_has_cases": _l(
        "This team has open cases (%(count)s). Tick that they go to no team, or give them to "
        "another team first."
    ),
    "team_members_missing": _l("Choose at least one officer."),
    "team_name_missing": _l("Give the team a name, for example ‘Team Noord’."),
    "team_name_taken": _l("There’s a team with this name already. Choose another name."),
    "team_not_found": _l("This team no longer exists."),
    "team_not_here": _l("This team no longer exists. Choose another team, or no team."),
    "viewing_of_residents_only": _l(
        "You can only look along with residents: not with who holds a role, is blocked or was "
        "erased."
    ),
    "viewing_only": _l("You look along with somebody: nothing can be changed."),
    "viewing_too_often": _l(
        "Colleagues looked along with this person very often today. Try again tomorrow."
    ),
}

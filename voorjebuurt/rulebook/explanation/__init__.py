"""Why an application gets what it gets, and what a ruleset says, as phrases. Pure."""

"""The screens of rehearsals, shared by staff and officers."""

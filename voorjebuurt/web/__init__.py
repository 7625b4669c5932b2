"""The screens: routes, forms, templates and the files they need."""

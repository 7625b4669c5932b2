"""Where money went, on the screens: for everybody, for officers, and for staff and auditors."""

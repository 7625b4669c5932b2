"""The base of forms, its fields, and forms that several audiences share."""

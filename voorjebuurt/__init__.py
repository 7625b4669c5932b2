"""Crowdfunding for neighbourhoods: pitch, pledge, match, pay out."""

__version__ = "0.2.0"
"""The version of this code; the build, the command, ``/healthz`` and staff pages read it here."""

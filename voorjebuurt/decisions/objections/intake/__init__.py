"""Objections come in and are taken back."""

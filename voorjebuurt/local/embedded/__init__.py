"""Starts, supervises and stops the embedded PostgreSQL of a development or visitor's machine."""

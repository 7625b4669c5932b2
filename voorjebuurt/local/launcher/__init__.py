"""Runs the whole site on one machine: database, sandbox, worker and web server."""

"""Rows for tests, made by factory_boy in the session of the test."""

"""A local payment provider to develop and test against: it speaks Mollie's API (v2) over HTTP.

It is a process of its own (``python -m voorjebuurt.sandbox``) that nothing imports. No money
moves. What it remembers is in one SQLite file, so that it can be killed and started again.
"""

"""How often the page of a campaign was opened, by day: numbers only, nothing of who looked.

A page view adds to a buffer in memory; every so often a process writes what it has as new rows,
after an answer was sent; the worker adds those up by day. No row of a campaign is ever locked.
"""

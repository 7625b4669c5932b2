"""Demo data: two invented municipalities, their people and campaigns, made the real way.

What is said stands in ``data/`` (TOML, for whoever wants to change a text); how it happens, with
the clock moved and through the services and the queue that residents use, stands here.
"""

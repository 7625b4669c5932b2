"""Demo data: two invented municipalities, their people and campaigns, made the real way.

What is said and shown stands in ``data/`` (TOML, for whoever wants to change a text; pictures as
``.ci/draw-pictures.py`` drew them); how it happens, with the clock moved and through the services
and the queue that residents use, stands here.
"""

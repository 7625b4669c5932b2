"""The rule language ``matchregel/1``: pure, exact to the cent, explained in every step.

From text to outcome::

    jsontext      text -> JSON with exact numbers; canonical JSON and its hash
    read_ruleset  JSON -> Ruleset, or every fault with its path and reason
    read_facts    JSON -> Facts, likewise
    tally         gifts -> one application's figures, donor by donor, once
    quadratic     donors' totals -> the base of quadratic funding
    factor        areas and groups -> the equity factor
    claim         figures + base + factor -> claim
    divide        claims and weights -> awards (knows no gifts)
    measured      what deciding needs, whoever added up the gifts
    deciding      measured -> outcome; settling for bases that are only enclosed
    live          gift by gift instead, as they are paid
    evaluation    all of it
    reasons, sentences, wording    what it says to people, in Dutch and English

``docs/matching.md`` tells the rules as prose, with the choices made where they leave room.
"""

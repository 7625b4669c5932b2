"""The rule language ``matchregel/1``: pure, exact to the cent, explained in every step.

Every room and module imports only from those above it in this list::

    values/       exact numbers, instants, JSON text with its canonical form and hash
    facts         applications, gifts and areas, validated
    clauses       requirements, equity and caps, validated
    parsing/      reading JSON strictly: every fault with its path and reason
    texts/        phrases, and their wording in Dutch and English
    figures/      gifts added up per donor; factors, claims and shares
    conditions    requirements as phrases
    bases/        each base: read, compute, explain, read back
    divides/      each way to divide: read, divide, explain, read back
    ruleset       a whole ruleset, validated
    documents/    rulesets and facts from JSON
    exactness     which bases must be exact where they are only enclosed
    explanation/  why an application gets its award; a ruleset as sentences
    live          gift by gift instead, as they are paid
    outcome       claims, awards, steps and reasons
    closing       from figures to an outcome, whoever added up the gifts
    evaluation    from JSON to an outcome

``docs/matching.md`` tells the rules as prose, with the choices made where they leave room.
"""

"""From gifts in PostgreSQL to the figures that rules decide on, for rounds of any size.

Gives what ``rules.evaluation.add_up`` gives on the same gifts; ``docs/matching.md`` tells how.

    rows       gifts out of the database, packed per application
    donors     added up per donor, in arrays
    figures    the measures of every application
    quadratic  how many donors gave which total, and what follows from it
    pairs      sums over pairs of donors, enclosed
    meetings   pairs of donors that meet at several applications
    arrays     what arrays are asked again and again
"""

from voorjebuurt.matching.rounds.aggregation.figures import gather

__all__ = ["gather"]

"""A made-up town of any size as its pages show it: a map of districts, campaigns, stories."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.bench.figures_town import Sizes, make_town
from tests.support.kept_sums import count_sums
from voorjebuurt.pledges.sums.counting import ask_all

SLUG = "bankdam"
DISTRICT = "WK000101"
_SHOWN = (
    """UPDATE neighbourhoods
       SET parent_code = 'WK0001' || lpad((1 + right(code, 2)::int % 20)::text, 2, '0')""",
    """INSERT INTO neighbourhoods (id, municipality_id, code, kind, parent_code, vintage, name)
       SELECT gen_random_uuid(), municipality_id, parent_code, 'wijk', 'GM0001', 2024,
              'Wijk ' || right(parent_code, 2)
       FROM neighbourhoods GROUP BY municipality_id, parent_code""",
    """INSERT INTO place_imports (id, kind, vintage, source, filename, sha256, status, asked_at,
                                   finished_at)
       VALUES (gen_random_uuid(), 'shapes', 2024, 'CBS', 'kaart.json', repeat('1', 64), 'done',
               now(), now())""",
    # Wavy strips of 80 points each, about what an area of a real map has at this size.
    """INSERT INTO area_shapes (import_id, area_code, geometry)
       SELECT i.id, n.code, jsonb_build_object('type', 'Polygon', 'coordinates', jsonb_build_array(
           (SELECT jsonb_agg(jsonb_build_array(
                5 + 0.01 * (n.place % 5) + 0.005 * cos(k * pi() / 40) * (1 + sin(k * 0.9) / 6),
                52 + 0.006 * (n.place / 5) + 0.003 * sin(k * pi() / 40) * (1 + cos(k * 0.7) / 6))
                ORDER BY k) FROM generate_series(0, 80) k)))
       FROM (SELECT code, row_number() OVER (PARTITION BY kind ORDER BY code) AS place
             FROM neighbourhoods) n, place_imports i WHERE i.kind = 'shapes'""",
    """UPDATE campaigns SET closes_at = now() + interval '30 days',
              deadline_on = current_date + 29, goal_cents = 900000, decided_at =
              CASE status WHEN 'paid_out' THEN opened_at - interval '1 day' END,
              title = 'Een groene speelplek voor alle kinderen van straat ' || right(slug, 4),
              summary = 'Het plein is nu grijs en heet. Wij planten bomen en zetten een bank.'""",
    """INSERT INTO campaign_updates (id, campaign_id, number, title, body, audience, written_at,
                                      published_at)
       SELECT gen_random_uuid(), id, 1, 'De bomen staan er, en de kinderen klimmen erin',
              repeat('Zaterdag kwamen er dertig mensen met een schop. ', 20), 'everybody', now(),
              now() FROM campaigns WHERE status = 'paid_out' AND right(slug, 1) IN ('2', '7')""",
)
_QUIET = ("campaigns", "campaign_updates")


def make_pages_town(session: Session, *, campaigns: int, gifts: int) -> str:
    """Fill an empty database and count its sums; the slug of a campaign that one can give to."""
    make_town(session, Sizes(applications=campaigns, funds=20, years=5, gifts=gifts))
    for table in _QUIET:
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    for statement in _SHOWN:
        session.execute(text(statement))
    for table in _QUIET:
        session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    ask_all(session)
    count_sums(session)
    live = text("SELECT slug FROM campaigns WHERE status = 'live' ORDER BY slug LIMIT 1")
    return str(session.execute(live).scalar_one())

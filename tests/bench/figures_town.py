"""A made-up town of any size, with funds that awarded for years; the database makes its rows.

Its guards are off while that happens: the rows are as they come to be, without every step to them.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from voorjebuurt.rulebook.values import jsontext

AREAS = 200
SEED = 20260301
_GUARDED = (
    *("funds", "fund_versions", "fund_pots", "campaigns", "applications", "campaign_matches"),
    *("decisions", "pledges"),
)
_RULES = jsontext.canonical(
    {
        "schema": "matchregel/1",
        "ceiling_cents": 1_000_000_00,
        "base": {"kind": "ratio", "ratio": "1/1"},
        "divide": {"kind": "proportional"},
    }
)
_FILL = (
    """INSERT INTO municipalities (id, code, slug, name)
       VALUES (:place, 'GM0001', 'bankdam', 'Bankdam')""",
    """INSERT INTO persons (id, email, created_at)
       VALUES (:person, 'bank@voorbeeld.example', now())""",
    """INSERT INTO place_imports (id, kind, vintage, source, filename, sha256, status, asked_at,
                                   finished_at)
       VALUES (:import, 'kwb', 2024, 'CBS', 'kwb.csv', repeat('0', 64), 'done', now(), now())""",
    """INSERT INTO neighbourhoods (id, municipality_id, code, kind, parent_code, vintage, name)
       SELECT gen_random_uuid(), :place, 'BU0001' || lpad(n::text, 4, '0'), 'buurt', 'WK000101',
              2024, 'Buurt ' || n FROM generate_series(1, :areas) n""",
    """INSERT INTO area_figures (import_id, area_code, indicator, value)
       SELECT :import, 'BU0001' || lpad(n::text, 4, '0'), kind.name,
              CASE kind.name WHEN 'a_inw' THEN 50 + n * 7 % 3000 ELSE 3 + n * 13 % 40 END
       FROM generate_series(1, :areas) n, (VALUES ('p_hh_120'), ('a_inw')) AS kind (name)""",
    """INSERT INTO funds (id, municipality_id, slug, name, status, live, prepaid, stacks, opens_at,
                           closes_at, draft_rules, created_at, published_at, legal_basis)
       SELECT gen_random_uuid(), :place, 'fonds-' || n, 'Fonds ' || n, 'closed', false, false, true,
              now() - interval '11 years', now(), :rules, now(), now(), 'Verordening'
       FROM generate_series(1, :funds) n""",
    """INSERT INTO fund_versions (id, fund_id, municipality_id, number, rules, ruleset_sha256,
                                   ceiling_cents, unrehearsed_reason, published_at)
       SELECT gen_random_uuid(), id, :place, 1, :rules, repeat('0', 64), 100000000, 'Meting', now()
       FROM funds""",
    """INSERT INTO campaigns (id, slug, municipality_id, neighbourhood_id, initiator_id, status,
                               theme, title, summary, story, goal_cents, minimum_cents, deadline_on,
                               closes_at, created_at, opened_at, short_code)
       SELECT gen_random_uuid(), 'actie-' || n, :place, near.id, :person,
              CASE n % 10 WHEN 0 THEN 'failed' WHEN 1 THEN 'live' ELSE 'paid_out' END, 'green',
              'Actie ' || n, 'Samen.', 'Verhaal.', 500000, 400000, current_date, now(),
              now() - interval '1 day' * (n * 3651 % (:years * 365)), now(),
              -- Triggers sleep while this is filled in.
              translate(lpad(to_hex(n), 6, '0'), '0123456789abcdef', '23456789cdfghjkm')
       FROM generate_series(1, :applications) n
       JOIN (SELECT id, row_number() OVER (ORDER BY code) AS place FROM neighbourhoods) near
         ON near.place = 1 + floor(power(n * 7919 % 1000 / 1000.0, 2) * :areas)::int""",
    """INSERT INTO applications (id, number, fund_id, version_id, campaign_id, municipality_id,
                                  applicant_id, received_at, status, exclusive, areas, decide_by)
       SELECT gen_random_uuid(), 'A-' || c.slug, v.fund_id, v.id, c.id, :place, :person,
              c.created_at, 'awarded', false,
              jsonb_build_object(b.code, '1'), current_date
       FROM (SELECT *, row_number() OVER (ORDER BY slug) AS n FROM campaigns) c
       JOIN neighbourhoods b ON b.id = c.neighbourhood_id
       JOIN (SELECT *, row_number() OVER (ORDER BY id) AS n FROM fund_versions) v
         ON v.n = 1 + c.n % :funds""",
    """INSERT INTO campaign_matches (application_id, fund_id, campaign_id, municipality_id,
                                      fund_name, live, prepaid, status, match_cents, settled_cents,
                                      opened_at)
       SELECT a.id, a.fund_id, a.campaign_id, :place, f.name, false, false,
              CASE c.status WHEN 'failed' THEN 'released' WHEN 'live' THEN 'awarded'
                            ELSE 'received' END,
              CASE c.status WHEN 'failed' THEN 0 ELSE 50000 + length(c.slug) * 997 END,
              CASE WHEN c.status = 'paid_out' AND length(c.slug) % 2 = 0 THEN 45000 END,
              a.received_at
       FROM applications a JOIN campaigns c ON c.id = a.campaign_id
       JOIN funds f ON f.id = a.fund_id""",
    """INSERT INTO decisions (id, number, application_id, fund_id, municipality_id, kind, status,
                               claim_cents, amount_cents, snapshot, snapshot_sha256, proposed_at,
                               proposed_by, approved_at, approved_by, letter, sent_at, object_until)
       SELECT gen_random_uuid(), 'BS-' || a.number, a.id, a.fund_id, :place, 'award', 'sent', 60000,
              60000, jsonb_build_object('areas', '[]'::jsonb, 'basis',
                  jsonb_build_object('kind', 'round'),
                  'computed', jsonb_build_object('factor', '1'),
                  'facts', repeat('x', 5000))::text, repeat('0', 64), a.received_at,
              :person, a.received_at, :other, 'x'::bytea, a.received_at + interval '20 days',
              current_date
       FROM applications a""",
    """INSERT INTO pledges (id, token, campaign_id, municipality_id, email, name, name_public,
                             locale, amount_cents, tip_cents, status, created_at, booked_at)
       SELECT gen_random_uuid(), 'token-' || n, c.id, :place, 'g' || n % 40000 || '@x.example', 'G',
              false, 'nl', (ARRAY[500,1000,1500,2500,5000])[1 + n % 5], 0, 'booked', now(), now()
       FROM generate_series(1, :gifts) n
       JOIN (SELECT id, row_number() OVER (ORDER BY slug) AS place FROM campaigns) c
         ON c.place = 1 + floor(power(n * 7919 % 10007 / 10007.0, 3) * :applications)::int""",
)


@dataclass(frozen=True)
class Sizes:
    """How much there is in the town."""

    applications: int
    funds: int
    years: int
    gifts: int


def make_town(session: Session, sizes: Sizes) -> Mapping[str, UUID]:
    """Fill an empty database; returns the ids of the municipality and of one fund."""
    chance = random.Random(SEED)
    ids = {
        name: UUID(int=chance.getrandbits(128), version=4)
        for name in ("place", "person", "other", "import")
    }
    values = {**ids, **vars(sizes), "areas": AREAS, "rules": _RULES}
    for table in _GUARDED:
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
    session.execute(
        text("INSERT INTO persons (id, email, created_at) VALUES (:other, 'b@x.example', now())"),
        values,
    )
    for statement in _FILL:
        session.execute(text(statement), values)
    for table in _GUARDED:
        session.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    fund_id = session.execute(text("SELECT fund_id FROM applications LIMIT 1")).scalar_one()
    return {"municipality": ids["place"], "fund": fund_id}

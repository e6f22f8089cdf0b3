"""Fills a city's database with rows as so many operations leave them, inside the database."""

import psycopg

#: Of four operations one registers, one applies, one numbers a slip, one marks: three records, three items.
OPERATIONS_A_PERSON = 4
BATCH = 500
#: A UUIDv7 from a number: time, version, and a hash for the random part.
_ID = (
    "(lpad(to_hex(1600000000000 + {n}), 12, '0') || '7' || substr(md5('{salt}' || {n}), 1, 3)"
    " || '8' || substr(md5('{salt}' || {n}), 4, 15))::uuid"
)
_BODY = "repeat(md5(n::text), {length})"


def _id(salt: str, number: str = "n") -> str:
    return _ID.format(n=number, salt=salt)


def fill(superuser_dsn: str, operations: int) -> None:
    """As many rows as ``operations`` operations of 500 old kiosks leave."""
    people = operations // OPERATIONS_A_PERSON
    home = "'OLD' || (n % 500)::text"
    people_n = f"generate_series(1, {people}) AS n"
    statements = [
        f"INSERT INTO worker SELECT {_id('w')}, {home}, '139' || n, 1, {_BODY.format(length=15)} FROM {people_n}",
        (
            f"INSERT INTO placement SELECT {_id('p')}, {home}, {_id('l', '(n / 60)')}, {_id('w')}, 'arrived', 1,"
            f" {_BODY.format(length=32)} FROM {people_n}"
        ),
        (
            f"INSERT INTO slip SELECT {_id('s')}, {home}, {_id('p')}, 'job_slip', 1, {_BODY.format(length=12)}"
            f" FROM {people_n}"
        ),
    ]
    for place, (entity, salt, length) in enumerate(
        (("worker", "w", 15), ("placement", "p", 32), ("slip", "s", 12))
    ):
        statements.append(
            f"INSERT INTO sync_item (stream, entity, id, seq, ver, origin, deleted, body)"
            f" SELECT 'dev/OLD' || (n % 500)::text, '{entity}', {_id(salt)}, n * 3 + {place}, 1, {home}, false,"
            f" {_BODY.format(length=length)} FROM {people_n}"
        )
    statements.append(
        f"INSERT INTO op_batch SELECT {_id('d', '(n % 500)')}, 1, n / 500 * {BATCH} + 1, (n / 500 + 1) * {BATCH},"
        f" {_id('o')}, {_id('o')}, now(), array_fill({_id('o')}, ARRAY[{BATCH}]),"
        f" decode({_BODY.format(length=1400)}, 'hex') FROM generate_series(1, {operations // BATCH}) AS n"
    )
    with psycopg.connect(superuser_dsn, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")

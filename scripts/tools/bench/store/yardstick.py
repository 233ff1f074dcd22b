#!/usr/bin/python3
"""What the yardstick (legacy_store.py) does not offer: filling fast, and the rows of a query for comparison.

  yardstick.py BASELINE_FOLDER fill --dsn DSN FILE     the tables of `create` filled by COPY, indexes built at the end
  yardstick.py BASELINE_FOLDER rows --dsn DSN QUERIES  for each query one line of JSON: its rows without the JSON text
  yardstick.py BASELINE_FOLDER costs --dsn DSN QUERIES for each query, on a connection of its own, one line of JSON: milliseconds of the
                                                       first call, locks, megabytes of the backend after further calls
  yardstick.py BASELINE_FOLDER together --dsn DSN QUERIES  milliseconds of all queries at once, each on a connection of its own

The schema, the mapping of an event and the statements are those of legacy_store.py. Filling this way takes minutes where its own
`load` takes half an hour, and leaves the tables as compact as they can be: what is compared with them is compared with their best.
"""
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, sys.argv[1])

import legacy_store  # noqa: E402
import psycopg2  # noqa: E402


def literal(value):
    """A value in the text format of COPY, before its escapes."""
    if isinstance(value, (list, tuple, set)):
        return "{" + ",".join('"%s"' % str(item).replace("\\", "\\\\").replace('"', '\\"') for item in value) + "}"
    return str(value)


def escaped(value):
    if value is None:
        return "\\N"
    text = value if isinstance(value, str) else literal(value)
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


class Lines:
    """A file that is made while it is read."""

    def __init__(self, lines):
        self.lines = lines
        self.rest = ""

    def read(self, size):
        parts, length = [self.rest], len(self.rest)
        while length < size:
            line = next(self.lines, None)
            if line is None:
                break
            parts.append(line)
            length += len(line)
        text = "".join(parts)
        self.rest = text[size:]
        return text[:size]


def events(path):
    with open(path, "rb") as lines:
        for line in lines:
            yield json.loads(line)


def fill(connection, path):
    cursor = connection.cursor()
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = 'legacy_events'::regclass AND NOT indisprimary")
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute("DROP INDEX " + name)
    searched = ("\t".join(map(escaped, legacy_store.row(event))) + "\n" for event in events(path))
    cursor.copy_expert("COPY legacy_events ({}) FROM STDIN".format(", ".join(legacy_store.COLUMNS)), Lines(searched))
    texts = (
        event["ID"] + "\t" + escaped("\\x" + json.dumps(event, sort_keys=True).encode().hex()) + "\n"
        for event in events(path))
    cursor.copy_expert("COPY legacy_events_json (id, event) FROM STDIN", Lines(texts))
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    connection.commit()


def rows(connection, path):
    cursor = connection.cursor()
    with open(path, "rb") as queries:
        for query in json.load(queries):
            text, values = legacy_store.statement(query)
            if query.get("qtype", "select") == "select":
                text = text.replace("SELECT *", "SELECT id, detecttime", 1)
            cursor.execute(text, values)
            yield [[str(value) if value is not None else None for value in row] for row in cursor.fetchall()]


def costs(dsn, path, further=5):
    with open(path, "rb") as queries:
        for query in json.load(queries):
            connection = psycopg2.connect(dsn)
            cursor = connection.cursor()
            text, values = legacy_store.statement(query)
            times = []
            for _ in range(1 + further):
                started = time.perf_counter()
                cursor.execute(text, values)
                cursor.fetchall()
                times.append((time.perf_counter() - started) * 1000)
                cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid()")
                locks = cursor.fetchone()[0]
                connection.commit()
            cursor.execute("SELECT sum(total_bytes) FROM pg_backend_memory_contexts")
            yield {"first_ms": times[0], "locks": locks, "backend_mb": float(cursor.fetchone()[0]) / 1e6}
            connection.close()


def together(dsn, path):
    with open(path, "rb") as queries:
        statements = [legacy_store.statement(query) for query in json.load(queries)]
    cursors = [psycopg2.connect(dsn).cursor() for _ in statements]

    def run(cursor, statement):
        cursor.execute(*statement)
        cursor.fetchall()

    started = time.perf_counter()
    with ThreadPoolExecutor(len(cursors)) as threads:
        list(threads.map(run, cursors, statements))
    return (time.perf_counter() - started) * 1000


def main():
    _, _, command, _, dsn, path = sys.argv
    if command == "fill":
        fill(psycopg2.connect(dsn), path)
    elif command == "together":
        print(json.dumps(together(dsn, path)))
    else:
        results = costs(dsn, path) if command == "costs" else rows(psycopg2.connect(dsn), path)
        for result in results:
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    sys.exit(main())

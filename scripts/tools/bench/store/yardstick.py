#!/usr/bin/python3
"""What the yardstick (legacy_store.py) does not offer: filling fast, and the rows of a query for comparison.

  yardstick.py BASELINE_FOLDER fill --dsn DSN FILE     the tables of `create` filled by COPY, indexes built at the end
  yardstick.py BASELINE_FOLDER rows --dsn DSN QUERIES  for each query one line of JSON: its rows without the JSON text

The schema, the mapping of an event and the statements are those of legacy_store.py. Filling this way takes minutes where its own
`load` takes half an hour, and leaves the tables as compact as they can be: what is compared with them is compared with their best.
"""
import json
import sys

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


def main():
    _, _, command, _, dsn, path = sys.argv
    connection = psycopg2.connect(dsn)
    if command == "fill":
        fill(connection, path)
    else:
        for result in rows(connection, path):
            print(json.dumps(result), flush=True)


if __name__ == "__main__":
    sys.exit(main())

/** Random filters of a comparison, made of values that the source has. */
import { someValue } from "./statements.js";
import { sourceError, type MentatSource } from "./source.js";

/** One question, for both sides. */
export interface Probe {
  /** In the filter language. */
  readonly filter: string;
  /** Over the alias `e` of the table of events; the value is `$1`. */
  readonly condition: string;
  readonly value: string;
}

interface Kind {
  /** A value of one event; null where it has none. */
  readonly value: string;
  readonly condition: string;
  readonly filter: (value: string) => string;
}

const quoted = (text: string): string => JSON.stringify(text);

const list = (column: string, field: string): Kind => ({
  value: `e.${column}[1]`,
  condition: `$1::text = any(e.${column})`,
  filter: (value) => `${field} = ${quoted(value)}`,
});

const ports = (side: "source" | "target"): Kind => ({
  value: `e.${side}_port[1]::text`,
  condition: `$1::integer = any(e.${side}_port)`,
  filter: (value) => `${side}.port = ${value}`,
});

const addresses = (side: "source" | "target"): Kind => ({
  value: `e.${side}_ip[1]::text`,
  condition: `$1::iprange && any(e.${side}_ip)`,
  filter: (value) => `${side}.ip overlaps ${value}`,
});

/** The kinds of question; the names of the derived columns differ between the schemas. */
function kinds({ eventClass, severity }: MentatSource["schema"]): readonly Kind[] {
  return [
    addresses("source"),
    addresses("target"),
    ports("source"),
    ports("target"),
    list("node_name", "node.name"),
    list("protocol", "protocol"),
    list("source_type", "source.type"),
    {
      value: `e.${eventClass}`,
      condition: `e.${eventClass} = $1::text`,
      filter: (value) => `event_class = ${quoted(value)}`,
    },
    {
      value: `e.${severity}`,
      condition: `e.${severity} = $1::text and cardinality(e.source_ip) > 0`,
      filter: (value) => `severity = ${quoted(value)} and source.ip exists`,
    },
    {
      value: "to_char(date_trunc('hour', e.detecttime), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
      condition:
        "e.detecttime >= rtrim($1, 'Z')::timestamp and e.detecttime < rtrim($1, 'Z')::timestamp + interval '1 hour'",
      filter: (value) => `detect_time >= ${value} and detect_time < ${hourAfter(value)}`,
    },
  ];
}

const hourAfter = (time: string): string =>
  new Date(Date.parse(time) + 3_600_000).toISOString().replace(".000", "");

/** `count` questions about values of random events of the source; fewer where it is nearly empty. */
export async function probes({ client, schema }: MentatSource, count: number): Promise<readonly Probe[]> {
  const all = kinds(schema);
  const found = new Map<string, Probe>();
  for (let attempt = 0; attempt < count * 5 && found.size < count; attempt++) {
    const kind = all[attempt % all.length];
    const { rows } = await client
      .query<{ value: string | null }>(someValue(schema.events, kind?.value ?? "null"))
      .catch((error: unknown) => {
        throw sourceError(error);
      });
    const value = rows[0]?.value;
    if (kind === undefined || value === null || value === undefined || value === "") continue;
    const probe = { filter: kind.filter(value), condition: kind.condition, value };
    found.set(probe.filter, probe);
  }
  return [...found.values()];
}

/** Shows what a file holds that holds no IDEA events, and how to read it. */
import { asciiFold } from "../../compiler/values/text.js";

/** What the input looks like and what to do, a phrase. */
export type Recognition = string;

const NO_CONVERTER = "there is no converter for it; write one and give it with --converter FILE";
const from = (name: string): string => `read it with --from ${name}`;

/** The keys that no event goes without. An object with one of them is an event, be it a broken one. */
const OWN_KEYS: ReadonlySet<string> = new Set(["id", "detecttime", "format"]);

type Json = Readonly<Record<string, unknown>>;

/** How JSON of other formats is recognised: the first that fits. */
const SHAPES: readonly (readonly [what: string, hint: string, fits: (value: Json) => boolean])[] = [
  [
    "Suricata EVE",
    from("eve"),
    (value) => typeof value["event_type"] === "string" && ("timestamp" in value || "flow_id" in value),
  ],
  [
    "a Zeek log",
    from("zeek"),
    (value) =>
      "ts" in value && ["uid", "note", "_path", "id.orig_h", "id.resp_h"].some((key) => key in value),
  ],
  [
    "IntelMQ",
    from("intelmq"),
    (value) =>
      ["classification.type", "classification.taxonomy", "time.observation", "feed.name"].some(
        (key) => key in value,
      ) || value["__type"] === "Event",
  ],
  [
    "STIX",
    NO_CONVERTER,
    (value) =>
      (value["type"] === "bundle" && Array.isArray(value["objects"])) ||
      (typeof value["spec_version"] === "string" && typeof value["type"] === "string") ||
      /^[a-z-]+--[0-9a-f-]{36}$/.test(typeof value["id"] === "string" ? value["id"] : ""),
  ],
  [
    "MISP",
    NO_CONVERTER,
    (value) =>
      isMisp(value["Event"]) ||
      isMisp(value) ||
      (Array.isArray(value["response"]) && isMispList(value["response"])),
  ],
  [
    "an archive of a store",
    "take it back with `eventstore archive --restore FILE`",
    (value) => typeof value["storageTime"] === "string" && isObject(value["event"]),
  ],
  ["IDMEF", NO_CONVERTER, (value) => "Analyzer" in value && ("Sensor" in value || "StartTime" in value)],
];

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function isMisp(value: unknown): boolean {
  return (
    isObject(value) &&
    ("Attribute" in value || "threat_level_id" in value) &&
    ("info" in value || "uuid" in value)
  );
}

function isMispList(list: readonly unknown[]): boolean {
  const [first] = list;
  return isObject(first) && isMisp(first["Event"] ?? first);
}

/** What a JSON object is that is no IDEA event; null for an event, and for what nothing is known about. */
export function recogniseObject(value: Json): Recognition | null {
  const isStix = typeof value["type"] === "string" && "spec_version" in value;
  if (!isStix && Object.keys(value).some((key) => OWN_KEYS.has(asciiFold(key)) && !isForeignId(value, key)))
    return null;
  const shape = SHAPES.find(([, , fits]) => fits(value));
  return shape === undefined ? null : `it looks like ${shape[0]}, not like IDEA; ${shape[1]}`;
}

/** Zeek writes addresses under a key `id`, STIX types into its identifiers. */
function isForeignId(value: Json, key: string): boolean {
  const id = value[key];
  return key === "id" && (isObject(id) || (typeof id === "string" && id.includes("--")) || "ts" in value);
}

/** How lines of text are recognised. */
const LINES: readonly (readonly [what: string, hint: string, pattern: RegExp])[] = [
  ["a Zeek log", from("zeek"), /^#separator /],
  ["CEF", NO_CONVERTER, /^(?:.{0,80}\s)?CEF:\d+\|/],
  ["LEEF", NO_CONVERTER, /^(?:.{0,80}\s)?LEEF:\d/],
  [
    "syslog",
    NO_CONVERTER,
    /^(?:<\d{1,3}>|[A-Z][a-z]{2}\s{1,2}\d{1,2} \d\d:\d\d:\d\d |\d{4}-\d\d-\d\dT\S+ \S+ [^\s:]+(?:\[\d+\])?: )/,
  ],
  ["HTML", "a web server may have answered with a page instead of the file", /^<(?:!doctype html|html)\b/i],
  ["XML", NO_CONVERTER, /^<(?:\?xml|[A-Za-z][\w:.-]*[\s>])/],
  ["YAML", NO_CONVERTER, /^(?:---\s*$|%YAML )/],
  ["CSV", NO_CONVERTER, /^"?[A-Za-z_][\w. -]*"?(?:[,;\t]"?[A-Za-z_][\w. -]*"?){2,}\s*$/],
];

/** What the first line of a text is that is no JSON; null for anything unknown. */
export function recogniseLine(line: string): Recognition | null {
  const found = LINES.find(([, , pattern]) => pattern.test(line));
  return found === undefined ? null : `it looks like ${found[0]}, not like IDEA; ${found[1]}`;
}

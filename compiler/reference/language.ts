/** Reference: what the tables do not say, by examples with the fields of the catalogue. */
import type { Catalogue, FieldType } from "../catalogue/model.js";
import { PREDEFINED_SETS } from "../catalogue/predefined-sets.js";
import type { WordNormalisation } from "../values/normalise.js";
import { DEFAULT_LIMITS, type CompilerLimits } from "../limits.js";
import { findField } from "./examples.js";
import { bullets, code, codes, paragraphs, table } from "./markdown.js";

/** A filter and what it says. */
type Example = readonly [filter: string, meaning: string];

/** How conditions are joined, from what binds tightest. */
export function logicSection(catalogue: Catalogue): string {
  const [a, b, c] = conditions(catalogue);
  return paragraphs([
    "A filter is a condition on one event. The empty filter matches every event. A condition is a test of a field; conditions are joined by the " +
      "words below, of which an earlier one binds tighter. Keywords and names of fields may be written in any case. `#` starts a comment to the end of the line.",
    table(
      ["written", "also", "true where"],
      [
        ["`not a`", "`! a`", "a is not"],
        ["`a and b`", "`a && b`", "both are"],
        ["`a xor b`", "`a ^^ b`", "exactly one is; of several an odd number"],
        ["`a or b`", "`a || b`", "one is, or both"],
        ["`( a )`", "", "a is"],
        ["`true`, `false`", "", "always, never"],
      ],
    ),
    exampleTable([[`${a} and (${b} or not ${c})`, "conditions in parentheses are read first"]]),
  ]);
}

/** Lists, missing values, elements. */
export function listsSection(catalogue: Catalogue): string {
  const port = findField(catalogue, { type: "integer", list: true })?.name;
  const group = catalogue.groups[0];
  const examples: readonly Example[] =
    port === undefined
      ? []
      : [
          [`${port} = 22`, "some value is 22; `any` before it says the same"],
          [`${port} != 22`, "no value is 22, or there is none: the exact complement"],
          [`none ${port} = 22`, "the same, said as a quantifier"],
          [`all ${port} < 1024`, "there is a value, and each one is below 1024"],
          [`any ${port} != 22`, "some value is another one than 22"],
          [`all ${port} != 22`, "there is a value, and none is 22"],
          [`${port} != 22 and ${port} exists`, "the same again"],
          [`${port} missing`, "there is no value"],
          [`count(${port}) > 10`, "there are more than ten values; of a missing list the count is 0"],
          [`count(${port} < 1024) >= 2`, "at least two values are below 1024"],
          [`${port} > 1023 and ${port} < 49152`, "may be met by two different values"],
          [`${port} in 1024..<49152`, "one value lies in the range"],
        ];
  return paragraphs([
    "Logic knows true and false only. A test of a field that has no value is false; a negated test (`!=`, `not in`, `not contains` …) is the exact " +
      "complement of the positive one, so it is true there. A test of a list asks for some value that meets it, unless a quantifier says otherwise. " +
      "With a quantifier a negated test is a test of each value.",
    exampleTable([
      ...examples,
      ...(group === undefined
        ? []
        : [
            [group.example, "one and the same element meets all of it"] as const,
            [`${group.name} exists`, "there is an element, whatever is in it"] as const,
            [`count(${group.name}) > 3`, "there are more than three elements"] as const,
            [`count(${group.example}) >= 2`, "at least two elements meet all of it"] as const,
          ]),
    ]),
  ]);
}

/** Tests of a field as examples; none where the catalogue has no such field. */
function examplesOf(field: string | undefined, ...examples: readonly Example[]): readonly Example[] {
  return field === undefined ? [] : examples.map(([test, meaning]) => [`${field} ${test}`, meaning]);
}

function timeExamples(time: string | undefined): readonly Example[] {
  if (time === undefined) return [];
  return [
    ...examplesOf(
      time,
      ["= 2024-05-01", "the whole day; likewise 2024, 2024-05, 2024-05-01T08, 2024-05-01T08:00"],
      ["in 2024-05-01..2024-05-07", "both days included"],
      [
        "in 2024-05-01T08:00+02:00 ..< 2024-05-01T12:00+02:00",
        "an offset, or else the zone of the query (UTC if none is set)",
      ],
      ["> 2024-05-01", "after that day"],
      ["in last 24h", "the last 24 hours; units ms s m h d w mo y"],
      ["= yesterday", "also today and now; now is read once when the filter runs"],
      ["in now-2h..now-1h", "reckoned from now"],
      ["< today - 1mo", "before this day a month ago"],
      ["= now/w", "this week: rounded down to the unit, which it names as a whole"],
      ["> now-1d/d+8h", "since eight o'clock yesterday: what follows the unit is added to the rounded time"],
      ["< tomorrow", "before tomorrow begins"],
      ["in last 1h30m", "lengths of time may have several parts"],
    ),
    [`hour(${time}) in 22..5`, "at night, by the clocks of the zone of the query"],
    [`weekday(${time}) in [sat, sun]`, "at the weekend"],
  ];
}

/** What may be on the right, by the type of the field. */
export function valuesSection(catalogue: Catalogue): string {
  const name = (type: FieldType) => findField(catalogue, { type })?.name;
  const [ip, time, text, number, ordered] = [
    name("ip"),
    name("time"),
    name("text"),
    findField(catalogue, { type: "integer", list: true })?.name ?? name("integer"),
    name("ordered"),
  ];
  return paragraphs([
    "On the right is always a value, never a field. Words, numbers, addresses and times are written as they are; a text with blanks or other signs " +
      'is written in double quotes, with `\\"`, `\\\\`, `\\n`, `\\t`, `\\r` and `\\u{…}` inside.',
    exampleTable([
      ...examplesOf(
        ip,
        ["= 2001:db8::1", "one address"],
        ["in 10.0.0.0/8", "a network; address bits beyond the prefix are an error"],
        ["in 192.0.2.10-192.0.2.20", "a range, also written 192.0.2.10..192.0.2.20"],
        ["in 192.0.2.10..", "from there to the end of IPv4"],
        ["in [@private, @loopback]", "predefined sets"],
      ),
      ...examplesOf(
        number,
        ["in [22, 8000..8100]", "numbers and ranges, both ends included"],
        ["in 1024..<49152", "`..<` leaves the end out"],
        ["in 49152..", "an open end"],
      ),
      ...examplesOf(ordered, ["in medium..critical", "ranges of words with an order"]),
      ...timeExamples(time),
      ...(ip === undefined
        ? []
        : [
            [
              `size(${ip}) > 65536`,
              "its values cover more addresses than a /16; each address counts once",
            ] as const,
          ]),
      ...examplesOf(
        text,
        ['= "Exact"', "exactly this text"],
        ['= "exact"i', "ignoring the case of the letters a to z"],
        ['contains "ssh"', "text operators ignore case"],
        ['contains "SSH"c', "unless c follows the quotes"],
        ['like "ssh*from ?"', "`*` any text, `?` one character; `\\` before one that is meant itself"],
        [String.raw`matches /(ssh|telnet) from \d{1,3}\b/i`, "a regular expression; i ignores case"],
      ),
    ]),
    "A regular expression may have literals, `.`, classes such as `[a-z]` and `[^0-9]`, `\\d \\w \\s \\b`, groups, `|`, `* + ? {m,n}`, `^` and `$`. It is " +
      "matched in time linear in the text, so it has no backreferences, lookaround or lazy repeats.",
    ...namesText(catalogue),
    ...(ip === undefined
      ? []
      : [
          "An IPv4-mapped IPv6 address is the IPv4 address that it stands for, in events and in filters: `::ffff:10.1.2.3` is `10.1.2.3`.",
        ]),
  ]);
}

const NAME_KINDS: readonly (readonly [WordNormalisation, string])[] = [
  ["host", "without a dot at the end"],
  ["mail", "the domain of the address; the case of the mailbox counts for `=`"],
  ["mac", "hardware addresses in any spelling: `00-1B-44-11-3A-B7`, `001b.4411.3ab7`, `001B44113AB7`"],
  ["lower", ""],
];

/** Which texts are names, whose case means nothing. */
function namesText({ fields }: Catalogue): readonly string[] {
  const kinds = NAME_KINDS.flatMap(([kind, remark]) => {
    const names = fields.flatMap((field) =>
      field.kind === "stored" && field.type === "text" && field.normalise === kind ? [field.name] : [],
    );
    return names.length === 0 ? [] : [`${codes(names)}${remark === "" ? "" : `: ${remark}`}`];
  });
  if (kinds.length === 0) return [];
  return [
    "Names are stored and compared in one spelling, in lower case; the JSON of an event stays as it came. In these fields case counts for no operator, also " +
      "where `c` follows the quotes or a regular expression has no `i`. Patterns are normalised as values are; a regular expression sees the stored " +
      "spelling, of hardware addresses `00:1b:44:11:3a:b7`.",
    bullets(kinds),
  ];
}

/** What a filter can't say, and what can. */
export function outsideSection(): string {
  return paragraphs([
    "A filter is a condition on one event. What compares events with each other is a command or a method of the store:",
    table(
      ["question", "answer"],
      [
        ["which addresses, ports or detectors are most frequent", "`eventstore top`, `aggregateEvents`"],
        ["how many events there are in each hour or day", "`eventstore timeline`, `timelineEvents`"],
        ["who came back after a pause, what was seen for the first time", "`searchRelapsedEvents`"],
        ["which values a field has at all", "`distinctValues`"],
        ["which detectors have fallen silent", "`watchdogEvents`"],
      ],
    ),
  ]);
}

/** Run-time parameters, named sets, saved filters. */
export function namesSection(catalogue: Catalogue): string {
  const ip = findField(catalogue, { type: "ip" })?.name;
  const ordered = findField(catalogue, { type: "ordered" })?.name;
  const port = findField(catalogue, { type: "integer", list: true })?.name;
  const [time, text] = [
    findField(catalogue, { type: "time" })?.name,
    findField(catalogue, { type: "text" })?.name,
  ];
  const parameters: readonly Example[] = [
    ...(ip === undefined
      ? []
      : [[`${ip} in $networks`, "a list of addresses, networks and ranges"] as const]),
    ...(ip === undefined ? [] : [[`${ip} = $address`, "one address"] as const]),
    ...(ordered === undefined ? [] : [[`${ordered} >= $least`, "a word of the field"] as const]),
    ...(port === undefined
      ? []
      : [[`${port} in [$ports, 8080]`, "one value or a list, and another value"] as const]),
    ...(time === undefined ? [] : [[`${time} in last $window`, "seconds, or a length such as 24h"] as const]),
    ...(time === undefined
      ? []
      : [
          [
            `${time} >= $since`,
            "a Date, or a text such as 2024-05-01 or now-7d/d, read as in a filter",
          ] as const,
        ]),
    ...(text === undefined
      ? []
      : [
          [`${text} contains [$words]`, "one text or a list of texts"] as const,
          [
            `${text} matches $expression`,
            "a regular expression: a text without the slashes; the case of letters counts",
          ] as const,
          [`${text} matches [$expressions]`, "one or several, of which one has to match"] as const,
        ]),
  ];
  return paragraphs([
    "`$name` is a value that is given when the filter runs. Its type follows from the place where it is used; all its uses must agree.",
    exampleTable(parameters),
    "`@name` after an operator is a named set of values, and alone a saved filter, both given by the program that compiles the filter. Sets may name other " +
      "sets, filters other filters; a circle is an error. Predefined sets:",
    bullets([...PREDEFINED_SETS].map(([set, members]) => `${code(`@${set}`)}: ${codes(members)}`)),
  ]);
}

const LIMIT_PHRASES: Readonly<Record<keyof CompilerLimits, string>> = {
  maxLength: "characters of text",
  maxDepth: "levels of parentheses, lists and `not`",
  maxNodes: "conditions and words that join them; as many uses of saved filters",
  maxListItems: "items in one list in `[ ]`; named sets and parameters may be longer",
  maxWildcards: "wildcards in one pattern of `like`",
};

/** The limits and their defaults. */
export function limitsSection(): string {
  const limits = Object.entries(LIMIT_PHRASES) as [keyof CompilerLimits, string][];
  return table(
    ["option", "default", "what it limits"],
    limits.map(([name, phrase]) => [code(name), String(DEFAULT_LIMITS[name]), phrase]),
  );
}

/** Three conditions on scalar fields. */
function conditions({ fields }: Catalogue): readonly [string, string, string] {
  const names = fields.filter(({ list, type }) => !list && type !== "boolean").map(({ name }) => name);
  const at = (position: number) => `${names[position] ?? names[0] ?? ""} exists`;
  return [at(names.length - 1), at(names.length - 2), at(names.length - 3)];
}

function exampleTable(examples: readonly Example[]): string {
  return table(
    ["filter", "meaning"],
    examples.map(([filter, meaning]) => [code(filter), meaning]),
  );
}

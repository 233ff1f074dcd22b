/** Five filters that find something in the events at hand and show what the language can say. */
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { compileFilter } from "../../../compiler/compile.js";
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { fieldReader } from "../../../compiler/extract/field-reader.js";
import { formatIpRange, splitCidrs } from "../../../compiler/values/ip-range.js";
import type { StoredValue } from "../../../compiler/extract/value.js";
import { formatMicros } from "../../../compiler/values/time.js";

/** A filter and why one would ask it. */
export interface TellingFilter {
  readonly question: string;
  readonly filter: string;
}

/** Number of filters that are shown. */
const SHOWN = 5;

/** The five filters for a sample of events: of each idea the first form that finds something in the sample. */
export function tellingFilters(sample: readonly unknown[], catalogue: Catalogue): TellingFilter[] {
  const findsSomething = ({ filter }: TellingFilter): boolean => {
    const matches = compileFilter(filter, { catalogue }).matcher();
    return sample.some(matches);
  };
  return ideas(sample, catalogue)
    .flatMap((forms) => forms.find(findsSomething) ?? [])
    .slice(0, SHOWN);
}

/** What can be asked, each idea in one form or several, the most telling first. */
function ideas(sample: readonly unknown[], catalogue: Catalogue): readonly (readonly TellingFilter[])[] {
  const values = valueReader(sample, catalogue);
  const categories = values("category", (value) => quoted(textOf(value).split(".")[0] ?? ""));
  const networks = values("source.ip", networkOf).slice(0, 1);
  const ports = values("target.port", textOf).slice(0, 3);
  const days = values("detect_time", dayOf).sort().reverse();
  const protocols = values("source.protocol", (value) => quoted(textOf(value)));
  const detectors = values("node.name", (value) => textOf(value).split(".").slice(0, 2).join("."));
  return [
    [
      ...categories.map((category) => ({
        question: "One kind of event with all that is below it, and only what is serious",
        filter: `category under ${category} and severity >= high`,
      })),
      ...categories.map((category) => ({
        question: "One kind of event, with all that is below it",
        filter: `category under ${category}`,
      })),
    ],
    networks.map((network) => ({
      question: "What comes from one network",
      filter: `source.ip in ${network}`,
    })),
    days.map((day) => ({
      question: "The ports asked for most, on the last day, wherever the addresses are known",
      filter: `target.port in [${ports.join(", ")}] and detect_time in ${day} and host.ip exists`,
    })),
    protocols.map((protocol) => ({
      question: "Two conditions that one and the same source has to meet",
      filter: `source has (protocol = ${protocol} and ip in 0.0.0.0/0)`,
    })),
    detectors.map((detector) => ({
      question: "Text: a pattern for the detector, words in the description",
      filter: `node.name like ${JSON.stringify(`${detector}*`)} and description contains ["login", "scan", "attempts"]`,
    })),
    [{ question: "Events about several targets", filter: "count(target.ip) > 1 or count(target.port) > 1" }],
    [{ question: "Sources outside of the private networks", filter: "source.ip not in @private" }],
    [{ question: "Events that name no target port", filter: "target.port missing" }],
    [{ question: "What was wrong with the events", filter: "inspection_error exists" }],
    [{ question: "Everything but tests", filter: "not category = Test" }],
  ];
}

/** A filter for the days on which the events of the sample were detected; every event where there is none. */
export function daysOf(sample: readonly unknown[], catalogue: Catalogue): string {
  const days = valueReader(sample, catalogue)("detect_time", dayOf).sort();
  return days.length === 0 ? "" : `detect_time in ${days[0]}..${days.at(-1)}`;
}

/** Reads the values of a field in the sample, the most frequent first; `name` gives null for those that do not count. */
function valueReader(sample: readonly unknown[], catalogue: Catalogue) {
  const index = indexCatalogue(catalogue);
  return (fieldName: string, name: (value: StoredValue) => string | null): string[] => {
    const field = index.fields.get(fieldName);
    if (field?.kind !== "stored") return [];
    const read = fieldReader(field, catalogue);
    const counts = new Map<string, number>();
    for (const value of sample.flatMap((event) => read(event))) {
      const key = name(value);
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a).map(([key]) => key);
  };
}

/** The /16 around an IPv4 address, or the /32 around an IPv6 one. */
function networkOf(value: StoredValue): string | null {
  if (typeof value !== "object") return null;
  const host = value.family === 4 ? 16n : 96n;
  const first = (value.first >> host) << host;
  const block = { family: value.family, first, last: first + (1n << host) - 1n };
  return splitCidrs(block, 2).length === 1 ? formatIpRange(block) : null;
}

function dayOf(value: StoredValue): string | null {
  return typeof value === "bigint" ? formatMicros(value).slice(0, 10) : null;
}

function textOf(value: StoredValue): string {
  return typeof value === "object" ? formatIpRange(value) : String(value);
}

/** A word as a value of the language: bare where it may be. */
function quoted(word: string): string {
  return /^[A-Za-z][A-Za-z0-9_.-]*$/.test(word) ? word : JSON.stringify(word);
}

/** Fields of the extension object of the CESNET tools that its later versions write. */
import { extension, field, list } from "./field-entries.js";
import type { StoredField } from "./model.js";

/** The flag that keeps reports on one side of an event from those responsible for it. */
const shadow = (name: string, key: string, who: string): StoredField =>
  field(name, "boolean", extension(key), `reports on the ${who} go to the operators alone`, `not ${name}`);

const subclass = (name: string, key: string, what: string): StoredField =>
  list(name, "enum", extension(key), `subdivisions of ${what}, lower case`, `${name} exists`, {
    enumeration: "class",
    normalise: "lower",
  });

/** What was found out about the addresses of one side. */
const resolved = (side: "source" | "target", key: "Source" | "Target"): readonly StoredField[] => [
  list(
    `${side}_resolved_asn`,
    "integer",
    extension(`${key}ResolvedASN`),
    `autonomous system numbers that the addresses of the ${side}s were found to belong to`,
    `${side}_resolved_asn = 2852`,
    { range: [0, 4294967295] },
  ),
  list(
    `${side}_resolved_country`,
    "enum",
    extension(`${key}ResolvedCountry`),
    `countries that the addresses of the ${side}s were found to be in, codes of two letters in upper case`,
    `${side}_resolved_country in [CZ, SK]`,
    { enumeration: "country", normalise: "upper" },
  ),
];

/** Flags, subclasses, impact, and what was looked up. */
export const EXTENSION: readonly StoredField[] = [
  shadow("shadow_reporting", "ShadowReporting", "sources"),
  shadow("shadow_reporting_target", "ShadowReportingTarget", "targets"),
  subclass("event_subclass", "EventSubclass", "the class"),
  subclass("target_subclass", "TargetSubclass", "the class for the targets"),
  field("impact", "text", extension("Impact"), "what the event may lead to", "impact exists"),
  ...resolved("source", "Source"),
  ...resolved("target", "Target"),
];

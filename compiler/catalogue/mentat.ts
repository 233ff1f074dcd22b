/**
 * Mentat's own tables: `events` and `events_json` as `mentat.services.eventstorage` makes them, read where they are. Fields have the names of the
 * IDEA catalogue; what Mentat does not project into columns can't be filtered.
 *
 * In memory an event is read as we map it. Mentat merges the addresses of a side that touch and lists values of a kind once, so that counts of
 * lists may differ there.
 */
import { IDEA_CATALOGUE } from "./idea.js";
import type { Catalogue, Field, HullColumn, StoredField, UnionField } from "./model.js";

type Changes = Partial<StoredField>;

/**
 * A field of the IDEA catalogue in a column of Mentat's, with what we do not keep there left out. Mentat stores names as they came, so that their
 * case counts there.
 */
function taken(name: string, column: string, changes: Changes = {}): StoredField {
  const known = IDEA_CATALOGUE.fields.find((field) => field.name === name);
  if (known?.kind !== "stored") throw new Error(`the IDEA catalogue has no stored field ${name}`);
  const {
    rollup: _rollup,
    combined: _combined,
    stamped: _stamped,
    remarks: _remarks,
    index: _index,
    required: _required,
    normalise,
    ...kept
  } = known;
  const isName = known.type === "text";
  return { ...kept, ...(normalise === undefined || isName ? {} : { normalise }), column, ...changes };
}

const GIN: Changes = { index: "gin" };
const TIME: Changes = { columnType: "timestamp", required: true, index: "btree" };

/** The columns that cover the addresses of one side. */
function hulls(side: "source" | "target"): readonly HullColumn[] {
  return [
    { column: `${side}_ip_aggr_ip4`, columnType: "ip4r" },
    { column: `${side}_ip_aggr_ip6`, columnType: "ip6r" },
  ];
}

/** The fields of one side. */
function endpoint(side: "source" | "target", addresses: Changes): readonly StoredField[] {
  return [
    taken(`${side}.ip`, `${side}_ip`, { hulls: hulls(side), ...addresses }),
    taken(`${side}.port`, `${side}_port`, GIN),
    taken(`${side}.type`, `${side}_type`, GIN),
  ];
}

function host(inner: string): UnionField {
  const known = IDEA_CATALOGUE.fields.find((field) => field.name === `host.${inner}`);
  if (known?.kind !== "union") throw new Error(`the IDEA catalogue has no union host.${inner}`);
  return known;
}

const PROTOCOL: StoredField = {
  kind: "stored",
  name: "protocol",
  type: "enum",
  list: true,
  enumeration: "protocol",
  column: "protocol",
  paths: ["Source.Proto", "Target.Proto"],
  normalise: "lower",
  index: "gin",
  description: "protocols of either side, lower case",
  example: "protocol in [tcp, sctp]",
  aliases: ["protocols"],
};

/** Fields with the same columns in every version. `prefix`: what the names of the extension's columns begin with. */
function fields(prefix: "" | "cesnet_", description: Changes, addresses: Changes): readonly Field[] {
  return [
    taken("id", "id", { required: true, index: "btree" }),
    taken("detect_time", "detecttime", TIME),
    taken("storage_time", `${prefix}storagetime`, TIME),
    taken("category", "category", GIN),
    taken("description", "description", description),
    ...endpoint("source", addresses),
    ...endpoint("target", addresses),
    ...["ip", "port", "type"].map(host),
    PROTOCOL,
    taken("node.name", "node_name", GIN),
    taken("node.type", "node_type", GIN),
    taken("severity", `${prefix}eventseverity`, { index: "btree" }),
    taken("event_class", `${prefix}eventclass`),
    taken("abuse_group", `${prefix}resolvedabuses`, GIN),
    taken("inspection_error", `${prefix}inspectionerrors`, GIN),
  ];
}

function flag(name: string, key: string, what: string): StoredField {
  return {
    kind: "stored",
    name,
    type: "boolean",
    list: false,
    column: name,
    paths: [`_Mentat.${key}`, `_CESNET.${key}`],
    required: true,
    description: `${what} is reported to nobody but the operators`,
    example: `not ${name}`,
  };
}

const TABLE: Catalogue["table"] = {
  name: "events",
  plain: {
    time: "detect_time",
    key: "id",
    json: { column: "event", columnType: "bytea", table: { name: "events_json", key: "id" } },
  },
};

/** The tables of Mentat 2.15, with the GiST index over the columns that cover addresses. */
export const MENTAT_CATALOGUE: Catalogue = {
  name: "mentat",
  table: TABLE,
  fields: [
    ...fields("", { index: "trigram", indexOn: "column" }, {}),
    taken("tlp", "tlp", { index: "btree" }),
    taken("target_severity", "targetseverity", { index: "btree" }),
    taken("target_class", "targetclass"),
    taken("target_group", "targetabuses", GIN),
    flag("shadow_reporting", "ShadowReporting", "the source side"),
    flag("shadow_reporting_target", "ShadowReportingTarget", "the target side"),
  ],
  groups: [],
  unionGroups: [],
  enumerations: IDEA_CATALOGUE.enumerations,
};

/** The tables of the documented version: columns of the extension begin with `cesnet_`, and no index is over addresses or descriptions. */
export const MENTAT_OLD_CATALOGUE: Catalogue = {
  name: "mentat-old",
  table: TABLE,
  // The columns that cover addresses are tested first all the same: they are cheaper than the list.
  fields: fields("cesnet_", {}, { index: "none" }),
  groups: [],
  unionGroups: [],
  enumerations: IDEA_CATALOGUE.enumerations,
};

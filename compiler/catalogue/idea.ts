/**
 * The IDEA catalogue: every field of an IDEA0 event that the store can search.
 *
 * Sources: the IDEA0 definition for the standard keys; the CESNET extension object, which feeds call `_CESNET` or
 * `_Mentat`, for class, severity and the other derived properties. To add a field, add one entry here and run
 * `npm run generate`.
 */
import { ENUMERATIONS } from "./enumerations.js";
import { counter, extension, field, list, time } from "./field-entries.js";
import { HOST, SOURCE, TARGET } from "./idea-endpoints.js";
import { EXTENSION } from "./idea-extension.js";
import { ATTACHMENTS, RELATIONS } from "./idea-relations.js";
import type { Catalogue, ElementGroup, Field } from "./model.js";

const FIELDS: readonly Field[] = [
  field("id", "id", "ID", "unique identifier of the event", 'id = "59c85a23-11b6-4faf-9eff-55bfb5f7fda5"', {
    required: true,
    normalise: "uuid",
    index: "hash",
  }),
  time("detect_time", "DetectTime", "when the detector noticed the event", {
    required: true,
    index: "btree",
  }),
  field(
    "storage_time",
    "time",
    extension("StorageTime"),
    "when the event came into the store",
    "storage_time in last 1h",
    {
      required: true,
      stamped: true,
      index: "btree",
    },
  ),
  time("create_time", "CreateTime", "when the message was made"),
  time("event_time", "EventTime", "presumed start of the event"),
  time("cease_time", "CeaseTime", "presumed end of the event"),
  time("win_start_time", "WinStartTime", "start of the aggregation window"),
  time("win_end_time", "WinEndTime", "end of the aggregation window"),
  list(
    "category",
    "hierarchy",
    "Category",
    "kinds of security event, dotted from general to special",
    "category under Recon",
    {
      enumeration: "category",
      index: "gin",
      rollup: "all",
      combined: true,
      aliases: ["categories"],
    },
  ),
  field("description", "text", "Description", "short free text", 'description contains ["ssh", "telnet"]', {
    index: "trigram",
  }),
  field("note", "text", "Note", "longer free text", 'note contains "blacklist"'),
  field("confidence", "float", "Confidence", "how sure the detector is, 0 to 1", "confidence >= 0.5"),
  counter("conn_count", "ConnCount", "connections"),
  counter("flow_count", "FlowCount", "flows"),
  counter("packet_count", "PacketCount", "packets"),
  counter("byte_count", "ByteCount", "bytes"),
  ...RELATIONS,
  list("ref", "text", "Ref", "references: URLs, CVE numbers and the like", 'ref starts with "https:"'),
  field("tlp", "enum", "TLP", "traffic light protocol label of the message", "tlp in [green, amber]", {
    enumeration: "tlp",
    normalise: "tlp",
    aliases: ["tlps"],
  }),
  ...SOURCE,
  ...TARGET,
  ...HOST,
  {
    kind: "union",
    name: "protocol",
    type: "enum",
    list: true,
    enumeration: "protocol",
    of: ["source.protocol", "target.protocol"],
    description: "protocols of either side, lower case",
    example: "protocol in [tcp, sctp]",
    aliases: ["protocols"],
  },
  {
    kind: "union",
    name: "text",
    type: "text",
    list: true,
    of: ["description", "note", "node.name", "source.hostname", "target.hostname"],
    description: "the texts people look into: description, note, names of detectors and hosts",
    example: 'text contains "ssh login"',
  },
  list(
    "node.name",
    "text",
    "Node.Name",
    "names of the detectors and relays, dotted",
    'node.name like "cz.cesnet.*"',
    {
      single: true,
      normalise: "host",
      index: "gin",
      rollup: "all",
      aliases: ["detectors"],
    },
  ),
  // Drafts of IDEA called it Tags.
  list("node.type", "enum", ["Node.Type", "Node.Tags"], "how the detectors work", "node.type = Honeypot", {
    enumeration: "node_type",
    index: "gin",
    rollup: "all",
    aliases: ["detector_types"],
  }),
  list("node.software", "text", "Node.SW", "names of the detection software", "node.software = Nemea"),
  list(
    "node.aggr_win",
    "duration",
    "Node.AggrWin",
    "lengths of time over which the detectors aggregate",
    "node.aggr_win >= 5m",
    { single: true },
  ),
  field(
    "severity",
    "ordered",
    extension("EventSeverity"),
    "how serious, from info to critical",
    "severity >= high",
    {
      enumeration: "severity",
      normalise: "lower",
      index: "btree",
      rollup: "all",
      combined: true,
      aliases: ["severities"],
    },
  ),
  field(
    "event_class",
    "enum",
    extension("EventClass"),
    "finer classification, lower case",
    "event_class = ssh-bruteforce",
    {
      enumeration: "class",
      normalise: "lower",
      index: "btree",
      rollup: "all",
      combined: true,
      aliases: ["classes"],
    },
  ),
  list(
    "abuse_group",
    "text",
    extension("ResolvedAbuses"),
    "abuse contacts responsible for the sources, by the names of their groups, whose case counts",
    'abuse_group = "abuse@example.org"',
    {
      index: "gin",
      rollup: "all",
      aliases: ["groups"],
    },
  ),
  list(
    "inspection_error",
    "text",
    extension("InspectionErrors"),
    "what was found wrong with the event",
    "inspection_error exists",
    {
      index: "gin",
      remarks: true,
      aliases: ["inspection_errs"],
    },
  ),
  field(
    "target_severity",
    "ordered",
    extension("TargetSeverity"),
    "how serious for the targets",
    "target_severity in medium..critical",
    {
      enumeration: "severity",
      normalise: "lower",
      aliases: ["target_severities"],
    },
  ),
  field(
    "target_class",
    "enum",
    extension("TargetClass"),
    "finer classification for the targets, lower case",
    "target_class exists",
    {
      enumeration: "class",
      normalise: "lower",
      aliases: ["target_classes"],
    },
  ),
  list(
    "target_group",
    "text",
    extension("TargetAbuses"),
    "abuse contacts responsible for the targets",
    'target_group = "abuse@example.org"',
    {
      index: "gin",
      aliases: ["target_groups"],
    },
  ),
  ...EXTENSION,
  ...ATTACHMENTS,
];

const group = (
  name: string,
  path: string,
  description: string,
  example: string,
  extra: Pick<ElementGroup, "expects"> = {},
): ElementGroup => ({
  name,
  path,
  description,
  countColumn: `${name}_count`,
  elementsColumn: `${name}_elements`,
  example,
  ...extra,
});

/** The catalogue of IDEA events. */
export const IDEA_CATALOGUE: Catalogue = {
  name: "idea",
  table: {
    name: "events",
    tokensColumn: "ip_tokens",
    roles: { id: "id", time: "detect_time", stored: "storage_time" },
  },
  fields: FIELDS,
  groups: [
    group(
      "source",
      "Source",
      "one source of the event",
      "source has (ip in 10.0.0.0/8 and port = 22 and protocol = tcp)",
    ),
    group("target", "Target", "one target of the event", "target has (port = 22 and ip exists)"),
    group("node", "Node", "one detector or relay of the event", "node has (name = sipbf and type = Flow)", {
      expects: ["Name"],
    }),
    group(
      "attach",
      "Attach",
      "one attachment of the event",
      'attach has (filename ends with ".exe" and size > 100000)',
    ),
  ],
  expects: ["Format", "Category"],
  definition: "idea0",
  unionGroups: [
    {
      name: "host",
      of: ["source", "target"],
      description: "one endpoint of either side",
      example: "host has (ip in 192.0.2.0/24 and port = 53)",
    },
  ],
  enumerations: ENUMERATIONS,
};

/** Events of IntelMQ (IntelMQ Data Format), mapped as its own expert for IDEA does; here with identifiers that follow from the content. */
import type { IdeaAttachment, IdeaEndpoint, IdeaEvent } from "../idea-event.js";
import { recordId } from "./identity.js";
import {
  INTELMQ_CATEGORIES,
  INTELMQ_HASHES,
  INTELMQ_OTHER_CATEGORY,
  INTELMQ_REFERENCES,
  INTELMQ_SOURCE_TYPES,
  INTELMQ_TAKEN,
} from "./intelmq-tables.js";
import { refused, skipped, type Converter, type FeedRecord } from "./model.js";
import {
  addressKeys,
  defined,
  listAt,
  nodeName,
  numberAt,
  remainder,
  textAt,
  timeAt,
  unlessEmpty,
  valueAt,
} from "./record.js";

/** IntelMQ's events. */
export const intelmq: Converter = {
  name: "intelmq",
  description: "IntelMQ events; its reports, which hold raw data, are skipped",
  convert: (record) => {
    if (textAt(record, "__type") === "Report") return skipped("report");
    const observed = timeAt(record, "time.observation");
    const source = timeAt(record, "time.source");
    const detected = observed ?? source;
    if (detected === undefined) return refused("time.observation", "missing, or no time");
    return { kind: "event", event: buildEvent(record, detected, source) };
  },
};

function buildEvent(record: FeedRecord, detected: string, started: string | undefined): IdeaEvent {
  const type = textAt(record, "classification.type")?.trim().toLowerCase() ?? "";
  const accuracy = numberAt(record, "feed.accuracy");
  return {
    Format: "IDEA0",
    ID: recordId("intelmq", record),
    DetectTime: detected,
    Category: [INTELMQ_CATEGORIES[type] ?? INTELMQ_OTHER_CATEGORY],
    ...defined({
      EventTime: started,
      Description: description(record),
      Note: textAt(record, "comment"),
      Confidence: accuracy === undefined ? undefined : Math.min(1, Math.max(0, accuracy / 100)),
      Ref: references(record),
      Source: listAt(endpoint(record, "source", INTELMQ_SOURCE_TYPES[type])),
      Target: listAt(endpoint(record, "destination", undefined)),
      Attach: listAt(sample(record), original(record)),
    }),
    Node: [
      {
        Name: nodeName("intelmq", textAt(record, "feed.name")?.replace(/[.\s]+/g, "_")),
        Type: ["Relay"],
        SW: ["IntelMQ"],
      },
    ],
    ...defined({ _IntelMQ: remainder(record, INTELMQ_TAKEN) as never }),
  };
}

/** The feed and what it says, as IntelMQ's own output has it. */
function description(record: FeedRecord): string | undefined {
  const what = ["event_description.text", "comment", "classification.type"]
    .map((path) => textAt(record, path))
    .find((text) => text !== undefined);
  return [textAt(record, "feed.name"), what].filter((part) => part !== undefined).join(": ") || undefined;
}

function endpoint(
  record: FeedRecord,
  side: "source" | "destination",
  type: string | undefined,
): IdeaEndpoint | undefined {
  const text = (key: string): string | undefined => textAt(record, `${side}.${key}`);
  const about = defined({
    Type: listAt(type, valueAt(record, `${side}.tor_node`) === true ? "Tor" : undefined),
    ...addressKeys(text("ip")),
    Port: listAt(numberAt(record, `${side}.port`)),
    Hostname: listAt(text("fqdn")),
    PTR: listAt(text("reverse_dns")),
    ASN: listAt(numberAt(record, `${side}.asn`)),
    URL: listAt(text("url")),
    Account: listAt(text("account")),
    LocalHostname: listAt(text("local_hostname")),
    LocalIP: listAt(text("local_ip")),
  });
  if (unlessEmpty(about) === undefined) return undefined;
  const protocols = listAt(textAt(record, "protocol.transport"), textAt(record, "protocol.application"));
  return { ...about, ...defined({ Proto: protocols }) };
}

function references(record: FeedRecord): readonly string[] | undefined {
  return listAt(
    ...Object.entries(INTELMQ_REFERENCES).map(([path, scheme]) => {
      const text = textAt(record, path);
      return text === undefined ? undefined : scheme === "" ? text : scheme + encodeURIComponent(text);
    }),
  );
}

/** The malware that was seen, by its checksums. */
function sample(record: FeedRecord): IdeaAttachment | undefined {
  const hashes = listAt(
    ...Object.entries(INTELMQ_HASHES).map(([path, algorithm]) => {
      const text = textAt(record, path);
      return text === undefined ? undefined : algorithm + text;
    }),
  );
  return hashes && { Handle: "malware", Type: ["Malware"], Hash: hashes };
}

/** The record as the feed sent it, which IntelMQ keeps in base64. */
function original(record: FeedRecord): IdeaAttachment | undefined {
  const raw = textAt(record, "raw");
  if (raw === undefined) return undefined;
  return { Handle: "raw", Type: ["OrigData"], ContentEncoding: "base64", Content: raw };
}

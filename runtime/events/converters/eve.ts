/** Suricata's EVE JSON: alerts as events, all other records skipped. */
import type { IdeaAttachment, IdeaEndpoint, IdeaEvent } from "../idea-event.js";
import { EVE_CATEGORIES, EVE_OTHER_CATEGORY, EVE_SEVERITIES, EVE_TAKEN } from "./eve-tables.js";
import { recordId } from "./identity.js";
import { refused, skipped, type ConvertedRecord, type Converter, type FeedRecord } from "./model.js";
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
  urlAt,
} from "./record.js";

/** Suricata's alerts. */
export const eve: Converter = {
  name: "eve",
  description: "Suricata EVE JSON: alerts; flow, stats, dns and the other records are skipped",
  convert: (record) => {
    const kind = textAt(record, "event_type");
    if (kind === undefined) return refused("event_type", "missing; a record of EVE says what it is");
    return kind === "alert" ? convertAlert(record) : skipped(kind);
  },
};

function convertAlert(record: FeedRecord): ConvertedRecord {
  const detected = timeAt(record, "timestamp");
  if (detected === undefined) return refused("timestamp", "missing, or no time");
  const signature = textAt(record, "alert.signature");
  const category = textAt(record, "alert.category")?.trim().toLowerCase() ?? "";
  const severity = textAt(record, "alert.severity") ?? "";
  const event: IdeaEvent = {
    Format: "IDEA0",
    ID: recordId("eve", record),
    DetectTime: detected,
    Category: [EVE_CATEGORIES[category] ?? EVE_OTHER_CATEGORY],
    ...defined({
      EventTime: timeAt(record, "flow.start"),
      Description: signature,
      PacketCount: total(record, "flow.pkts_toserver", "flow.pkts_toclient"),
      ByteCount: total(record, "flow.bytes_toserver", "flow.bytes_toclient"),
      Source: listAt(endpoint(record, "source")),
      Target: listAt(endpoint(record, "target")),
      Attach: attachments(record),
    }),
    Node: [
      {
        Name: nodeName("suricata", textAt(record, "host")),
        Type: ["Network", "Signature"],
        SW: ["Suricata"],
      },
    ],
    ...defined({
      _CESNET: unlessEmpty(defined({ EventSeverity: EVE_SEVERITIES[severity] })),
      _Suricata: remainder(record, EVE_TAKEN) as never,
    }),
  };
  return { kind: "event", event };
}

/** The two ends of a flow; a rule that knows who attacks whom says so in the alert. */
const ENDS = {
  source: { packet: "src", alert: "alert.source" },
  target: { packet: "dest", alert: "alert.target" },
} as const;

function endpoint(record: FeedRecord, role: keyof typeof ENDS): IdeaEndpoint | undefined {
  const { packet, alert } = ENDS[role];
  const isTold = textAt(record, `${alert}.ip`) !== undefined;
  const address = textAt(record, isTold ? `${alert}.ip` : `${packet}_ip`);
  const port = numberAt(record, isTold ? `${alert}.port` : `${packet}_port`);
  const isTarget = role === "target";
  return unlessEmpty(
    defined({
      ...addressKeys(address),
      Port: listAt(port),
      Proto: listAt(protocol(record, "proto"), protocol(record, "app_proto")),
      Hostname: isTarget ? listAt(textAt(record, "http.hostname"), textAt(record, "tls.sni")) : undefined,
      URL: isTarget ? listAt(urlAt(record)) : undefined,
    }),
  );
}

function protocol(record: FeedRecord, path: string): string | undefined {
  const name = textAt(record, path)?.toLowerCase();
  return name === "failed" || name === "unknown" ? undefined : name;
}

function total(record: FeedRecord, ...paths: readonly string[]): number | undefined {
  const numbers = paths.map((path) => numberAt(record, path)).filter((number) => number !== undefined);
  return numbers.length === 0 ? undefined : numbers.reduce((sum, number) => sum + number, 0);
}

function attachments(record: FeedRecord): readonly IdeaAttachment[] | undefined {
  return listAt(
    ...(["payload", "packet"] as const).map((key): IdeaAttachment | undefined => {
      const content = textAt(record, key);
      if (content === undefined) return undefined;
      return {
        Handle: key,
        Type: ["Raw"],
        ContentType: "application/octet-stream",
        ContentEncoding: "base64",
        Content: content,
      };
    }),
  );
}

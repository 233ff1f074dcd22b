/** Zeek's notice log, as JSON or as Zeek's own lines; records of its other logs are skipped. */
import type { IdeaEndpoint, IdeaEvent } from "../idea-event.js";
import { recordId } from "./identity.js";
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
} from "./record.js";
import { ZEEK_CATEGORIES, ZEEK_OTHER_CATEGORY, ZEEK_TAKEN } from "./zeek-tables.js";

/** Zeek's notices. */
export const zeek: Converter = {
  name: "zeek",
  description: "Zeek notices, JSON or tab-separated; conn, dns and the other logs are skipped",
  convert: (record) => {
    const type = textAt(record, "note");
    if (!isNotice(record, type)) return skipped(textAt(record, "_path") ?? "record of another log");
    const detected = timeAt(record, "ts");
    if (detected === undefined) return refused("ts", "missing, or no time");
    return { kind: "event", event: buildEvent(record, detected, type ?? "Notice") };
  },
};

/** A notice of a script without a module has a type without colons. */
function isNotice(record: FeedRecord, type: string | undefined): boolean {
  if (textAt(record, "_path") === "notice") return true;
  return type !== undefined && (type.includes("::") || textAt(record, "msg") !== undefined);
}

function buildEvent(record: FeedRecord, detected: string, type: string): IdeaEvent {
  return {
    Format: "IDEA0",
    ID: recordId("zeek", record),
    DetectTime: detected,
    Category: [categoryOf(type)],
    ...defined({
      Description: textAt(record, "msg") ?? type,
      Note: textAt(record, "sub"),
      ConnCount: numberAt(record, "n"),
      Source: listAt(endpoint(record, ["src", "id.orig_h"], ["id.orig_p"])),
      Target: listAt(endpoint(record, ["dst", "id.resp_h"], ["id.resp_p", "p"])),
    }),
    Node: [{ Name: nodeName("zeek", textAt(record, "peer_descr")), Type: ["Network"], SW: ["Zeek"] }],
    ...defined({ _Zeek: remainder(record, ZEEK_TAKEN) as never }),
  };
}

function categoryOf(type: string): string {
  const [module = ""] = type.split("::");
  return ZEEK_CATEGORIES[type] ?? ZEEK_CATEGORIES[`${module}::*`] ?? ZEEK_OTHER_CATEGORY;
}

/** The first address and port that are given; a notice about no host has neither. */
function endpoint(
  record: FeedRecord,
  addresses: readonly string[],
  ports: readonly string[],
): IdeaEndpoint | undefined {
  const address = addresses.map((path) => textAt(record, path)).find((text) => text !== undefined);
  const port = ports.map((path) => numberAt(record, path)).find((number) => number !== undefined);
  const about = unlessEmpty(defined({ ...addressKeys(address), Port: listAt(port) }));
  return about && { ...about, ...defined({ Proto: listAt(textAt(record, "proto")?.toLowerCase()) }) };
}

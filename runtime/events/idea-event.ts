/** IDEA events as TypeScript sees them. */
import { parseJson } from "../../compiler/values/exact-json.js";
import { Buffer } from "node:buffer";
import { isPlain, shown } from "../../compiler/values/checks.js";
import { argumentError } from "../../compiler/values/errors.js";
import { readEventText, unpackEvent } from "../postgres/event-text.js";

/** Any JSON value. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** What one Source or Target of an event may carry; further keys are kept. */
export interface IdeaEndpoint {
  readonly Type?: readonly string[];
  readonly IP4?: readonly string[];
  readonly IP6?: readonly string[];
  readonly Port?: readonly number[];
  readonly Proto?: readonly string[];
  readonly Hostname?: readonly string[];
  readonly URL?: readonly string[];
  readonly MAC?: readonly string[];
  readonly Email?: readonly string[];
  readonly ASN?: readonly number[];
  readonly Netname?: readonly string[];
  readonly Spoofed?: boolean;
  readonly Imprecise?: boolean;
  readonly Anonymised?: boolean;
  readonly Note?: string;
  readonly [key: string]: Json | undefined;
}

/** A detector or relay of an event. */
export interface IdeaNode {
  readonly Name?: string;
  readonly Type?: readonly string[];
  readonly SW?: readonly string[];
  readonly AggrWin?: string;
  readonly Note?: string;
  readonly [key: string]: Json | undefined;
}

/** An attachment of an event. */
export interface IdeaAttachment {
  readonly Handle?: string;
  readonly FileName?: readonly string[];
  readonly Type?: readonly string[];
  readonly Hash?: readonly string[];
  readonly ContentType?: string;
  readonly ContentEncoding?: string;
  readonly Content?: string;
  readonly Note?: string;
  readonly [key: string]: Json | undefined;
}

/** The extension object of the CESNET tools. */
export interface IdeaExtension {
  readonly StorageTime?: string;
  readonly EventClass?: string;
  readonly EventSeverity?: string;
  readonly ResolvedAbuses?: readonly string[];
  readonly InspectionErrors?: readonly string[];
  readonly TargetClass?: string;
  readonly TargetSeverity?: string;
  readonly TargetAbuses?: readonly string[];
  readonly [key: string]: Json | undefined;
}

/**
 * An IDEA0 event. Times are RFC 3339 text. The types say what the definition asks for; real feeds deviate, so what was
 * read from outside is checked by the mapping and not by this type.
 */
export interface IdeaEvent {
  readonly Format?: string;
  readonly ID: string;
  readonly DetectTime: string;
  readonly Category?: readonly string[];
  readonly CreateTime?: string;
  readonly EventTime?: string;
  readonly CeaseTime?: string;
  readonly WinStartTime?: string;
  readonly WinEndTime?: string;
  readonly Description?: string;
  readonly Note?: string;
  readonly Confidence?: number;
  readonly ConnCount?: number;
  readonly FlowCount?: number;
  readonly PacketCount?: number;
  readonly ByteCount?: number;
  readonly Ref?: readonly string[];
  readonly TLP?: string;
  readonly Source?: readonly IdeaEndpoint[];
  readonly Target?: readonly IdeaEndpoint[];
  readonly Node?: readonly IdeaNode[];
  readonly Attach?: readonly IdeaAttachment[];
  readonly _CESNET?: IdeaExtension;
  readonly [key: string]: Json | undefined;
}

/** A row with the column `event`, as the query of `buildQuery` yields it. */
export interface EventRecord {
  readonly event: string | Uint8Array;
}

/**
 * The event of a record, as it was sent. The record is a row with the column `event`, or what that column holds: bytes, as such or in the
 * hexadecimal form of the server; or a JSON text.
 *
 * @throws DataError for what is no such record, SyntaxError when the text is no JSON, RangeError when the bytes are damaged: the store writes neither
 */
export function recordToIdea(record: string | Uint8Array | EventRecord): IdeaEvent {
  if (typeof record === "string") return parseJson(jsonText(record)) as IdeaEvent;
  if (record instanceof Uint8Array) return parseJson(unpackEvent(Buffer.from(record))) as IdeaEvent;
  if (!isPlain(record) || !(typeof record.event === "string" || record.event instanceof Uint8Array))
    throw argumentError("recordToIdea", `the record is a row with the column event, not ${shown(record)}`);
  return recordToIdea(record.event);
}

/** No JSON text starts with a backslash. */
function jsonText(record: string): string {
  return record.startsWith("\\x") ? readEventText(record) : record;
}

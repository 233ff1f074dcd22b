/** IDEA events as TypeScript sees them. */
import { parseJson } from "../../compiler/values/exact-json.js";
import { Buffer } from "node:buffer";
import { isPlain, shown } from "../../compiler/values/checks.js";
import { argumentError, DataError, EventStorageError } from "../../compiler/values/errors.js";
import type { Category, EndpointType, NodeType, Protocol, Severity, Tlp } from "../../generated/fields.js";
import { readEventText, unpackEvent } from "../postgres/event-text.js";

/** Any JSON value. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

/** One of the known words, which editors propose, or any other: events have what their senders wrote. */
type Known<Word extends string> = Word | (string & NonNullable<unknown>);

/** What one Source or Target of an event may carry; further keys are kept. */
export interface IdeaEndpoint {
  readonly Type?: readonly EndpointType[];
  readonly IP4?: readonly string[];
  readonly IP6?: readonly string[];
  readonly Port?: readonly number[];
  readonly Proto?: readonly Protocol[];
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
  readonly Type?: readonly NodeType[];
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
  readonly EventSeverity?: Known<Severity>;
  readonly ResolvedAbuses?: readonly string[];
  readonly InspectionErrors?: readonly string[];
  readonly TargetClass?: string;
  readonly TargetSeverity?: Known<Severity>;
  readonly TargetAbuses?: readonly string[];
  readonly [key: string]: Json | undefined;
}

/**
 * An IDEA0 event. Times are RFC 3339 text. The types say what the definition asks for; real feeds deviate, so what was
 * read from outside is checked by the mapping and not by this type.
 */
export interface IdeaEvent {
  /** `IDEA0`. */
  readonly Format?: string;
  /** Unique identifier. */
  readonly ID: string;
  /** When the detector noticed the event; RFC 3339, as all times. */
  readonly DetectTime: string;
  /** Kinds of event, dotted from general to special: `Attempt.Login`. */
  readonly Category?: readonly Category[];
  /** When the message was made. */
  readonly CreateTime?: string;
  /** Presumed start of the event. */
  readonly EventTime?: string;
  /** Presumed end of the event. */
  readonly CeaseTime?: string;
  /** Start of the aggregation window. */
  readonly WinStartTime?: string;
  /** End of the aggregation window. */
  readonly WinEndTime?: string;
  /** Short free text. */
  readonly Description?: string;
  /** Longer free text. */
  readonly Note?: string;
  /** How sure the detector is, 0 to 1. */
  readonly Confidence?: number;
  /** Number of connections. */
  readonly ConnCount?: number;
  /** Number of flows. */
  readonly FlowCount?: number;
  /** Number of packets. */
  readonly PacketCount?: number;
  /** Number of bytes. */
  readonly ByteCount?: number;
  /** References: addresses of pages, identifiers. */
  readonly Ref?: readonly string[];
  /** Traffic light: `RED`, `AMBER`, `GREEN`, `CLEAR`. */
  readonly TLP?: Known<Tlp>;
  /** Where it came from. */
  readonly Source?: readonly IdeaEndpoint[];
  /** Where it went. */
  readonly Target?: readonly IdeaEndpoint[];
  /** Detectors, the one nearest to the event first. */
  readonly Node?: readonly IdeaNode[];
  /** What was found or sent along. */
  readonly Attach?: readonly IdeaAttachment[];
  /** What Mentat and its relatives add. */
  readonly _CESNET?: IdeaExtension;
  /** Whatever else the event has. */
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
 * @throws DataError for what is no such record, text that is no JSON, and damaged bytes: the store writes none of them
 */
export function recordToIdea(record: string | Uint8Array | EventRecord): IdeaEvent {
  if (typeof record === "string") return parsed(() => jsonText(record));
  if (record instanceof Uint8Array) return parsed(() => unpackEvent(Buffer.from(record)));
  if (!isPlain(record) || !(typeof record.event === "string" || record.event instanceof Uint8Array))
    throw argumentError("recordToIdea", `the record is a row with the column event, not ${shown(record)}`);
  return recordToIdea(record.event);
}

function parsed(readText: () => string): IdeaEvent {
  try {
    return parseJson(readText()) as IdeaEvent;
  } catch (error) {
    if (error instanceof EventStorageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const message = `recordToIdea: the column event holds no event: ${reason}`;
    throw new DataError(message, { operation: "recordToIdea", cause: error });
  }
}

/** No JSON text starts with a backslash. */
function jsonText(record: string): string {
  return record.startsWith("\\x") ? readEventText(record) : record;
}

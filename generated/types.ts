/**
 * Parameters and rows of the operations of the store.
 *
 * Generated, do not edit: npm run generate
 */
/** Parameters of insertEvent. */
export interface InsertEventParams {
  /** Unique identifier of the event. */
  readonly id: string;
  /** When the detector noticed the event. */
  readonly detectTime: string;
  /** When the event came into the store. */
  readonly storageTime: string;
  /** When the message was made. */
  readonly createTime: string | null;
  /** Presumed start of the event. */
  readonly eventTime: string | null;
  /** Presumed end of the event. */
  readonly ceaseTime: string | null;
  /** Start of the aggregation window. */
  readonly winStartTime: string | null;
  /** End of the aggregation window. */
  readonly winEndTime: string | null;
  /** Kinds of security event, dotted from general to special. */
  readonly category: string | null;
  /** Short free text. */
  readonly description: string | null;
  /** Longer free text. */
  readonly note: string | null;
  /** How sure the detector is, 0 to 1. */
  readonly confidence: string | null;
  /** Number of connections. */
  readonly connCount: string | null;
  /** Number of flows. */
  readonly flowCount: string | null;
  /** Number of packets. */
  readonly packetCount: string | null;
  /** Number of bytes. */
  readonly byteCount: string | null;
  /** References: URLs, CVE numbers and the like. */
  readonly ref: string | null;
  /** Traffic light protocol label of the message. */
  readonly tlp: string | null;
  /** Addresses, networks and ranges of the attacker or origin. */
  readonly sourceIp: string | null;
  /** Ports of the attacker or origin. */
  readonly sourcePort: string | null;
  /** Role tags of the attacker or origin. */
  readonly sourceType: string | null;
  /** Protocols of the attacker or origin, lower case. */
  readonly sourceProtocol: string | null;
  /** Host names of the attacker or origin. */
  readonly sourceHostname: string | null;
  /** URLs of the attacker or origin. */
  readonly sourceUrl: string | null;
  /** Hardware addresses of the attacker or origin. */
  readonly sourceMac: string | null;
  /** Mail addresses of the attacker or origin. */
  readonly sourceEmail: string | null;
  /** Autonomous system numbers of the attacker or origin. */
  readonly sourceAsn: string | null;
  /** Registry names of the network of the attacker or origin. */
  readonly sourceNetname: string | null;
  /** The address of the attacker or origin is presumably forged. */
  readonly sourceSpoofed: string | null;
  /** The data on the attacker or origin are known to be imprecise. */
  readonly sourceImprecise: string | null;
  /** The address of the attacker or origin is anonymised. */
  readonly sourceAnonymised: string | null;
  /** Remarks on the attacker or origin. */
  readonly sourceNote: string | null;
  /** Addresses, networks and ranges of the victim or destination. */
  readonly targetIp: string | null;
  /** Ports of the victim or destination. */
  readonly targetPort: string | null;
  /** Role tags of the victim or destination. */
  readonly targetType: string | null;
  /** Protocols of the victim or destination, lower case. */
  readonly targetProtocol: string | null;
  /** Host names of the victim or destination. */
  readonly targetHostname: string | null;
  /** URLs of the victim or destination. */
  readonly targetUrl: string | null;
  /** Hardware addresses of the victim or destination. */
  readonly targetMac: string | null;
  /** Mail addresses of the victim or destination. */
  readonly targetEmail: string | null;
  /** Autonomous system numbers of the victim or destination. */
  readonly targetAsn: string | null;
  /** Registry names of the network of the victim or destination. */
  readonly targetNetname: string | null;
  /** The address of the victim or destination is presumably forged. */
  readonly targetSpoofed: string | null;
  /** The data on the victim or destination are known to be imprecise. */
  readonly targetImprecise: string | null;
  /** The address of the victim or destination is anonymised. */
  readonly targetAnonymised: string | null;
  /** Remarks on the victim or destination. */
  readonly targetNote: string | null;
  /** Names of the detectors and relays, dotted. */
  readonly nodeName: string | null;
  /** How the detectors work. */
  readonly nodeType: string | null;
  /** Names of the detection software. */
  readonly nodeSoftware: string | null;
  /** How serious, from info to critical. */
  readonly severity: string | null;
  /** Finer classification, lower case. */
  readonly eventClass: string | null;
  /** Abuse contacts responsible for the sources. */
  readonly abuseGroup: string | null;
  /** What was found wrong with the event. */
  readonly inspectionError: string | null;
  /** How serious for the targets. */
  readonly targetSeverity: string | null;
  /** Finer classification for the targets, lower case. */
  readonly targetClass: string | null;
  /** Abuse contacts responsible for the targets. */
  readonly targetGroup: string | null;
  /** Checksums of attachments. */
  readonly attachHash: string | null;
  /** File names of attachments. */
  readonly attachFilename: string | null;
  /** Kinds of attachment. */
  readonly attachType: string | null;
  /** How many elements Source has. */
  readonly sourceCount: string;
  /** The elements of Source, where there is more than one. */
  readonly sourceElements: string | null;
  /** How many elements Target has. */
  readonly targetCount: string;
  /** The elements of Target, where there is more than one. */
  readonly targetElements: string | null;
  /** How many elements Node has. */
  readonly nodeCount: string;
  /** The elements of Node, where there is more than one. */
  readonly nodeElements: string | null;
  /** Prefix tokens of the addresses, a prefilter for searches by address. */
  readonly ipTokens: string | null;
  /** The JSON text. */
  readonly event: string;
}

/** A row of insertEvent. */
export interface InsertEventRow {
  /** Identifier of the event; no row when it was there already. */
  readonly id: string;
}

/** Parameters of insertEvents. */
export interface InsertEventsParams {
  /** Unique identifier of the event. */
  readonly id: readonly (string | null)[];
  /** When the detector noticed the event. */
  readonly detectTime: readonly (string | null)[];
  /** When the event came into the store. */
  readonly storageTime: readonly (string | null)[];
  /** When the message was made. */
  readonly createTime: readonly (string | null)[];
  /** Presumed start of the event. */
  readonly eventTime: readonly (string | null)[];
  /** Presumed end of the event. */
  readonly ceaseTime: readonly (string | null)[];
  /** Start of the aggregation window. */
  readonly winStartTime: readonly (string | null)[];
  /** End of the aggregation window. */
  readonly winEndTime: readonly (string | null)[];
  /** Kinds of security event, dotted from general to special. */
  readonly category: readonly (string | null)[];
  /** Short free text. */
  readonly description: readonly (string | null)[];
  /** Longer free text. */
  readonly note: readonly (string | null)[];
  /** How sure the detector is, 0 to 1. */
  readonly confidence: readonly (string | null)[];
  /** Number of connections. */
  readonly connCount: readonly (string | null)[];
  /** Number of flows. */
  readonly flowCount: readonly (string | null)[];
  /** Number of packets. */
  readonly packetCount: readonly (string | null)[];
  /** Number of bytes. */
  readonly byteCount: readonly (string | null)[];
  /** References: URLs, CVE numbers and the like. */
  readonly ref: readonly (string | null)[];
  /** Traffic light protocol label of the message. */
  readonly tlp: readonly (string | null)[];
  /** Addresses, networks and ranges of the attacker or origin. */
  readonly sourceIp: readonly (string | null)[];
  /** Ports of the attacker or origin. */
  readonly sourcePort: readonly (string | null)[];
  /** Role tags of the attacker or origin. */
  readonly sourceType: readonly (string | null)[];
  /** Protocols of the attacker or origin, lower case. */
  readonly sourceProtocol: readonly (string | null)[];
  /** Host names of the attacker or origin. */
  readonly sourceHostname: readonly (string | null)[];
  /** URLs of the attacker or origin. */
  readonly sourceUrl: readonly (string | null)[];
  /** Hardware addresses of the attacker or origin. */
  readonly sourceMac: readonly (string | null)[];
  /** Mail addresses of the attacker or origin. */
  readonly sourceEmail: readonly (string | null)[];
  /** Autonomous system numbers of the attacker or origin. */
  readonly sourceAsn: readonly (string | null)[];
  /** Registry names of the network of the attacker or origin. */
  readonly sourceNetname: readonly (string | null)[];
  /** The address of the attacker or origin is presumably forged. */
  readonly sourceSpoofed: readonly (string | null)[];
  /** The data on the attacker or origin are known to be imprecise. */
  readonly sourceImprecise: readonly (string | null)[];
  /** The address of the attacker or origin is anonymised. */
  readonly sourceAnonymised: readonly (string | null)[];
  /** Remarks on the attacker or origin. */
  readonly sourceNote: readonly (string | null)[];
  /** Addresses, networks and ranges of the victim or destination. */
  readonly targetIp: readonly (string | null)[];
  /** Ports of the victim or destination. */
  readonly targetPort: readonly (string | null)[];
  /** Role tags of the victim or destination. */
  readonly targetType: readonly (string | null)[];
  /** Protocols of the victim or destination, lower case. */
  readonly targetProtocol: readonly (string | null)[];
  /** Host names of the victim or destination. */
  readonly targetHostname: readonly (string | null)[];
  /** URLs of the victim or destination. */
  readonly targetUrl: readonly (string | null)[];
  /** Hardware addresses of the victim or destination. */
  readonly targetMac: readonly (string | null)[];
  /** Mail addresses of the victim or destination. */
  readonly targetEmail: readonly (string | null)[];
  /** Autonomous system numbers of the victim or destination. */
  readonly targetAsn: readonly (string | null)[];
  /** Registry names of the network of the victim or destination. */
  readonly targetNetname: readonly (string | null)[];
  /** The address of the victim or destination is presumably forged. */
  readonly targetSpoofed: readonly (string | null)[];
  /** The data on the victim or destination are known to be imprecise. */
  readonly targetImprecise: readonly (string | null)[];
  /** The address of the victim or destination is anonymised. */
  readonly targetAnonymised: readonly (string | null)[];
  /** Remarks on the victim or destination. */
  readonly targetNote: readonly (string | null)[];
  /** Names of the detectors and relays, dotted. */
  readonly nodeName: readonly (string | null)[];
  /** How the detectors work. */
  readonly nodeType: readonly (string | null)[];
  /** Names of the detection software. */
  readonly nodeSoftware: readonly (string | null)[];
  /** How serious, from info to critical. */
  readonly severity: readonly (string | null)[];
  /** Finer classification, lower case. */
  readonly eventClass: readonly (string | null)[];
  /** Abuse contacts responsible for the sources. */
  readonly abuseGroup: readonly (string | null)[];
  /** What was found wrong with the event. */
  readonly inspectionError: readonly (string | null)[];
  /** How serious for the targets. */
  readonly targetSeverity: readonly (string | null)[];
  /** Finer classification for the targets, lower case. */
  readonly targetClass: readonly (string | null)[];
  /** Abuse contacts responsible for the targets. */
  readonly targetGroup: readonly (string | null)[];
  /** Checksums of attachments. */
  readonly attachHash: readonly (string | null)[];
  /** File names of attachments. */
  readonly attachFilename: readonly (string | null)[];
  /** Kinds of attachment. */
  readonly attachType: readonly (string | null)[];
  /** How many elements Source has. */
  readonly sourceCount: readonly (string | null)[];
  /** The elements of Source, where there is more than one. */
  readonly sourceElements: readonly (string | null)[];
  /** How many elements Target has. */
  readonly targetCount: readonly (string | null)[];
  /** The elements of Target, where there is more than one. */
  readonly targetElements: readonly (string | null)[];
  /** How many elements Node has. */
  readonly nodeCount: readonly (string | null)[];
  /** The elements of Node, where there is more than one. */
  readonly nodeElements: readonly (string | null)[];
  /** Prefix tokens of the addresses, a prefilter for searches by address. */
  readonly ipTokens: readonly (string | null)[];
  /** The JSON text. */
  readonly event: readonly string[];
}

/** A row of insertEvents. */
export interface InsertEventsRow {
  /** Identifier of an event that was stored; those missing were there already. */
  readonly id: string;
}

/** Parameters of fetchEvent. */
export interface FetchEventParams {
  /** Identifier of the event. */
  readonly id: string;
}

/** A row of fetchEvent. */
export interface FetchEventRow {
  /** The JSON text as it was stored. */
  readonly event: string;
}

/** Parameters of fetchRow. */
export interface FetchRowParams {
  /** Identifier of the event. */
  readonly id: string;
}

/** A row of fetchRow. */
export interface EventRow {
  /** Unique identifier of the event. */
  readonly id: string;
  /** When the detector noticed the event. */
  readonly detect_time: string;
  /** When the event came into the store. */
  readonly storage_time: string;
  /** When the message was made. */
  readonly create_time: string | null;
  /** Presumed start of the event. */
  readonly event_time: string | null;
  /** Presumed end of the event. */
  readonly cease_time: string | null;
  /** Start of the aggregation window. */
  readonly win_start_time: string | null;
  /** End of the aggregation window. */
  readonly win_end_time: string | null;
  /** Kinds of security event, dotted from general to special. */
  readonly category: readonly string[] | null;
  /** Short free text. */
  readonly description: string | null;
  /** Longer free text. */
  readonly note: string | null;
  /** How sure the detector is, 0 to 1. */
  readonly confidence: number | null;
  /** Number of connections. */
  readonly conn_count: bigint | null;
  /** Number of flows. */
  readonly flow_count: bigint | null;
  /** Number of packets. */
  readonly packet_count: bigint | null;
  /** Number of bytes. */
  readonly byte_count: bigint | null;
  /** References: URLs, CVE numbers and the like. */
  readonly ref: readonly string[] | null;
  /** Traffic light protocol label of the message. */
  readonly tlp: string | null;
  /** Addresses, networks and ranges of the attacker or origin. */
  readonly source_ip: readonly string[] | null;
  /** Ports of the attacker or origin. */
  readonly source_port: readonly number[] | null;
  /** Role tags of the attacker or origin. */
  readonly source_type: readonly string[] | null;
  /** Protocols of the attacker or origin, lower case. */
  readonly source_protocol: readonly string[] | null;
  /** Host names of the attacker or origin. */
  readonly source_hostname: readonly string[] | null;
  /** URLs of the attacker or origin. */
  readonly source_url: readonly string[] | null;
  /** Hardware addresses of the attacker or origin. */
  readonly source_mac: readonly string[] | null;
  /** Mail addresses of the attacker or origin. */
  readonly source_email: readonly string[] | null;
  /** Autonomous system numbers of the attacker or origin. */
  readonly source_asn: readonly number[] | null;
  /** Registry names of the network of the attacker or origin. */
  readonly source_netname: readonly string[] | null;
  /** The address of the attacker or origin is presumably forged. */
  readonly source_spoofed: readonly boolean[] | null;
  /** The data on the attacker or origin are known to be imprecise. */
  readonly source_imprecise: readonly boolean[] | null;
  /** The address of the attacker or origin is anonymised. */
  readonly source_anonymised: readonly boolean[] | null;
  /** Remarks on the attacker or origin. */
  readonly source_note: readonly string[] | null;
  /** Addresses, networks and ranges of the victim or destination. */
  readonly target_ip: readonly string[] | null;
  /** Ports of the victim or destination. */
  readonly target_port: readonly number[] | null;
  /** Role tags of the victim or destination. */
  readonly target_type: readonly string[] | null;
  /** Protocols of the victim or destination, lower case. */
  readonly target_protocol: readonly string[] | null;
  /** Host names of the victim or destination. */
  readonly target_hostname: readonly string[] | null;
  /** URLs of the victim or destination. */
  readonly target_url: readonly string[] | null;
  /** Hardware addresses of the victim or destination. */
  readonly target_mac: readonly string[] | null;
  /** Mail addresses of the victim or destination. */
  readonly target_email: readonly string[] | null;
  /** Autonomous system numbers of the victim or destination. */
  readonly target_asn: readonly number[] | null;
  /** Registry names of the network of the victim or destination. */
  readonly target_netname: readonly string[] | null;
  /** The address of the victim or destination is presumably forged. */
  readonly target_spoofed: readonly boolean[] | null;
  /** The data on the victim or destination are known to be imprecise. */
  readonly target_imprecise: readonly boolean[] | null;
  /** The address of the victim or destination is anonymised. */
  readonly target_anonymised: readonly boolean[] | null;
  /** Remarks on the victim or destination. */
  readonly target_note: readonly string[] | null;
  /** Names of the detectors and relays, dotted. */
  readonly node_name: readonly string[] | null;
  /** How the detectors work. */
  readonly node_type: readonly string[] | null;
  /** Names of the detection software. */
  readonly node_software: readonly string[] | null;
  /** How serious, from info to critical. */
  readonly severity: string | null;
  /** Finer classification, lower case. */
  readonly event_class: string | null;
  /** Abuse contacts responsible for the sources. */
  readonly abuse_group: readonly string[] | null;
  /** What was found wrong with the event. */
  readonly inspection_error: readonly string[] | null;
  /** How serious for the targets. */
  readonly target_severity: string | null;
  /** Finer classification for the targets, lower case. */
  readonly target_class: string | null;
  /** Abuse contacts responsible for the targets. */
  readonly target_group: readonly string[] | null;
  /** Checksums of attachments. */
  readonly attach_hash: readonly string[] | null;
  /** File names of attachments. */
  readonly attach_filename: readonly string[] | null;
  /** Kinds of attachment. */
  readonly attach_type: readonly string[] | null;
  /** How many elements Source has. */
  readonly source_count: number;
  /** The elements of Source, where there is more than one. */
  readonly source_elements: unknown;
  /** How many elements Target has. */
  readonly target_count: number;
  /** The elements of Target, where there is more than one. */
  readonly target_elements: unknown;
  /** How many elements Node has. */
  readonly node_count: number;
  /** The elements of Node, where there is more than one. */
  readonly node_elements: unknown;
  /** Prefix tokens of the addresses, a prefilter for searches by address. */
  readonly ip_tokens: readonly number[] | null;
}

/** Parameters of deleteEvent. */
export interface DeleteEventParams {
  /** Identifier of the event. */
  readonly id: string;
}

/** Parameters of searchEvents. */
export interface SearchEventsParams {
  /** Most events on the page. */
  readonly limit: number | bigint;
  /** Time of the last event of the page before; null for the first page. */
  readonly time: Date | string | null;
  /** Identifier of the last event of the page before; null for the first page. */
  readonly id: string | null;
}

/** A row of searchEvents. */
export interface SearchEventsRow {
  /** Identifier of the event. */
  readonly id: string;
  /** The time that the events are sorted by. */
  readonly time: string;
  /** The JSON text; null in the moment in which the event is being deleted. */
  readonly event: string | null;
}

/** A row of streamEventIds. */
export interface StreamEventIdsRow {
  /** Identifier of the event. */
  readonly id: string;
}

/** A row of streamEvents. */
export interface StreamEventsRow {
  /** The JSON text; null in the moment in which the event is being deleted. */
  readonly event: string | null;
}

/** Parameters of deleteSomeEvents. */
export interface DeleteSomeEventsParams {
  /** Most events that are deleted. */
  readonly limit: number | bigint;
}

/** Parameters of thresholdSet. */
export interface ThresholdSetParams {
  /** The key. */
  readonly key: string;
  /** Start of thresholding. */
  readonly thresholdTime: Date | string;
  /** From when on a further event counts as a relapse. */
  readonly relapseTime: Date | string;
  /** End of thresholding. */
  readonly ttlTime: Date | string;
}

/** Parameters of thresholdCheck. */
export interface ThresholdCheckParams {
  /** The key. */
  readonly key: string;
  /** The time; a record that ends then is still alive. */
  readonly time: Date | string;
}

/** A row of thresholdCheck. */
export interface ThresholdCheckRow {
  /** The key. */
  readonly key: string;
  /** Start of thresholding. */
  readonly thresholdTime: Date;
  /** From when on a further event counts as a relapse. */
  readonly relapseTime: Date;
  /** End of thresholding. */
  readonly ttlTime: Date;
}

/** Parameters of thresholdsClean. */
export interface ThresholdsCleanParams {
  /** The time; a record that ends then is kept. */
  readonly time: Date | string;
}

/** Parameters of thresholdSave. */
export interface ThresholdSaveParams {
  /** Identifier of the event. */
  readonly eventId: string;
  /** The key. */
  readonly key: string;
  /** Group that would have been told of it. */
  readonly group: string;
  /** Severity of the event. */
  readonly severity: string;
  /** When it was withheld. */
  readonly createTime: Date | string;
}

/** Parameters of thresholdedEventsClean. */
export interface ThresholdedEventsCleanParams {
  /** True keeps what was withheld since thresholding began, false since a relapse counts. */
  readonly sinceThreshold: boolean;
}

/** Parameters of searchRelapsedEvents. */
export interface SearchRelapsedEventsParams {
  /** The group. */
  readonly group: string;
  /** The severity. */
  readonly severity: string;
  /** The time; a key that ends then has expired. */
  readonly time: Date | string;
}

/** A row of searchRelapsedEvents. */
export interface SearchRelapsedEventsRow {
  /** The JSON text. */
  readonly event: string;
  /** The keys under which the event has relapsed. */
  readonly keys: readonly string[];
}

/** Parameters of watchdogEvents. */
export interface WatchdogEventsParams {
  /** Seconds; an event exactly that old does not count. */
  readonly interval: number;
}

/** A row of watchdogEvents. */
export interface WatchdogEventsRow {
  /** There is such an event. */
  readonly alive: boolean;
}

/** Parameters of tableSizes. */
export interface TableSizesParams {
  /** Name of the table, as the catalogs spell it. */
  readonly table: string;
}

/** A row of tableSizes. */
export interface TableSizesRow {
  /** Number of partitions; 0 for a plain table. */
  readonly partitions: number;
  /** The planner's estimate of the number of rows. */
  readonly rows: number;
  /** Bytes without indexes. */
  readonly tableBytes: number;
  /** Bytes of the indexes. */
  readonly indexBytes: number;
  /** Bytes of both. */
  readonly totalBytes: number;
}

/** A row of databaseInfo. */
export interface DatabaseInfoRow {
  /** Version of PostgreSQL. */
  readonly serverVersion: string;
  /** Version of the extension ip4r; null where the compatibility schema stands in for it. */
  readonly ip4r: string | null;
  /** Version of the schema; null when none is recorded. */
  readonly schemaVersion: number | null;
  /** Bytes of the whole database. */
  readonly databaseBytes: number;
}

/** Parameters of readSettings. */
export interface ReadSettingsParams {
  /** Names of the settings. */
  readonly names: readonly (string | null)[];
}

/** A row of readSettings. */
export interface ReadSettingsRow {
  /** Name of the setting. */
  readonly name: string;
  /** Value, with its unit. */
  readonly value: string;
}

/** A row of listPartitions. */
export interface ListPartitionsRow {
  /** Name of the partition. */
  readonly name: string;
  /** Its bounds, as SQL. */
  readonly bounds: string;
  /** The planner's estimate of the number of rows; 0 before it was analysed. */
  readonly rows: number;
}

/** Parameters of hourVersions. */
export interface HourVersionsParams {
  /** Start, inclusive. */
  readonly from: Date | string;
  /** End, exclusive. */
  readonly to: Date | string;
}

/** A row of hourVersions. */
export interface HourVersionsRow {
  /** Start of the hour. */
  readonly hour: Date;
  /** Events that were inserted. */
  readonly inserted: number;
  /** Events that were deleted. */
  readonly deleted: number;
}

/** Parameters of sweepIds. */
export interface SweepIdsParams {
  /** Events before this time are looked at. */
  readonly before: Date | string;
  /** Most identifiers that are removed. */
  readonly limit: number | bigint;
}

/** Parameters of cleanThresholdsThresholdtime. */
export interface CleanThresholdsThresholdtimeParams {
  /** The time; rows of exactly that time stay. */
  readonly before: Date | string;
}

/** Parameters of cleanThresholdsRelapsetime. */
export interface CleanThresholdsRelapsetimeParams {
  /** The time; rows of exactly that time stay. */
  readonly before: Date | string;
}

/** Parameters of cleanThresholdsTtltime. */
export interface CleanThresholdsTtltimeParams {
  /** The time; rows of exactly that time stay. */
  readonly before: Date | string;
}

/** Parameters of cleanEventsThresholdedCreatetime. */
export interface CleanEventsThresholdedCreatetimeParams {
  /** The time; rows of exactly that time stay. */
  readonly before: Date | string;
}

/** A row of boundsDetectTime. */
export interface BoundsDetectTimeRow {
  /** Null when no event has a value. */
  readonly least: Date | null;
  /** Null when no event has a value. */
  readonly greatest: Date | null;
}

/** A row of boundsStorageTime. */
export interface BoundsStorageTimeRow {
  /** Null when no event has a value. */
  readonly least: Date | null;
  /** Null when no event has a value. */
  readonly greatest: Date | null;
}

/** A row of boundsCreateTime. */
export interface BoundsCreateTimeRow {
  /** Null when no event has a value. */
  readonly least: Date | null;
  /** Null when no event has a value. */
  readonly greatest: Date | null;
}

/** A row of boundsEventTime. */
export interface BoundsEventTimeRow {
  /** Null when no event has a value. */
  readonly least: Date | null;
  /** Null when no event has a value. */
  readonly greatest: Date | null;
}

/** A row of boundsCeaseTime. */
export interface BoundsCeaseTimeRow {
  /** Null when no event has a value. */
  readonly least: Date | null;
  /** Null when no event has a value. */
  readonly greatest: Date | null;
}

/** A row of boundsWinStartTime. */
export interface BoundsWinStartTimeRow {
  /** Null when no event has a value. */
  readonly least: Date | null;
  /** Null when no event has a value. */
  readonly greatest: Date | null;
}

/** A row of boundsWinEndTime. */
export interface BoundsWinEndTimeRow {
  /** Null when no event has a value. */
  readonly least: Date | null;
  /** Null when no event has a value. */
  readonly greatest: Date | null;
}

/** A row of boundsConfidence. */
export interface BoundsConfidenceRow {
  /** Null when no event has a value. */
  readonly least: number | null;
  /** Null when no event has a value. */
  readonly greatest: number | null;
}

/** A row of boundsConnCount. */
export interface BoundsConnCountRow {
  /** Null when no event has a value. */
  readonly least: bigint | null;
  /** Null when no event has a value. */
  readonly greatest: bigint | null;
}

/** A row of boundsFlowCount. */
export interface BoundsFlowCountRow {
  /** Null when no event has a value. */
  readonly least: bigint | null;
  /** Null when no event has a value. */
  readonly greatest: bigint | null;
}

/** A row of boundsPacketCount. */
export interface BoundsPacketCountRow {
  /** Null when no event has a value. */
  readonly least: bigint | null;
  /** Null when no event has a value. */
  readonly greatest: bigint | null;
}

/** A row of boundsByteCount. */
export interface BoundsByteCountRow {
  /** Null when no event has a value. */
  readonly least: bigint | null;
  /** Null when no event has a value. */
  readonly greatest: bigint | null;
}

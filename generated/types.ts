/**
 * Parameters and rows of the operations of the store.
 *
 * Generated, do not edit: npm run generate
 */
import type { FilterSource } from "../runtime/client.js";

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
  /** Other names of the event, as other systems know it. */
  readonly altName: string | null;
  /** Identifiers of the events that this one was correlated from. */
  readonly correlId: string | null;
  /** Identifiers of the events that this one was aggregated from. */
  readonly aggrId: string | null;
  /** Identifiers of the events that this one replaces. */
  readonly predId: string | null;
  /** Identifiers of events that have to do with this one. */
  readonly relId: string | null;
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
  /** Routers or interfaces through which the traffic of the attacker or origin came. */
  readonly sourceRouter: string | null;
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
  /** Routers or interfaces through which the traffic of the victim or destination came. */
  readonly targetRouter: string | null;
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
  /** Lengths of time over which the detectors aggregate. */
  readonly nodeAggrWin: string | null;
  /** How serious, from info to critical. */
  readonly severity: string | null;
  /** Finer classification, lower case. */
  readonly eventClass: string | null;
  /** Abuse contacts responsible for the sources, by the names of their groups, whose case counts. */
  readonly abuseGroup: string | null;
  /** What was found wrong with the event. */
  readonly inspectionError: string | null;
  /** How serious for the targets. */
  readonly targetSeverity: string | null;
  /** Finer classification for the targets, lower case. */
  readonly targetClass: string | null;
  /** Abuse contacts responsible for the targets. */
  readonly targetGroup: string | null;
  /** Reports on the sources go to the operators alone. */
  readonly shadowReporting: string | null;
  /** Reports on the targets go to the operators alone. */
  readonly shadowReportingTarget: string | null;
  /** Subdivisions of the class, lower case. */
  readonly eventSubclass: string | null;
  /** Subdivisions of the class for the targets, lower case. */
  readonly targetSubclass: string | null;
  /** What the event may lead to. */
  readonly impact: string | null;
  /** Autonomous system numbers that the addresses of the sources were found to belong to. */
  readonly sourceResolvedAsn: string | null;
  /** Countries that the addresses of the sources were found to be in, codes of two letters in upper case. */
  readonly sourceResolvedCountry: string | null;
  /** Autonomous system numbers that the addresses of the targets were found to belong to. */
  readonly targetResolvedAsn: string | null;
  /** Countries that the addresses of the targets were found to be in, codes of two letters in upper case. */
  readonly targetResolvedCountry: string | null;
  /** Checksums of attachments. */
  readonly attachHash: string | null;
  /** File names of attachments. */
  readonly attachFilename: string | null;
  /** Kinds of attachment. */
  readonly attachType: string | null;
  /** Media types of attachments. */
  readonly attachContentType: string | null;
  /** Sizes of attachments in bytes. */
  readonly attachSize: string | null;
  /** References of attachments. */
  readonly attachRef: string | null;
  /** Remarks on attachments. */
  readonly attachNote: string | null;
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
  /** How many elements Attach has. */
  readonly attachCount: string;
  /** The elements of Attach, where there is more than one. */
  readonly attachElements: string | null;
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

/** Parameters of insertListedEvent. */
export interface InsertListedEventParams {
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
  /** Other names of the event, as other systems know it. */
  readonly altName: string | null;
  /** Identifiers of the events that this one was correlated from. */
  readonly correlId: string | null;
  /** Identifiers of the events that this one was aggregated from. */
  readonly aggrId: string | null;
  /** Identifiers of the events that this one replaces. */
  readonly predId: string | null;
  /** Identifiers of events that have to do with this one. */
  readonly relId: string | null;
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
  /** Routers or interfaces through which the traffic of the attacker or origin came. */
  readonly sourceRouter: string | null;
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
  /** Routers or interfaces through which the traffic of the victim or destination came. */
  readonly targetRouter: string | null;
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
  /** Lengths of time over which the detectors aggregate. */
  readonly nodeAggrWin: string | null;
  /** How serious, from info to critical. */
  readonly severity: string | null;
  /** Finer classification, lower case. */
  readonly eventClass: string | null;
  /** Abuse contacts responsible for the sources, by the names of their groups, whose case counts. */
  readonly abuseGroup: string | null;
  /** What was found wrong with the event. */
  readonly inspectionError: string | null;
  /** How serious for the targets. */
  readonly targetSeverity: string | null;
  /** Finer classification for the targets, lower case. */
  readonly targetClass: string | null;
  /** Abuse contacts responsible for the targets. */
  readonly targetGroup: string | null;
  /** Reports on the sources go to the operators alone. */
  readonly shadowReporting: string | null;
  /** Reports on the targets go to the operators alone. */
  readonly shadowReportingTarget: string | null;
  /** Subdivisions of the class, lower case. */
  readonly eventSubclass: string | null;
  /** Subdivisions of the class for the targets, lower case. */
  readonly targetSubclass: string | null;
  /** What the event may lead to. */
  readonly impact: string | null;
  /** Autonomous system numbers that the addresses of the sources were found to belong to. */
  readonly sourceResolvedAsn: string | null;
  /** Countries that the addresses of the sources were found to be in, codes of two letters in upper case. */
  readonly sourceResolvedCountry: string | null;
  /** Autonomous system numbers that the addresses of the targets were found to belong to. */
  readonly targetResolvedAsn: string | null;
  /** Countries that the addresses of the targets were found to be in, codes of two letters in upper case. */
  readonly targetResolvedCountry: string | null;
  /** Checksums of attachments. */
  readonly attachHash: string | null;
  /** File names of attachments. */
  readonly attachFilename: string | null;
  /** Kinds of attachment. */
  readonly attachType: string | null;
  /** Media types of attachments. */
  readonly attachContentType: string | null;
  /** Sizes of attachments in bytes. */
  readonly attachSize: string | null;
  /** References of attachments. */
  readonly attachRef: string | null;
  /** Remarks on attachments. */
  readonly attachNote: string | null;
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
  /** How many elements Attach has. */
  readonly attachCount: string;
  /** The elements of Attach, where there is more than one. */
  readonly attachElements: string | null;
  /** Prefix tokens of the addresses, a prefilter for searches by address. */
  readonly ipTokens: string | null;
  /** The JSON text. */
  readonly event: string;
}

/** A row of insertListedEvent. */
export interface InsertListedEventRow {
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
  /** Other names of the event, as other systems know it. */
  readonly altName: readonly (string | null)[];
  /** Identifiers of the events that this one was correlated from. */
  readonly correlId: readonly (string | null)[];
  /** Identifiers of the events that this one was aggregated from. */
  readonly aggrId: readonly (string | null)[];
  /** Identifiers of the events that this one replaces. */
  readonly predId: readonly (string | null)[];
  /** Identifiers of events that have to do with this one. */
  readonly relId: readonly (string | null)[];
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
  /** Routers or interfaces through which the traffic of the attacker or origin came. */
  readonly sourceRouter: readonly (string | null)[];
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
  /** Routers or interfaces through which the traffic of the victim or destination came. */
  readonly targetRouter: readonly (string | null)[];
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
  /** Lengths of time over which the detectors aggregate. */
  readonly nodeAggrWin: readonly (string | null)[];
  /** How serious, from info to critical. */
  readonly severity: readonly (string | null)[];
  /** Finer classification, lower case. */
  readonly eventClass: readonly (string | null)[];
  /** Abuse contacts responsible for the sources, by the names of their groups, whose case counts. */
  readonly abuseGroup: readonly (string | null)[];
  /** What was found wrong with the event. */
  readonly inspectionError: readonly (string | null)[];
  /** How serious for the targets. */
  readonly targetSeverity: readonly (string | null)[];
  /** Finer classification for the targets, lower case. */
  readonly targetClass: readonly (string | null)[];
  /** Abuse contacts responsible for the targets. */
  readonly targetGroup: readonly (string | null)[];
  /** Reports on the sources go to the operators alone. */
  readonly shadowReporting: readonly (string | null)[];
  /** Reports on the targets go to the operators alone. */
  readonly shadowReportingTarget: readonly (string | null)[];
  /** Subdivisions of the class, lower case. */
  readonly eventSubclass: readonly (string | null)[];
  /** Subdivisions of the class for the targets, lower case. */
  readonly targetSubclass: readonly (string | null)[];
  /** What the event may lead to. */
  readonly impact: readonly (string | null)[];
  /** Autonomous system numbers that the addresses of the sources were found to belong to. */
  readonly sourceResolvedAsn: readonly (string | null)[];
  /** Countries that the addresses of the sources were found to be in, codes of two letters in upper case. */
  readonly sourceResolvedCountry: readonly (string | null)[];
  /** Autonomous system numbers that the addresses of the targets were found to belong to. */
  readonly targetResolvedAsn: readonly (string | null)[];
  /** Countries that the addresses of the targets were found to be in, codes of two letters in upper case. */
  readonly targetResolvedCountry: readonly (string | null)[];
  /** Checksums of attachments. */
  readonly attachHash: readonly (string | null)[];
  /** File names of attachments. */
  readonly attachFilename: readonly (string | null)[];
  /** Kinds of attachment. */
  readonly attachType: readonly (string | null)[];
  /** Media types of attachments. */
  readonly attachContentType: readonly (string | null)[];
  /** Sizes of attachments in bytes. */
  readonly attachSize: readonly (string | null)[];
  /** References of attachments. */
  readonly attachRef: readonly (string | null)[];
  /** Remarks on attachments. */
  readonly attachNote: readonly (string | null)[];
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
  /** How many elements Attach has. */
  readonly attachCount: readonly (string | null)[];
  /** The elements of Attach, where there is more than one. */
  readonly attachElements: readonly (string | null)[];
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

/** Parameters of insertNewEvents. */
export interface InsertNewEventsParams {
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
  /** Other names of the event, as other systems know it. */
  readonly altName: readonly (string | null)[];
  /** Identifiers of the events that this one was correlated from. */
  readonly correlId: readonly (string | null)[];
  /** Identifiers of the events that this one was aggregated from. */
  readonly aggrId: readonly (string | null)[];
  /** Identifiers of the events that this one replaces. */
  readonly predId: readonly (string | null)[];
  /** Identifiers of events that have to do with this one. */
  readonly relId: readonly (string | null)[];
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
  /** Routers or interfaces through which the traffic of the attacker or origin came. */
  readonly sourceRouter: readonly (string | null)[];
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
  /** Routers or interfaces through which the traffic of the victim or destination came. */
  readonly targetRouter: readonly (string | null)[];
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
  /** Lengths of time over which the detectors aggregate. */
  readonly nodeAggrWin: readonly (string | null)[];
  /** How serious, from info to critical. */
  readonly severity: readonly (string | null)[];
  /** Finer classification, lower case. */
  readonly eventClass: readonly (string | null)[];
  /** Abuse contacts responsible for the sources, by the names of their groups, whose case counts. */
  readonly abuseGroup: readonly (string | null)[];
  /** What was found wrong with the event. */
  readonly inspectionError: readonly (string | null)[];
  /** How serious for the targets. */
  readonly targetSeverity: readonly (string | null)[];
  /** Finer classification for the targets, lower case. */
  readonly targetClass: readonly (string | null)[];
  /** Abuse contacts responsible for the targets. */
  readonly targetGroup: readonly (string | null)[];
  /** Reports on the sources go to the operators alone. */
  readonly shadowReporting: readonly (string | null)[];
  /** Reports on the targets go to the operators alone. */
  readonly shadowReportingTarget: readonly (string | null)[];
  /** Subdivisions of the class, lower case. */
  readonly eventSubclass: readonly (string | null)[];
  /** Subdivisions of the class for the targets, lower case. */
  readonly targetSubclass: readonly (string | null)[];
  /** What the event may lead to. */
  readonly impact: readonly (string | null)[];
  /** Autonomous system numbers that the addresses of the sources were found to belong to. */
  readonly sourceResolvedAsn: readonly (string | null)[];
  /** Countries that the addresses of the sources were found to be in, codes of two letters in upper case. */
  readonly sourceResolvedCountry: readonly (string | null)[];
  /** Autonomous system numbers that the addresses of the targets were found to belong to. */
  readonly targetResolvedAsn: readonly (string | null)[];
  /** Countries that the addresses of the targets were found to be in, codes of two letters in upper case. */
  readonly targetResolvedCountry: readonly (string | null)[];
  /** Checksums of attachments. */
  readonly attachHash: readonly (string | null)[];
  /** File names of attachments. */
  readonly attachFilename: readonly (string | null)[];
  /** Kinds of attachment. */
  readonly attachType: readonly (string | null)[];
  /** Media types of attachments. */
  readonly attachContentType: readonly (string | null)[];
  /** Sizes of attachments in bytes. */
  readonly attachSize: readonly (string | null)[];
  /** References of attachments. */
  readonly attachRef: readonly (string | null)[];
  /** Remarks on attachments. */
  readonly attachNote: readonly (string | null)[];
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
  /** How many elements Attach has. */
  readonly attachCount: readonly (string | null)[];
  /** The elements of Attach, where there is more than one. */
  readonly attachElements: readonly (string | null)[];
  /** Prefix tokens of the addresses, a prefilter for searches by address. */
  readonly ipTokens: readonly (string | null)[];
  /** The JSON text. */
  readonly event: readonly string[];
}

/** A row of insertNewEvents. */
export interface InsertNewEventsRow {
  /** Identifier of an event that was stored; those missing were there already. */
  readonly id: string;
}

/** What goes into the slots of freeIds. */
export interface FreeIdsSlots {
  readonly texts: FilterSource;
}

/** Parameters of freeIds. */
export interface FreeIdsParams {
  /** Identifiers. */
  readonly ids: readonly (string | null)[];
  /** Numbers of their events. */
  readonly seqs: readonly (number | bigint | string)[];
}

/** A row of freeIds. */
export interface FreeIdsRow {
  /** An identifier that is free again. */
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

/** Parameters of locateEvents. */
export interface LocateEventsParams {
  /** Identifiers of the events. */
  readonly ids: readonly (string | null)[];
}

/** A row of locateEvents. */
export interface LocateEventsRow {
  /** Identifier of the event. */
  readonly id: string;
  /** Number of the event. */
  readonly seq: string;
  /** The time that partitions go by. */
  readonly time: string;
}

/** Parameters of fetchSlice. */
export interface FetchSliceParams {
  /** Number of the event. */
  readonly seq: string;
  /** The time that partitions go by. */
  readonly time: string;
}

/** A row of fetchSlice. */
export interface FetchSliceRow {
  /** The JSON text as it was stored. */
  readonly event: string;
}

/** Parameters of eventTexts. */
export interface EventTextsParams {
  /** Identifiers of the events. */
  readonly ids: readonly (string | null)[];
}

/** A row of eventTexts. */
export interface EventTextsRow {
  /** Identifier of the event. */
  readonly id: string;
  /** The JSON text as it was stored. */
  readonly event: string;
}

/** What goes into the slots of textsOfSlice. */
export interface TextsOfSliceSlots {
  readonly texts: FilterSource;
}

/** Parameters of textsOfSlice. */
export interface TextsOfSliceParams {
  /** Numbers of the events. */
  readonly seqs: readonly (number | bigint | string)[];
}

/** A row of textsOfSlice. */
export interface TextsOfSliceRow {
  /** Number of the event. */
  readonly seq: string;
  /** The JSON text as it was stored. */
  readonly event: string;
}

/** What goes into the slots of searchEvents. */
export interface SearchEventsSlots {
  readonly all: FilterSource;
  readonly rows: FilterSource;
  readonly within: FilterSource;
  readonly span: FilterSource;
  readonly column: string;
  readonly direction: string;
  readonly sign: string;
  readonly boundSign: string;
  readonly walk: readonly { readonly part: "walk" }[];
  readonly probed: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly looked: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly walkedPart: readonly ({ readonly part: "one" } | { readonly part: "several"; readonly number: number })[];
  readonly bounds: readonly { readonly part: "bound"; readonly instant: bigint; readonly number: number }[];
  readonly walked: string;
  readonly hits: readonly { readonly part: "hits" }[];
  readonly event: readonly ({ readonly part: "none" } | { readonly part: "text"; readonly cases: readonly { readonly part: "table"; readonly number: number; readonly table: string }[] })[];
  readonly pages: readonly ({ readonly part: "indexed" } | { readonly part: "both" } | { readonly part: "walkOnly" } | { readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
  readonly days: readonly ({ readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
}

/** Parameters of searchEvents. */
export interface SearchEventsParams {
  /** Most events of the step. */
  readonly limit: number | bigint;
}

/** A row of searchEvents. */
export interface SearchEventsRow {
  /** Version of the partitions in the first row; null in all others. */
  readonly version: string | null;
  /** Number of the table within the step; of the first row the hits of a gathered walk. */
  readonly part: number;
  /** The JSON text. */
  readonly event: string | null;
  /** Identifier of the event. */
  readonly id: string | null;
  /** Number of the event. */
  readonly seq: string | null;
  /** The time that partitions go by. */
  readonly time: string | null;
  /** Value of the sort column. */
  readonly sorted: string | null;
}

/** What goes into the slots of searchEventsAfter. */
export interface SearchEventsAfterSlots {
  readonly all: FilterSource;
  readonly rows: FilterSource;
  readonly within: FilterSource;
  readonly span: FilterSource;
  readonly column: string;
  readonly direction: string;
  readonly sign: string;
  readonly boundSign: string;
  readonly walk: readonly { readonly part: "walk" }[];
  readonly probed: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly looked: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly walkedPart: readonly ({ readonly part: "one" } | { readonly part: "several"; readonly number: number })[];
  readonly bounds: readonly { readonly part: "bound"; readonly instant: bigint; readonly number: number }[];
  readonly walked: string;
  readonly hits: readonly { readonly part: "hits" }[];
  readonly event: readonly ({ readonly part: "none" } | { readonly part: "text"; readonly cases: readonly { readonly part: "table"; readonly number: number; readonly table: string }[] })[];
  readonly pages: readonly ({ readonly part: "indexed" } | { readonly part: "both" } | { readonly part: "walkOnly" } | { readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
  readonly days: readonly ({ readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
}

/** Parameters of searchEventsAfter. */
export interface SearchEventsAfterParams {
  /** Most events of the step. */
  readonly limit: number | bigint;
  /** Value of the sort column of the last event before. */
  readonly time: Date | string;
  /** Identifier of the last event before. */
  readonly id: string;
}

/** A row of searchEventsAfter. */
export interface SearchEventsAfterRow {
  /** Version of the partitions in the first row; null in all others. */
  readonly version: string | null;
  /** Number of the table within the step; of the first row the hits of a gathered walk. */
  readonly part: number;
  /** The JSON text. */
  readonly event: string | null;
  /** Identifier of the event. */
  readonly id: string | null;
  /** Number of the event. */
  readonly seq: string | null;
  /** The time that partitions go by. */
  readonly time: string | null;
  /** Value of the sort column. */
  readonly sorted: string | null;
}

/** What goes into the slots of searchGhosts. */
export interface SearchGhostsSlots {
  readonly all: FilterSource;
  readonly rows: FilterSource;
  readonly within: FilterSource;
  readonly span: FilterSource;
  readonly column: string;
  readonly direction: string;
  readonly sign: string;
  readonly boundSign: string;
  readonly walk: readonly { readonly part: "walk" }[];
  readonly probed: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly looked: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly walkedPart: readonly ({ readonly part: "one" } | { readonly part: "several"; readonly number: number })[];
  readonly bounds: readonly { readonly part: "bound"; readonly instant: bigint; readonly number: number }[];
  readonly walked: string;
  readonly hits: readonly { readonly part: "hits" }[];
  readonly event: readonly ({ readonly part: "none" } | { readonly part: "text"; readonly cases: readonly { readonly part: "table"; readonly number: number; readonly table: string }[] })[];
  readonly pages: readonly ({ readonly part: "indexed" } | { readonly part: "both" } | { readonly part: "walkOnly" } | { readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
  readonly days: readonly ({ readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
}

/** Parameters of searchGhosts. */
export interface SearchGhostsParams {
  /** Most events of the step. */
  readonly limit: number | bigint;
}

/** A row of searchGhosts. */
export interface SearchGhostsRow {
  /** Version of the partitions in the first row; null in all others. */
  readonly version: string | null;
  /** Number of the table within the step; of the first row the hits of a gathered walk. */
  readonly part: number;
  /** The JSON text. */
  readonly event: string | null;
  /** Identifier of the event. */
  readonly id: string | null;
  /** Number of the event. */
  readonly seq: string | null;
  /** The time that partitions go by. */
  readonly time: string | null;
  /** Value of the sort column. */
  readonly sorted: string | null;
  /** Unique identifier of the event. */
  readonly column_id: string | null;
  /** When the detector noticed the event. */
  readonly column_detect_time: string | null;
  /** When the event came into the store. */
  readonly column_storage_time: string | null;
  /** When the message was made. */
  readonly column_create_time: string | null;
  /** Presumed start of the event. */
  readonly column_event_time: string | null;
  /** Presumed end of the event. */
  readonly column_cease_time: string | null;
  /** Start of the aggregation window. */
  readonly column_win_start_time: string | null;
  /** End of the aggregation window. */
  readonly column_win_end_time: string | null;
  /** Kinds of security event, dotted from general to special. */
  readonly column_category: string | null;
  /** Short free text. */
  readonly column_description: string | null;
  /** Longer free text. */
  readonly column_note: string | null;
  /** How sure the detector is, 0 to 1. */
  readonly column_confidence: string | null;
  /** Number of connections. */
  readonly column_conn_count: string | null;
  /** Number of flows. */
  readonly column_flow_count: string | null;
  /** Number of packets. */
  readonly column_packet_count: string | null;
  /** Number of bytes. */
  readonly column_byte_count: string | null;
  /** Other names of the event, as other systems know it. */
  readonly column_alt_name: string | null;
  /** Identifiers of the events that this one was correlated from. */
  readonly column_correl_id: string | null;
  /** Identifiers of the events that this one was aggregated from. */
  readonly column_aggr_id: string | null;
  /** Identifiers of the events that this one replaces. */
  readonly column_pred_id: string | null;
  /** Identifiers of events that have to do with this one. */
  readonly column_rel_id: string | null;
  /** References: URLs, CVE numbers and the like. */
  readonly column_ref: string | null;
  /** Traffic light protocol label of the message. */
  readonly column_tlp: string | null;
  /** Addresses, networks and ranges of the attacker or origin. */
  readonly column_source_ip: string | null;
  /** Ports of the attacker or origin. */
  readonly column_source_port: string | null;
  /** Role tags of the attacker or origin. */
  readonly column_source_type: string | null;
  /** Protocols of the attacker or origin, lower case. */
  readonly column_source_protocol: string | null;
  /** Host names of the attacker or origin. */
  readonly column_source_hostname: string | null;
  /** URLs of the attacker or origin. */
  readonly column_source_url: string | null;
  /** Hardware addresses of the attacker or origin. */
  readonly column_source_mac: string | null;
  /** Mail addresses of the attacker or origin. */
  readonly column_source_email: string | null;
  /** Autonomous system numbers of the attacker or origin. */
  readonly column_source_asn: string | null;
  /** Registry names of the network of the attacker or origin. */
  readonly column_source_netname: string | null;
  /** Routers or interfaces through which the traffic of the attacker or origin came. */
  readonly column_source_router: string | null;
  /** The address of the attacker or origin is presumably forged. */
  readonly column_source_spoofed: string | null;
  /** The data on the attacker or origin are known to be imprecise. */
  readonly column_source_imprecise: string | null;
  /** The address of the attacker or origin is anonymised. */
  readonly column_source_anonymised: string | null;
  /** Remarks on the attacker or origin. */
  readonly column_source_note: string | null;
  /** Addresses, networks and ranges of the victim or destination. */
  readonly column_target_ip: string | null;
  /** Ports of the victim or destination. */
  readonly column_target_port: string | null;
  /** Role tags of the victim or destination. */
  readonly column_target_type: string | null;
  /** Protocols of the victim or destination, lower case. */
  readonly column_target_protocol: string | null;
  /** Host names of the victim or destination. */
  readonly column_target_hostname: string | null;
  /** URLs of the victim or destination. */
  readonly column_target_url: string | null;
  /** Hardware addresses of the victim or destination. */
  readonly column_target_mac: string | null;
  /** Mail addresses of the victim or destination. */
  readonly column_target_email: string | null;
  /** Autonomous system numbers of the victim or destination. */
  readonly column_target_asn: string | null;
  /** Registry names of the network of the victim or destination. */
  readonly column_target_netname: string | null;
  /** Routers or interfaces through which the traffic of the victim or destination came. */
  readonly column_target_router: string | null;
  /** The address of the victim or destination is presumably forged. */
  readonly column_target_spoofed: string | null;
  /** The data on the victim or destination are known to be imprecise. */
  readonly column_target_imprecise: string | null;
  /** The address of the victim or destination is anonymised. */
  readonly column_target_anonymised: string | null;
  /** Remarks on the victim or destination. */
  readonly column_target_note: string | null;
  /** Names of the detectors and relays, dotted. */
  readonly column_node_name: string | null;
  /** How the detectors work. */
  readonly column_node_type: string | null;
  /** Names of the detection software. */
  readonly column_node_software: string | null;
  /** Lengths of time over which the detectors aggregate. */
  readonly column_node_aggr_win: string | null;
  /** How serious, from info to critical. */
  readonly column_severity: string | null;
  /** Finer classification, lower case. */
  readonly column_event_class: string | null;
  /** Abuse contacts responsible for the sources, by the names of their groups, whose case counts. */
  readonly column_abuse_group: string | null;
  /** What was found wrong with the event. */
  readonly column_inspection_error: string | null;
  /** How serious for the targets. */
  readonly column_target_severity: string | null;
  /** Finer classification for the targets, lower case. */
  readonly column_target_class: string | null;
  /** Abuse contacts responsible for the targets. */
  readonly column_target_group: string | null;
  /** Reports on the sources go to the operators alone. */
  readonly column_shadow_reporting: string | null;
  /** Reports on the targets go to the operators alone. */
  readonly column_shadow_reporting_target: string | null;
  /** Subdivisions of the class, lower case. */
  readonly column_event_subclass: string | null;
  /** Subdivisions of the class for the targets, lower case. */
  readonly column_target_subclass: string | null;
  /** What the event may lead to. */
  readonly column_impact: string | null;
  /** Autonomous system numbers that the addresses of the sources were found to belong to. */
  readonly column_source_resolved_asn: string | null;
  /** Countries that the addresses of the sources were found to be in, codes of two letters in upper case. */
  readonly column_source_resolved_country: string | null;
  /** Autonomous system numbers that the addresses of the targets were found to belong to. */
  readonly column_target_resolved_asn: string | null;
  /** Countries that the addresses of the targets were found to be in, codes of two letters in upper case. */
  readonly column_target_resolved_country: string | null;
  /** Checksums of attachments. */
  readonly column_attach_hash: string | null;
  /** File names of attachments. */
  readonly column_attach_filename: string | null;
  /** Kinds of attachment. */
  readonly column_attach_type: string | null;
  /** Media types of attachments. */
  readonly column_attach_content_type: string | null;
  /** Sizes of attachments in bytes. */
  readonly column_attach_size: string | null;
  /** References of attachments. */
  readonly column_attach_ref: string | null;
  /** Remarks on attachments. */
  readonly column_attach_note: string | null;
  /** The elements of Source, where there is more than one. */
  readonly column_source_elements: string | null;
  /** The elements of Target, where there is more than one. */
  readonly column_target_elements: string | null;
  /** The elements of Node, where there is more than one. */
  readonly column_node_elements: string | null;
  /** The elements of Attach, where there is more than one. */
  readonly column_attach_elements: string | null;
}

/** What goes into the slots of searchGhostsAfter. */
export interface SearchGhostsAfterSlots {
  readonly all: FilterSource;
  readonly rows: FilterSource;
  readonly within: FilterSource;
  readonly span: FilterSource;
  readonly column: string;
  readonly direction: string;
  readonly sign: string;
  readonly boundSign: string;
  readonly walk: readonly { readonly part: "walk" }[];
  readonly probed: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly looked: readonly ({ readonly part: "one"; readonly table: string } | { readonly part: "several"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] } | { readonly part: "all"; readonly tables: readonly { readonly part: "table"; readonly table: string }[] })[];
  readonly walkedPart: readonly ({ readonly part: "one" } | { readonly part: "several"; readonly number: number })[];
  readonly bounds: readonly { readonly part: "bound"; readonly instant: bigint; readonly number: number }[];
  readonly walked: string;
  readonly hits: readonly { readonly part: "hits" }[];
  readonly event: readonly ({ readonly part: "none" } | { readonly part: "text"; readonly cases: readonly { readonly part: "table"; readonly number: number; readonly table: string }[] })[];
  readonly pages: readonly ({ readonly part: "indexed" } | { readonly part: "both" } | { readonly part: "walkOnly" } | { readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
  readonly days: readonly ({ readonly part: "day"; readonly table: string; readonly number: number } | { readonly part: "wholeDay"; readonly table: string; readonly number: number })[];
}

/** Parameters of searchGhostsAfter. */
export interface SearchGhostsAfterParams {
  /** Most events of the step. */
  readonly limit: number | bigint;
  /** Value of the sort column of the last event before. */
  readonly time: Date | string;
  /** Identifier of the last event before. */
  readonly id: string;
}

/** A row of searchGhostsAfter. */
export interface SearchGhostsAfterRow {
  /** Version of the partitions in the first row; null in all others. */
  readonly version: string | null;
  /** Number of the table within the step; of the first row the hits of a gathered walk. */
  readonly part: number;
  /** The JSON text. */
  readonly event: string | null;
  /** Identifier of the event. */
  readonly id: string | null;
  /** Number of the event. */
  readonly seq: string | null;
  /** The time that partitions go by. */
  readonly time: string | null;
  /** Value of the sort column. */
  readonly sorted: string | null;
  /** Unique identifier of the event. */
  readonly column_id: string | null;
  /** When the detector noticed the event. */
  readonly column_detect_time: string | null;
  /** When the event came into the store. */
  readonly column_storage_time: string | null;
  /** When the message was made. */
  readonly column_create_time: string | null;
  /** Presumed start of the event. */
  readonly column_event_time: string | null;
  /** Presumed end of the event. */
  readonly column_cease_time: string | null;
  /** Start of the aggregation window. */
  readonly column_win_start_time: string | null;
  /** End of the aggregation window. */
  readonly column_win_end_time: string | null;
  /** Kinds of security event, dotted from general to special. */
  readonly column_category: string | null;
  /** Short free text. */
  readonly column_description: string | null;
  /** Longer free text. */
  readonly column_note: string | null;
  /** How sure the detector is, 0 to 1. */
  readonly column_confidence: string | null;
  /** Number of connections. */
  readonly column_conn_count: string | null;
  /** Number of flows. */
  readonly column_flow_count: string | null;
  /** Number of packets. */
  readonly column_packet_count: string | null;
  /** Number of bytes. */
  readonly column_byte_count: string | null;
  /** Other names of the event, as other systems know it. */
  readonly column_alt_name: string | null;
  /** Identifiers of the events that this one was correlated from. */
  readonly column_correl_id: string | null;
  /** Identifiers of the events that this one was aggregated from. */
  readonly column_aggr_id: string | null;
  /** Identifiers of the events that this one replaces. */
  readonly column_pred_id: string | null;
  /** Identifiers of events that have to do with this one. */
  readonly column_rel_id: string | null;
  /** References: URLs, CVE numbers and the like. */
  readonly column_ref: string | null;
  /** Traffic light protocol label of the message. */
  readonly column_tlp: string | null;
  /** Addresses, networks and ranges of the attacker or origin. */
  readonly column_source_ip: string | null;
  /** Ports of the attacker or origin. */
  readonly column_source_port: string | null;
  /** Role tags of the attacker or origin. */
  readonly column_source_type: string | null;
  /** Protocols of the attacker or origin, lower case. */
  readonly column_source_protocol: string | null;
  /** Host names of the attacker or origin. */
  readonly column_source_hostname: string | null;
  /** URLs of the attacker or origin. */
  readonly column_source_url: string | null;
  /** Hardware addresses of the attacker or origin. */
  readonly column_source_mac: string | null;
  /** Mail addresses of the attacker or origin. */
  readonly column_source_email: string | null;
  /** Autonomous system numbers of the attacker or origin. */
  readonly column_source_asn: string | null;
  /** Registry names of the network of the attacker or origin. */
  readonly column_source_netname: string | null;
  /** Routers or interfaces through which the traffic of the attacker or origin came. */
  readonly column_source_router: string | null;
  /** The address of the attacker or origin is presumably forged. */
  readonly column_source_spoofed: string | null;
  /** The data on the attacker or origin are known to be imprecise. */
  readonly column_source_imprecise: string | null;
  /** The address of the attacker or origin is anonymised. */
  readonly column_source_anonymised: string | null;
  /** Remarks on the attacker or origin. */
  readonly column_source_note: string | null;
  /** Addresses, networks and ranges of the victim or destination. */
  readonly column_target_ip: string | null;
  /** Ports of the victim or destination. */
  readonly column_target_port: string | null;
  /** Role tags of the victim or destination. */
  readonly column_target_type: string | null;
  /** Protocols of the victim or destination, lower case. */
  readonly column_target_protocol: string | null;
  /** Host names of the victim or destination. */
  readonly column_target_hostname: string | null;
  /** URLs of the victim or destination. */
  readonly column_target_url: string | null;
  /** Hardware addresses of the victim or destination. */
  readonly column_target_mac: string | null;
  /** Mail addresses of the victim or destination. */
  readonly column_target_email: string | null;
  /** Autonomous system numbers of the victim or destination. */
  readonly column_target_asn: string | null;
  /** Registry names of the network of the victim or destination. */
  readonly column_target_netname: string | null;
  /** Routers or interfaces through which the traffic of the victim or destination came. */
  readonly column_target_router: string | null;
  /** The address of the victim or destination is presumably forged. */
  readonly column_target_spoofed: string | null;
  /** The data on the victim or destination are known to be imprecise. */
  readonly column_target_imprecise: string | null;
  /** The address of the victim or destination is anonymised. */
  readonly column_target_anonymised: string | null;
  /** Remarks on the victim or destination. */
  readonly column_target_note: string | null;
  /** Names of the detectors and relays, dotted. */
  readonly column_node_name: string | null;
  /** How the detectors work. */
  readonly column_node_type: string | null;
  /** Names of the detection software. */
  readonly column_node_software: string | null;
  /** Lengths of time over which the detectors aggregate. */
  readonly column_node_aggr_win: string | null;
  /** How serious, from info to critical. */
  readonly column_severity: string | null;
  /** Finer classification, lower case. */
  readonly column_event_class: string | null;
  /** Abuse contacts responsible for the sources, by the names of their groups, whose case counts. */
  readonly column_abuse_group: string | null;
  /** What was found wrong with the event. */
  readonly column_inspection_error: string | null;
  /** How serious for the targets. */
  readonly column_target_severity: string | null;
  /** Finer classification for the targets, lower case. */
  readonly column_target_class: string | null;
  /** Abuse contacts responsible for the targets. */
  readonly column_target_group: string | null;
  /** Reports on the sources go to the operators alone. */
  readonly column_shadow_reporting: string | null;
  /** Reports on the targets go to the operators alone. */
  readonly column_shadow_reporting_target: string | null;
  /** Subdivisions of the class, lower case. */
  readonly column_event_subclass: string | null;
  /** Subdivisions of the class for the targets, lower case. */
  readonly column_target_subclass: string | null;
  /** What the event may lead to. */
  readonly column_impact: string | null;
  /** Autonomous system numbers that the addresses of the sources were found to belong to. */
  readonly column_source_resolved_asn: string | null;
  /** Countries that the addresses of the sources were found to be in, codes of two letters in upper case. */
  readonly column_source_resolved_country: string | null;
  /** Autonomous system numbers that the addresses of the targets were found to belong to. */
  readonly column_target_resolved_asn: string | null;
  /** Countries that the addresses of the targets were found to be in, codes of two letters in upper case. */
  readonly column_target_resolved_country: string | null;
  /** Checksums of attachments. */
  readonly column_attach_hash: string | null;
  /** File names of attachments. */
  readonly column_attach_filename: string | null;
  /** Kinds of attachment. */
  readonly column_attach_type: string | null;
  /** Media types of attachments. */
  readonly column_attach_content_type: string | null;
  /** Sizes of attachments in bytes. */
  readonly column_attach_size: string | null;
  /** References of attachments. */
  readonly column_attach_ref: string | null;
  /** Remarks on attachments. */
  readonly column_attach_note: string | null;
  /** The elements of Source, where there is more than one. */
  readonly column_source_elements: string | null;
  /** The elements of Target, where there is more than one. */
  readonly column_target_elements: string | null;
  /** The elements of Node, where there is more than one. */
  readonly column_node_elements: string | null;
  /** The elements of Attach, where there is more than one. */
  readonly column_attach_elements: string | null;
}

/** What goes into the slots of readEvents. */
export interface ReadEventsSlots {
  readonly table: string;
}

/** Parameters of readEvents. */
export interface ReadEventsParams {
  /** Numbers of the events. */
  readonly seqs: readonly (number | bigint | string)[];
}

/** A row of readEvents. */
export interface ReadEventsRow {
  /** Number of the event. */
  readonly seq: string;
  /** The JSON text. */
  readonly event: string;
}

/** A row of listPartitions. */
export interface ListPartitionsRow {
  /** Differs from that of any other set of partitions. */
  readonly version: string;
  /** Name of the partition; null in the one row of a table without partitions. */
  readonly name: string | null;
  /** About the number of rows: as the planner takes it, by the pages that there are and the rows of a page when it was analysed. */
  readonly rows: number | null;
  /** The bounds of the partition, as the server prints them. */
  readonly bounds: string | null;
  /** Names of the fields with too many listed values to ask for them; in each row. */
  readonly crowded: readonly string[];
}

/** What goes into the slots of streamEvents. */
export interface StreamEventsSlots {
  readonly filter: FilterSource;
  readonly sort: string;
}

/** A row of streamEvents. */
export interface StreamEventsRow {
  /** The JSON text; null in the moment in which the event is being deleted. */
  readonly event: string | null;
}

/** What goes into the slots of streamSlice. */
export interface StreamSliceSlots {
  readonly filter: FilterSource;
  readonly sort: string;
  readonly texts: FilterSource;
}

/** A row of streamSlice. */
export interface StreamSliceRow {
  /** The JSON text; null in the moment in which the event is being deleted. */
  readonly event: string | null;
}

/** A row of streamEventIds. */
export interface StreamEventIdsRow {
  /** Identifier of the event. */
  readonly id: string;
}

/** A row of estimateEvents. */
export interface EstimateEventsRow {
  /** The plan, as JSON. */
  readonly plan: unknown;
}

/** What goes into the slots of countRolledEvents. */
export interface CountRolledEventsSlots {
  readonly filter: FilterSource;
  readonly rows: FilterSource;
  readonly dimension: string;
}

/** Parameters of countRolledEvents. */
export interface CountRolledEventsParams {
  /** The values, in the text form of an array. */
  readonly values: string;
}

/** A row of countRolledEvents. */
export interface CountRolledEventsRow {
  /** Number of events. */
  readonly count: number;
  /** Days of which rows had to be read, numbered from 1970. */
  readonly staleDays: string | null;
}

/** What goes into the slots of countCombinations. */
export interface CountCombinationsSlots {
  readonly around: FilterSource;
  readonly inside: FilterSource;
  readonly combination: FilterSource;
  readonly filter: FilterSource;
  readonly rows: FilterSource;
}

/** A row of countCombinations. */
export interface CountCombinationsRow {
  /** Number of events. */
  readonly count: number;
  /** Days that are neither counted nor were read: the count lacks their events. */
  readonly unread: number;
  /** The days that are not counted, numbered from 1970. */
  readonly staleDays: string | null;
}

/** What goes into the slots of aggregateEvents. */
export interface AggregateEventsSlots {
  readonly filter: FilterSource;
  readonly tally: readonly ({ readonly part: "events"; readonly values: string } | { readonly part: "lists"; readonly values: string; readonly columns: string })[];
  readonly total: string;
}

/** Parameters of aggregateEvents. */
export interface AggregateEventsParams {
  /** Most values. */
  readonly limit: number | bigint;
}

/** A row of aggregateEvents. */
export interface AggregateEventsRow {
  /** A value; null for the events without one. */
  readonly value: string | null;
  /** How many there are. */
  readonly count: number;
  /** The same of all values, those that are not returned included. */
  readonly total: number;
}

/** What goes into the slots of summarizeEvents. */
export interface SummarizeEventsSlots {
  readonly filter: FilterSource;
  readonly columns: readonly { readonly part: "column"; readonly column: string }[];
  readonly panels: readonly { readonly part: "panel"; readonly number: number; readonly values: string }[];
}

/** Parameters of summarizeEvents. */
export interface SummarizeEventsParams {
  /** Most values. */
  readonly limit: number | bigint;
}

/** A row of summarizeEvents. */
export interface SummarizeEventsRow {
  /** Position of the field; -1 in the row that counts all events. */
  readonly panel: number;
  /** A value; null for the events without one. */
  readonly value: string | null;
  /** How many there are. */
  readonly count: number;
  /** The same of all values, those that are not returned included. */
  readonly total: number;
}

/** What goes into the slots of pivotEvents. */
export interface PivotEventsSlots {
  readonly filter: FilterSource;
  readonly columns: readonly { readonly part: "column"; readonly column: string }[];
  readonly rowItems: string;
  readonly columnItems: string;
}

/** Parameters of pivotEvents. */
export interface PivotEventsParams {
  /** Most values of each field. */
  readonly limit: number | bigint;
}

/** A row of pivotEvents. */
export interface PivotEventsRow {
  /** Value of the first field. */
  readonly row: string | null;
  /** Value of the second field. */
  readonly column: string | null;
  /** Events with both. */
  readonly count: number;
  /** Events with the first, whatever the second. */
  readonly rowTotal: number;
  /** Events with the second, whatever the first. */
  readonly columnTotal: number;
  /** Events that match. */
  readonly total: number;
}

/** What goes into the slots of pivotPairs. */
export interface PivotPairsSlots {
  readonly filter: FilterSource;
  readonly columns: readonly { readonly part: "column"; readonly column: string }[];
  readonly rowItems: string;
  readonly columnItems: string;
}

/** Parameters of pivotPairs. */
export interface PivotPairsParams {
  /** Most rows. */
  readonly limit: number | bigint;
}

/** A row of pivotPairs. */
export interface PivotPairsRow {
  /** What is counted: all, row, column or pair. */
  readonly kind: string;
  /** Value of the first field. */
  readonly row: string | null;
  /** Value of the second field. */
  readonly column: string | null;
  /** Events with both. */
  readonly count: number;
}

/** What goes into the slots of distinctValues. */
export interface DistinctValuesSlots {
  readonly filter: FilterSource;
  readonly items: string;
}

/** A row of distinctValues. */
export interface DistinctValuesRow {
  /** A value. */
  readonly value: string;
}

/** What goes into the slots of orderValues. */
export interface OrderValuesSlots {
  readonly typed: string;
}

/** Parameters of orderValues. */
export interface OrderValuesParams {
  /** The values. */
  readonly values: readonly (string | null)[];
}

/** A row of orderValues. */
export interface OrderValuesRow {
  /** A value. */
  readonly value: string;
}

/** What goes into the slots of aggregateRollups. */
export interface AggregateRollupsSlots {
  readonly rows: FilterSource;
  readonly dimension: string;
  readonly items: string;
}

/** Parameters of aggregateRollups. */
export interface AggregateRollupsParams {
  /** Most values. */
  readonly limit: number | bigint;
}

/** A row of aggregateRollups. */
export interface AggregateRollupsRow {
  /** A value; null for the events without one. */
  readonly value: string | null;
  /** How many there are. */
  readonly count: number;
  /** The same of all values, those that are not returned included. */
  readonly total: number;
  /** In the last row, which has no value: days of which rows had to be read. */
  readonly staleDays: string | null;
}

/** What goes into the slots of distinctRollups. */
export interface DistinctRollupsSlots {
  readonly rows: FilterSource;
  readonly dimension: string;
  readonly items: string;
}

/** A row of distinctRollups. */
export interface DistinctRollupsRow {
  /** A value. */
  readonly value: string | null;
  /** In the last row, which has no value: days of which rows had to be read. */
  readonly staleDays: string | null;
}

/** What goes into the slots of lookAtLists. */
export interface LookAtListsSlots {
  readonly filter: FilterSource;
  readonly rows: FilterSource;
  readonly dimension: string;
  readonly typed: string;
  readonly columns: string;
  readonly items: string;
  readonly scanned: readonly ({ readonly part: "lists" } | { readonly part: "days" })[];
}

/** Parameters of lookAtLists. */
export interface LookAtListsParams {
  /** Values that are wanted. */
  readonly limit: number | bigint;
  /** Values that are read of each list. */
  readonly prefix: number;
}

/** A row of lookAtLists. */
export interface LookAtListsRow {
  /** Days with a valid list. */
  readonly listed: number;
  /** Days without. */
  readonly stale: number;
  /** These days, numbered from 1970. */
  readonly staleDays: string | null;
  /** How often a value can occur at most that is in no list, as far as they were read. */
  readonly unseen: number;
  /** Occurrences of all values, events without one included. */
  readonly total: number;
  /** A value that may be among the best; null for the events without one. */
  readonly value: string | null;
  /** How often it occurs at least; null where there is no such value. */
  readonly count: number | null;
  /** How much more often it may occur. */
  readonly gap: number | null;
}

/** What goes into the slots of lookAtCombinations. */
export interface LookAtCombinationsSlots {
  readonly wanted: FilterSource;
  readonly rows: FilterSource;
  readonly around: FilterSource;
  readonly inside: FilterSource;
  readonly combination: FilterSource;
  readonly filter: FilterSource;
  readonly combined: string;
  readonly typed: string;
  readonly columns: string;
  readonly items: string;
  readonly scanned: readonly ({ readonly part: "lists" } | { readonly part: "days" })[];
}

/** Parameters of lookAtCombinations. */
export interface LookAtCombinationsParams {
  /** Values that are wanted. */
  readonly limit: number | bigint;
  /** Values that are read of each list. */
  readonly prefix: number;
}

/** A row of lookAtCombinations. */
export interface LookAtCombinationsRow {
  /** Days with a valid list. */
  readonly listed: number;
  /** Days without. */
  readonly stale: number;
  /** These days, numbered from 1970. */
  readonly staleDays: string | null;
  /** How often a value can occur at most that is in no list, as far as they were read. */
  readonly unseen: number;
  /** Occurrences of all values, events without one included. */
  readonly total: number;
  /** A value that may be among the best; null for the events without one. */
  readonly value: string | null;
  /** How often it occurs at least; null where there is no such value. */
  readonly count: number | null;
  /** How much more often it may occur. */
  readonly gap: number | null;
}

/** What goes into the slots of recountLists. */
export interface RecountListsSlots {
  readonly filter: FilterSource;
  readonly rows: FilterSource;
  readonly dimension: string;
  readonly typed: string;
  readonly columns: string;
  readonly items: string;
  readonly scanned: readonly ({ readonly part: "lists" } | { readonly part: "days" })[];
}

/** Parameters of recountLists. */
export interface RecountListsParams {
  /** Values that are wanted. */
  readonly limit: number | bigint;
  /** Values that are read of each list. */
  readonly prefix: number;
  /** The values that are counted. */
  readonly values: readonly (string | null)[];
}

/** A row of recountLists. */
export interface RecountListsRow {
  /** Days with a valid list. */
  readonly listed: number;
  /** Days without. */
  readonly stale: number;
  /** These days, numbered from 1970. */
  readonly staleDays: string | null;
  /** How often a value can occur at most that is in no list, as far as they were read. */
  readonly unseen: number;
  /** Occurrences of all values, events without one included. */
  readonly total: number;
  /** A value that may be among the best; null for the events without one. */
  readonly value: string | null;
  /** How often it occurs at least; null where there is no such value. */
  readonly count: number | null;
  /** How much more often it may occur. */
  readonly gap: number | null;
}

/** What goes into the slots of recountCombinations. */
export interface RecountCombinationsSlots {
  readonly wanted: FilterSource;
  readonly rows: FilterSource;
  readonly around: FilterSource;
  readonly inside: FilterSource;
  readonly combination: FilterSource;
  readonly filter: FilterSource;
  readonly combined: string;
  readonly typed: string;
  readonly columns: string;
  readonly items: string;
  readonly scanned: readonly ({ readonly part: "lists" } | { readonly part: "days" })[];
}

/** Parameters of recountCombinations. */
export interface RecountCombinationsParams {
  /** Values that are wanted. */
  readonly limit: number | bigint;
  /** Values that are read of each list. */
  readonly prefix: number;
  /** The values that are counted. */
  readonly values: readonly (string | null)[];
}

/** A row of recountCombinations. */
export interface RecountCombinationsRow {
  /** Days with a valid list. */
  readonly listed: number;
  /** Days without. */
  readonly stale: number;
  /** These days, numbered from 1970. */
  readonly staleDays: string | null;
  /** How often a value can occur at most that is in no list, as far as they were read. */
  readonly unseen: number;
  /** Occurrences of all values, events without one included. */
  readonly total: number;
  /** A value that may be among the best; null for the events without one. */
  readonly value: string | null;
  /** How often it occurs at least; null where there is no such value. */
  readonly count: number | null;
  /** How much more often it may occur. */
  readonly gap: number | null;
}

/** What goes into the slots of summarizeCombinations. */
export interface SummarizeCombinationsSlots {
  readonly around: FilterSource;
  readonly inside: FilterSource;
  readonly combination: FilterSource;
  readonly filter: FilterSource;
  readonly rows: FilterSource;
  readonly columns: readonly { readonly part: "column"; readonly column: string }[];
  readonly panels: readonly { readonly part: "panel"; readonly number: number; readonly combined: string; readonly typed: string; readonly items: string }[];
}

/** Parameters of summarizeCombinations. */
export interface SummarizeCombinationsParams {
  /** Values that are wanted. */
  readonly limit: number | bigint;
  /** Values that are read of each list. */
  readonly prefix: number;
}

/** A row of summarizeCombinations. */
export interface SummarizeCombinationsRow {
  /** Position of the field; -1 in the row of all events, whose stale days are those that are neither counted nor read. */
  readonly panel: number;
  /** Days with a valid list. */
  readonly listed: number;
  /** Days without. */
  readonly stale: number;
  /** These days, numbered from 1970. */
  readonly staleDays: string | null;
  /** How often a value can occur at most that is in no list, as far as they were read. */
  readonly unseen: number;
  /** Occurrences of all values, events without one included. */
  readonly total: number;
  /** A value that may be among the best; null for the events without one. */
  readonly value: string | null;
  /** How often it occurs at least; null where there is no such value. */
  readonly count: number | null;
  /** How much more often it may occur. */
  readonly gap: number | null;
}

/** What goes into the slots of timeRange. */
export interface TimeRangeSlots {
  readonly filter: FilterSource;
  readonly axis: string;
}

/** A row of timeRange. */
export interface TimeRangeRow {
  /** Null where there is no event. */
  readonly oldest: string | null;
  /** Null where there is no event. */
  readonly newest: string | null;
}

/** A row of hourRange. */
export interface HourRangeRow {
  /** Null where there is no event. */
  readonly oldest: string | null;
  /** Null where there is no event. */
  readonly newest: string | null;
}

/** What goes into the slots of timelineRows. */
export interface TimelineRowsSlots {
  readonly filter: FilterSource;
  readonly axis: string;
}

/** Parameters of timelineRows. */
export interface TimelineRowsParams {
  /** Start, inclusive. */
  readonly from: Date | string;
  /** End, exclusive. */
  readonly to: Date | string;
  /** The boundaries of the buckets, ascending. */
  readonly marks: readonly (Date | string)[];
}

/** A row of timelineRows. */
export interface TimelineRowsRow {
  /** Number of the bucket, from 1. */
  readonly bucket: number;
  /** A value; null for the whole bucket, the remainder and events without one. */
  readonly value: string | null;
  /** Position of the value in the order of totals, from 1; 0 for the remainder, -1 for the whole bucket. */
  readonly rank: number;
  /** Number of events. */
  readonly count: number;
}

/** What goes into the slots of timelineSplitRows. */
export interface TimelineSplitRowsSlots {
  readonly filter: FilterSource;
  readonly axis: string;
  readonly columns: readonly { readonly part: "column"; readonly column: string }[];
  readonly panels: readonly { readonly part: "panel"; readonly number: number; readonly items: string }[];
}

/** Parameters of timelineSplitRows. */
export interface TimelineSplitRowsParams {
  /** Start, inclusive. */
  readonly from: Date | string;
  /** End, exclusive. */
  readonly to: Date | string;
  /** The boundaries of the buckets, ascending. */
  readonly marks: readonly (Date | string)[];
  /** Most values that are told apart; the others are one remainder. */
  readonly limit: number | bigint;
}

/** A row of timelineSplitRows. */
export interface TimelineSplitRowsRow {
  /** Number of the bucket, from 1. */
  readonly bucket: number;
  /** A value; null for the whole bucket, the remainder and events without one. */
  readonly value: string | null;
  /** Position of the value in the order of totals, from 1; 0 for the remainder, -1 for the whole bucket. */
  readonly rank: number;
  /** Number of events. */
  readonly count: number;
  /** Position of the field, from 0; 0 for the whole bucket as well. */
  readonly panel: number;
}

/** Parameters of timelineHours. */
export interface TimelineHoursParams {
  /** Start, inclusive. */
  readonly from: Date | string;
  /** End, exclusive. */
  readonly to: Date | string;
  /** The boundaries of the buckets, ascending. */
  readonly marks: readonly (Date | string)[];
}

/** A row of timelineHours. */
export interface TimelineHoursRow {
  /** Number of the bucket, from 1. */
  readonly bucket: number;
  /** A value; null for the whole bucket, the remainder and events without one. */
  readonly value: string | null;
  /** Position of the value in the order of totals, from 1; 0 for the remainder, -1 for the whole bucket. */
  readonly rank: number;
  /** Number of events. */
  readonly count: number;
}

/** What goes into the slots of timelineRollups. */
export interface TimelineRollupsSlots {
  readonly rows: FilterSource;
  readonly dimension: string;
  readonly items: string;
}

/** Parameters of timelineRollups. */
export interface TimelineRollupsParams {
  /** Start, inclusive. */
  readonly from: Date | string;
  /** End, exclusive. */
  readonly to: Date | string;
  /** The boundaries of the buckets, ascending. */
  readonly marks: readonly (Date | string)[];
  /** Most values that are told apart; the others are one remainder. */
  readonly limit: number | bigint;
}

/** A row of timelineRollups. */
export interface TimelineRollupsRow {
  /** Number of the bucket, from 1. */
  readonly bucket: number;
  /** A value; null for the whole bucket, the remainder and events without one. */
  readonly value: string | null;
  /** Position of the value in the order of totals, from 1; 0 for the remainder, -1 for the whole bucket. */
  readonly rank: number;
  /** Number of events. */
  readonly count: number;
}

/** What goes into the slots of timelineCombinations. */
export interface TimelineCombinationsSlots {
  readonly around: FilterSource;
  readonly inside: FilterSource;
  readonly combination: FilterSource;
  readonly filter: FilterSource;
  readonly rows: FilterSource;
}

/** Parameters of timelineCombinations. */
export interface TimelineCombinationsParams {
  /** Start, inclusive. */
  readonly from: Date | string;
  /** End, exclusive. */
  readonly to: Date | string;
  /** The boundaries of the buckets, ascending. */
  readonly marks: readonly (Date | string)[];
}

/** A row of timelineCombinations. */
export interface TimelineCombinationsRow {
  /** Number of the bucket, from 1. */
  readonly bucket: number;
  /** A value; null for the whole bucket, the remainder and events without one. */
  readonly value: string | null;
  /** Position of the value in the order of totals, from 1; 0 for the remainder, -1 for the whole bucket. */
  readonly rank: number;
  /** Number of events. */
  readonly count: number;
}

/** What goes into the slots of timelineSplitCombinations. */
export interface TimelineSplitCombinationsSlots {
  readonly around: FilterSource;
  readonly inside: FilterSource;
  readonly combination: FilterSource;
  readonly filter: FilterSource;
  readonly rows: FilterSource;
  readonly items: string;
}

/** Parameters of timelineSplitCombinations. */
export interface TimelineSplitCombinationsParams {
  /** Start, inclusive. */
  readonly from: Date | string;
  /** End, exclusive. */
  readonly to: Date | string;
  /** The boundaries of the buckets, ascending. */
  readonly marks: readonly (Date | string)[];
  /** Most values that are told apart; the others are one remainder. */
  readonly limit: number | bigint;
}

/** A row of timelineSplitCombinations. */
export interface TimelineSplitCombinationsRow {
  /** Number of the bucket, from 1. */
  readonly bucket: number;
  /** A value; null for the whole bucket, the remainder and events without one. */
  readonly value: string | null;
  /** Position of the value in the order of totals, from 1; 0 for the remainder, -1 for the whole bucket. */
  readonly rank: number;
  /** Number of events. */
  readonly count: number;
}

/** A row of staleHours. */
export interface StaleHoursRow {
  /** Start of the hour, as the server prints it. */
  readonly hour: string;
}

/** What goes into the slots of rollUpHours. */
export interface RollUpHoursSlots {
  readonly rows: FilterSource;
}

/** Parameters of rollUpHours. */
export interface RollUpHoursParams {
  /** Starts of the hours. */
  readonly hours: readonly (Date | string)[];
}

/** A row of staleDays. */
export interface StaleDaysRow {
  /** Start of the day, as the server prints it. */
  readonly day: string;
}

/** Parameters of forgetCombinations. */
export interface ForgetCombinationsParams {
  /** Start of the day. */
  readonly day: Date | string;
}

/** What goes into the slots of countDay. */
export interface CountDaySlots {
  readonly rows: FilterSource;
}

/** Parameters of countDay. */
export interface CountDayParams {
  /** Start of the day. */
  readonly day: Date | string;
  /** Number of values of a field that are listed. */
  readonly values: number;
  /** Starts of the hours that are rolled up. */
  readonly hours: readonly (Date | string)[];
}

/** What goes into the slots of lockTable. */
export interface LockTableSlots {
  readonly table: string;
}

/** Parameters of sortIndexes. */
export interface SortIndexesParams {
  /** The table, as an SQL identifier. */
  readonly table: string;
}

/** A row of lastRefresh. */
export interface LastRefreshRow {
  /** Null where none did, or there was nothing to compute. */
  readonly time: Date | null;
}

/** Parameters of deleteEvent. */
export interface DeleteEventParams {
  /** Identifier of the event. */
  readonly id: string;
}

/** Parameters of deleteSomeEvents. */
export interface DeleteSomeEventsParams {
  /** Most events that are deleted. */
  readonly limit: number | bigint;
}

/** What goes into the slots of deleteOldEvents. */
export interface DeleteOldEventsSlots {
  readonly column: string;
}

/** Parameters of deleteOldEvents. */
export interface DeleteOldEventsParams {
  /** The time; rows of exactly that time stay. */
  readonly before: Date | string;
}

/** What goes into the slots of deleteSlice. */
export interface DeleteSliceSlots {
  readonly filter: FilterSource;
  readonly texts: FilterSource;
}

/** What goes into the slots of deleteSomeOfSlice. */
export interface DeleteSomeOfSliceSlots {
  readonly filter: FilterSource;
  readonly texts: FilterSource;
  readonly within: FilterSource;
}

/** Parameters of deleteSomeOfSlice. */
export interface DeleteSomeOfSliceParams {
  /** Most events that are deleted. */
  readonly limit: number | bigint;
}

/** Parameters of hasOldEvents. */
export interface HasOldEventsParams {
  /** The time. */
  readonly before: Date | string;
}

/** A row of hasOldEvents. */
export interface HasOldEventsRow {
  /** There is such an hour. */
  readonly found: boolean;
}

/** Parameters of sweepIds. */
export interface SweepIdsParams {
  /** Events before this time are looked at. */
  readonly before: Date | string;
  /** Most identifiers that are removed. */
  readonly limit: number | bigint;
}

/** What goes into the slots of sweepSlice. */
export interface SweepSliceSlots {
  readonly span: FilterSource;
  readonly texts: FilterSource;
}

/** Parameters of sweepSlice. */
export interface SweepSliceParams {
  /** Events before this time are looked at. */
  readonly before: Date | string;
  /** Most identifiers that are removed. */
  readonly limit: number | bigint;
}

/** What goes into the slots of archiveEvents. */
export interface ArchiveEventsSlots {
  readonly events: string;
  readonly texts: string;
}

/** A row of archiveEvents. */
export interface ArchiveEventsRow {
  /** The time of storing. */
  readonly stored: string;
  /** The JSON text. */
  readonly event: string;
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

/** Parameters of thresholdSet. */
export interface ThresholdSetParams {
  /** The keys. */
  readonly keys: readonly (string | null)[];
  /** Start of thresholding. */
  readonly thresholdTime: Date | string;
  /** From when on a further event counts as a relapse. */
  readonly relapseTime: Date | string;
  /** End of thresholding. */
  readonly ttlTime: Date | string;
  /** Label of the report that the key was set for. */
  readonly label: string | null;
}

/** Parameters of thresholdCheck. */
export interface ThresholdCheckParams {
  /** The keys. */
  readonly keys: readonly (string | null)[];
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
  /** Label of the report that the key was set for. */
  readonly label: string | null;
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
  /** The keys. */
  readonly keys: readonly (string | null)[];
  /** Group that would have been told of it. */
  readonly group: string;
  /** Severity of the event. */
  readonly severity: string;
  /** When it was withheld. */
  readonly createTime: Date | string;
  /** Whether it would have been reported for its targets, not its sources. */
  readonly target: boolean;
  /** Whether it would have been reported to the operators alone. */
  readonly shadow: boolean;
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
  /** True gives all events that were withheld under a relapsed key since its thresholding began. */
  readonly all: boolean;
  /** The side that would have been reported; null for both. */
  readonly target: boolean | null;
  /** Whether to the operators alone; null for both. */
  readonly shadow: boolean | null;
}

/** A row of searchRelapsedEvents. */
export interface SearchRelapsedEventsRow {
  /** The JSON text. */
  readonly event: string;
  /** The keys under which the event has relapsed. */
  readonly keys: readonly string[];
  /** Whether it would have been reported for its targets, not its sources. */
  readonly target: boolean;
  /** Whether it would have been reported to the operators alone. */
  readonly shadow: boolean;
}

/** Parameters of expireThresholds. */
export interface ExpireThresholdsParams {
  /** The time; a key that ends then has expired. */
  readonly time: Date | string;
  /** True gives all events that were withheld under a relapsed key since its thresholding began. */
  readonly all: boolean;
}

/** A row of expireThresholds. */
export interface ExpireThresholdsRow {
  /** The JSON text. */
  readonly event: string;
  /** The keys under which the event has relapsed. */
  readonly keys: readonly string[];
  /** Whether it would have been reported for its targets, not its sources. */
  readonly target: boolean;
  /** Whether it would have been reported to the operators alone. */
  readonly shadow: boolean;
  /** Group that would have been told of the event. */
  readonly group: string;
  /** Severity of the event. */
  readonly severity: string;
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

/** A row of newerSchema. */
export interface NewerSchemaRow {
  /** Version of the schema. */
  readonly version: number;
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

/** What goes into the slots of tableAge. */
export interface TableAgeSlots {
  readonly age: string;
}

/** A row of tableAge. */
export interface TableAgeRow {
  /** Null where the table is empty. */
  readonly oldest: Date | null;
  /** Null where the table is empty. */
  readonly newest: Date | null;
}

/** What goes into the slots of sliceAge. */
export interface SliceAgeSlots {
  readonly age: string;
  readonly span: FilterSource;
}

/** A row of sliceAge. */
export interface SliceAgeRow {
  /** Null where the table is empty. */
  readonly oldest: Date | null;
  /** Null where the table is empty. */
  readonly newest: Date | null;
}

/** What goes into the slots of watchdogSlice. */
export interface WatchdogSliceSlots {
  readonly span: FilterSource;
}

/** Parameters of watchdogSlice. */
export interface WatchdogSliceParams {
  /** Seconds; an event exactly that old does not count. */
  readonly interval: number;
}

/** A row of watchdogSlice. */
export interface WatchdogSliceRow {
  /** There is such an event. */
  readonly alive: boolean;
}

/** What goes into the slots of searchColumnWith. */
export interface SearchColumnWithSlots {
  readonly filter: FilterSource;
  readonly aggregate: string;
  readonly field: string;
}

/** A row of searchColumnWith. */
export interface SearchColumnWithRow {
  /** Null when no event has one. */
  readonly value: string | null;
}

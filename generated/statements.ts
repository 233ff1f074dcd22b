/**
 * The operations of the store as typed prepared statements.
 *
 * Generated, do not edit: npm run generate
 */
import * as wire from "../runtime/postgres/wire.js";
import type { Statement, StatementTemplate } from "../runtime/postgres/statement.js";
import { statementTemplate } from "../runtime/postgres/template.js";
import type {
  InsertEventParams,
  InsertEventRow,
  InsertEventsParams,
  InsertEventsRow,
  FetchEventParams,
  FetchEventRow,
  FetchRowParams,
  EventRow,
  DeleteEventParams,
  SearchEventsParams,
  SearchEventsRow,
  StreamEventIdsRow,
  StreamEventsRow,
  DeleteSomeEventsParams,
  ThresholdSetParams,
  ThresholdCheckParams,
  ThresholdCheckRow,
  ThresholdsCleanParams,
  ThresholdSaveParams,
  ThresholdedEventsCleanParams,
  SearchRelapsedEventsParams,
  SearchRelapsedEventsRow,
  WatchdogEventsParams,
  WatchdogEventsRow,
  TableSizesParams,
  TableSizesRow,
  DatabaseInfoRow,
  ReadSettingsParams,
  ReadSettingsRow,
  ListPartitionsRow,
  HourVersionsParams,
  HourVersionsRow,
  SweepIdsParams,
  CleanThresholdsThresholdtimeParams,
  CleanThresholdsRelapsetimeParams,
  CleanThresholdsTtltimeParams,
  CleanEventsThresholdedCreatetimeParams,
  BoundsDetectTimeRow,
  BoundsStorageTimeRow,
  BoundsCreateTimeRow,
  BoundsEventTimeRow,
  BoundsCeaseTimeRow,
  BoundsWinStartTimeRow,
  BoundsWinEndTimeRow,
  BoundsConfidenceRow,
  BoundsConnCountRow,
  BoundsFlowCountRow,
  BoundsPacketCountRow,
  BoundsByteCountRow,
} from "./types.js";


/** Stores an event unless its id is there already, be it that of a dropped day, which `insertEvents` takes again; values are in the text form of the column's type. */
export const insertEvent: Statement<InsertEventParams, InsertEventRow, "optional"> = {
  operation: "insertEvent",
  name: "es_Z2hD2k8BBaNUjaz2HVYP0XtznBz",
  text: `with ids as (
  insert into event_ids as i (id, detect_time, seq)
  values ($1::text, $2::timestamptz, nextval('event_seq'))
  on conflict (id) do nothing
  returning id, detect_time, seq
), stored as (
  insert into events (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname,
    source_url, source_mac, source_email, source_asn, source_netname, source_spoofed,
    source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type,
    target_protocol, target_hostname, target_url, target_mac, target_email, target_asn,
    target_netname, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, severity, event_class, abuse_group, inspection_error,
    target_severity, target_class, target_group, attach_hash, attach_filename, attach_type,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    ip_tokens)
  select ids.seq, $1::text, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5::timestamptz,
    $6::timestamptz, $7::timestamptz, $8::timestamptz, $9::text[], $10::text, $11::text,
    $12::double precision, $13::numeric, $14::numeric, $15::numeric, $16::numeric, $17::text[],
    $18::text, $19::iprange[], $20::integer[], $21::text[], $22::text[], $23::text[],
    $24::text[], $25::text[], $26::text[], $27::bigint[], $28::text[], $29::boolean[],
    $30::boolean[], $31::boolean[], $32::text[], $33::iprange[], $34::integer[], $35::text[],
    $36::text[], $37::text[], $38::text[], $39::text[], $40::text[], $41::bigint[], $42::text[],
    $43::boolean[], $44::boolean[], $45::boolean[], $46::text[], $47::text[], $48::text[],
    $49::text[], $50::text, $51::text, $52::text[], $53::text[], $54::text, $55::text,
    $56::text[], $57::text[], $58::text[], $59::text[], $60::integer, $61::jsonb, $62::integer,
    $63::jsonb, $64::integer, $65::jsonb, $66::integer[]
  from ids
), texts as (
  insert into event_json (seq, detect_time, event)
  select ids.seq, ids.detect_time, $67::bytea from ids
), listed as (
  insert into event_words (field, value)
  select distinct field, value from (
    select 'category' as field, unnest($9::text[]) as value
    union all select 'node.name' as field, unnest($47::text[]) as value
    union all select 'abuse_group' as field, unnest($52::text[]) as value
  ) as found where value <> '' order by field, value
  on conflict (field, value) do nothing
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, count(*), 0 from (select detect_time as at from ids) as changed group by 1 order by 1 on conflict (hour, shard) do update set inserted = h.inserted + excluded.inserted
)
select id from ids`,
  cardinality: "optional",
  idempotent: false,
  encode: (params) => [
    wire.writeText(params.id),
    wire.writeText(params.detectTime),
    wire.writeText(params.storageTime),
    wire.writeNullable(params.createTime, wire.writeText),
    wire.writeNullable(params.eventTime, wire.writeText),
    wire.writeNullable(params.ceaseTime, wire.writeText),
    wire.writeNullable(params.winStartTime, wire.writeText),
    wire.writeNullable(params.winEndTime, wire.writeText),
    wire.writeNullable(params.category, wire.writeText),
    wire.writeNullable(params.description, wire.writeText),
    wire.writeNullable(params.note, wire.writeText),
    wire.writeNullable(params.confidence, wire.writeText),
    wire.writeNullable(params.connCount, wire.writeText),
    wire.writeNullable(params.flowCount, wire.writeText),
    wire.writeNullable(params.packetCount, wire.writeText),
    wire.writeNullable(params.byteCount, wire.writeText),
    wire.writeNullable(params.ref, wire.writeText),
    wire.writeNullable(params.tlp, wire.writeText),
    wire.writeNullable(params.sourceIp, wire.writeText),
    wire.writeNullable(params.sourcePort, wire.writeText),
    wire.writeNullable(params.sourceType, wire.writeText),
    wire.writeNullable(params.sourceProtocol, wire.writeText),
    wire.writeNullable(params.sourceHostname, wire.writeText),
    wire.writeNullable(params.sourceUrl, wire.writeText),
    wire.writeNullable(params.sourceMac, wire.writeText),
    wire.writeNullable(params.sourceEmail, wire.writeText),
    wire.writeNullable(params.sourceAsn, wire.writeText),
    wire.writeNullable(params.sourceNetname, wire.writeText),
    wire.writeNullable(params.sourceSpoofed, wire.writeText),
    wire.writeNullable(params.sourceImprecise, wire.writeText),
    wire.writeNullable(params.sourceAnonymised, wire.writeText),
    wire.writeNullable(params.sourceNote, wire.writeText),
    wire.writeNullable(params.targetIp, wire.writeText),
    wire.writeNullable(params.targetPort, wire.writeText),
    wire.writeNullable(params.targetType, wire.writeText),
    wire.writeNullable(params.targetProtocol, wire.writeText),
    wire.writeNullable(params.targetHostname, wire.writeText),
    wire.writeNullable(params.targetUrl, wire.writeText),
    wire.writeNullable(params.targetMac, wire.writeText),
    wire.writeNullable(params.targetEmail, wire.writeText),
    wire.writeNullable(params.targetAsn, wire.writeText),
    wire.writeNullable(params.targetNetname, wire.writeText),
    wire.writeNullable(params.targetSpoofed, wire.writeText),
    wire.writeNullable(params.targetImprecise, wire.writeText),
    wire.writeNullable(params.targetAnonymised, wire.writeText),
    wire.writeNullable(params.targetNote, wire.writeText),
    wire.writeNullable(params.nodeName, wire.writeText),
    wire.writeNullable(params.nodeType, wire.writeText),
    wire.writeNullable(params.nodeSoftware, wire.writeText),
    wire.writeNullable(params.severity, wire.writeText),
    wire.writeNullable(params.eventClass, wire.writeText),
    wire.writeNullable(params.abuseGroup, wire.writeText),
    wire.writeNullable(params.inspectionError, wire.writeText),
    wire.writeNullable(params.targetSeverity, wire.writeText),
    wire.writeNullable(params.targetClass, wire.writeText),
    wire.writeNullable(params.targetGroup, wire.writeText),
    wire.writeNullable(params.attachHash, wire.writeText),
    wire.writeNullable(params.attachFilename, wire.writeText),
    wire.writeNullable(params.attachType, wire.writeText),
    wire.writeText(params.sourceCount),
    wire.writeNullable(params.sourceElements, wire.writeText),
    wire.writeText(params.targetCount),
    wire.writeNullable(params.targetElements, wire.writeText),
    wire.writeText(params.nodeCount),
    wire.writeNullable(params.nodeElements, wire.writeText),
    wire.writeNullable(params.ipTokens, wire.writeText),
    wire.writeEvent(params.event),
  ],
  decode: (row) => ({ id: wire.readText(row[0]) }),
};

/** Stores events that are not there yet, one element of each array an event, in the text form of the column's type; ids must differ within one call. */
export const insertEvents: Statement<InsertEventsParams, InsertEventsRow, "many"> = {
  operation: "insertEvents",
  name: "es_ZvPq-lcWxI-CPe9qCOGEggF_1kZ",
  text: `with input as (
  select id::text, detect_time::timestamptz, storage_time::timestamptz, create_time::timestamptz,
    event_time::timestamptz, cease_time::timestamptz, win_start_time::timestamptz,
    win_end_time::timestamptz, category::text[], description::text, note::text,
    confidence::double precision, conn_count::numeric, flow_count::numeric,
    packet_count::numeric, byte_count::numeric, ref::text[], tlp::text, source_ip::iprange[],
    source_port::integer[], source_type::text[], source_protocol::text[],
    source_hostname::text[], source_url::text[], source_mac::text[], source_email::text[],
    source_asn::bigint[], source_netname::text[], source_spoofed::boolean[],
    source_imprecise::boolean[], source_anonymised::boolean[], source_note::text[],
    target_ip::iprange[], target_port::integer[], target_type::text[], target_protocol::text[],
    target_hostname::text[], target_url::text[], target_mac::text[], target_email::text[],
    target_asn::bigint[], target_netname::text[], target_spoofed::boolean[],
    target_imprecise::boolean[], target_anonymised::boolean[], target_note::text[],
    node_name::text[], node_type::text[], node_software::text[], severity::text,
    event_class::text, abuse_group::text[], inspection_error::text[], target_severity::text,
    target_class::text, target_group::text[], attach_hash::text[], attach_filename::text[],
    attach_type::text[], source_count::integer, source_elements::jsonb, target_count::integer,
    target_elements::jsonb, node_count::integer, node_elements::jsonb, ip_tokens::integer[],
    event
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],
    $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[],
    $29::text[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::text[],
    $36::text[], $37::text[], $38::text[], $39::text[], $40::text[], $41::text[], $42::text[],
    $43::text[], $44::text[], $45::text[], $46::text[], $47::text[], $48::text[], $49::text[],
    $50::text[], $51::text[], $52::text[], $53::text[], $54::text[], $55::text[], $56::text[],
    $57::text[], $58::text[], $59::text[], $60::text[], $61::text[], $62::text[], $63::text[],
    $64::text[], $65::text[], $66::text[], $67::bytea[])
  as given (id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname,
    source_url, source_mac, source_email, source_asn, source_netname, source_spoofed,
    source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type,
    target_protocol, target_hostname, target_url, target_mac, target_email, target_asn,
    target_netname, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, severity, event_class, abuse_group, inspection_error,
    target_severity, target_class, target_group, attach_hash, attach_filename, attach_type,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    ip_tokens, event)
), ids as (
  insert into event_ids as i (id, detect_time, seq)
  select id, detect_time, nextval('event_seq') from input
  on conflict (id) do update set detect_time = excluded.detect_time, seq = excluded.seq
  where (select seen.seq from event_ids seen where seen.id = i.id) = i.seq
    and (select j.seq from event_json j where j.seq = i.seq and j.detect_time = i.detect_time) is null
  returning id, detect_time, seq
), stored as (
  insert into events (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname,
    source_url, source_mac, source_email, source_asn, source_netname, source_spoofed,
    source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type,
    target_protocol, target_hostname, target_url, target_mac, target_email, target_asn,
    target_netname, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, severity, event_class, abuse_group, inspection_error,
    target_severity, target_class, target_group, attach_hash, attach_filename, attach_type,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    ip_tokens)
  select ids.seq, input.id, input.detect_time, input.storage_time, input.create_time,
    input.event_time, input.cease_time, input.win_start_time, input.win_end_time, input.category,
    input.description, input.note, input.confidence, input.conn_count, input.flow_count,
    input.packet_count, input.byte_count, input.ref, input.tlp, input.source_ip,
    input.source_port, input.source_type, input.source_protocol, input.source_hostname,
    input.source_url, input.source_mac, input.source_email, input.source_asn,
    input.source_netname, input.source_spoofed, input.source_imprecise, input.source_anonymised,
    input.source_note, input.target_ip, input.target_port, input.target_type,
    input.target_protocol, input.target_hostname, input.target_url, input.target_mac,
    input.target_email, input.target_asn, input.target_netname, input.target_spoofed,
    input.target_imprecise, input.target_anonymised, input.target_note, input.node_name,
    input.node_type, input.node_software, input.severity, input.event_class, input.abuse_group,
    input.inspection_error, input.target_severity, input.target_class, input.target_group,
    input.attach_hash, input.attach_filename, input.attach_type, input.source_count,
    input.source_elements, input.target_count, input.target_elements, input.node_count,
    input.node_elements, input.ip_tokens
  from input join ids on ids.id = input.id
), texts as (
  insert into event_json (seq, detect_time, event)
  select ids.seq, ids.detect_time, input.event from input join ids on ids.id = input.id
), listed as (
  insert into event_words (field, value)
  select distinct field, value from (
    select 'category' as field, unnest(input.category) as value from input
    union all select 'node.name' as field, unnest(input.node_name) as value from input
    union all select 'abuse_group' as field, unnest(input.abuse_group) as value from input
  ) as found where value <> '' order by field, value
  on conflict (field, value) do nothing
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, count(*), 0 from (select detect_time as at from ids) as changed group by 1 order by 1 on conflict (hour, shard) do update set inserted = h.inserted + excluded.inserted
)
select id from ids`,
  cardinality: "many",
  idempotent: false,
  encode: (params) => [
    wire.writeTexts(params.id),
    wire.writeTexts(params.detectTime),
    wire.writeTexts(params.storageTime),
    wire.writeTexts(params.createTime),
    wire.writeTexts(params.eventTime),
    wire.writeTexts(params.ceaseTime),
    wire.writeTexts(params.winStartTime),
    wire.writeTexts(params.winEndTime),
    wire.writeTexts(params.category),
    wire.writeTexts(params.description),
    wire.writeTexts(params.note),
    wire.writeTexts(params.confidence),
    wire.writeTexts(params.connCount),
    wire.writeTexts(params.flowCount),
    wire.writeTexts(params.packetCount),
    wire.writeTexts(params.byteCount),
    wire.writeTexts(params.ref),
    wire.writeTexts(params.tlp),
    wire.writeTexts(params.sourceIp),
    wire.writeTexts(params.sourcePort),
    wire.writeTexts(params.sourceType),
    wire.writeTexts(params.sourceProtocol),
    wire.writeTexts(params.sourceHostname),
    wire.writeTexts(params.sourceUrl),
    wire.writeTexts(params.sourceMac),
    wire.writeTexts(params.sourceEmail),
    wire.writeTexts(params.sourceAsn),
    wire.writeTexts(params.sourceNetname),
    wire.writeTexts(params.sourceSpoofed),
    wire.writeTexts(params.sourceImprecise),
    wire.writeTexts(params.sourceAnonymised),
    wire.writeTexts(params.sourceNote),
    wire.writeTexts(params.targetIp),
    wire.writeTexts(params.targetPort),
    wire.writeTexts(params.targetType),
    wire.writeTexts(params.targetProtocol),
    wire.writeTexts(params.targetHostname),
    wire.writeTexts(params.targetUrl),
    wire.writeTexts(params.targetMac),
    wire.writeTexts(params.targetEmail),
    wire.writeTexts(params.targetAsn),
    wire.writeTexts(params.targetNetname),
    wire.writeTexts(params.targetSpoofed),
    wire.writeTexts(params.targetImprecise),
    wire.writeTexts(params.targetAnonymised),
    wire.writeTexts(params.targetNote),
    wire.writeTexts(params.nodeName),
    wire.writeTexts(params.nodeType),
    wire.writeTexts(params.nodeSoftware),
    wire.writeTexts(params.severity),
    wire.writeTexts(params.eventClass),
    wire.writeTexts(params.abuseGroup),
    wire.writeTexts(params.inspectionError),
    wire.writeTexts(params.targetSeverity),
    wire.writeTexts(params.targetClass),
    wire.writeTexts(params.targetGroup),
    wire.writeTexts(params.attachHash),
    wire.writeTexts(params.attachFilename),
    wire.writeTexts(params.attachType),
    wire.writeTexts(params.sourceCount),
    wire.writeTexts(params.sourceElements),
    wire.writeTexts(params.targetCount),
    wire.writeTexts(params.targetElements),
    wire.writeTexts(params.nodeCount),
    wire.writeTexts(params.nodeElements),
    wire.writeTexts(params.ipTokens),
    wire.writeEvents(params.event),
  ],
  decode: (row) => ({ id: wire.readText(row[0]) }),
};

/** The JSON text of an event. */
export const fetchEvent: Statement<FetchEventParams, FetchEventRow, "optional"> = {
  operation: "fetchEvent",
  name: "es_9kFZi8A1kHRKoqzs5LJxEy6QK8i",
  text: `select j.event from event_ids i join event_json j on j.seq = i.seq and j.detect_time = i.detect_time
where i.id = $1::text`,
  cardinality: "optional",
  idempotent: true,
  encode: (params) => [wire.writeText(params.id)],
  decode: (row) => ({ event: wire.readEvent(row[0]) }),
};

/** The columns of an event. */
export const fetchRow: Statement<FetchRowParams, EventRow, "optional"> = {
  operation: "fetchRow",
  name: "es_Vo9c77KbQhPXa_R8NXKe1me6kBK",
  text: `select e.id, e.detect_time, e.storage_time, e.create_time, e.event_time, e.cease_time,
    e.win_start_time, e.win_end_time, e.category, e.description, e.note, e.confidence,
    e.conn_count, e.flow_count, e.packet_count, e.byte_count, e.ref, e.tlp, e.source_ip,
    e.source_port, e.source_type, e.source_protocol, e.source_hostname, e.source_url,
    e.source_mac, e.source_email, e.source_asn, e.source_netname, e.source_spoofed,
    e.source_imprecise, e.source_anonymised, e.source_note, e.target_ip, e.target_port,
    e.target_type, e.target_protocol, e.target_hostname, e.target_url, e.target_mac,
    e.target_email, e.target_asn, e.target_netname, e.target_spoofed, e.target_imprecise,
    e.target_anonymised, e.target_note, e.node_name, e.node_type, e.node_software, e.severity,
    e.event_class, e.abuse_group, e.inspection_error, e.target_severity, e.target_class,
    e.target_group, e.attach_hash, e.attach_filename, e.attach_type, e.source_count,
    e.source_elements, e.target_count, e.target_elements, e.node_count, e.node_elements,
    e.ip_tokens
from event_ids i join events e on e.seq = i.seq and e.detect_time = i.detect_time
where i.id = $1::text`,
  cardinality: "optional",
  idempotent: true,
  encode: (params) => [wire.writeText(params.id)],
  decode: (row) => ({
    id: wire.readText(row[0]),
    detect_time: wire.readIsoTime(row[1]),
    storage_time: wire.readIsoTime(row[2]),
    create_time: wire.readNullable(row[3], wire.readIsoTime),
    event_time: wire.readNullable(row[4], wire.readIsoTime),
    cease_time: wire.readNullable(row[5], wire.readIsoTime),
    win_start_time: wire.readNullable(row[6], wire.readIsoTime),
    win_end_time: wire.readNullable(row[7], wire.readIsoTime),
    category: wire.readNullable(row[8], wire.readTexts),
    description: wire.readNullable(row[9], wire.readText),
    note: wire.readNullable(row[10], wire.readText),
    confidence: wire.readNullable(row[11], wire.readNumber),
    conn_count: wire.readNullable(row[12], wire.readBigint),
    flow_count: wire.readNullable(row[13], wire.readBigint),
    packet_count: wire.readNullable(row[14], wire.readBigint),
    byte_count: wire.readNullable(row[15], wire.readBigint),
    ref: wire.readNullable(row[16], wire.readTexts),
    tlp: wire.readNullable(row[17], wire.readText),
    source_ip: wire.readNullable(row[18], wire.readTexts),
    source_port: wire.readNullable(row[19], wire.readNumbers),
    source_type: wire.readNullable(row[20], wire.readTexts),
    source_protocol: wire.readNullable(row[21], wire.readTexts),
    source_hostname: wire.readNullable(row[22], wire.readTexts),
    source_url: wire.readNullable(row[23], wire.readTexts),
    source_mac: wire.readNullable(row[24], wire.readTexts),
    source_email: wire.readNullable(row[25], wire.readTexts),
    source_asn: wire.readNullable(row[26], wire.readNumbers),
    source_netname: wire.readNullable(row[27], wire.readTexts),
    source_spoofed: wire.readNullable(row[28], wire.readBooleans),
    source_imprecise: wire.readNullable(row[29], wire.readBooleans),
    source_anonymised: wire.readNullable(row[30], wire.readBooleans),
    source_note: wire.readNullable(row[31], wire.readTexts),
    target_ip: wire.readNullable(row[32], wire.readTexts),
    target_port: wire.readNullable(row[33], wire.readNumbers),
    target_type: wire.readNullable(row[34], wire.readTexts),
    target_protocol: wire.readNullable(row[35], wire.readTexts),
    target_hostname: wire.readNullable(row[36], wire.readTexts),
    target_url: wire.readNullable(row[37], wire.readTexts),
    target_mac: wire.readNullable(row[38], wire.readTexts),
    target_email: wire.readNullable(row[39], wire.readTexts),
    target_asn: wire.readNullable(row[40], wire.readNumbers),
    target_netname: wire.readNullable(row[41], wire.readTexts),
    target_spoofed: wire.readNullable(row[42], wire.readBooleans),
    target_imprecise: wire.readNullable(row[43], wire.readBooleans),
    target_anonymised: wire.readNullable(row[44], wire.readBooleans),
    target_note: wire.readNullable(row[45], wire.readTexts),
    node_name: wire.readNullable(row[46], wire.readTexts),
    node_type: wire.readNullable(row[47], wire.readTexts),
    node_software: wire.readNullable(row[48], wire.readTexts),
    severity: wire.readNullable(row[49], wire.readText),
    event_class: wire.readNullable(row[50], wire.readText),
    abuse_group: wire.readNullable(row[51], wire.readTexts),
    inspection_error: wire.readNullable(row[52], wire.readTexts),
    target_severity: wire.readNullable(row[53], wire.readText),
    target_class: wire.readNullable(row[54], wire.readText),
    target_group: wire.readNullable(row[55], wire.readTexts),
    attach_hash: wire.readNullable(row[56], wire.readTexts),
    attach_filename: wire.readNullable(row[57], wire.readTexts),
    attach_type: wire.readNullable(row[58], wire.readTexts),
    source_count: wire.readNumber(row[59]),
    source_elements: wire.readNullable(row[60], wire.readJson),
    target_count: wire.readNumber(row[61]),
    target_elements: wire.readNullable(row[62], wire.readJson),
    node_count: wire.readNumber(row[63]),
    node_elements: wire.readNullable(row[64], wire.readJson),
    ip_tokens: wire.readNullable(row[65], wire.readNumbers),
  }),
};

/** Deletes an event; 0 when there is none. */
export const deleteEvent: Statement<DeleteEventParams, number, "count"> = {
  operation: "deleteEvent",
  name: "es_uSSRgXOdoHny7c4pXtJ0lUlWElG",
  text: `with known as (
  delete from event_ids where id = $1::text returning seq, detect_time as at
), gone as (
  delete from events e using known k where e.seq = k.seq and e.detect_time = k.at returning k.at
), texts as (
  delete from event_json j using known k where j.seq = k.seq and j.detect_time = k.at
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone`,
  cardinality: "count",
  idempotent: false,
  encode: (params) => [wire.writeText(params.id)],
  decode: ([count]) => wire.readNumber(count),
};

/** Number of all events, from the counters of the hours. */
export const countAll: Statement<undefined, number, "count"> = {
  operation: "countAll",
  name: "es_d7GMHlSY6uNr7XKht4oATjTjBAO",
  text: "select coalesce(sum(inserted) - sum(deleted), 0)::bigint from event_hours",
  cardinality: "count",
  idempotent: true,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
};

/** Number of the events that match. */
export const countEvents: StatementTemplate<undefined, number, "count"> = statementTemplate({
  operation: "countEvents",
  text: "select count(*) from events where {filter}",
  cardinality: "count",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
});

/** A page of the events that match, newest first; pass time and id of the last one to get the next page. */
export const searchEvents: StatementTemplate<SearchEventsParams, SearchEventsRow, "many"> = statementTemplate({
  operation: "searchEvents",
  text: `with walk as materialized (
  select id, seq, detect_time from (select * from events where detect_time <= coalesce($2::timestamptz, 'infinity') and ($2 is null or (detect_time, id) < ($2, $3::text)) order by detect_time desc, id desc limit 5000) as newest
  where {filter} limit $1::bigint
), page as (
  (select * from walk where (select count(*) from walk) >= $1)
  union all
  (select id, seq, detect_time from events
  where (select count(*) from walk) < $1 and detect_time <= coalesce($2::timestamptz, 'infinity') and ($2 is null or (detect_time, id) < ($2, $3::text)) and {filter}
  order by detect_time + interval '0' desc, id desc limit $1)
)
select id, detect_time, (select j.event from event_json j where j.seq = page.seq and j.detect_time = page.detect_time) from page order by detect_time desc, id desc`,
  cardinality: "many",
  idempotent: true,
  parameters: 3,
  encode: (params) => [
    wire.writeNumber(params.limit),
    wire.writeNullable(params.time, wire.writeTime),
    wire.writeNullable(params.id, wire.writeText),
  ],
  decode: (row) => ({
    id: wire.readText(row[0]),
    time: wire.readIsoTime(row[1]),
    event: wire.readNullable(row[2], wire.readEvent),
  }),
});

/** Identifiers of the events that match, newest first. */
export const streamEventIds: StatementTemplate<undefined, StreamEventIdsRow, "many"> = statementTemplate({
  operation: "streamEventIds",
  text: "select id from events where {filter} order by detect_time desc, id desc",
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ id: wire.readText(row[0]) }),
});

/** The JSON texts of all events that match, newest first. */
export const streamEvents: StatementTemplate<undefined, StreamEventsRow, "many"> = statementTemplate({
  operation: "streamEvents",
  text: "select (select j.event from event_json j where j.seq = hit.seq and j.detect_time = hit.detect_time) from (select seq, detect_time from events where {filter} order by detect_time desc, id desc) as hit",
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ event: wire.readNullable(row[0], wire.readEvent) }),
});

/** Deletes the events that match. */
export const deleteEvents: StatementTemplate<undefined, number, "count"> = statementTemplate({
  operation: "deleteEvents",
  text: `with gone as (
  delete from events where {filter} returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.seq = gone.seq and j.detect_time = gone.at
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone`,
  cardinality: "count",
  idempotent: false,
  parameters: 0,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
});

/** Deletes some of the events that match: a slice of a large deletion. */
export const deleteSomeEvents: StatementTemplate<DeleteSomeEventsParams, number, "count"> = statementTemplate({
  operation: "deleteSomeEvents",
  text: `with gone as (
  delete from events where (detect_time, seq) in (select detect_time, seq from events where {filter} limit $1::bigint) returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.seq = gone.seq and j.detect_time = gone.at
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone`,
  cardinality: "count",
  idempotent: false,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: ([count]) => wire.readNumber(count),
});

/** Starts thresholding of a key, or sets its times anew. */
export const thresholdSet: Statement<ThresholdSetParams, undefined, "none"> = {
  operation: "thresholdSet",
  name: "es_hEyyID_AzGUuJtBzJxrZOfGU2cT",
  text: `insert into thresholds (id, thresholdtime, relapsetime, ttltime)
values ($1::text, $2::timestamptz, $3::timestamptz, $4::timestamptz)
on conflict (id) do update
set thresholdtime = excluded.thresholdtime, relapsetime = excluded.relapsetime, ttltime = excluded.ttltime`,
  cardinality: "none",
  idempotent: true,
  encode: (params) => [
    wire.writeText(params.key),
    wire.writeTime(params.thresholdTime),
    wire.writeTime(params.relapseTime),
    wire.writeTime(params.ttlTime),
  ],
  decode: () => undefined,
};

/** The record of a key that is being thresholded at a time. */
export const thresholdCheck: Statement<ThresholdCheckParams, ThresholdCheckRow, "optional"> = {
  operation: "thresholdCheck",
  name: "es_oPlWAdAcHIx6Ra_1yyMUbrLDPof",
  text: "select id, thresholdtime, relapsetime, ttltime from thresholds where id = $1::text and ttltime >= $2::timestamptz",
  cardinality: "optional",
  idempotent: true,
  encode: (params) => [wire.writeText(params.key), wire.writeTime(params.time)],
  decode: (row) => ({
    key: wire.readText(row[0]),
    thresholdTime: wire.readDate(row[1]),
    relapseTime: wire.readDate(row[2]),
    ttlTime: wire.readDate(row[3]),
  }),
};

/** Number of keys, expired ones included. */
export const thresholdsCount: Statement<undefined, number, "count"> = {
  operation: "thresholdsCount",
  name: "es_jYyUHQTvTfOoeKPciPhVped7ozK",
  text: "select count(*) from thresholds",
  cardinality: "count",
  idempotent: true,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
};

/** Removes the keys whose thresholding ended before a time. */
export const thresholdsClean: Statement<ThresholdsCleanParams, undefined, "count"> = {
  operation: "thresholdsClean",
  name: "es_FCJdHO_s_KIvFYx-rURYMIDyD_k",
  text: "delete from thresholds where ttltime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.time)],
  decode: () => undefined,
};

/** Remembers that an event was withheld under a key; the same event and key twice violates the primary key. */
export const thresholdSave: Statement<ThresholdSaveParams, undefined, "none"> = {
  operation: "thresholdSave",
  name: "es_N8Cwj7fr68gnqCyGeoIOioX3XLj",
  text: `insert into events_thresholded (eventid, keyid, groupname, eventseverity, createtime)
values ($1::text, $2::text, $3::text, $4::text, $5::timestamptz)`,
  cardinality: "none",
  idempotent: false,
  encode: (params) => [
    wire.writeText(params.eventId),
    wire.writeText(params.key),
    wire.writeText(params.group),
    wire.writeText(params.severity),
    wire.writeTime(params.createTime),
  ],
  decode: () => undefined,
};

/** Number of withheld events, counted once for each key. */
export const thresholdedEventsCount: Statement<undefined, number, "count"> = {
  operation: "thresholdedEventsCount",
  name: "es_LR1twEzzQGYCifL4023cPVTFof4",
  text: "select count(*) from events_thresholded",
  cardinality: "count",
  idempotent: true,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
};

/** Forgets withheld events whose key is gone or that lie before what is to be kept of their key. */
export const thresholdedEventsClean: Statement<ThresholdedEventsCleanParams, undefined, "count"> = {
  operation: "thresholdedEventsClean",
  name: "es_p9ilfzxqhuhkiC6GRhGF6YrqJjF",
  text: `delete from events_thresholded e where not exists (
  select from thresholds k where k.id = e.keyid
  and e.createtime >= case when $1::boolean then k.thresholdtime else k.relapsetime end
)`,
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeBoolean(params.sinceThreshold)],
  decode: () => undefined,
};

/** Events of a group and severity that were withheld in the relapse part of keys that have expired. */
export const searchRelapsedEvents: Statement<SearchRelapsedEventsParams, SearchRelapsedEventsRow, "many"> = {
  operation: "searchRelapsedEvents",
  name: "es_dH2QDoE4vIV8t9G8EGg4yABamij",
  text: `select j.event, relapsed.keys
from (
  select e.eventid, array_agg(e.keyid order by e.keyid) as keys
  from events_thresholded e join thresholds k on k.id = e.keyid
  where e.groupname = $1::text and e.eventseverity = $2::text and e.createtime >= k.relapsetime
    and k.relapsetime < k.ttltime and k.ttltime <= $3::timestamptz
  group by e.eventid
) as relapsed
join event_ids i on i.id = relapsed.eventid
join event_json j on j.seq = i.seq and j.detect_time = i.detect_time
order by i.detect_time, i.id`,
  cardinality: "many",
  idempotent: true,
  encode: (params) => [wire.writeText(params.group), wire.writeText(params.severity), wire.writeTime(params.time)],
  decode: (row) => ({ event: wire.readEvent(row[0]), keys: wire.readTexts(row[1]) }),
};

/** Whether an event was stored less than so many seconds ago, by the clock of the server. */
export const watchdogEvents: Statement<WatchdogEventsParams, WatchdogEventsRow, "one"> = {
  operation: "watchdogEvents",
  name: "es_xlVSN8lS7Am6yQaZyjtyvpAOcmc",
  text: "select exists (select from events where storage_time > now() - make_interval(secs => $1::float8))",
  cardinality: "one",
  idempotent: true,
  encode: (params) => [wire.writeNumber(params.interval)],
  decode: (row) => ({ alive: wire.readBoolean(row[0]) }),
};

/** Sizes of a table, its partitions together; null when there is no such table on the search path. */
export const tableSizes: Statement<TableSizesParams, TableSizesRow, "optional"> = {
  operation: "tableSizes",
  name: "es_5bmO0M3jHjgdKtCS6R_Khw_DL_Z",
  text: `with root as (
  select oid from pg_class where relname = $1::text and relkind in ('r', 'p') and pg_table_is_visible(oid)
), part as (
  select oid, false as is_partition from root union all
  select i.inhrelid, true from pg_inherits i join root on root.oid = i.inhparent
)
select count(*) filter (where is_partition), sum(case when c.relkind = 'r' then greatest(c.reltuples, 0) else 0 end)::bigint,
  sum(pg_table_size(c.oid))::bigint, sum(pg_indexes_size(c.oid))::bigint, sum(pg_total_relation_size(c.oid))::bigint
from part join pg_class c on c.oid = part.oid
having count(*) > 0`,
  cardinality: "optional",
  idempotent: true,
  encode: (params) => [wire.writeText(params.table)],
  decode: (row) => ({
    partitions: wire.readNumber(row[0]),
    rows: wire.readNumber(row[1]),
    tableBytes: wire.readNumber(row[2]),
    indexBytes: wire.readNumber(row[3]),
    totalBytes: wire.readNumber(row[4]),
  }),
};

/** Versions of server, ip4r and schema, and the size of the database. */
export const databaseInfo: Statement<undefined, DatabaseInfoRow, "one"> = {
  operation: "databaseInfo",
  name: "es_D3YJdhSsOHmWCWKuJVcHsG_UEeN",
  text: `select current_setting('server_version'), (select extversion from pg_extension where extname = 'ip4r'),
  (select max(version) from eventstore_schema), pg_database_size(current_database())`,
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({
    serverVersion: wire.readText(row[0]),
    ip4r: wire.readNullable(row[1], wire.readText),
    schemaVersion: wire.readNullable(row[2], wire.readNumber),
    databaseBytes: wire.readNumber(row[3]),
  }),
};

/** Server settings by name; unknown names are left out. */
export const readSettings: Statement<ReadSettingsParams, ReadSettingsRow, "many"> = {
  operation: "readSettings",
  name: "es_aKvS3n4F965-yXT3w8RzFzTa-BQ",
  text: `select name, current_setting(name) from unnest($1::text[]) as name
where current_setting(name, true) is not null order by name`,
  cardinality: "many",
  idempotent: true,
  encode: (params) => [wire.writeTexts(params.names)],
  decode: (row) => ({ name: wire.readText(row[0]), value: wire.readText(row[1]) }),
};

/** Partitions of the searched table, newest day first, the default partition last. */
export const listPartitions: Statement<undefined, ListPartitionsRow, "many"> = {
  operation: "listPartitions",
  name: "es_2xFY6PHWmzXcFk66V5KZLXG6Wjn",
  text: `select c.relname::text, pg_get_expr(c.relpartbound, c.oid), greatest(c.reltuples, 0)::bigint
from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
where p.relname = 'events' and pg_table_is_visible(p.oid)
order by pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', c.relname desc`,
  cardinality: "many",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ name: wire.readText(row[0]), bounds: wire.readText(row[1]), rows: wire.readNumber(row[2]) }),
};

/** Counters of the hours within a span of time. */
export const hourVersions: Statement<HourVersionsParams, HourVersionsRow, "many"> = {
  operation: "hourVersions",
  name: "es_o1TFELagbHXjUG7DZJeJxwvLdx-",
  text: `select hour, sum(inserted)::bigint, sum(deleted)::bigint from event_hours
where hour >= $1::timestamptz and hour < $2::timestamptz group by hour order by hour`,
  cardinality: "many",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.from), wire.writeTime(params.to)],
  decode: (row) => ({ hour: wire.readDate(row[0]), inserted: wire.readNumber(row[1]), deleted: wire.readNumber(row[2]) }),
};

/** Removes identifiers of events that went with their day, a slice at a time. */
export const sweepIds: Statement<SweepIdsParams, undefined, "count"> = {
  operation: "sweepIds",
  name: "es_l39fWgDQPqbKhLFhrmnKP8Tyzq2",
  text: `delete from event_ids i using (
  select id, seq from event_ids old where detect_time < $1::timestamptz
  and not exists (select from event_json j where j.seq = old.seq and j.detect_time = old.detect_time)
  limit $2::bigint
) as stale where i.id = stale.id and i.seq = stale.seq`,
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before), wire.writeNumber(params.limit)],
  decode: () => undefined,
};

/** Removes the rows of thresholds whose thresholdtime (start of thresholding) lies before a time. */
export const cleanThresholdsThresholdtime: Statement<CleanThresholdsThresholdtimeParams, undefined, "count"> = {
  operation: "cleanThresholdsThresholdtime",
  name: "es_cn94g2Ed87k7_upk_dh58e4i_Lc",
  text: "delete from thresholds where thresholdtime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Removes the rows of thresholds whose relapsetime (from when on a further event counts as a relapse) lies before a time. */
export const cleanThresholdsRelapsetime: Statement<CleanThresholdsRelapsetimeParams, undefined, "count"> = {
  operation: "cleanThresholdsRelapsetime",
  name: "es_EByVfP0xjwwrcenkOY-gCBuEypR",
  text: "delete from thresholds where relapsetime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Removes the rows of thresholds whose ttltime (end of thresholding) lies before a time. */
export const cleanThresholdsTtltime: Statement<CleanThresholdsTtltimeParams, undefined, "count"> = {
  operation: "cleanThresholdsTtltime",
  name: "es_FCJdHO_s_KIvFYx-rURYMIDyD_k",
  text: "delete from thresholds where ttltime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Removes the rows of events_thresholded whose createtime (when it was withheld) lies before a time. */
export const cleanEventsThresholdedCreatetime: Statement<CleanEventsThresholdedCreatetimeParams, undefined, "count"> = {
  operation: "cleanEventsThresholdedCreatetime",
  name: "es_oZ98TLkHHCC8f8u_rdF5mdByF8U",
  text: "delete from events_thresholded where createtime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Least and greatest detect_time: when the detector noticed the event. */
export const boundsDetectTime: Statement<undefined, BoundsDetectTimeRow, "one"> = {
  operation: "boundsDetectTime",
  name: "es_PA9F-Skd7XXijWL7k4SJodOLIfJ",
  text: "select min(detect_time), max(detect_time) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ least: wire.readNullable(row[0], wire.readDate), greatest: wire.readNullable(row[1], wire.readDate) }),
};

/** Least and greatest storage_time: when the event came into the store. */
export const boundsStorageTime: Statement<undefined, BoundsStorageTimeRow, "one"> = {
  operation: "boundsStorageTime",
  name: "es_UBAPklOI4rwgoLAK3vFHA1vGP6A",
  text: "select min(storage_time), max(storage_time) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ least: wire.readNullable(row[0], wire.readDate), greatest: wire.readNullable(row[1], wire.readDate) }),
};

/** Least and greatest create_time: when the message was made. */
export const boundsCreateTime: Statement<undefined, BoundsCreateTimeRow, "one"> = {
  operation: "boundsCreateTime",
  name: "es_6veWqDnVt9MRP-6WDyaCdOq7bnl",
  text: "select min(create_time), max(create_time) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ least: wire.readNullable(row[0], wire.readDate), greatest: wire.readNullable(row[1], wire.readDate) }),
};

/** Least and greatest event_time: presumed start of the event. */
export const boundsEventTime: Statement<undefined, BoundsEventTimeRow, "one"> = {
  operation: "boundsEventTime",
  name: "es_zgp3wtw1uJvs9dtmz_692yglP2b",
  text: "select min(event_time), max(event_time) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ least: wire.readNullable(row[0], wire.readDate), greatest: wire.readNullable(row[1], wire.readDate) }),
};

/** Least and greatest cease_time: presumed end of the event. */
export const boundsCeaseTime: Statement<undefined, BoundsCeaseTimeRow, "one"> = {
  operation: "boundsCeaseTime",
  name: "es_ami3t_zSaGek3wVRI9KNVVJ5fyE",
  text: "select min(cease_time), max(cease_time) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ least: wire.readNullable(row[0], wire.readDate), greatest: wire.readNullable(row[1], wire.readDate) }),
};

/** Least and greatest win_start_time: start of the aggregation window. */
export const boundsWinStartTime: Statement<undefined, BoundsWinStartTimeRow, "one"> = {
  operation: "boundsWinStartTime",
  name: "es_AnjC8uI46lCnu6GQubiXUrVXgdg",
  text: "select min(win_start_time), max(win_start_time) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ least: wire.readNullable(row[0], wire.readDate), greatest: wire.readNullable(row[1], wire.readDate) }),
};

/** Least and greatest win_end_time: end of the aggregation window. */
export const boundsWinEndTime: Statement<undefined, BoundsWinEndTimeRow, "one"> = {
  operation: "boundsWinEndTime",
  name: "es_dDkkQnkqmhihPSaJlC4FmqouTXG",
  text: "select min(win_end_time), max(win_end_time) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ least: wire.readNullable(row[0], wire.readDate), greatest: wire.readNullable(row[1], wire.readDate) }),
};

/** Least and greatest confidence: how sure the detector is, 0 to 1. */
export const boundsConfidence: Statement<undefined, BoundsConfidenceRow, "one"> = {
  operation: "boundsConfidence",
  name: "es_LENJuEcvbOinUJZy-GBxVWSfD1i",
  text: "select min(confidence), max(confidence) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({
    least: wire.readNullable(row[0], wire.readNumber),
    greatest: wire.readNullable(row[1], wire.readNumber),
  }),
};

/** Least and greatest conn_count: number of connections. */
export const boundsConnCount: Statement<undefined, BoundsConnCountRow, "one"> = {
  operation: "boundsConnCount",
  name: "es_hX7Zs-hMM6zQLBTu0fYMPzU6efF",
  text: "select min(conn_count), max(conn_count) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({
    least: wire.readNullable(row[0], wire.readBigint),
    greatest: wire.readNullable(row[1], wire.readBigint),
  }),
};

/** Least and greatest flow_count: number of flows. */
export const boundsFlowCount: Statement<undefined, BoundsFlowCountRow, "one"> = {
  operation: "boundsFlowCount",
  name: "es_c0_9am_L3eeY_I8aTT3svna9ZN2",
  text: "select min(flow_count), max(flow_count) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({
    least: wire.readNullable(row[0], wire.readBigint),
    greatest: wire.readNullable(row[1], wire.readBigint),
  }),
};

/** Least and greatest packet_count: number of packets. */
export const boundsPacketCount: Statement<undefined, BoundsPacketCountRow, "one"> = {
  operation: "boundsPacketCount",
  name: "es_n8CIc2zNaR0dpDjqpxtJj1JFZqr",
  text: "select min(packet_count), max(packet_count) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({
    least: wire.readNullable(row[0], wire.readBigint),
    greatest: wire.readNullable(row[1], wire.readBigint),
  }),
};

/** Least and greatest byte_count: number of bytes. */
export const boundsByteCount: Statement<undefined, BoundsByteCountRow, "one"> = {
  operation: "boundsByteCount",
  name: "es_LqpdRpXjAEkzmLGWAIuP5w1UDTz",
  text: "select min(byte_count), max(byte_count) from events",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({
    least: wire.readNullable(row[0], wire.readBigint),
    greatest: wire.readNullable(row[1], wire.readBigint),
  }),
};

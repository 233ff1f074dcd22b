/**
 * The operations of the store as typed prepared statements.
 *
 * Generated, do not edit: npm run generate
 */
import { statementTemplate, wire } from "../runtime/client.js";
import type { Statement, StatementTemplate } from "../runtime/client.js";
import type {
  InsertEventParams,
  InsertEventRow,
  InsertListedEventParams,
  InsertListedEventRow,
  InsertEventsParams,
  InsertEventsRow,
  InsertNewEventsParams,
  InsertNewEventsRow,
  FreeIdsSlots,
  FreeIdsParams,
  FreeIdsRow,
  FetchEventParams,
  FetchEventRow,
  LocateEventsParams,
  LocateEventsRow,
  FetchSliceParams,
  FetchSliceRow,
  EventTextsParams,
  EventTextsRow,
  TextsOfSliceSlots,
  TextsOfSliceParams,
  TextsOfSliceRow,
  SearchEventsSlots,
  SearchEventsParams,
  SearchEventsRow,
  SearchEventsAfterSlots,
  SearchEventsAfterParams,
  SearchEventsAfterRow,
  SearchGhostsSlots,
  SearchGhostsParams,
  SearchGhostsRow,
  SearchGhostsAfterSlots,
  SearchGhostsAfterParams,
  SearchGhostsAfterRow,
  ReadEventsSlots,
  ReadEventsParams,
  ReadEventsRow,
  ListPartitionsRow,
  StreamEventsSlots,
  StreamEventsRow,
  StreamSliceSlots,
  StreamSliceRow,
  StreamEventIdsRow,
  EstimateEventsRow,
  CountRolledEventsSlots,
  CountRolledEventsParams,
  CountRolledEventsRow,
  CountCombinationsSlots,
  CountCombinationsRow,
  AggregateEventsSlots,
  AggregateEventsParams,
  AggregateEventsRow,
  SummarizeEventsSlots,
  SummarizeEventsParams,
  SummarizeEventsRow,
  PivotEventsSlots,
  PivotEventsParams,
  PivotEventsRow,
  PivotPairsSlots,
  PivotPairsParams,
  PivotPairsRow,
  DistinctValuesSlots,
  DistinctValuesRow,
  OrderValuesSlots,
  OrderValuesParams,
  OrderValuesRow,
  AggregateRollupsSlots,
  AggregateRollupsParams,
  AggregateRollupsRow,
  DistinctRollupsSlots,
  DistinctRollupsRow,
  LookAtListsSlots,
  LookAtListsParams,
  LookAtListsRow,
  LookAtCombinationsSlots,
  LookAtCombinationsParams,
  LookAtCombinationsRow,
  RecountListsSlots,
  RecountListsParams,
  RecountListsRow,
  RecountCombinationsSlots,
  RecountCombinationsParams,
  RecountCombinationsRow,
  SummarizeCombinationsSlots,
  SummarizeCombinationsParams,
  SummarizeCombinationsRow,
  TimeRangeSlots,
  TimeRangeRow,
  HourRangeRow,
  TimelineRowsSlots,
  TimelineRowsParams,
  TimelineRowsRow,
  TimelineSplitRowsSlots,
  TimelineSplitRowsParams,
  TimelineSplitRowsRow,
  TimelineHoursParams,
  TimelineHoursRow,
  TimelineRollupsSlots,
  TimelineRollupsParams,
  TimelineRollupsRow,
  TimelineCombinationsSlots,
  TimelineCombinationsParams,
  TimelineCombinationsRow,
  TimelineSplitCombinationsSlots,
  TimelineSplitCombinationsParams,
  TimelineSplitCombinationsRow,
  StaleHoursRow,
  RollUpHoursSlots,
  RollUpHoursParams,
  StaleDaysRow,
  ForgetCombinationsParams,
  CountDaySlots,
  CountDayParams,
  LockTableSlots,
  SortIndexesParams,
  LastRefreshRow,
  DeleteEventParams,
  DeleteSomeEventsParams,
  DeleteOldEventsSlots,
  DeleteOldEventsParams,
  DeleteSliceSlots,
  DeleteSomeOfSliceSlots,
  DeleteSomeOfSliceParams,
  HasOldEventsParams,
  HasOldEventsRow,
  SweepIdsParams,
  SweepSliceSlots,
  SweepSliceParams,
  ArchiveEventsSlots,
  ArchiveEventsRow,
  CleanThresholdsThresholdtimeParams,
  CleanThresholdsRelapsetimeParams,
  CleanThresholdsTtltimeParams,
  CleanEventsThresholdedCreatetimeParams,
  ThresholdSetParams,
  ThresholdCheckParams,
  ThresholdCheckRow,
  ThresholdsCleanParams,
  ThresholdSaveParams,
  ThresholdedEventsCleanParams,
  SearchRelapsedEventsParams,
  SearchRelapsedEventsRow,
  ExpireThresholdsParams,
  ExpireThresholdsRow,
  WatchdogEventsParams,
  WatchdogEventsRow,
  TableSizesParams,
  TableSizesRow,
  DatabaseInfoRow,
  NewerSchemaRow,
  ReadSettingsParams,
  ReadSettingsRow,
  TableAgeSlots,
  TableAgeRow,
  SliceAgeSlots,
  SliceAgeRow,
  WatchdogSliceSlots,
  WatchdogSliceParams,
  WatchdogSliceRow,
  SearchColumnWithSlots,
  SearchColumnWithRow,
} from "./types.js";


const sortColumns: Readonly<Record<string, string>> = {
  detect_time: "detect_time",
  storage_time: "storage_time",
};

const directions: Readonly<Record<string, string>> = {
  desc: "desc",
  asc: "asc",
};

const signs: Readonly<Record<string, string>> = {
  desc: "<",
  asc: ">",
};

const boundSigns: Readonly<Record<string, string>> = {
  desc: ">=",
  asc: "<",
};

const walkedHits: Readonly<Record<string, string>> = {
  none: "0",
  gathered: "(select count(*) from walked)",
};

const orders: Readonly<Record<string, string>> = {
  "detect_time.desc": "detect_time desc, id desc",
  "detect_time.asc": "detect_time asc, id asc",
  "storage_time.desc": "storage_time desc, id desc",
  "storage_time.asc": "storage_time asc, id asc",
};

const dimensions: Readonly<Record<string, string>> = {
  category: "'category'",
  "source.type": "'source.type'",
  "source.protocol": "'source.protocol'",
  "target.type": "'target.type'",
  "target.protocol": "'target.protocol'",
  "node.name": "'node.name'",
  "node.type": "'node.type'",
  severity: "'severity'",
  event_class: "'event_class'",
  abuse_group: "'abuse_group'",
  "source.ip": "'source.ip by event'",
  "source.port": "'source.port by event'",
  "source.hostname": "'source.hostname by event'",
  "source.asn": "'source.asn by event'",
  "target.ip": "'target.ip by event'",
  "target.port": "'target.port by event'",
  "target.hostname": "'target.hostname by event'",
  "target.asn": "'target.asn by event'",
};

const fieldSets: Readonly<Record<string, string>> = {
  id: "id",
  detect_time: "detect_time",
  storage_time: "storage_time",
  create_time: "create_time",
  event_time: "event_time",
  cease_time: "cease_time",
  win_start_time: "win_start_time",
  win_end_time: "win_end_time",
  category: "unnest(case coalesce(cardinality(category), 0) when 1 then category when 0 then '{null}' else case when cardinality(category) = 2 and (category)[1] <> (category)[2] then category else array(select distinct unnest(category)) end end)",
  description: "description",
  note: "note",
  confidence: "confidence",
  conn_count: "conn_count",
  flow_count: "flow_count",
  packet_count: "packet_count",
  byte_count: "byte_count",
  alt_name: "unnest(case coalesce(cardinality(alt_name), 0) when 1 then alt_name when 0 then '{null}' else case when cardinality(alt_name) = 2 and (alt_name)[1] <> (alt_name)[2] then alt_name else array(select distinct unnest(alt_name)) end end)",
  correl_id: "unnest(case coalesce(cardinality(correl_id), 0) when 1 then correl_id when 0 then '{null}' else case when cardinality(correl_id) = 2 and (correl_id)[1] <> (correl_id)[2] then correl_id else array(select distinct unnest(correl_id)) end end)",
  aggr_id: "unnest(case coalesce(cardinality(aggr_id), 0) when 1 then aggr_id when 0 then '{null}' else case when cardinality(aggr_id) = 2 and (aggr_id)[1] <> (aggr_id)[2] then aggr_id else array(select distinct unnest(aggr_id)) end end)",
  pred_id: "unnest(case coalesce(cardinality(pred_id), 0) when 1 then pred_id when 0 then '{null}' else case when cardinality(pred_id) = 2 and (pred_id)[1] <> (pred_id)[2] then pred_id else array(select distinct unnest(pred_id)) end end)",
  rel_id: "unnest(case coalesce(cardinality(rel_id), 0) when 1 then rel_id when 0 then '{null}' else case when cardinality(rel_id) = 2 and (rel_id)[1] <> (rel_id)[2] then rel_id else array(select distinct unnest(rel_id)) end end)",
  ref: "unnest(case coalesce(cardinality(ref), 0) when 1 then ref when 0 then '{null}' else case when cardinality(ref) = 2 and (ref)[1] <> (ref)[2] then ref else array(select distinct unnest(ref)) end end)",
  tlp: "tlp",
  "source.ip": "unnest(case coalesce(cardinality(source_ip), 0) when 1 then source_ip when 0 then '{null}' else case when cardinality(source_ip) = 2 and (source_ip)[1] <> (source_ip)[2] then source_ip else array(select distinct unnest(source_ip)) end end)",
  "source.port": "unnest(case coalesce(cardinality(source_port), 0) when 1 then source_port when 0 then '{null}' else case when cardinality(source_port) = 2 and (source_port)[1] <> (source_port)[2] then source_port else array(select distinct unnest(source_port)) end end)",
  "source.type": "unnest(case coalesce(cardinality(source_type), 0) when 1 then source_type when 0 then '{null}' else case when cardinality(source_type) = 2 and (source_type)[1] <> (source_type)[2] then source_type else array(select distinct unnest(source_type)) end end)",
  "source.protocol": "unnest(case coalesce(cardinality(source_protocol), 0) when 1 then source_protocol when 0 then '{null}' else case when cardinality(source_protocol) = 2 and (source_protocol)[1] <> (source_protocol)[2] then source_protocol else array(select distinct unnest(source_protocol)) end end)",
  "source.hostname": "unnest(case coalesce(cardinality(source_hostname), 0) when 1 then source_hostname when 0 then '{null}' else case when cardinality(source_hostname) = 2 and (source_hostname)[1] <> (source_hostname)[2] then source_hostname else array(select distinct unnest(source_hostname)) end end)",
  "source.url": "unnest(case coalesce(cardinality(source_url), 0) when 1 then source_url when 0 then '{null}' else case when cardinality(source_url) = 2 and (source_url)[1] <> (source_url)[2] then source_url else array(select distinct unnest(source_url)) end end)",
  "source.mac": "unnest(case coalesce(cardinality(source_mac), 0) when 1 then source_mac when 0 then '{null}' else case when cardinality(source_mac) = 2 and (source_mac)[1] <> (source_mac)[2] then source_mac else array(select distinct unnest(source_mac)) end end)",
  "source.email": "unnest(case coalesce(cardinality(source_email), 0) when 1 then source_email when 0 then '{null}' else case when cardinality(source_email) = 2 and (source_email)[1] <> (source_email)[2] then source_email else array(select distinct unnest(source_email)) end end)",
  "source.asn": "unnest(case coalesce(cardinality(source_asn), 0) when 1 then source_asn when 0 then '{null}' else case when cardinality(source_asn) = 2 and (source_asn)[1] <> (source_asn)[2] then source_asn else array(select distinct unnest(source_asn)) end end)",
  "source.netname": "unnest(case coalesce(cardinality(source_netname), 0) when 1 then source_netname when 0 then '{null}' else case when cardinality(source_netname) = 2 and (source_netname)[1] <> (source_netname)[2] then source_netname else array(select distinct unnest(source_netname)) end end)",
  "source.router": "unnest(case coalesce(cardinality(source_router), 0) when 1 then source_router when 0 then '{null}' else case when cardinality(source_router) = 2 and (source_router)[1] <> (source_router)[2] then source_router else array(select distinct unnest(source_router)) end end)",
  "source.spoofed": "unnest(case coalesce(cardinality(source_spoofed), 0) when 1 then source_spoofed when 0 then '{null}' else case when cardinality(source_spoofed) = 2 and (source_spoofed)[1] <> (source_spoofed)[2] then source_spoofed else array(select distinct unnest(source_spoofed)) end end)",
  "source.imprecise": "unnest(case coalesce(cardinality(source_imprecise), 0) when 1 then source_imprecise when 0 then '{null}' else case when cardinality(source_imprecise) = 2 and (source_imprecise)[1] <> (source_imprecise)[2] then source_imprecise else array(select distinct unnest(source_imprecise)) end end)",
  "source.anonymised": "unnest(case coalesce(cardinality(source_anonymised), 0) when 1 then source_anonymised when 0 then '{null}' else case when cardinality(source_anonymised) = 2 and (source_anonymised)[1] <> (source_anonymised)[2] then source_anonymised else array(select distinct unnest(source_anonymised)) end end)",
  "source.note": "unnest(case coalesce(cardinality(source_note), 0) when 1 then source_note when 0 then '{null}' else case when cardinality(source_note) = 2 and (source_note)[1] <> (source_note)[2] then source_note else array(select distinct unnest(source_note)) end end)",
  "target.ip": "unnest(case coalesce(cardinality(target_ip), 0) when 1 then target_ip when 0 then '{null}' else case when cardinality(target_ip) = 2 and (target_ip)[1] <> (target_ip)[2] then target_ip else array(select distinct unnest(target_ip)) end end)",
  "target.port": "unnest(case coalesce(cardinality(target_port), 0) when 1 then target_port when 0 then '{null}' else case when cardinality(target_port) = 2 and (target_port)[1] <> (target_port)[2] then target_port else array(select distinct unnest(target_port)) end end)",
  "target.type": "unnest(case coalesce(cardinality(target_type), 0) when 1 then target_type when 0 then '{null}' else case when cardinality(target_type) = 2 and (target_type)[1] <> (target_type)[2] then target_type else array(select distinct unnest(target_type)) end end)",
  "target.protocol": "unnest(case coalesce(cardinality(target_protocol), 0) when 1 then target_protocol when 0 then '{null}' else case when cardinality(target_protocol) = 2 and (target_protocol)[1] <> (target_protocol)[2] then target_protocol else array(select distinct unnest(target_protocol)) end end)",
  "target.hostname": "unnest(case coalesce(cardinality(target_hostname), 0) when 1 then target_hostname when 0 then '{null}' else case when cardinality(target_hostname) = 2 and (target_hostname)[1] <> (target_hostname)[2] then target_hostname else array(select distinct unnest(target_hostname)) end end)",
  "target.url": "unnest(case coalesce(cardinality(target_url), 0) when 1 then target_url when 0 then '{null}' else case when cardinality(target_url) = 2 and (target_url)[1] <> (target_url)[2] then target_url else array(select distinct unnest(target_url)) end end)",
  "target.mac": "unnest(case coalesce(cardinality(target_mac), 0) when 1 then target_mac when 0 then '{null}' else case when cardinality(target_mac) = 2 and (target_mac)[1] <> (target_mac)[2] then target_mac else array(select distinct unnest(target_mac)) end end)",
  "target.email": "unnest(case coalesce(cardinality(target_email), 0) when 1 then target_email when 0 then '{null}' else case when cardinality(target_email) = 2 and (target_email)[1] <> (target_email)[2] then target_email else array(select distinct unnest(target_email)) end end)",
  "target.asn": "unnest(case coalesce(cardinality(target_asn), 0) when 1 then target_asn when 0 then '{null}' else case when cardinality(target_asn) = 2 and (target_asn)[1] <> (target_asn)[2] then target_asn else array(select distinct unnest(target_asn)) end end)",
  "target.netname": "unnest(case coalesce(cardinality(target_netname), 0) when 1 then target_netname when 0 then '{null}' else case when cardinality(target_netname) = 2 and (target_netname)[1] <> (target_netname)[2] then target_netname else array(select distinct unnest(target_netname)) end end)",
  "target.router": "unnest(case coalesce(cardinality(target_router), 0) when 1 then target_router when 0 then '{null}' else case when cardinality(target_router) = 2 and (target_router)[1] <> (target_router)[2] then target_router else array(select distinct unnest(target_router)) end end)",
  "target.spoofed": "unnest(case coalesce(cardinality(target_spoofed), 0) when 1 then target_spoofed when 0 then '{null}' else case when cardinality(target_spoofed) = 2 and (target_spoofed)[1] <> (target_spoofed)[2] then target_spoofed else array(select distinct unnest(target_spoofed)) end end)",
  "target.imprecise": "unnest(case coalesce(cardinality(target_imprecise), 0) when 1 then target_imprecise when 0 then '{null}' else case when cardinality(target_imprecise) = 2 and (target_imprecise)[1] <> (target_imprecise)[2] then target_imprecise else array(select distinct unnest(target_imprecise)) end end)",
  "target.anonymised": "unnest(case coalesce(cardinality(target_anonymised), 0) when 1 then target_anonymised when 0 then '{null}' else case when cardinality(target_anonymised) = 2 and (target_anonymised)[1] <> (target_anonymised)[2] then target_anonymised else array(select distinct unnest(target_anonymised)) end end)",
  "target.note": "unnest(case coalesce(cardinality(target_note), 0) when 1 then target_note when 0 then '{null}' else case when cardinality(target_note) = 2 and (target_note)[1] <> (target_note)[2] then target_note else array(select distinct unnest(target_note)) end end)",
  "host.ip": "unnest(coalesce(nullif(case when cardinality(source_ip || target_ip) < 2 or cardinality(source_ip || target_ip) = 2 and (source_ip || target_ip)[1] <> (source_ip || target_ip)[2] then source_ip || target_ip else array(select distinct unnest(source_ip || target_ip)) end, '{}'), '{null}'))",
  "host.port": "unnest(coalesce(nullif(case when cardinality(source_port || target_port) < 2 or cardinality(source_port || target_port) = 2 and (source_port || target_port)[1] <> (source_port || target_port)[2] then source_port || target_port else array(select distinct unnest(source_port || target_port)) end, '{}'), '{null}'))",
  "host.type": "unnest(coalesce(nullif(case when cardinality(source_type || target_type) < 2 or cardinality(source_type || target_type) = 2 and (source_type || target_type)[1] <> (source_type || target_type)[2] then source_type || target_type else array(select distinct unnest(source_type || target_type)) end, '{}'), '{null}'))",
  "host.protocol": "unnest(coalesce(nullif(case when cardinality(source_protocol || target_protocol) < 2 or cardinality(source_protocol || target_protocol) = 2 and (source_protocol || target_protocol)[1] <> (source_protocol || target_protocol)[2] then source_protocol || target_protocol else array(select distinct unnest(source_protocol || target_protocol)) end, '{}'), '{null}'))",
  "host.hostname": "unnest(coalesce(nullif(case when cardinality(source_hostname || target_hostname) < 2 or cardinality(source_hostname || target_hostname) = 2 and (source_hostname || target_hostname)[1] <> (source_hostname || target_hostname)[2] then source_hostname || target_hostname else array(select distinct unnest(source_hostname || target_hostname)) end, '{}'), '{null}'))",
  "host.url": "unnest(coalesce(nullif(case when cardinality(source_url || target_url) < 2 or cardinality(source_url || target_url) = 2 and (source_url || target_url)[1] <> (source_url || target_url)[2] then source_url || target_url else array(select distinct unnest(source_url || target_url)) end, '{}'), '{null}'))",
  "host.mac": "unnest(coalesce(nullif(case when cardinality(source_mac || target_mac) < 2 or cardinality(source_mac || target_mac) = 2 and (source_mac || target_mac)[1] <> (source_mac || target_mac)[2] then source_mac || target_mac else array(select distinct unnest(source_mac || target_mac)) end, '{}'), '{null}'))",
  "host.email": "unnest(coalesce(nullif(case when cardinality(source_email || target_email) < 2 or cardinality(source_email || target_email) = 2 and (source_email || target_email)[1] <> (source_email || target_email)[2] then source_email || target_email else array(select distinct unnest(source_email || target_email)) end, '{}'), '{null}'))",
  "host.asn": "unnest(coalesce(nullif(case when cardinality(source_asn || target_asn) < 2 or cardinality(source_asn || target_asn) = 2 and (source_asn || target_asn)[1] <> (source_asn || target_asn)[2] then source_asn || target_asn else array(select distinct unnest(source_asn || target_asn)) end, '{}'), '{null}'))",
  "host.netname": "unnest(coalesce(nullif(case when cardinality(source_netname || target_netname) < 2 or cardinality(source_netname || target_netname) = 2 and (source_netname || target_netname)[1] <> (source_netname || target_netname)[2] then source_netname || target_netname else array(select distinct unnest(source_netname || target_netname)) end, '{}'), '{null}'))",
  "host.router": "unnest(coalesce(nullif(case when cardinality(source_router || target_router) < 2 or cardinality(source_router || target_router) = 2 and (source_router || target_router)[1] <> (source_router || target_router)[2] then source_router || target_router else array(select distinct unnest(source_router || target_router)) end, '{}'), '{null}'))",
  "host.spoofed": "unnest(coalesce(nullif(case when cardinality(source_spoofed || target_spoofed) < 2 or cardinality(source_spoofed || target_spoofed) = 2 and (source_spoofed || target_spoofed)[1] <> (source_spoofed || target_spoofed)[2] then source_spoofed || target_spoofed else array(select distinct unnest(source_spoofed || target_spoofed)) end, '{}'), '{null}'))",
  "host.imprecise": "unnest(coalesce(nullif(case when cardinality(source_imprecise || target_imprecise) < 2 or cardinality(source_imprecise || target_imprecise) = 2 and (source_imprecise || target_imprecise)[1] <> (source_imprecise || target_imprecise)[2] then source_imprecise || target_imprecise else array(select distinct unnest(source_imprecise || target_imprecise)) end, '{}'), '{null}'))",
  "host.anonymised": "unnest(coalesce(nullif(case when cardinality(source_anonymised || target_anonymised) < 2 or cardinality(source_anonymised || target_anonymised) = 2 and (source_anonymised || target_anonymised)[1] <> (source_anonymised || target_anonymised)[2] then source_anonymised || target_anonymised else array(select distinct unnest(source_anonymised || target_anonymised)) end, '{}'), '{null}'))",
  "host.note": "unnest(coalesce(nullif(case when cardinality(source_note || target_note) < 2 or cardinality(source_note || target_note) = 2 and (source_note || target_note)[1] <> (source_note || target_note)[2] then source_note || target_note else array(select distinct unnest(source_note || target_note)) end, '{}'), '{null}'))",
  protocol: "unnest(coalesce(nullif(case when cardinality(source_protocol || target_protocol) < 2 or cardinality(source_protocol || target_protocol) = 2 and (source_protocol || target_protocol)[1] <> (source_protocol || target_protocol)[2] then source_protocol || target_protocol else array(select distinct unnest(source_protocol || target_protocol)) end, '{}'), '{null}'))",
  text: "unnest(coalesce(nullif(case when cardinality(array_remove(array[description], null) || array_remove(array[note], null) || node_name || source_hostname || target_hostname) < 2 or cardinality(array_remove(array[description], null) || array_remove(array[note], null) || node_name || source_hostname || target_hostname) = 2 and (array_remove(array[description], null) || array_remove(array[note], null) || node_name || source_hostname || target_hostname)[1] <> (array_remove(array[description], null) || array_remove(array[note], null) || node_name || source_hostname || target_hostname)[2] then array_remove(array[description], null) || array_remove(array[note], null) || node_name || source_hostname || target_hostname else array(select distinct unnest(array_remove(array[description], null) || array_remove(array[note], null) || node_name || source_hostname || target_hostname)) end, '{}'), '{null}'))",
  "node.name": "unnest(case coalesce(cardinality(node_name), 0) when 1 then node_name when 0 then '{null}' else case when cardinality(node_name) = 2 and (node_name)[1] <> (node_name)[2] then node_name else array(select distinct unnest(node_name)) end end)",
  "node.type": "unnest(case coalesce(cardinality(node_type), 0) when 1 then node_type when 0 then '{null}' else case when cardinality(node_type) = 2 and (node_type)[1] <> (node_type)[2] then node_type else array(select distinct unnest(node_type)) end end)",
  "node.software": "unnest(case coalesce(cardinality(node_software), 0) when 1 then node_software when 0 then '{null}' else case when cardinality(node_software) = 2 and (node_software)[1] <> (node_software)[2] then node_software else array(select distinct unnest(node_software)) end end)",
  "node.aggr_win": "unnest(case coalesce(cardinality(node_aggr_win), 0) when 1 then node_aggr_win when 0 then '{null}' else case when cardinality(node_aggr_win) = 2 and (node_aggr_win)[1] <> (node_aggr_win)[2] then node_aggr_win else array(select distinct unnest(node_aggr_win)) end end)",
  severity: "severity",
  event_class: "event_class",
  abuse_group: "unnest(case coalesce(cardinality(abuse_group), 0) when 1 then abuse_group when 0 then '{null}' else case when cardinality(abuse_group) = 2 and (abuse_group)[1] <> (abuse_group)[2] then abuse_group else array(select distinct unnest(abuse_group)) end end)",
  inspection_error: "unnest(case coalesce(cardinality(inspection_error), 0) when 1 then inspection_error when 0 then '{null}' else case when cardinality(inspection_error) = 2 and (inspection_error)[1] <> (inspection_error)[2] then inspection_error else array(select distinct unnest(inspection_error)) end end)",
  target_severity: "target_severity",
  target_class: "target_class",
  target_group: "unnest(case coalesce(cardinality(target_group), 0) when 1 then target_group when 0 then '{null}' else case when cardinality(target_group) = 2 and (target_group)[1] <> (target_group)[2] then target_group else array(select distinct unnest(target_group)) end end)",
  shadow_reporting: "shadow_reporting",
  shadow_reporting_target: "shadow_reporting_target",
  event_subclass: "unnest(case coalesce(cardinality(event_subclass), 0) when 1 then event_subclass when 0 then '{null}' else case when cardinality(event_subclass) = 2 and (event_subclass)[1] <> (event_subclass)[2] then event_subclass else array(select distinct unnest(event_subclass)) end end)",
  target_subclass: "unnest(case coalesce(cardinality(target_subclass), 0) when 1 then target_subclass when 0 then '{null}' else case when cardinality(target_subclass) = 2 and (target_subclass)[1] <> (target_subclass)[2] then target_subclass else array(select distinct unnest(target_subclass)) end end)",
  impact: "impact",
  source_resolved_asn: "unnest(case coalesce(cardinality(source_resolved_asn), 0) when 1 then source_resolved_asn when 0 then '{null}' else case when cardinality(source_resolved_asn) = 2 and (source_resolved_asn)[1] <> (source_resolved_asn)[2] then source_resolved_asn else array(select distinct unnest(source_resolved_asn)) end end)",
  source_resolved_country: "unnest(case coalesce(cardinality(source_resolved_country), 0) when 1 then source_resolved_country when 0 then '{null}' else case when cardinality(source_resolved_country) = 2 and (source_resolved_country)[1] <> (source_resolved_country)[2] then source_resolved_country else array(select distinct unnest(source_resolved_country)) end end)",
  target_resolved_asn: "unnest(case coalesce(cardinality(target_resolved_asn), 0) when 1 then target_resolved_asn when 0 then '{null}' else case when cardinality(target_resolved_asn) = 2 and (target_resolved_asn)[1] <> (target_resolved_asn)[2] then target_resolved_asn else array(select distinct unnest(target_resolved_asn)) end end)",
  target_resolved_country: "unnest(case coalesce(cardinality(target_resolved_country), 0) when 1 then target_resolved_country when 0 then '{null}' else case when cardinality(target_resolved_country) = 2 and (target_resolved_country)[1] <> (target_resolved_country)[2] then target_resolved_country else array(select distinct unnest(target_resolved_country)) end end)",
  "attach.hash": "unnest(case coalesce(cardinality(attach_hash), 0) when 1 then attach_hash when 0 then '{null}' else case when cardinality(attach_hash) = 2 and (attach_hash)[1] <> (attach_hash)[2] then attach_hash else array(select distinct unnest(attach_hash)) end end)",
  "attach.filename": "unnest(case coalesce(cardinality(attach_filename), 0) when 1 then attach_filename when 0 then '{null}' else case when cardinality(attach_filename) = 2 and (attach_filename)[1] <> (attach_filename)[2] then attach_filename else array(select distinct unnest(attach_filename)) end end)",
  "attach.type": "unnest(case coalesce(cardinality(attach_type), 0) when 1 then attach_type when 0 then '{null}' else case when cardinality(attach_type) = 2 and (attach_type)[1] <> (attach_type)[2] then attach_type else array(select distinct unnest(attach_type)) end end)",
  "attach.content_type": "unnest(case coalesce(cardinality(attach_content_type), 0) when 1 then attach_content_type when 0 then '{null}' else case when cardinality(attach_content_type) = 2 and (attach_content_type)[1] <> (attach_content_type)[2] then attach_content_type else array(select distinct unnest(attach_content_type)) end end)",
  "attach.size": "unnest(case coalesce(cardinality(attach_size), 0) when 1 then attach_size when 0 then '{null}' else case when cardinality(attach_size) = 2 and (attach_size)[1] <> (attach_size)[2] then attach_size else array(select distinct unnest(attach_size)) end end)",
  "attach.ref": "unnest(case coalesce(cardinality(attach_ref), 0) when 1 then attach_ref when 0 then '{null}' else case when cardinality(attach_ref) = 2 and (attach_ref)[1] <> (attach_ref)[2] then attach_ref else array(select distinct unnest(attach_ref)) end end)",
  "attach.note": "unnest(case coalesce(cardinality(attach_note), 0) when 1 then attach_note when 0 then '{null}' else case when cardinality(attach_note) = 2 and (attach_note)[1] <> (attach_note)[2] then attach_note else array(select distinct unnest(attach_note)) end end)",
};

const fieldColumns: Readonly<Record<string, string>> = {
  id: "id",
  detect_time: "detect_time",
  storage_time: "storage_time",
  create_time: "create_time",
  event_time: "event_time",
  cease_time: "cease_time",
  win_start_time: "win_start_time",
  win_end_time: "win_end_time",
  category: "category",
  description: "description",
  note: "note",
  confidence: "confidence",
  conn_count: "conn_count",
  flow_count: "flow_count",
  packet_count: "packet_count",
  byte_count: "byte_count",
  alt_name: "alt_name",
  correl_id: "correl_id",
  aggr_id: "aggr_id",
  pred_id: "pred_id",
  rel_id: "rel_id",
  ref: "ref",
  tlp: "tlp",
  "source.ip": "source_ip",
  "source.port": "source_port",
  "source.type": "source_type",
  "source.protocol": "source_protocol",
  "source.hostname": "source_hostname",
  "source.url": "source_url",
  "source.mac": "source_mac",
  "source.email": "source_email",
  "source.asn": "source_asn",
  "source.netname": "source_netname",
  "source.router": "source_router",
  "source.spoofed": "source_spoofed",
  "source.imprecise": "source_imprecise",
  "source.anonymised": "source_anonymised",
  "source.note": "source_note",
  "target.ip": "target_ip",
  "target.port": "target_port",
  "target.type": "target_type",
  "target.protocol": "target_protocol",
  "target.hostname": "target_hostname",
  "target.url": "target_url",
  "target.mac": "target_mac",
  "target.email": "target_email",
  "target.asn": "target_asn",
  "target.netname": "target_netname",
  "target.router": "target_router",
  "target.spoofed": "target_spoofed",
  "target.imprecise": "target_imprecise",
  "target.anonymised": "target_anonymised",
  "target.note": "target_note",
  "host.ip": "source_ip, target_ip",
  "host.port": "source_port, target_port",
  "host.type": "source_type, target_type",
  "host.protocol": "source_protocol, target_protocol",
  "host.hostname": "source_hostname, target_hostname",
  "host.url": "source_url, target_url",
  "host.mac": "source_mac, target_mac",
  "host.email": "source_email, target_email",
  "host.asn": "source_asn, target_asn",
  "host.netname": "source_netname, target_netname",
  "host.router": "source_router, target_router",
  "host.spoofed": "source_spoofed, target_spoofed",
  "host.imprecise": "source_imprecise, target_imprecise",
  "host.anonymised": "source_anonymised, target_anonymised",
  "host.note": "source_note, target_note",
  protocol: "source_protocol, target_protocol",
  text: "description, note, node_name, source_hostname, target_hostname",
  "node.name": "node_name",
  "node.type": "node_type",
  "node.software": "node_software",
  "node.aggr_win": "node_aggr_win",
  severity: "severity",
  event_class: "event_class",
  abuse_group: "abuse_group",
  inspection_error: "inspection_error",
  target_severity: "target_severity",
  target_class: "target_class",
  target_group: "target_group",
  shadow_reporting: "shadow_reporting",
  shadow_reporting_target: "shadow_reporting_target",
  event_subclass: "event_subclass",
  target_subclass: "target_subclass",
  impact: "impact",
  source_resolved_asn: "source_resolved_asn",
  source_resolved_country: "source_resolved_country",
  target_resolved_asn: "target_resolved_asn",
  target_resolved_country: "target_resolved_country",
  "attach.hash": "attach_hash",
  "attach.filename": "attach_filename",
  "attach.type": "attach_type",
  "attach.content_type": "attach_content_type",
  "attach.size": "attach_size",
  "attach.ref": "attach_ref",
  "attach.note": "attach_note",
};

const totals: Readonly<Record<string, string>> = {
  counted: "sum(n) over ()",
  left: "0::numeric",
};

const columns: Readonly<Record<string, string>> = {
  id: "id",
  detect_time: "detect_time",
  storage_time: "storage_time",
  create_time: "create_time",
  event_time: "event_time",
  cease_time: "cease_time",
  win_start_time: "win_start_time",
  win_end_time: "win_end_time",
  category: "category",
  description: "description",
  note: "note",
  confidence: "confidence",
  conn_count: "conn_count",
  flow_count: "flow_count",
  packet_count: "packet_count",
  byte_count: "byte_count",
  alt_name: "alt_name",
  correl_id: "correl_id",
  aggr_id: "aggr_id",
  pred_id: "pred_id",
  rel_id: "rel_id",
  ref: "ref",
  tlp: "tlp",
  source_ip: "source_ip",
  source_port: "source_port",
  source_type: "source_type",
  source_protocol: "source_protocol",
  source_hostname: "source_hostname",
  source_url: "source_url",
  source_mac: "source_mac",
  source_email: "source_email",
  source_asn: "source_asn",
  source_netname: "source_netname",
  source_router: "source_router",
  source_spoofed: "source_spoofed",
  source_imprecise: "source_imprecise",
  source_anonymised: "source_anonymised",
  source_note: "source_note",
  target_ip: "target_ip",
  target_port: "target_port",
  target_type: "target_type",
  target_protocol: "target_protocol",
  target_hostname: "target_hostname",
  target_url: "target_url",
  target_mac: "target_mac",
  target_email: "target_email",
  target_asn: "target_asn",
  target_netname: "target_netname",
  target_router: "target_router",
  target_spoofed: "target_spoofed",
  target_imprecise: "target_imprecise",
  target_anonymised: "target_anonymised",
  target_note: "target_note",
  node_name: "node_name",
  node_type: "node_type",
  node_software: "node_software",
  node_aggr_win: "node_aggr_win",
  severity: "severity",
  event_class: "event_class",
  abuse_group: "abuse_group",
  inspection_error: "inspection_error",
  target_severity: "target_severity",
  target_class: "target_class",
  target_group: "target_group",
  shadow_reporting: "shadow_reporting",
  shadow_reporting_target: "shadow_reporting_target",
  event_subclass: "event_subclass",
  target_subclass: "target_subclass",
  impact: "impact",
  source_resolved_asn: "source_resolved_asn",
  source_resolved_country: "source_resolved_country",
  target_resolved_asn: "target_resolved_asn",
  target_resolved_country: "target_resolved_country",
  attach_hash: "attach_hash",
  attach_filename: "attach_filename",
  attach_type: "attach_type",
  attach_content_type: "attach_content_type",
  attach_size: "attach_size",
  attach_ref: "attach_ref",
  attach_note: "attach_note",
};

const fieldItems: Readonly<Record<string, string>> = {
  id: "(values (e.id))",
  detect_time: "(values (e.detect_time))",
  storage_time: "(values (e.storage_time))",
  create_time: "(values (e.create_time))",
  event_time: "(values (e.event_time))",
  cease_time: "(values (e.cease_time))",
  win_start_time: "(values (e.win_start_time))",
  win_end_time: "(values (e.win_end_time))",
  category: "unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end)",
  description: "(values (e.description))",
  note: "(values (e.note))",
  confidence: "(values (e.confidence))",
  conn_count: "(values (e.conn_count))",
  flow_count: "(values (e.flow_count))",
  packet_count: "(values (e.packet_count))",
  byte_count: "(values (e.byte_count))",
  alt_name: "unnest(case when cardinality(e.alt_name) < 2 or cardinality(e.alt_name) = 2 and (e.alt_name)[1] <> (e.alt_name)[2] then e.alt_name else array(select distinct unnest(e.alt_name)) end)",
  correl_id: "unnest(case when cardinality(e.correl_id) < 2 or cardinality(e.correl_id) = 2 and (e.correl_id)[1] <> (e.correl_id)[2] then e.correl_id else array(select distinct unnest(e.correl_id)) end)",
  aggr_id: "unnest(case when cardinality(e.aggr_id) < 2 or cardinality(e.aggr_id) = 2 and (e.aggr_id)[1] <> (e.aggr_id)[2] then e.aggr_id else array(select distinct unnest(e.aggr_id)) end)",
  pred_id: "unnest(case when cardinality(e.pred_id) < 2 or cardinality(e.pred_id) = 2 and (e.pred_id)[1] <> (e.pred_id)[2] then e.pred_id else array(select distinct unnest(e.pred_id)) end)",
  rel_id: "unnest(case when cardinality(e.rel_id) < 2 or cardinality(e.rel_id) = 2 and (e.rel_id)[1] <> (e.rel_id)[2] then e.rel_id else array(select distinct unnest(e.rel_id)) end)",
  ref: "unnest(case when cardinality(e.ref) < 2 or cardinality(e.ref) = 2 and (e.ref)[1] <> (e.ref)[2] then e.ref else array(select distinct unnest(e.ref)) end)",
  tlp: "(values (e.tlp))",
  "source.ip": "unnest(case when cardinality(e.source_ip) < 2 or cardinality(e.source_ip) = 2 and (e.source_ip)[1] <> (e.source_ip)[2] then e.source_ip else array(select distinct unnest(e.source_ip)) end)",
  "source.port": "unnest(case when cardinality(e.source_port) < 2 or cardinality(e.source_port) = 2 and (e.source_port)[1] <> (e.source_port)[2] then e.source_port else array(select distinct unnest(e.source_port)) end)",
  "source.type": "unnest(case when cardinality(e.source_type) < 2 or cardinality(e.source_type) = 2 and (e.source_type)[1] <> (e.source_type)[2] then e.source_type else array(select distinct unnest(e.source_type)) end)",
  "source.protocol": "unnest(case when cardinality(e.source_protocol) < 2 or cardinality(e.source_protocol) = 2 and (e.source_protocol)[1] <> (e.source_protocol)[2] then e.source_protocol else array(select distinct unnest(e.source_protocol)) end)",
  "source.hostname": "unnest(case when cardinality(e.source_hostname) < 2 or cardinality(e.source_hostname) = 2 and (e.source_hostname)[1] <> (e.source_hostname)[2] then e.source_hostname else array(select distinct unnest(e.source_hostname)) end)",
  "source.url": "unnest(case when cardinality(e.source_url) < 2 or cardinality(e.source_url) = 2 and (e.source_url)[1] <> (e.source_url)[2] then e.source_url else array(select distinct unnest(e.source_url)) end)",
  "source.mac": "unnest(case when cardinality(e.source_mac) < 2 or cardinality(e.source_mac) = 2 and (e.source_mac)[1] <> (e.source_mac)[2] then e.source_mac else array(select distinct unnest(e.source_mac)) end)",
  "source.email": "unnest(case when cardinality(e.source_email) < 2 or cardinality(e.source_email) = 2 and (e.source_email)[1] <> (e.source_email)[2] then e.source_email else array(select distinct unnest(e.source_email)) end)",
  "source.asn": "unnest(case when cardinality(e.source_asn) < 2 or cardinality(e.source_asn) = 2 and (e.source_asn)[1] <> (e.source_asn)[2] then e.source_asn else array(select distinct unnest(e.source_asn)) end)",
  "source.netname": "unnest(case when cardinality(e.source_netname) < 2 or cardinality(e.source_netname) = 2 and (e.source_netname)[1] <> (e.source_netname)[2] then e.source_netname else array(select distinct unnest(e.source_netname)) end)",
  "source.router": "unnest(case when cardinality(e.source_router) < 2 or cardinality(e.source_router) = 2 and (e.source_router)[1] <> (e.source_router)[2] then e.source_router else array(select distinct unnest(e.source_router)) end)",
  "source.spoofed": "unnest(case when cardinality(e.source_spoofed) < 2 or cardinality(e.source_spoofed) = 2 and (e.source_spoofed)[1] <> (e.source_spoofed)[2] then e.source_spoofed else array(select distinct unnest(e.source_spoofed)) end)",
  "source.imprecise": "unnest(case when cardinality(e.source_imprecise) < 2 or cardinality(e.source_imprecise) = 2 and (e.source_imprecise)[1] <> (e.source_imprecise)[2] then e.source_imprecise else array(select distinct unnest(e.source_imprecise)) end)",
  "source.anonymised": "unnest(case when cardinality(e.source_anonymised) < 2 or cardinality(e.source_anonymised) = 2 and (e.source_anonymised)[1] <> (e.source_anonymised)[2] then e.source_anonymised else array(select distinct unnest(e.source_anonymised)) end)",
  "source.note": "unnest(case when cardinality(e.source_note) < 2 or cardinality(e.source_note) = 2 and (e.source_note)[1] <> (e.source_note)[2] then e.source_note else array(select distinct unnest(e.source_note)) end)",
  "target.ip": "unnest(case when cardinality(e.target_ip) < 2 or cardinality(e.target_ip) = 2 and (e.target_ip)[1] <> (e.target_ip)[2] then e.target_ip else array(select distinct unnest(e.target_ip)) end)",
  "target.port": "unnest(case when cardinality(e.target_port) < 2 or cardinality(e.target_port) = 2 and (e.target_port)[1] <> (e.target_port)[2] then e.target_port else array(select distinct unnest(e.target_port)) end)",
  "target.type": "unnest(case when cardinality(e.target_type) < 2 or cardinality(e.target_type) = 2 and (e.target_type)[1] <> (e.target_type)[2] then e.target_type else array(select distinct unnest(e.target_type)) end)",
  "target.protocol": "unnest(case when cardinality(e.target_protocol) < 2 or cardinality(e.target_protocol) = 2 and (e.target_protocol)[1] <> (e.target_protocol)[2] then e.target_protocol else array(select distinct unnest(e.target_protocol)) end)",
  "target.hostname": "unnest(case when cardinality(e.target_hostname) < 2 or cardinality(e.target_hostname) = 2 and (e.target_hostname)[1] <> (e.target_hostname)[2] then e.target_hostname else array(select distinct unnest(e.target_hostname)) end)",
  "target.url": "unnest(case when cardinality(e.target_url) < 2 or cardinality(e.target_url) = 2 and (e.target_url)[1] <> (e.target_url)[2] then e.target_url else array(select distinct unnest(e.target_url)) end)",
  "target.mac": "unnest(case when cardinality(e.target_mac) < 2 or cardinality(e.target_mac) = 2 and (e.target_mac)[1] <> (e.target_mac)[2] then e.target_mac else array(select distinct unnest(e.target_mac)) end)",
  "target.email": "unnest(case when cardinality(e.target_email) < 2 or cardinality(e.target_email) = 2 and (e.target_email)[1] <> (e.target_email)[2] then e.target_email else array(select distinct unnest(e.target_email)) end)",
  "target.asn": "unnest(case when cardinality(e.target_asn) < 2 or cardinality(e.target_asn) = 2 and (e.target_asn)[1] <> (e.target_asn)[2] then e.target_asn else array(select distinct unnest(e.target_asn)) end)",
  "target.netname": "unnest(case when cardinality(e.target_netname) < 2 or cardinality(e.target_netname) = 2 and (e.target_netname)[1] <> (e.target_netname)[2] then e.target_netname else array(select distinct unnest(e.target_netname)) end)",
  "target.router": "unnest(case when cardinality(e.target_router) < 2 or cardinality(e.target_router) = 2 and (e.target_router)[1] <> (e.target_router)[2] then e.target_router else array(select distinct unnest(e.target_router)) end)",
  "target.spoofed": "unnest(case when cardinality(e.target_spoofed) < 2 or cardinality(e.target_spoofed) = 2 and (e.target_spoofed)[1] <> (e.target_spoofed)[2] then e.target_spoofed else array(select distinct unnest(e.target_spoofed)) end)",
  "target.imprecise": "unnest(case when cardinality(e.target_imprecise) < 2 or cardinality(e.target_imprecise) = 2 and (e.target_imprecise)[1] <> (e.target_imprecise)[2] then e.target_imprecise else array(select distinct unnest(e.target_imprecise)) end)",
  "target.anonymised": "unnest(case when cardinality(e.target_anonymised) < 2 or cardinality(e.target_anonymised) = 2 and (e.target_anonymised)[1] <> (e.target_anonymised)[2] then e.target_anonymised else array(select distinct unnest(e.target_anonymised)) end)",
  "target.note": "unnest(case when cardinality(e.target_note) < 2 or cardinality(e.target_note) = 2 and (e.target_note)[1] <> (e.target_note)[2] then e.target_note else array(select distinct unnest(e.target_note)) end)",
  "host.ip": "unnest(case when cardinality(e.source_ip || e.target_ip) < 2 or cardinality(e.source_ip || e.target_ip) = 2 and (e.source_ip || e.target_ip)[1] <> (e.source_ip || e.target_ip)[2] then e.source_ip || e.target_ip else array(select distinct unnest(e.source_ip || e.target_ip)) end)",
  "host.port": "unnest(case when cardinality(e.source_port || e.target_port) < 2 or cardinality(e.source_port || e.target_port) = 2 and (e.source_port || e.target_port)[1] <> (e.source_port || e.target_port)[2] then e.source_port || e.target_port else array(select distinct unnest(e.source_port || e.target_port)) end)",
  "host.type": "unnest(case when cardinality(e.source_type || e.target_type) < 2 or cardinality(e.source_type || e.target_type) = 2 and (e.source_type || e.target_type)[1] <> (e.source_type || e.target_type)[2] then e.source_type || e.target_type else array(select distinct unnest(e.source_type || e.target_type)) end)",
  "host.protocol": "unnest(case when cardinality(e.source_protocol || e.target_protocol) < 2 or cardinality(e.source_protocol || e.target_protocol) = 2 and (e.source_protocol || e.target_protocol)[1] <> (e.source_protocol || e.target_protocol)[2] then e.source_protocol || e.target_protocol else array(select distinct unnest(e.source_protocol || e.target_protocol)) end)",
  "host.hostname": "unnest(case when cardinality(e.source_hostname || e.target_hostname) < 2 or cardinality(e.source_hostname || e.target_hostname) = 2 and (e.source_hostname || e.target_hostname)[1] <> (e.source_hostname || e.target_hostname)[2] then e.source_hostname || e.target_hostname else array(select distinct unnest(e.source_hostname || e.target_hostname)) end)",
  "host.url": "unnest(case when cardinality(e.source_url || e.target_url) < 2 or cardinality(e.source_url || e.target_url) = 2 and (e.source_url || e.target_url)[1] <> (e.source_url || e.target_url)[2] then e.source_url || e.target_url else array(select distinct unnest(e.source_url || e.target_url)) end)",
  "host.mac": "unnest(case when cardinality(e.source_mac || e.target_mac) < 2 or cardinality(e.source_mac || e.target_mac) = 2 and (e.source_mac || e.target_mac)[1] <> (e.source_mac || e.target_mac)[2] then e.source_mac || e.target_mac else array(select distinct unnest(e.source_mac || e.target_mac)) end)",
  "host.email": "unnest(case when cardinality(e.source_email || e.target_email) < 2 or cardinality(e.source_email || e.target_email) = 2 and (e.source_email || e.target_email)[1] <> (e.source_email || e.target_email)[2] then e.source_email || e.target_email else array(select distinct unnest(e.source_email || e.target_email)) end)",
  "host.asn": "unnest(case when cardinality(e.source_asn || e.target_asn) < 2 or cardinality(e.source_asn || e.target_asn) = 2 and (e.source_asn || e.target_asn)[1] <> (e.source_asn || e.target_asn)[2] then e.source_asn || e.target_asn else array(select distinct unnest(e.source_asn || e.target_asn)) end)",
  "host.netname": "unnest(case when cardinality(e.source_netname || e.target_netname) < 2 or cardinality(e.source_netname || e.target_netname) = 2 and (e.source_netname || e.target_netname)[1] <> (e.source_netname || e.target_netname)[2] then e.source_netname || e.target_netname else array(select distinct unnest(e.source_netname || e.target_netname)) end)",
  "host.router": "unnest(case when cardinality(e.source_router || e.target_router) < 2 or cardinality(e.source_router || e.target_router) = 2 and (e.source_router || e.target_router)[1] <> (e.source_router || e.target_router)[2] then e.source_router || e.target_router else array(select distinct unnest(e.source_router || e.target_router)) end)",
  "host.spoofed": "unnest(case when cardinality(e.source_spoofed || e.target_spoofed) < 2 or cardinality(e.source_spoofed || e.target_spoofed) = 2 and (e.source_spoofed || e.target_spoofed)[1] <> (e.source_spoofed || e.target_spoofed)[2] then e.source_spoofed || e.target_spoofed else array(select distinct unnest(e.source_spoofed || e.target_spoofed)) end)",
  "host.imprecise": "unnest(case when cardinality(e.source_imprecise || e.target_imprecise) < 2 or cardinality(e.source_imprecise || e.target_imprecise) = 2 and (e.source_imprecise || e.target_imprecise)[1] <> (e.source_imprecise || e.target_imprecise)[2] then e.source_imprecise || e.target_imprecise else array(select distinct unnest(e.source_imprecise || e.target_imprecise)) end)",
  "host.anonymised": "unnest(case when cardinality(e.source_anonymised || e.target_anonymised) < 2 or cardinality(e.source_anonymised || e.target_anonymised) = 2 and (e.source_anonymised || e.target_anonymised)[1] <> (e.source_anonymised || e.target_anonymised)[2] then e.source_anonymised || e.target_anonymised else array(select distinct unnest(e.source_anonymised || e.target_anonymised)) end)",
  "host.note": "unnest(case when cardinality(e.source_note || e.target_note) < 2 or cardinality(e.source_note || e.target_note) = 2 and (e.source_note || e.target_note)[1] <> (e.source_note || e.target_note)[2] then e.source_note || e.target_note else array(select distinct unnest(e.source_note || e.target_note)) end)",
  protocol: "unnest(case when cardinality(e.source_protocol || e.target_protocol) < 2 or cardinality(e.source_protocol || e.target_protocol) = 2 and (e.source_protocol || e.target_protocol)[1] <> (e.source_protocol || e.target_protocol)[2] then e.source_protocol || e.target_protocol else array(select distinct unnest(e.source_protocol || e.target_protocol)) end)",
  text: "unnest(case when cardinality(array_remove(array[e.description], null) || array_remove(array[e.note], null) || e.node_name || e.source_hostname || e.target_hostname) < 2 or cardinality(array_remove(array[e.description], null) || array_remove(array[e.note], null) || e.node_name || e.source_hostname || e.target_hostname) = 2 and (array_remove(array[e.description], null) || array_remove(array[e.note], null) || e.node_name || e.source_hostname || e.target_hostname)[1] <> (array_remove(array[e.description], null) || array_remove(array[e.note], null) || e.node_name || e.source_hostname || e.target_hostname)[2] then array_remove(array[e.description], null) || array_remove(array[e.note], null) || e.node_name || e.source_hostname || e.target_hostname else array(select distinct unnest(array_remove(array[e.description], null) || array_remove(array[e.note], null) || e.node_name || e.source_hostname || e.target_hostname)) end)",
  "node.name": "unnest(case when cardinality(e.node_name) < 2 or cardinality(e.node_name) = 2 and (e.node_name)[1] <> (e.node_name)[2] then e.node_name else array(select distinct unnest(e.node_name)) end)",
  "node.type": "unnest(case when cardinality(e.node_type) < 2 or cardinality(e.node_type) = 2 and (e.node_type)[1] <> (e.node_type)[2] then e.node_type else array(select distinct unnest(e.node_type)) end)",
  "node.software": "unnest(case when cardinality(e.node_software) < 2 or cardinality(e.node_software) = 2 and (e.node_software)[1] <> (e.node_software)[2] then e.node_software else array(select distinct unnest(e.node_software)) end)",
  "node.aggr_win": "unnest(case when cardinality(e.node_aggr_win) < 2 or cardinality(e.node_aggr_win) = 2 and (e.node_aggr_win)[1] <> (e.node_aggr_win)[2] then e.node_aggr_win else array(select distinct unnest(e.node_aggr_win)) end)",
  severity: "(values (e.severity))",
  event_class: "(values (e.event_class))",
  abuse_group: "unnest(case when cardinality(e.abuse_group) < 2 or cardinality(e.abuse_group) = 2 and (e.abuse_group)[1] <> (e.abuse_group)[2] then e.abuse_group else array(select distinct unnest(e.abuse_group)) end)",
  inspection_error: "unnest(case when cardinality(e.inspection_error) < 2 or cardinality(e.inspection_error) = 2 and (e.inspection_error)[1] <> (e.inspection_error)[2] then e.inspection_error else array(select distinct unnest(e.inspection_error)) end)",
  target_severity: "(values (e.target_severity))",
  target_class: "(values (e.target_class))",
  target_group: "unnest(case when cardinality(e.target_group) < 2 or cardinality(e.target_group) = 2 and (e.target_group)[1] <> (e.target_group)[2] then e.target_group else array(select distinct unnest(e.target_group)) end)",
  shadow_reporting: "(values (e.shadow_reporting))",
  shadow_reporting_target: "(values (e.shadow_reporting_target))",
  event_subclass: "unnest(case when cardinality(e.event_subclass) < 2 or cardinality(e.event_subclass) = 2 and (e.event_subclass)[1] <> (e.event_subclass)[2] then e.event_subclass else array(select distinct unnest(e.event_subclass)) end)",
  target_subclass: "unnest(case when cardinality(e.target_subclass) < 2 or cardinality(e.target_subclass) = 2 and (e.target_subclass)[1] <> (e.target_subclass)[2] then e.target_subclass else array(select distinct unnest(e.target_subclass)) end)",
  impact: "(values (e.impact))",
  source_resolved_asn: "unnest(case when cardinality(e.source_resolved_asn) < 2 or cardinality(e.source_resolved_asn) = 2 and (e.source_resolved_asn)[1] <> (e.source_resolved_asn)[2] then e.source_resolved_asn else array(select distinct unnest(e.source_resolved_asn)) end)",
  source_resolved_country: "unnest(case when cardinality(e.source_resolved_country) < 2 or cardinality(e.source_resolved_country) = 2 and (e.source_resolved_country)[1] <> (e.source_resolved_country)[2] then e.source_resolved_country else array(select distinct unnest(e.source_resolved_country)) end)",
  target_resolved_asn: "unnest(case when cardinality(e.target_resolved_asn) < 2 or cardinality(e.target_resolved_asn) = 2 and (e.target_resolved_asn)[1] <> (e.target_resolved_asn)[2] then e.target_resolved_asn else array(select distinct unnest(e.target_resolved_asn)) end)",
  target_resolved_country: "unnest(case when cardinality(e.target_resolved_country) < 2 or cardinality(e.target_resolved_country) = 2 and (e.target_resolved_country)[1] <> (e.target_resolved_country)[2] then e.target_resolved_country else array(select distinct unnest(e.target_resolved_country)) end)",
  "attach.hash": "unnest(case when cardinality(e.attach_hash) < 2 or cardinality(e.attach_hash) = 2 and (e.attach_hash)[1] <> (e.attach_hash)[2] then e.attach_hash else array(select distinct unnest(e.attach_hash)) end)",
  "attach.filename": "unnest(case when cardinality(e.attach_filename) < 2 or cardinality(e.attach_filename) = 2 and (e.attach_filename)[1] <> (e.attach_filename)[2] then e.attach_filename else array(select distinct unnest(e.attach_filename)) end)",
  "attach.type": "unnest(case when cardinality(e.attach_type) < 2 or cardinality(e.attach_type) = 2 and (e.attach_type)[1] <> (e.attach_type)[2] then e.attach_type else array(select distinct unnest(e.attach_type)) end)",
  "attach.content_type": "unnest(case when cardinality(e.attach_content_type) < 2 or cardinality(e.attach_content_type) = 2 and (e.attach_content_type)[1] <> (e.attach_content_type)[2] then e.attach_content_type else array(select distinct unnest(e.attach_content_type)) end)",
  "attach.size": "unnest(case when cardinality(e.attach_size) < 2 or cardinality(e.attach_size) = 2 and (e.attach_size)[1] <> (e.attach_size)[2] then e.attach_size else array(select distinct unnest(e.attach_size)) end)",
  "attach.ref": "unnest(case when cardinality(e.attach_ref) < 2 or cardinality(e.attach_ref) = 2 and (e.attach_ref)[1] <> (e.attach_ref)[2] then e.attach_ref else array(select distinct unnest(e.attach_ref)) end)",
  "attach.note": "unnest(case when cardinality(e.attach_note) < 2 or cardinality(e.attach_note) = 2 and (e.attach_note)[1] <> (e.attach_note)[2] then e.attach_note else array(select distinct unnest(e.attach_note)) end)",
};

const orderedValues: Readonly<Record<string, string>> = {
  id: "v::text",
  detect_time: "v::timestamptz",
  storage_time: "v::timestamptz",
  create_time: "v::timestamptz",
  event_time: "v::timestamptz",
  cease_time: "v::timestamptz",
  win_start_time: "v::timestamptz",
  win_end_time: "v::timestamptz",
  category: "v::text",
  description: "v::text",
  note: "v::text",
  confidence: "v::double precision",
  conn_count: "v::numeric",
  flow_count: "v::numeric",
  packet_count: "v::numeric",
  byte_count: "v::numeric",
  alt_name: "v::text",
  correl_id: "v::text",
  aggr_id: "v::text",
  pred_id: "v::text",
  rel_id: "v::text",
  ref: "v::text",
  tlp: "v::text",
  "source.ip": "v::iprange",
  "source.port": "v::integer",
  "source.type": "v::text",
  "source.protocol": "v::text",
  "source.hostname": "v::text",
  "source.url": "v::text",
  "source.mac": "v::text",
  "source.email": "v::text",
  "source.asn": "v::bigint",
  "source.netname": "v::text",
  "source.router": "v::text",
  "source.spoofed": "v::boolean",
  "source.imprecise": "v::boolean",
  "source.anonymised": "v::boolean",
  "source.note": "v::text",
  "target.ip": "v::iprange",
  "target.port": "v::integer",
  "target.type": "v::text",
  "target.protocol": "v::text",
  "target.hostname": "v::text",
  "target.url": "v::text",
  "target.mac": "v::text",
  "target.email": "v::text",
  "target.asn": "v::bigint",
  "target.netname": "v::text",
  "target.router": "v::text",
  "target.spoofed": "v::boolean",
  "target.imprecise": "v::boolean",
  "target.anonymised": "v::boolean",
  "target.note": "v::text",
  "host.ip": "v::iprange",
  "host.port": "v::integer",
  "host.type": "v::text",
  "host.protocol": "v::text",
  "host.hostname": "v::text",
  "host.url": "v::text",
  "host.mac": "v::text",
  "host.email": "v::text",
  "host.asn": "v::bigint",
  "host.netname": "v::text",
  "host.router": "v::text",
  "host.spoofed": "v::boolean",
  "host.imprecise": "v::boolean",
  "host.anonymised": "v::boolean",
  "host.note": "v::text",
  protocol: "v::text",
  text: "v::text",
  "node.name": "v::text",
  "node.type": "v::text",
  "node.software": "v::text",
  "node.aggr_win": "v::interval",
  severity: "v::text",
  event_class: "v::text",
  abuse_group: "v::text",
  inspection_error: "v::text",
  target_severity: "v::text",
  target_class: "v::text",
  target_group: "v::text",
  shadow_reporting: "v::boolean",
  shadow_reporting_target: "v::boolean",
  event_subclass: "v::text",
  target_subclass: "v::text",
  impact: "v::text",
  source_resolved_asn: "v::bigint",
  source_resolved_country: "v::text",
  target_resolved_asn: "v::bigint",
  target_resolved_country: "v::text",
  "attach.hash": "v::text",
  "attach.filename": "v::text",
  "attach.type": "v::text",
  "attach.content_type": "v::text",
  "attach.size": "v::bigint",
  "attach.ref": "v::text",
  "attach.note": "v::text",
};

const typedValues: Readonly<Record<string, string>> = {
  "source.ip": "v::iprange",
  "source.port": "v::integer",
  "source.hostname": "v::text",
  "source.asn": "v::bigint",
  "target.ip": "v::iprange",
  "target.port": "v::integer",
  "target.hostname": "v::text",
  "target.asn": "v::bigint",
};

const combinedDimensions: Readonly<Record<string, string>> = {
  category: "'combined if5XsNLN category '",
  "source.type": "'combined if5XsNLN source.type '",
  "source.protocol": "'combined if5XsNLN source.protocol '",
  "target.type": "'combined if5XsNLN target.type '",
  "target.protocol": "'combined if5XsNLN target.protocol '",
  "node.name": "'combined if5XsNLN node.name '",
  "node.type": "'combined if5XsNLN node.type '",
  severity: "'combined if5XsNLN severity '",
  event_class: "'combined if5XsNLN event_class '",
  abuse_group: "'combined if5XsNLN abuse_group '",
  "source.ip": "'combined if5XsNLN source.ip '",
  "source.port": "'combined if5XsNLN source.port '",
  "source.hostname": "'combined if5XsNLN source.hostname '",
  "source.asn": "'combined if5XsNLN source.asn '",
  "target.ip": "'combined if5XsNLN target.ip '",
  "target.port": "'combined if5XsNLN target.port '",
  "target.hostname": "'combined if5XsNLN target.hostname '",
  "target.asn": "'combined if5XsNLN target.asn '",
};

const timeColumns: Readonly<Record<string, string>> = {
  detect_time: "detect_time",
  storage_time: "storage_time",
  create_time: "create_time",
  event_time: "event_time",
  cease_time: "cease_time",
  win_start_time: "win_start_time",
  win_end_time: "win_end_time",
};

const ageColumns: Readonly<Record<string, string>> = {
  detect_time: "detect_time",
  storage_time: "storage_time",
  create_time: "create_time",
  event_time: "event_time",
  cease_time: "cease_time",
  win_start_time: "win_start_time",
  win_end_time: "win_end_time",
};

const ages: Readonly<Record<string, string>> = {
  "eventstore_schema.applied_at": "min(applied_at), max(applied_at) from eventstore_schema",
  "events.detect_time": "min(detect_time), max(detect_time) from events",
  "events.storage_time": "min(storage_time), max(storage_time) from events",
  "events.create_time": "min(create_time), max(create_time) from events",
  "events.event_time": "min(event_time), max(event_time) from events",
  "events.cease_time": "min(cease_time), max(cease_time) from events",
  "events.win_start_time": "min(win_start_time), max(win_start_time) from events",
  "events.win_end_time": "min(win_end_time), max(win_end_time) from events",
  "event_json.detect_time": "min(detect_time), max(detect_time) from event_json",
  "event_ids.detect_time": "min(detect_time), max(detect_time) from event_ids",
  "event_hours.hour": "min(hour), max(hour) from event_hours",
  "event_rollups.hour": "min(hour), max(hour) from event_rollups",
  "event_rollup_hours.hour": "min(hour), max(hour) from event_rollup_hours",
  "event_rollup_hours.refreshed_at": "min(refreshed_at), max(refreshed_at) from event_rollup_hours",
  "event_top_days.day": "min(day), max(day) from event_top_days",
  "thresholds.thresholdtime": "min(thresholdtime), max(thresholdtime) from thresholds",
  "thresholds.relapsetime": "min(relapsetime), max(relapsetime) from thresholds",
  "thresholds.ttltime": "min(ttltime), max(ttltime) from thresholds",
  "events_thresholded.createtime": "min(createtime), max(createtime) from events_thresholded",
};

const aggregates: Readonly<Record<string, string>> = {
  min: "min",
  max: "max",
};

const orderedColumns: Readonly<Record<string, string>> = {
  id: "id",
  detect_time: "detect_time",
  storage_time: "storage_time",
  create_time: "create_time",
  event_time: "event_time",
  cease_time: "cease_time",
  win_start_time: "win_start_time",
  win_end_time: "win_end_time",
  description: "description",
  note: "note",
  confidence: "confidence",
  conn_count: "conn_count",
  flow_count: "flow_count",
  packet_count: "packet_count",
  byte_count: "byte_count",
  impact: "impact",
};

/** Stores an event unless its id is there already, be it that of a dropped day, which `insertEvents` takes again; values are in the text form of the column's type. */
export const insertEvent: Statement<InsertEventParams, InsertEventRow, "optional"> = {
  operation: "insertEvent",
  name: "es_6nu6w8TcOr8RFKIIQgy7Yizkra5",
  text: `with ids as (
  insert into event_ids as i (id, detect_time, seq)
  select $1::text, $2::timestamptz, nextval('event_seq') where not exists (select from eventstore_schema where version > 6)
  on conflict (id) do nothing
  returning id, detect_time, seq
), stored as (
  insert into events (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port,
    source_type, source_protocol, source_hostname, source_url, source_mac, source_email,
    source_asn, source_netname, source_router, source_spoofed, source_imprecise,
    source_anonymised, source_note, target_ip, target_port, target_type, target_protocol,
    target_hostname, target_url, target_mac, target_email, target_asn, target_netname,
    target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, node_aggr_win, severity, event_class, abuse_group,
    inspection_error, target_severity, target_class, target_group, shadow_reporting,
    shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn,
    source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash,
    attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    attach_count, attach_elements, ip_tokens)
  select ids.seq, $1::text, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5::timestamptz,
    $6::timestamptz, $7::timestamptz, $8::timestamptz, $9::text[], $10::text, $11::text,
    $12::double precision, $13::numeric, $14::numeric, $15::numeric, $16::numeric, $17::text[],
    $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text, $24::iprange[],
    $25::integer[], $26::text[], $27::text[], $28::text[], $29::text[], $30::text[], $31::text[],
    $32::bigint[], $33::text[], $34::text[], $35::boolean[], $36::boolean[], $37::boolean[],
    $38::text[], $39::iprange[], $40::integer[], $41::text[], $42::text[], $43::text[],
    $44::text[], $45::text[], $46::text[], $47::bigint[], $48::text[], $49::text[],
    $50::boolean[], $51::boolean[], $52::boolean[], $53::text[], $54::text[], $55::text[],
    $56::text[], $57::interval[], $58::text, $59::text, $60::text[], $61::text[], $62::text,
    $63::text, $64::text[], $65::boolean, $66::boolean, $67::text[], $68::text[], $69::text,
    $70::bigint[], $71::text[], $72::bigint[], $73::text[], $74::text[], $75::text[],
    $76::text[], $77::text[], $78::bigint[], $79::text[], $80::text[], $81::integer, $82::jsonb,
    $83::integer, $84::jsonb, $85::integer, $86::jsonb, $87::integer, $88::jsonb, $89::integer[]
  from ids
), texts as (
  insert into event_json (seq, detect_time, event)
  select ids.seq, ids.detect_time, $90::bytea from ids
), listed as (
  insert into event_words (field, value)
  select distinct field, value from (
    select 'category' as field, unnest($9::text[]) as value
    union all select 'node.name' as field, unnest($54::text[]) as value
    union all select 'abuse_group' as field, unnest($60::text[]) as value
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
    wire.writeNullable(params.altName, wire.writeText),
    wire.writeNullable(params.correlId, wire.writeText),
    wire.writeNullable(params.aggrId, wire.writeText),
    wire.writeNullable(params.predId, wire.writeText),
    wire.writeNullable(params.relId, wire.writeText),
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
    wire.writeNullable(params.sourceRouter, wire.writeText),
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
    wire.writeNullable(params.targetRouter, wire.writeText),
    wire.writeNullable(params.targetSpoofed, wire.writeText),
    wire.writeNullable(params.targetImprecise, wire.writeText),
    wire.writeNullable(params.targetAnonymised, wire.writeText),
    wire.writeNullable(params.targetNote, wire.writeText),
    wire.writeNullable(params.nodeName, wire.writeText),
    wire.writeNullable(params.nodeType, wire.writeText),
    wire.writeNullable(params.nodeSoftware, wire.writeText),
    wire.writeNullable(params.nodeAggrWin, wire.writeText),
    wire.writeNullable(params.severity, wire.writeText),
    wire.writeNullable(params.eventClass, wire.writeText),
    wire.writeNullable(params.abuseGroup, wire.writeText),
    wire.writeNullable(params.inspectionError, wire.writeText),
    wire.writeNullable(params.targetSeverity, wire.writeText),
    wire.writeNullable(params.targetClass, wire.writeText),
    wire.writeNullable(params.targetGroup, wire.writeText),
    wire.writeNullable(params.shadowReporting, wire.writeText),
    wire.writeNullable(params.shadowReportingTarget, wire.writeText),
    wire.writeNullable(params.eventSubclass, wire.writeText),
    wire.writeNullable(params.targetSubclass, wire.writeText),
    wire.writeNullable(params.impact, wire.writeText),
    wire.writeNullable(params.sourceResolvedAsn, wire.writeText),
    wire.writeNullable(params.sourceResolvedCountry, wire.writeText),
    wire.writeNullable(params.targetResolvedAsn, wire.writeText),
    wire.writeNullable(params.targetResolvedCountry, wire.writeText),
    wire.writeNullable(params.attachHash, wire.writeText),
    wire.writeNullable(params.attachFilename, wire.writeText),
    wire.writeNullable(params.attachType, wire.writeText),
    wire.writeNullable(params.attachContentType, wire.writeText),
    wire.writeNullable(params.attachSize, wire.writeText),
    wire.writeNullable(params.attachRef, wire.writeText),
    wire.writeNullable(params.attachNote, wire.writeText),
    wire.writeText(params.sourceCount),
    wire.writeNullable(params.sourceElements, wire.writeText),
    wire.writeText(params.targetCount),
    wire.writeNullable(params.targetElements, wire.writeText),
    wire.writeText(params.nodeCount),
    wire.writeNullable(params.nodeElements, wire.writeText),
    wire.writeText(params.attachCount),
    wire.writeNullable(params.attachElements, wire.writeText),
    wire.writeNullable(params.ipTokens, wire.writeText),
    wire.writeEvent(params.event),
  ],
  decode: (row) => ({ id: wire.readText(row[0]) }),
};

/** Does what `insertEvent` does for an event whose values are known to be listed. */
export const insertListedEvent: Statement<InsertListedEventParams, InsertListedEventRow, "optional"> = {
  operation: "insertEvent",
  name: "es_KRZHml3Ogf4CZjGfo7KpSnShbjQ",
  text: `with ids as (
  insert into event_ids as i (id, detect_time, seq)
  select $1::text, $2::timestamptz, nextval('event_seq') where not exists (select from eventstore_schema where version > 6)
  on conflict (id) do nothing
  returning id, detect_time, seq
), stored as (
  insert into events (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port,
    source_type, source_protocol, source_hostname, source_url, source_mac, source_email,
    source_asn, source_netname, source_router, source_spoofed, source_imprecise,
    source_anonymised, source_note, target_ip, target_port, target_type, target_protocol,
    target_hostname, target_url, target_mac, target_email, target_asn, target_netname,
    target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, node_aggr_win, severity, event_class, abuse_group,
    inspection_error, target_severity, target_class, target_group, shadow_reporting,
    shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn,
    source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash,
    attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    attach_count, attach_elements, ip_tokens)
  select ids.seq, $1::text, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5::timestamptz,
    $6::timestamptz, $7::timestamptz, $8::timestamptz, $9::text[], $10::text, $11::text,
    $12::double precision, $13::numeric, $14::numeric, $15::numeric, $16::numeric, $17::text[],
    $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text, $24::iprange[],
    $25::integer[], $26::text[], $27::text[], $28::text[], $29::text[], $30::text[], $31::text[],
    $32::bigint[], $33::text[], $34::text[], $35::boolean[], $36::boolean[], $37::boolean[],
    $38::text[], $39::iprange[], $40::integer[], $41::text[], $42::text[], $43::text[],
    $44::text[], $45::text[], $46::text[], $47::bigint[], $48::text[], $49::text[],
    $50::boolean[], $51::boolean[], $52::boolean[], $53::text[], $54::text[], $55::text[],
    $56::text[], $57::interval[], $58::text, $59::text, $60::text[], $61::text[], $62::text,
    $63::text, $64::text[], $65::boolean, $66::boolean, $67::text[], $68::text[], $69::text,
    $70::bigint[], $71::text[], $72::bigint[], $73::text[], $74::text[], $75::text[],
    $76::text[], $77::text[], $78::bigint[], $79::text[], $80::text[], $81::integer, $82::jsonb,
    $83::integer, $84::jsonb, $85::integer, $86::jsonb, $87::integer, $88::jsonb, $89::integer[]
  from ids
), texts as (
  insert into event_json (seq, detect_time, event)
  select ids.seq, ids.detect_time, $90::bytea from ids
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
    wire.writeNullable(params.altName, wire.writeText),
    wire.writeNullable(params.correlId, wire.writeText),
    wire.writeNullable(params.aggrId, wire.writeText),
    wire.writeNullable(params.predId, wire.writeText),
    wire.writeNullable(params.relId, wire.writeText),
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
    wire.writeNullable(params.sourceRouter, wire.writeText),
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
    wire.writeNullable(params.targetRouter, wire.writeText),
    wire.writeNullable(params.targetSpoofed, wire.writeText),
    wire.writeNullable(params.targetImprecise, wire.writeText),
    wire.writeNullable(params.targetAnonymised, wire.writeText),
    wire.writeNullable(params.targetNote, wire.writeText),
    wire.writeNullable(params.nodeName, wire.writeText),
    wire.writeNullable(params.nodeType, wire.writeText),
    wire.writeNullable(params.nodeSoftware, wire.writeText),
    wire.writeNullable(params.nodeAggrWin, wire.writeText),
    wire.writeNullable(params.severity, wire.writeText),
    wire.writeNullable(params.eventClass, wire.writeText),
    wire.writeNullable(params.abuseGroup, wire.writeText),
    wire.writeNullable(params.inspectionError, wire.writeText),
    wire.writeNullable(params.targetSeverity, wire.writeText),
    wire.writeNullable(params.targetClass, wire.writeText),
    wire.writeNullable(params.targetGroup, wire.writeText),
    wire.writeNullable(params.shadowReporting, wire.writeText),
    wire.writeNullable(params.shadowReportingTarget, wire.writeText),
    wire.writeNullable(params.eventSubclass, wire.writeText),
    wire.writeNullable(params.targetSubclass, wire.writeText),
    wire.writeNullable(params.impact, wire.writeText),
    wire.writeNullable(params.sourceResolvedAsn, wire.writeText),
    wire.writeNullable(params.sourceResolvedCountry, wire.writeText),
    wire.writeNullable(params.targetResolvedAsn, wire.writeText),
    wire.writeNullable(params.targetResolvedCountry, wire.writeText),
    wire.writeNullable(params.attachHash, wire.writeText),
    wire.writeNullable(params.attachFilename, wire.writeText),
    wire.writeNullable(params.attachType, wire.writeText),
    wire.writeNullable(params.attachContentType, wire.writeText),
    wire.writeNullable(params.attachSize, wire.writeText),
    wire.writeNullable(params.attachRef, wire.writeText),
    wire.writeNullable(params.attachNote, wire.writeText),
    wire.writeText(params.sourceCount),
    wire.writeNullable(params.sourceElements, wire.writeText),
    wire.writeText(params.targetCount),
    wire.writeNullable(params.targetElements, wire.writeText),
    wire.writeText(params.nodeCount),
    wire.writeNullable(params.nodeElements, wire.writeText),
    wire.writeText(params.attachCount),
    wire.writeNullable(params.attachElements, wire.writeText),
    wire.writeNullable(params.ipTokens, wire.writeText),
    wire.writeEvent(params.event),
  ],
  decode: (row) => ({ id: wire.readText(row[0]) }),
};

/** Stores events that are not there yet, one element of each array an event, in the text form of the column's type; ids must differ within one call. */
export const insertEvents: Statement<InsertEventsParams, InsertEventsRow, "many"> = {
  operation: "insertEvents",
  name: "es_oLB6ZVRah3bpLNPO64boVMOvgXq",
  text: `with input as (
  select id::text, detect_time::timestamptz, storage_time::timestamptz, create_time::timestamptz,
    event_time::timestamptz, cease_time::timestamptz, win_start_time::timestamptz,
    win_end_time::timestamptz, category::text[], description::text, note::text,
    confidence::double precision, conn_count::numeric, flow_count::numeric,
    packet_count::numeric, byte_count::numeric, alt_name::text[], correl_id::text[],
    aggr_id::text[], pred_id::text[], rel_id::text[], ref::text[], tlp::text,
    source_ip::iprange[], source_port::integer[], source_type::text[], source_protocol::text[],
    source_hostname::text[], source_url::text[], source_mac::text[], source_email::text[],
    source_asn::bigint[], source_netname::text[], source_router::text[],
    source_spoofed::boolean[], source_imprecise::boolean[], source_anonymised::boolean[],
    source_note::text[], target_ip::iprange[], target_port::integer[], target_type::text[],
    target_protocol::text[], target_hostname::text[], target_url::text[], target_mac::text[],
    target_email::text[], target_asn::bigint[], target_netname::text[], target_router::text[],
    target_spoofed::boolean[], target_imprecise::boolean[], target_anonymised::boolean[],
    target_note::text[], node_name::text[], node_type::text[], node_software::text[],
    node_aggr_win::interval[], severity::text, event_class::text, abuse_group::text[],
    inspection_error::text[], target_severity::text, target_class::text, target_group::text[],
    shadow_reporting::boolean, shadow_reporting_target::boolean, event_subclass::text[],
    target_subclass::text[], impact::text, source_resolved_asn::bigint[],
    source_resolved_country::text[], target_resolved_asn::bigint[],
    target_resolved_country::text[], attach_hash::text[], attach_filename::text[],
    attach_type::text[], attach_content_type::text[], attach_size::bigint[], attach_ref::text[],
    attach_note::text[], source_count::integer, source_elements::jsonb, target_count::integer,
    target_elements::jsonb, node_count::integer, node_elements::jsonb, attach_count::integer,
    attach_elements::jsonb, ip_tokens::integer[], event
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],
    $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[],
    $29::text[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::text[],
    $36::text[], $37::text[], $38::text[], $39::text[], $40::text[], $41::text[], $42::text[],
    $43::text[], $44::text[], $45::text[], $46::text[], $47::text[], $48::text[], $49::text[],
    $50::text[], $51::text[], $52::text[], $53::text[], $54::text[], $55::text[], $56::text[],
    $57::text[], $58::text[], $59::text[], $60::text[], $61::text[], $62::text[], $63::text[],
    $64::text[], $65::text[], $66::text[], $67::text[], $68::text[], $69::text[], $70::text[],
    $71::text[], $72::text[], $73::text[], $74::text[], $75::text[], $76::text[], $77::text[],
    $78::text[], $79::text[], $80::text[], $81::text[], $82::text[], $83::text[], $84::text[],
    $85::text[], $86::text[], $87::text[], $88::text[], $89::text[], $90::bytea[])
  as given (id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port,
    source_type, source_protocol, source_hostname, source_url, source_mac, source_email,
    source_asn, source_netname, source_router, source_spoofed, source_imprecise,
    source_anonymised, source_note, target_ip, target_port, target_type, target_protocol,
    target_hostname, target_url, target_mac, target_email, target_asn, target_netname,
    target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, node_aggr_win, severity, event_class, abuse_group,
    inspection_error, target_severity, target_class, target_group, shadow_reporting,
    shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn,
    source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash,
    attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    attach_count, attach_elements, ip_tokens, event)
), ids as (
  insert into event_ids as i (id, detect_time, seq)
  select id, detect_time, nextval('event_seq') from input where not exists (select from eventstore_schema where version > 6)
  on conflict (id) do update set detect_time = excluded.detect_time, seq = excluded.seq
  where (select seen.seq from event_ids seen where seen.id = i.id) = i.seq
    and (select j.seq from event_json j where j.seq = i.seq and j.detect_time = i.detect_time) is null
  returning id, detect_time, seq
), stored as (
  insert into events (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port,
    source_type, source_protocol, source_hostname, source_url, source_mac, source_email,
    source_asn, source_netname, source_router, source_spoofed, source_imprecise,
    source_anonymised, source_note, target_ip, target_port, target_type, target_protocol,
    target_hostname, target_url, target_mac, target_email, target_asn, target_netname,
    target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, node_aggr_win, severity, event_class, abuse_group,
    inspection_error, target_severity, target_class, target_group, shadow_reporting,
    shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn,
    source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash,
    attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    attach_count, attach_elements, ip_tokens)
  select ids.seq, input.id, input.detect_time, input.storage_time, input.create_time,
    input.event_time, input.cease_time, input.win_start_time, input.win_end_time, input.category,
    input.description, input.note, input.confidence, input.conn_count, input.flow_count,
    input.packet_count, input.byte_count, input.alt_name, input.correl_id, input.aggr_id,
    input.pred_id, input.rel_id, input.ref, input.tlp, input.source_ip, input.source_port,
    input.source_type, input.source_protocol, input.source_hostname, input.source_url,
    input.source_mac, input.source_email, input.source_asn, input.source_netname,
    input.source_router, input.source_spoofed, input.source_imprecise, input.source_anonymised,
    input.source_note, input.target_ip, input.target_port, input.target_type,
    input.target_protocol, input.target_hostname, input.target_url, input.target_mac,
    input.target_email, input.target_asn, input.target_netname, input.target_router,
    input.target_spoofed, input.target_imprecise, input.target_anonymised, input.target_note,
    input.node_name, input.node_type, input.node_software, input.node_aggr_win, input.severity,
    input.event_class, input.abuse_group, input.inspection_error, input.target_severity,
    input.target_class, input.target_group, input.shadow_reporting,
    input.shadow_reporting_target, input.event_subclass, input.target_subclass, input.impact,
    input.source_resolved_asn, input.source_resolved_country, input.target_resolved_asn,
    input.target_resolved_country, input.attach_hash, input.attach_filename, input.attach_type,
    input.attach_content_type, input.attach_size, input.attach_ref, input.attach_note,
    input.source_count, input.source_elements, input.target_count, input.target_elements,
    input.node_count, input.node_elements, input.attach_count, input.attach_elements,
    input.ip_tokens
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
    wire.writeTexts(params.altName),
    wire.writeTexts(params.correlId),
    wire.writeTexts(params.aggrId),
    wire.writeTexts(params.predId),
    wire.writeTexts(params.relId),
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
    wire.writeTexts(params.sourceRouter),
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
    wire.writeTexts(params.targetRouter),
    wire.writeTexts(params.targetSpoofed),
    wire.writeTexts(params.targetImprecise),
    wire.writeTexts(params.targetAnonymised),
    wire.writeTexts(params.targetNote),
    wire.writeTexts(params.nodeName),
    wire.writeTexts(params.nodeType),
    wire.writeTexts(params.nodeSoftware),
    wire.writeTexts(params.nodeAggrWin),
    wire.writeTexts(params.severity),
    wire.writeTexts(params.eventClass),
    wire.writeTexts(params.abuseGroup),
    wire.writeTexts(params.inspectionError),
    wire.writeTexts(params.targetSeverity),
    wire.writeTexts(params.targetClass),
    wire.writeTexts(params.targetGroup),
    wire.writeTexts(params.shadowReporting),
    wire.writeTexts(params.shadowReportingTarget),
    wire.writeTexts(params.eventSubclass),
    wire.writeTexts(params.targetSubclass),
    wire.writeTexts(params.impact),
    wire.writeTexts(params.sourceResolvedAsn),
    wire.writeTexts(params.sourceResolvedCountry),
    wire.writeTexts(params.targetResolvedAsn),
    wire.writeTexts(params.targetResolvedCountry),
    wire.writeTexts(params.attachHash),
    wire.writeTexts(params.attachFilename),
    wire.writeTexts(params.attachType),
    wire.writeTexts(params.attachContentType),
    wire.writeTexts(params.attachSize),
    wire.writeTexts(params.attachRef),
    wire.writeTexts(params.attachNote),
    wire.writeTexts(params.sourceCount),
    wire.writeTexts(params.sourceElements),
    wire.writeTexts(params.targetCount),
    wire.writeTexts(params.targetElements),
    wire.writeTexts(params.nodeCount),
    wire.writeTexts(params.nodeElements),
    wire.writeTexts(params.attachCount),
    wire.writeTexts(params.attachElements),
    wire.writeTexts(params.ipTokens),
    wire.writeEvents(params.event),
  ],
  decode: (row) => ({ id: wire.readText(row[0]) }),
};

/** Stores events whose ids are not there, be it those of dropped days; one element of each array an event, as for `insertEvents`. */
export const insertNewEvents: Statement<InsertNewEventsParams, InsertNewEventsRow, "many"> = {
  operation: "insertEvents",
  name: "es_31_1A46Bf9xSvc6bEWl-G5_IKle",
  text: `with input as (
  select id::text, detect_time::timestamptz, storage_time::timestamptz, create_time::timestamptz,
    event_time::timestamptz, cease_time::timestamptz, win_start_time::timestamptz,
    win_end_time::timestamptz, category::text[], description::text, note::text,
    confidence::double precision, conn_count::numeric, flow_count::numeric,
    packet_count::numeric, byte_count::numeric, alt_name::text[], correl_id::text[],
    aggr_id::text[], pred_id::text[], rel_id::text[], ref::text[], tlp::text,
    source_ip::iprange[], source_port::integer[], source_type::text[], source_protocol::text[],
    source_hostname::text[], source_url::text[], source_mac::text[], source_email::text[],
    source_asn::bigint[], source_netname::text[], source_router::text[],
    source_spoofed::boolean[], source_imprecise::boolean[], source_anonymised::boolean[],
    source_note::text[], target_ip::iprange[], target_port::integer[], target_type::text[],
    target_protocol::text[], target_hostname::text[], target_url::text[], target_mac::text[],
    target_email::text[], target_asn::bigint[], target_netname::text[], target_router::text[],
    target_spoofed::boolean[], target_imprecise::boolean[], target_anonymised::boolean[],
    target_note::text[], node_name::text[], node_type::text[], node_software::text[],
    node_aggr_win::interval[], severity::text, event_class::text, abuse_group::text[],
    inspection_error::text[], target_severity::text, target_class::text, target_group::text[],
    shadow_reporting::boolean, shadow_reporting_target::boolean, event_subclass::text[],
    target_subclass::text[], impact::text, source_resolved_asn::bigint[],
    source_resolved_country::text[], target_resolved_asn::bigint[],
    target_resolved_country::text[], attach_hash::text[], attach_filename::text[],
    attach_type::text[], attach_content_type::text[], attach_size::bigint[], attach_ref::text[],
    attach_note::text[], source_count::integer, source_elements::jsonb, target_count::integer,
    target_elements::jsonb, node_count::integer, node_elements::jsonb, attach_count::integer,
    attach_elements::jsonb, ip_tokens::integer[], event
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],
    $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[],
    $29::text[], $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::text[],
    $36::text[], $37::text[], $38::text[], $39::text[], $40::text[], $41::text[], $42::text[],
    $43::text[], $44::text[], $45::text[], $46::text[], $47::text[], $48::text[], $49::text[],
    $50::text[], $51::text[], $52::text[], $53::text[], $54::text[], $55::text[], $56::text[],
    $57::text[], $58::text[], $59::text[], $60::text[], $61::text[], $62::text[], $63::text[],
    $64::text[], $65::text[], $66::text[], $67::text[], $68::text[], $69::text[], $70::text[],
    $71::text[], $72::text[], $73::text[], $74::text[], $75::text[], $76::text[], $77::text[],
    $78::text[], $79::text[], $80::text[], $81::text[], $82::text[], $83::text[], $84::text[],
    $85::text[], $86::text[], $87::text[], $88::text[], $89::text[], $90::bytea[])
  as given (id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port,
    source_type, source_protocol, source_hostname, source_url, source_mac, source_email,
    source_asn, source_netname, source_router, source_spoofed, source_imprecise,
    source_anonymised, source_note, target_ip, target_port, target_type, target_protocol,
    target_hostname, target_url, target_mac, target_email, target_asn, target_netname,
    target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, node_aggr_win, severity, event_class, abuse_group,
    inspection_error, target_severity, target_class, target_group, shadow_reporting,
    shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn,
    source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash,
    attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    attach_count, attach_elements, ip_tokens, event)
), ids as (
  insert into event_ids as i (id, detect_time, seq)
  select id, detect_time, nextval('event_seq') from input where not exists (select from eventstore_schema where version > 6)
  on conflict (id) do nothing
  returning id, detect_time, seq
), stored as (
  insert into events (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
    win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count,
    byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port,
    source_type, source_protocol, source_hostname, source_url, source_mac, source_email,
    source_asn, source_netname, source_router, source_spoofed, source_imprecise,
    source_anonymised, source_note, target_ip, target_port, target_type, target_protocol,
    target_hostname, target_url, target_mac, target_email, target_asn, target_netname,
    target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name,
    node_type, node_software, node_aggr_win, severity, event_class, abuse_group,
    inspection_error, target_severity, target_class, target_group, shadow_reporting,
    shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn,
    source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash,
    attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note,
    source_count, source_elements, target_count, target_elements, node_count, node_elements,
    attach_count, attach_elements, ip_tokens)
  select ids.seq, input.id, input.detect_time, input.storage_time, input.create_time,
    input.event_time, input.cease_time, input.win_start_time, input.win_end_time, input.category,
    input.description, input.note, input.confidence, input.conn_count, input.flow_count,
    input.packet_count, input.byte_count, input.alt_name, input.correl_id, input.aggr_id,
    input.pred_id, input.rel_id, input.ref, input.tlp, input.source_ip, input.source_port,
    input.source_type, input.source_protocol, input.source_hostname, input.source_url,
    input.source_mac, input.source_email, input.source_asn, input.source_netname,
    input.source_router, input.source_spoofed, input.source_imprecise, input.source_anonymised,
    input.source_note, input.target_ip, input.target_port, input.target_type,
    input.target_protocol, input.target_hostname, input.target_url, input.target_mac,
    input.target_email, input.target_asn, input.target_netname, input.target_router,
    input.target_spoofed, input.target_imprecise, input.target_anonymised, input.target_note,
    input.node_name, input.node_type, input.node_software, input.node_aggr_win, input.severity,
    input.event_class, input.abuse_group, input.inspection_error, input.target_severity,
    input.target_class, input.target_group, input.shadow_reporting,
    input.shadow_reporting_target, input.event_subclass, input.target_subclass, input.impact,
    input.source_resolved_asn, input.source_resolved_country, input.target_resolved_asn,
    input.target_resolved_country, input.attach_hash, input.attach_filename, input.attach_type,
    input.attach_content_type, input.attach_size, input.attach_ref, input.attach_note,
    input.source_count, input.source_elements, input.target_count, input.target_elements,
    input.node_count, input.node_elements, input.attach_count, input.attach_elements,
    input.ip_tokens
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
    wire.writeTexts(params.altName),
    wire.writeTexts(params.correlId),
    wire.writeTexts(params.aggrId),
    wire.writeTexts(params.predId),
    wire.writeTexts(params.relId),
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
    wire.writeTexts(params.sourceRouter),
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
    wire.writeTexts(params.targetRouter),
    wire.writeTexts(params.targetSpoofed),
    wire.writeTexts(params.targetImprecise),
    wire.writeTexts(params.targetAnonymised),
    wire.writeTexts(params.targetNote),
    wire.writeTexts(params.nodeName),
    wire.writeTexts(params.nodeType),
    wire.writeTexts(params.nodeSoftware),
    wire.writeTexts(params.nodeAggrWin),
    wire.writeTexts(params.severity),
    wire.writeTexts(params.eventClass),
    wire.writeTexts(params.abuseGroup),
    wire.writeTexts(params.inspectionError),
    wire.writeTexts(params.targetSeverity),
    wire.writeTexts(params.targetClass),
    wire.writeTexts(params.targetGroup),
    wire.writeTexts(params.shadowReporting),
    wire.writeTexts(params.shadowReportingTarget),
    wire.writeTexts(params.eventSubclass),
    wire.writeTexts(params.targetSubclass),
    wire.writeTexts(params.impact),
    wire.writeTexts(params.sourceResolvedAsn),
    wire.writeTexts(params.sourceResolvedCountry),
    wire.writeTexts(params.targetResolvedAsn),
    wire.writeTexts(params.targetResolvedCountry),
    wire.writeTexts(params.attachHash),
    wire.writeTexts(params.attachFilename),
    wire.writeTexts(params.attachType),
    wire.writeTexts(params.attachContentType),
    wire.writeTexts(params.attachSize),
    wire.writeTexts(params.attachRef),
    wire.writeTexts(params.attachNote),
    wire.writeTexts(params.sourceCount),
    wire.writeTexts(params.sourceElements),
    wire.writeTexts(params.targetCount),
    wire.writeTexts(params.targetElements),
    wire.writeTexts(params.nodeCount),
    wire.writeTexts(params.nodeElements),
    wire.writeTexts(params.attachCount),
    wire.writeTexts(params.attachElements),
    wire.writeTexts(params.ipTokens),
    wire.writeEvents(params.event),
  ],
  decode: (row) => ({ id: wire.readText(row[0]) }),
};

/** Forgets identifiers whose events went with their partition, of a part of the time. */
export const freeIds: StatementTemplate<FreeIdsParams, FreeIdsRow, "many", FreeIdsSlots> = statementTemplate({
  operation: "insertEvents",
  text: "delete from event_ids i using unnest($1::text[], $2::bigint[]) as known (id, seq) where i.id = known.id and i.seq = known.seq and not exists (select from event_json j where j.seq = i.seq and j.detect_time = i.detect_time and {texts}) returning i.id",
  slots: {
    texts: { kind: "filter" },
  },
  cardinality: "many",
  idempotent: false,
  parameters: 2,
  encode: (params) => [wire.writeTexts(params.ids), wire.writeNumbers(params.seqs)],
  decode: (row) => ({ id: wire.readText(row[0]) }),
});

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

/** Where some events are: those whose identifiers are known. */
export const locateEvents: Statement<LocateEventsParams, LocateEventsRow, "many"> = {
  operation: "fetchEvent",
  name: "es_s61PNlbnj7jzh1jYcGu36sMM_Ab",
  text: "select id, seq, detect_time from event_ids where id = any($1::text[])",
  cardinality: "many",
  idempotent: true,
  encode: (params) => [wire.writeTexts(params.ids)],
  decode: (row) => ({ id: wire.readText(row[0]), seq: wire.readText(row[1]), time: wire.readText(row[2]) }),
};

/** The JSON text of an event by its number and time. */
export const fetchSlice: Statement<FetchSliceParams, FetchSliceRow, "optional"> = {
  operation: "fetchEvent",
  name: "es_vnREtgUdZoAdASdwjOwpUs3y0Ed",
  text: "select event from event_json where seq = $1::bigint and detect_time = $2::timestamptz",
  cardinality: "optional",
  idempotent: true,
  encode: (params) => [wire.writeText(params.seq), wire.writeText(params.time)],
  decode: (row) => ({ event: wire.readEvent(row[0]) }),
};

/** The JSON texts of some events. */
export const eventTexts: Statement<EventTextsParams, EventTextsRow, "many"> = {
  operation: "insertEvents",
  name: "es_6HfHYtLt-sE9CboiF2oqqEIfOhX",
  text: "select i.id, j.event from event_ids i join event_json j on j.seq = i.seq and j.detect_time = i.detect_time where i.id = any($1::text[])",
  cardinality: "many",
  idempotent: true,
  encode: (params) => [wire.writeTexts(params.ids)],
  decode: (row) => ({ id: wire.readText(row[0]), event: wire.readEvent(row[1]) }),
};

/** The JSON texts of some events of a part of the time. */
export const textsOfSlice: StatementTemplate<TextsOfSliceParams, TextsOfSliceRow, "many", TextsOfSliceSlots> = statementTemplate({
  operation: "insertEvents",
  text: "select j.seq, j.event from event_json j where j.seq = any($1::bigint[]) and {texts}",
  slots: {
    texts: { kind: "filter" },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumbers(params.seqs)],
  decode: (row) => ({ seq: wire.readText(row[0]), event: wire.readEvent(row[1]) }),
});

/** The first events that match: one step of a search, see runtime/store/search/page-statements.ts. */
export const searchEvents: StatementTemplate<SearchEventsParams, SearchEventsRow, "many", SearchEventsSlots> = statementTemplate({
  operation: "searchEvents",
  text: "{walk}select (select count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0) from pg_inherits i where i.inhparent = 'events'::regclass) as version, {walked} as hit_part, null, null, null, null, null{hits}",
  slots: {
    all: { kind: "filter" },
    rows: { kind: "filter" },
    within: { kind: "filter" },
    span: { kind: "filter" },
    column: { kind: "choice", of: "sortColumns", texts: sortColumns },
    direction: { kind: "choice", of: "directions", texts: directions },
    sign: { kind: "choice", of: "signs", texts: signs },
    boundSign: { kind: "choice", of: "boundSigns", texts: boundSigns },
    walk: {
      kind: "each",
      separator: "",
      parts: {
        walk: {
          text: "with probe as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from ({probed}) as looked where {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walk as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from ({looked}) as looked where (select count(*) from probe) < $1::bigint and (select count(*) from probe) * 20 >= $1::bigint and {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walked as materialized (select * from probe where (select count(*) from probe) >= $1::bigint union all select * from walk) ",
        },
      },
    },
    probed: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {span} order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {span} order by {column} {direction} fetch first 250 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    looked: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {span} order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {span} order by {column} {direction} fetch first 5000 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    walkedPart: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "0",
        },
        several: {
          text: "case {bounds} else {number} end",
          slots: {
            number: { kind: "number" },
          },
        },
      },
    },
    bounds: {
      kind: "each",
      separator: " ",
      parts: {
        bound: {
          text: "when detect_time {boundSign} {instant} then {number}",
          slots: {
            instant: { kind: "instant" },
            number: { kind: "number" },
          },
        },
      },
    },
    walked: { kind: "choice", of: "walkedHits", texts: walkedHits },
    hits: {
      kind: "each",
      separator: "",
      parts: {
        hits: {
          text: " union all select null, hit_part, {event}, hit_id, hit_seq, hit_time, hit_sorted from ({pages}) as hit",
        },
      },
    },
    event: {
      kind: "each",
      separator: "",
      parts: {
        none: {
          text: "null",
        },
        text: {
          text: "case hit_part {cases} end",
          slots: {
            cases: {
              kind: "each",
              separator: " ",
              parts: {
                table: {
                  text: "when {number} then (select j.event from {table} as j where j.seq = hit_seq and j.detect_time = hit_time)",
                  slots: {
                    number: { kind: "number" },
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    pages: {
      kind: "each",
      separator: " union all ",
      parts: {
        indexed: {
          text: "(select * from ({days}) as days limit $1::bigint)",
        },
        both: {
          text: "(select * from walked where (select count(*) from walked) >= $1::bigint order by hit_sorted {direction}, hit_id {direction} limit $1::bigint) union all (select * from (select * from ({days}) as days limit $1::bigint) as days where (select count(*) from walked) < $1::bigint)",
        },
        walkOnly: {
          text: "(select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from ({looked}) as looked where {rows} is true order by {column} {direction}, id {direction} limit $1::bigint)",
        },
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
    days: {
      kind: "each",
      separator: " union all ",
      parts: {
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  plan: "fixed",
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: (row) => ({
    version: wire.readNullable(row[0], wire.readText),
    part: wire.readNumber(row[1]),
    event: wire.readNullable(row[2], wire.readEvent),
    id: wire.readNullable(row[3], wire.readText),
    seq: wire.readNullable(row[4], wire.readText),
    time: wire.readNullable(row[5], wire.readText),
    sorted: wire.readNullable(row[6], wire.readText),
  }),
});

/** The events that match after a key: one step of a search, see runtime/store/search/page-statements.ts. */
export const searchEventsAfter: StatementTemplate<SearchEventsAfterParams, SearchEventsAfterRow, "many", SearchEventsAfterSlots> = statementTemplate({
  operation: "searchEvents",
  text: "{walk}select (select count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0) from pg_inherits i where i.inhparent = 'events'::regclass) as version, {walked} as hit_part, null, null, null, null, null{hits}",
  slots: {
    all: { kind: "filter" },
    rows: { kind: "filter" },
    within: { kind: "filter" },
    span: { kind: "filter" },
    column: { kind: "choice", of: "sortColumns", texts: sortColumns },
    direction: { kind: "choice", of: "directions", texts: directions },
    sign: { kind: "choice", of: "signs", texts: signs },
    boundSign: { kind: "choice", of: "boundSigns", texts: boundSigns },
    walk: {
      kind: "each",
      separator: "",
      parts: {
        walk: {
          text: "with probe as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from ({probed}) as looked where {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walk as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from ({looked}) as looked where (select count(*) from probe) < $1::bigint and (select count(*) from probe) * 20 >= $1::bigint and {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walked as materialized (select * from probe where (select count(*) from probe) >= $1::bigint union all select * from walk) ",
        },
      },
    },
    probed: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 250 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    looked: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 5000 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    walkedPart: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "0",
        },
        several: {
          text: "case {bounds} else {number} end",
          slots: {
            number: { kind: "number" },
          },
        },
      },
    },
    bounds: {
      kind: "each",
      separator: " ",
      parts: {
        bound: {
          text: "when detect_time {boundSign} {instant} then {number}",
          slots: {
            instant: { kind: "instant" },
            number: { kind: "number" },
          },
        },
      },
    },
    walked: { kind: "choice", of: "walkedHits", texts: walkedHits },
    hits: {
      kind: "each",
      separator: "",
      parts: {
        hits: {
          text: " union all select null, hit_part, {event}, hit_id, hit_seq, hit_time, hit_sorted from ({pages}) as hit",
        },
      },
    },
    event: {
      kind: "each",
      separator: "",
      parts: {
        none: {
          text: "null",
        },
        text: {
          text: "case hit_part {cases} end",
          slots: {
            cases: {
              kind: "each",
              separator: " ",
              parts: {
                table: {
                  text: "when {number} then (select j.event from {table} as j where j.seq = hit_seq and j.detect_time = hit_time)",
                  slots: {
                    number: { kind: "number" },
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    pages: {
      kind: "each",
      separator: " union all ",
      parts: {
        indexed: {
          text: "(select * from ({days}) as days limit $1::bigint)",
        },
        both: {
          text: "(select * from walked where (select count(*) from walked) >= $1::bigint order by hit_sorted {direction}, hit_id {direction} limit $1::bigint) union all (select * from (select * from ({days}) as days limit $1::bigint) as days where (select count(*) from walked) < $1::bigint)",
        },
        walkOnly: {
          text: "(select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from ({looked}) as looked where {rows} is true order by {column} {direction}, id {direction} limit $1::bigint)",
        },
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
    days: {
      kind: "each",
      separator: " union all ",
      parts: {
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  plan: "fixed",
  parameters: 3,
  encode: (params) => [wire.writeNumber(params.limit), wire.writeTime(params.time), wire.writeText(params.id)],
  decode: (row) => ({
    version: wire.readNullable(row[0], wire.readText),
    part: wire.readNumber(row[1]),
    event: wire.readNullable(row[2], wire.readEvent),
    id: wire.readNullable(row[3], wire.readText),
    seq: wire.readNullable(row[4], wire.readText),
    time: wire.readNullable(row[5], wire.readText),
    sorted: wire.readNullable(row[6], wire.readText),
  }),
});

/** The first events that match, by their columns: one step of a search, see runtime/store/search/page-statements.ts. */
export const searchGhosts: StatementTemplate<SearchGhostsParams, SearchGhostsRow, "many", SearchGhostsSlots> = statementTemplate({
  operation: "searchEvents",
  text: "{walk}select (select count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0) from pg_inherits i where i.inhparent = 'events'::regclass) as version, {walked} as hit_part, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null{hits}",
  slots: {
    all: { kind: "filter" },
    rows: { kind: "filter" },
    within: { kind: "filter" },
    span: { kind: "filter" },
    column: { kind: "choice", of: "sortColumns", texts: sortColumns },
    direction: { kind: "choice", of: "directions", texts: directions },
    sign: { kind: "choice", of: "signs", texts: signs },
    boundSign: { kind: "choice", of: "boundSigns", texts: boundSigns },
    walk: {
      kind: "each",
      separator: "",
      parts: {
        walk: {
          text: "with probe as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({probed}) as looked where {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walk as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({looked}) as looked where (select count(*) from probe) < $1::bigint and (select count(*) from probe) * 20 >= $1::bigint and {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walked as materialized (select * from probe where (select count(*) from probe) >= $1::bigint union all select * from walk) ",
        },
      },
    },
    probed: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {span} order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {span} order by {column} {direction} fetch first 250 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    looked: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {span} order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {span} order by {column} {direction} fetch first 5000 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    walkedPart: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "0",
        },
        several: {
          text: "case {bounds} else {number} end",
          slots: {
            number: { kind: "number" },
          },
        },
      },
    },
    bounds: {
      kind: "each",
      separator: " ",
      parts: {
        bound: {
          text: "when detect_time {boundSign} {instant} then {number}",
          slots: {
            instant: { kind: "instant" },
            number: { kind: "number" },
          },
        },
      },
    },
    walked: { kind: "choice", of: "walkedHits", texts: walkedHits },
    hits: {
      kind: "each",
      separator: "",
      parts: {
        hits: {
          text: " union all select null, hit_part, {event}, hit_id, hit_seq, hit_time, hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({pages}) as hit",
        },
      },
    },
    event: {
      kind: "each",
      separator: "",
      parts: {
        none: {
          text: "null",
        },
        text: {
          text: "case hit_part {cases} end",
          slots: {
            cases: {
              kind: "each",
              separator: " ",
              parts: {
                table: {
                  text: "when {number} then (select j.event from {table} as j where j.seq = hit_seq and j.detect_time = hit_time)",
                  slots: {
                    number: { kind: "number" },
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    pages: {
      kind: "each",
      separator: " union all ",
      parts: {
        indexed: {
          text: "(select * from ({days}) as days limit $1::bigint)",
        },
        both: {
          text: "(select * from walked where (select count(*) from walked) >= $1::bigint order by hit_sorted {direction}, hit_id {direction} limit $1::bigint) union all (select * from (select * from ({days}) as days limit $1::bigint) as days where (select count(*) from walked) < $1::bigint)",
        },
        walkOnly: {
          text: "(select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({looked}) as looked where {rows} is true order by {column} {direction}, id {direction} limit $1::bigint)",
        },
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
    days: {
      kind: "each",
      separator: " union all ",
      parts: {
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  plan: "fixed",
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: (row) => ({
    version: wire.readNullable(row[0], wire.readText),
    part: wire.readNumber(row[1]),
    event: wire.readNullable(row[2], wire.readEvent),
    id: wire.readNullable(row[3], wire.readText),
    seq: wire.readNullable(row[4], wire.readText),
    time: wire.readNullable(row[5], wire.readText),
    sorted: wire.readNullable(row[6], wire.readText),
    column_id: wire.readNullable(row[7], wire.readText),
    column_detect_time: wire.readNullable(row[8], wire.readText),
    column_storage_time: wire.readNullable(row[9], wire.readText),
    column_create_time: wire.readNullable(row[10], wire.readText),
    column_event_time: wire.readNullable(row[11], wire.readText),
    column_cease_time: wire.readNullable(row[12], wire.readText),
    column_win_start_time: wire.readNullable(row[13], wire.readText),
    column_win_end_time: wire.readNullable(row[14], wire.readText),
    column_category: wire.readNullable(row[15], wire.readText),
    column_description: wire.readNullable(row[16], wire.readText),
    column_note: wire.readNullable(row[17], wire.readText),
    column_confidence: wire.readNullable(row[18], wire.readText),
    column_conn_count: wire.readNullable(row[19], wire.readText),
    column_flow_count: wire.readNullable(row[20], wire.readText),
    column_packet_count: wire.readNullable(row[21], wire.readText),
    column_byte_count: wire.readNullable(row[22], wire.readText),
    column_alt_name: wire.readNullable(row[23], wire.readText),
    column_correl_id: wire.readNullable(row[24], wire.readText),
    column_aggr_id: wire.readNullable(row[25], wire.readText),
    column_pred_id: wire.readNullable(row[26], wire.readText),
    column_rel_id: wire.readNullable(row[27], wire.readText),
    column_ref: wire.readNullable(row[28], wire.readText),
    column_tlp: wire.readNullable(row[29], wire.readText),
    column_source_ip: wire.readNullable(row[30], wire.readText),
    column_source_port: wire.readNullable(row[31], wire.readText),
    column_source_type: wire.readNullable(row[32], wire.readText),
    column_source_protocol: wire.readNullable(row[33], wire.readText),
    column_source_hostname: wire.readNullable(row[34], wire.readText),
    column_source_url: wire.readNullable(row[35], wire.readText),
    column_source_mac: wire.readNullable(row[36], wire.readText),
    column_source_email: wire.readNullable(row[37], wire.readText),
    column_source_asn: wire.readNullable(row[38], wire.readText),
    column_source_netname: wire.readNullable(row[39], wire.readText),
    column_source_router: wire.readNullable(row[40], wire.readText),
    column_source_spoofed: wire.readNullable(row[41], wire.readText),
    column_source_imprecise: wire.readNullable(row[42], wire.readText),
    column_source_anonymised: wire.readNullable(row[43], wire.readText),
    column_source_note: wire.readNullable(row[44], wire.readText),
    column_target_ip: wire.readNullable(row[45], wire.readText),
    column_target_port: wire.readNullable(row[46], wire.readText),
    column_target_type: wire.readNullable(row[47], wire.readText),
    column_target_protocol: wire.readNullable(row[48], wire.readText),
    column_target_hostname: wire.readNullable(row[49], wire.readText),
    column_target_url: wire.readNullable(row[50], wire.readText),
    column_target_mac: wire.readNullable(row[51], wire.readText),
    column_target_email: wire.readNullable(row[52], wire.readText),
    column_target_asn: wire.readNullable(row[53], wire.readText),
    column_target_netname: wire.readNullable(row[54], wire.readText),
    column_target_router: wire.readNullable(row[55], wire.readText),
    column_target_spoofed: wire.readNullable(row[56], wire.readText),
    column_target_imprecise: wire.readNullable(row[57], wire.readText),
    column_target_anonymised: wire.readNullable(row[58], wire.readText),
    column_target_note: wire.readNullable(row[59], wire.readText),
    column_node_name: wire.readNullable(row[60], wire.readText),
    column_node_type: wire.readNullable(row[61], wire.readText),
    column_node_software: wire.readNullable(row[62], wire.readText),
    column_node_aggr_win: wire.readNullable(row[63], wire.readText),
    column_severity: wire.readNullable(row[64], wire.readText),
    column_event_class: wire.readNullable(row[65], wire.readText),
    column_abuse_group: wire.readNullable(row[66], wire.readText),
    column_inspection_error: wire.readNullable(row[67], wire.readText),
    column_target_severity: wire.readNullable(row[68], wire.readText),
    column_target_class: wire.readNullable(row[69], wire.readText),
    column_target_group: wire.readNullable(row[70], wire.readText),
    column_shadow_reporting: wire.readNullable(row[71], wire.readText),
    column_shadow_reporting_target: wire.readNullable(row[72], wire.readText),
    column_event_subclass: wire.readNullable(row[73], wire.readText),
    column_target_subclass: wire.readNullable(row[74], wire.readText),
    column_impact: wire.readNullable(row[75], wire.readText),
    column_source_resolved_asn: wire.readNullable(row[76], wire.readText),
    column_source_resolved_country: wire.readNullable(row[77], wire.readText),
    column_target_resolved_asn: wire.readNullable(row[78], wire.readText),
    column_target_resolved_country: wire.readNullable(row[79], wire.readText),
    column_attach_hash: wire.readNullable(row[80], wire.readText),
    column_attach_filename: wire.readNullable(row[81], wire.readText),
    column_attach_type: wire.readNullable(row[82], wire.readText),
    column_attach_content_type: wire.readNullable(row[83], wire.readText),
    column_attach_size: wire.readNullable(row[84], wire.readText),
    column_attach_ref: wire.readNullable(row[85], wire.readText),
    column_attach_note: wire.readNullable(row[86], wire.readText),
    column_source_elements: wire.readNullable(row[87], wire.readText),
    column_target_elements: wire.readNullable(row[88], wire.readText),
    column_node_elements: wire.readNullable(row[89], wire.readText),
    column_attach_elements: wire.readNullable(row[90], wire.readText),
  }),
});

/** The events that match after a key, by their columns: one step of a search, see runtime/store/search/page-statements.ts. */
export const searchGhostsAfter: StatementTemplate<SearchGhostsAfterParams, SearchGhostsAfterRow, "many", SearchGhostsAfterSlots> = statementTemplate({
  operation: "searchEvents",
  text: "{walk}select (select count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0) from pg_inherits i where i.inhparent = 'events'::regclass) as version, {walked} as hit_part, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null{hits}",
  slots: {
    all: { kind: "filter" },
    rows: { kind: "filter" },
    within: { kind: "filter" },
    span: { kind: "filter" },
    column: { kind: "choice", of: "sortColumns", texts: sortColumns },
    direction: { kind: "choice", of: "directions", texts: directions },
    sign: { kind: "choice", of: "signs", texts: signs },
    boundSign: { kind: "choice", of: "boundSigns", texts: boundSigns },
    walk: {
      kind: "each",
      separator: "",
      parts: {
        walk: {
          text: "with probe as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({probed}) as looked where {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walk as materialized (select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({looked}) as looked where (select count(*) from probe) < $1::bigint and (select count(*) from probe) * 20 >= $1::bigint and {rows} is true order by {column} {direction} fetch first ($1::bigint) rows with ties), walked as materialized (select * from probe where (select count(*) from probe) >= $1::bigint union all select * from walk) ",
        },
      },
    },
    probed: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 250 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 250 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    looked: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            table: { kind: "table" },
          },
        },
        several: {
          text: "select * from ({tables}) as days order by {column} {direction} fetch first 5000 rows with ties",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "(select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span} order by {column} {direction} fetch first 5000 rows with ties)",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
        all: {
          text: "select * from ({tables}) as days",
          slots: {
            tables: {
              kind: "each",
              separator: " union all ",
              parts: {
                table: {
                  text: "select * from {table} where {column} {sign}= $2::timestamptz and ({column} {sign} $2::timestamptz or id {sign} $3::text) and {span}",
                  slots: {
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    walkedPart: {
      kind: "each",
      separator: "",
      parts: {
        one: {
          text: "0",
        },
        several: {
          text: "case {bounds} else {number} end",
          slots: {
            number: { kind: "number" },
          },
        },
      },
    },
    bounds: {
      kind: "each",
      separator: " ",
      parts: {
        bound: {
          text: "when detect_time {boundSign} {instant} then {number}",
          slots: {
            instant: { kind: "instant" },
            number: { kind: "number" },
          },
        },
      },
    },
    walked: { kind: "choice", of: "walkedHits", texts: walkedHits },
    hits: {
      kind: "each",
      separator: "",
      parts: {
        hits: {
          text: " union all select null, hit_part, {event}, hit_id, hit_seq, hit_time, hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({pages}) as hit",
        },
      },
    },
    event: {
      kind: "each",
      separator: "",
      parts: {
        none: {
          text: "null",
        },
        text: {
          text: "case hit_part {cases} end",
          slots: {
            cases: {
              kind: "each",
              separator: " ",
              parts: {
                table: {
                  text: "when {number} then (select j.event from {table} as j where j.seq = hit_seq and j.detect_time = hit_time)",
                  slots: {
                    number: { kind: "number" },
                    table: { kind: "table" },
                  },
                },
              },
            },
          },
        },
      },
    },
    pages: {
      kind: "each",
      separator: " union all ",
      parts: {
        indexed: {
          text: "(select * from ({days}) as days limit $1::bigint)",
        },
        both: {
          text: "(select * from walked where (select count(*) from walked) >= $1::bigint order by hit_sorted {direction}, hit_id {direction} limit $1::bigint) union all (select * from (select * from ({days}) as days limit $1::bigint) as days where (select count(*) from walked) < $1::bigint)",
        },
        walkOnly: {
          text: "(select {walkedPart} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from ({looked}) as looked where {rows} is true order by {column} {direction}, id {direction} limit $1::bigint)",
        },
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
    days: {
      kind: "each",
      separator: " union all ",
      parts: {
        day: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {all} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
        wholeDay: {
          text: "(select {number} as hit_part, id as hit_id, seq as hit_seq, detect_time as hit_time, {column} as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from {table} where ({column} + interval '0') {sign}= $2::timestamptz and (({column} + interval '0') {sign} $2::timestamptz or id {sign} $3::text) and {within} order by ({column} + interval '0') {direction}, id {direction} limit $1::bigint)",
          slots: {
            table: { kind: "table" },
            number: { kind: "number" },
          },
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  plan: "fixed",
  parameters: 3,
  encode: (params) => [wire.writeNumber(params.limit), wire.writeTime(params.time), wire.writeText(params.id)],
  decode: (row) => ({
    version: wire.readNullable(row[0], wire.readText),
    part: wire.readNumber(row[1]),
    event: wire.readNullable(row[2], wire.readEvent),
    id: wire.readNullable(row[3], wire.readText),
    seq: wire.readNullable(row[4], wire.readText),
    time: wire.readNullable(row[5], wire.readText),
    sorted: wire.readNullable(row[6], wire.readText),
    column_id: wire.readNullable(row[7], wire.readText),
    column_detect_time: wire.readNullable(row[8], wire.readText),
    column_storage_time: wire.readNullable(row[9], wire.readText),
    column_create_time: wire.readNullable(row[10], wire.readText),
    column_event_time: wire.readNullable(row[11], wire.readText),
    column_cease_time: wire.readNullable(row[12], wire.readText),
    column_win_start_time: wire.readNullable(row[13], wire.readText),
    column_win_end_time: wire.readNullable(row[14], wire.readText),
    column_category: wire.readNullable(row[15], wire.readText),
    column_description: wire.readNullable(row[16], wire.readText),
    column_note: wire.readNullable(row[17], wire.readText),
    column_confidence: wire.readNullable(row[18], wire.readText),
    column_conn_count: wire.readNullable(row[19], wire.readText),
    column_flow_count: wire.readNullable(row[20], wire.readText),
    column_packet_count: wire.readNullable(row[21], wire.readText),
    column_byte_count: wire.readNullable(row[22], wire.readText),
    column_alt_name: wire.readNullable(row[23], wire.readText),
    column_correl_id: wire.readNullable(row[24], wire.readText),
    column_aggr_id: wire.readNullable(row[25], wire.readText),
    column_pred_id: wire.readNullable(row[26], wire.readText),
    column_rel_id: wire.readNullable(row[27], wire.readText),
    column_ref: wire.readNullable(row[28], wire.readText),
    column_tlp: wire.readNullable(row[29], wire.readText),
    column_source_ip: wire.readNullable(row[30], wire.readText),
    column_source_port: wire.readNullable(row[31], wire.readText),
    column_source_type: wire.readNullable(row[32], wire.readText),
    column_source_protocol: wire.readNullable(row[33], wire.readText),
    column_source_hostname: wire.readNullable(row[34], wire.readText),
    column_source_url: wire.readNullable(row[35], wire.readText),
    column_source_mac: wire.readNullable(row[36], wire.readText),
    column_source_email: wire.readNullable(row[37], wire.readText),
    column_source_asn: wire.readNullable(row[38], wire.readText),
    column_source_netname: wire.readNullable(row[39], wire.readText),
    column_source_router: wire.readNullable(row[40], wire.readText),
    column_source_spoofed: wire.readNullable(row[41], wire.readText),
    column_source_imprecise: wire.readNullable(row[42], wire.readText),
    column_source_anonymised: wire.readNullable(row[43], wire.readText),
    column_source_note: wire.readNullable(row[44], wire.readText),
    column_target_ip: wire.readNullable(row[45], wire.readText),
    column_target_port: wire.readNullable(row[46], wire.readText),
    column_target_type: wire.readNullable(row[47], wire.readText),
    column_target_protocol: wire.readNullable(row[48], wire.readText),
    column_target_hostname: wire.readNullable(row[49], wire.readText),
    column_target_url: wire.readNullable(row[50], wire.readText),
    column_target_mac: wire.readNullable(row[51], wire.readText),
    column_target_email: wire.readNullable(row[52], wire.readText),
    column_target_asn: wire.readNullable(row[53], wire.readText),
    column_target_netname: wire.readNullable(row[54], wire.readText),
    column_target_router: wire.readNullable(row[55], wire.readText),
    column_target_spoofed: wire.readNullable(row[56], wire.readText),
    column_target_imprecise: wire.readNullable(row[57], wire.readText),
    column_target_anonymised: wire.readNullable(row[58], wire.readText),
    column_target_note: wire.readNullable(row[59], wire.readText),
    column_node_name: wire.readNullable(row[60], wire.readText),
    column_node_type: wire.readNullable(row[61], wire.readText),
    column_node_software: wire.readNullable(row[62], wire.readText),
    column_node_aggr_win: wire.readNullable(row[63], wire.readText),
    column_severity: wire.readNullable(row[64], wire.readText),
    column_event_class: wire.readNullable(row[65], wire.readText),
    column_abuse_group: wire.readNullable(row[66], wire.readText),
    column_inspection_error: wire.readNullable(row[67], wire.readText),
    column_target_severity: wire.readNullable(row[68], wire.readText),
    column_target_class: wire.readNullable(row[69], wire.readText),
    column_target_group: wire.readNullable(row[70], wire.readText),
    column_shadow_reporting: wire.readNullable(row[71], wire.readText),
    column_shadow_reporting_target: wire.readNullable(row[72], wire.readText),
    column_event_subclass: wire.readNullable(row[73], wire.readText),
    column_target_subclass: wire.readNullable(row[74], wire.readText),
    column_impact: wire.readNullable(row[75], wire.readText),
    column_source_resolved_asn: wire.readNullable(row[76], wire.readText),
    column_source_resolved_country: wire.readNullable(row[77], wire.readText),
    column_target_resolved_asn: wire.readNullable(row[78], wire.readText),
    column_target_resolved_country: wire.readNullable(row[79], wire.readText),
    column_attach_hash: wire.readNullable(row[80], wire.readText),
    column_attach_filename: wire.readNullable(row[81], wire.readText),
    column_attach_type: wire.readNullable(row[82], wire.readText),
    column_attach_content_type: wire.readNullable(row[83], wire.readText),
    column_attach_size: wire.readNullable(row[84], wire.readText),
    column_attach_ref: wire.readNullable(row[85], wire.readText),
    column_attach_note: wire.readNullable(row[86], wire.readText),
    column_source_elements: wire.readNullable(row[87], wire.readText),
    column_target_elements: wire.readNullable(row[88], wire.readText),
    column_node_elements: wire.readNullable(row[89], wire.readText),
    column_attach_elements: wire.readNullable(row[90], wire.readText),
  }),
});

/** The JSON texts of some events, from one partition or from the whole table. */
export const readEvents: StatementTemplate<ReadEventsParams, ReadEventsRow, "many", ReadEventsSlots> = statementTemplate({
  operation: "searchEvents",
  text: "select seq, event from {table} where seq = any($1::bigint[])",
  slots: {
    table: { kind: "table" },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumbers(params.seqs)],
  decode: (row) => ({ seq: wire.readText(row[0]), event: wire.readEvent(row[1]) }),
});

/** The version of the partitions of the searched table and its crowded fields, in each row, and the partitions. */
export const listPartitions: Statement<undefined, ListPartitionsRow, "many"> = {
  operation: "listPartitions",
  name: "es_EE94EX1EuT-HZDHt3tNlWEZ8XdI",
  text: "select (select count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0) from pg_inherits i where i.inhparent = 'events'::regclass), c.relname::text, (pg_relation_size(c.oid) / current_setting('block_size')::bigint * case when c.reltuples > 0 and c.relpages > 0 then c.reltuples / c.relpages else 8 end)::bigint, pg_get_expr(c.relpartbound, c.oid), (select array(select f.name from unnest(array['category', 'node.name', 'abuse_group']) as f(name) where (select count(*) from (select from event_words w where w.field = f.name limit 1001) as w) > 1000)) from (select) as always left join (pg_inherits i join pg_class c on c.oid = i.inhrelid) on i.inhparent = 'events'::regclass",
  cardinality: "many",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({
    version: wire.readText(row[0]),
    name: wire.readNullable(row[1], wire.readText),
    rows: wire.readNullable(row[2], wire.readNumber),
    bounds: wire.readNullable(row[3], wire.readText),
    crowded: wire.readTexts(row[4]),
  }),
};

/** The JSON texts of all events that match, in an order. */
export const streamEvents: StatementTemplate<undefined, StreamEventsRow, "many", StreamEventsSlots> = statementTemplate({
  operation: "streamEvents",
  text: "select (select j.event from event_json j where j.seq = hit.seq and j.detect_time = hit.detect_time) from (select seq, detect_time, storage_time, id from events where {filter} order by {sort}) as hit order by {sort}",
  slots: {
    filter: { kind: "filter" },
    sort: { kind: "choice", of: "orders", texts: orders },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ event: wire.readNullable(row[0], wire.readEvent) }),
});

/** The JSON texts of the events of a part of the time that match, in an order. */
export const streamSlice: StatementTemplate<undefined, StreamSliceRow, "many", StreamSliceSlots> = statementTemplate({
  operation: "streamEvents",
  text: "select (select j.event from event_json j where j.seq = hit.seq and j.detect_time = hit.detect_time and {texts}) from (select seq, detect_time, storage_time, id from events where {filter} order by {sort}) as hit order by {sort}",
  slots: {
    filter: { kind: "filter" },
    sort: { kind: "choice", of: "orders", texts: orders },
    texts: { kind: "filter" },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ event: wire.readNullable(row[0], wire.readEvent) }),
});

/** Identifiers of the events that match, newest first. */
export const streamEventIds: StatementTemplate<undefined, StreamEventIdsRow, "many"> = statementTemplate({
  operation: "streamEventIds",
  text: "select id from events where {filter} order by detect_time desc, id desc",
  slots: {
    filter: { kind: "filter" },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ id: wire.readText(row[0]) }),
});

/** Number of all events, from the counters of the hours. */
export const countAll: Statement<undefined, number, "count"> = {
  operation: "countEvents",
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
  slots: {
    filter: { kind: "filter" },
  },
  cardinality: "count",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
});

/** The planner's plan for the events that match, with its estimate of their number. */
export const estimateEvents: StatementTemplate<undefined, EstimateEventsRow, "one"> = statementTemplate({
  operation: "countEvents",
  text: "explain (format json) select 1 from events where {filter}",
  slots: {
    filter: { kind: "filter" },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ plan: wire.readJson(row[0]) }),
});

/** Number of the events with some values of a field that is rolled up by the hour. */
export const countRolledEvents: StatementTemplate<CountRolledEventsParams, CountRolledEventsRow, "one", CountRolledEventsSlots> = statementTemplate({
  operation: "countEvents",
  text: "with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid) select coalesce((select sum(events) from (select hour, value, events from event_rollups where dimension = {dimension} and value = any($1::text[]) offset 0) as r join valid using (hour)), 0) + (select count(*) from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and {rows} offset 0) as e where {filter}), (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale)",
  slots: {
    filter: { kind: "filter" },
    rows: { kind: "filter" },
    dimension: { kind: "choice", of: "dimensions", texts: dimensions },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeText(params.values)],
  decode: (row) => ({ count: wire.readNumber(row[0]), staleDays: wire.readNullable(row[1], wire.readText) }),
});

/** Number of the events that match a filter on fields whose combinations are counted. */
export const countCombinations: StatementTemplate<undefined, CountCombinationsRow, "one", CountCombinationsSlots> = statementTemplate({
  operation: "countEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where {around} group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and {inside}), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where {combination})), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)) select coalesce((select sum(n) from wanted), 0) + (select count(*) from readable cross join lateral (select 1 from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and {rows} and {filter} offset 0) as e), (select count(*) from stale) - (select count(*) from readable), (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale)",
  slots: {
    around: { kind: "filter" },
    inside: { kind: "filter" },
    combination: { kind: "filter" },
    filter: { kind: "filter" },
    rows: { kind: "filter" },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({
    count: wire.readNumber(row[0]),
    unread: wire.readNumber(row[1]),
    staleDays: wire.readNullable(row[2], wire.readText),
  }),
});

/** The most frequent values of a field, from a scan of the events that match. */
export const aggregateEvents: StatementTemplate<AggregateEventsParams, AggregateEventsRow, "many", AggregateEventsSlots> = statementTemplate({
  operation: "aggregateEvents",
  text: "with tally as ({tally}) select v, n, {total} from tally order by n desc, v nulls last limit $1::bigint",
  slots: {
    filter: { kind: "filter" },
    tally: {
      kind: "each",
      separator: "",
      parts: {
        events: {
          text: "select v, count(*) as n from (select {values} as v from events where {filter}) as e group by v",
          slots: {
            values: { kind: "choice", of: "fieldSets", texts: fieldSets },
          },
        },
        lists: {
          text: "select v, sum(n)::bigint as n from (select {values} as v, n from (select {columns}, count(*) as n from events where {filter} group by {columns}) as lists) as e group by v",
          slots: {
            values: { kind: "choice", of: "fieldSets", texts: fieldSets },
            columns: { kind: "choice", of: "fieldColumns", texts: fieldColumns },
          },
        },
      },
    },
    total: { kind: "choice", of: "totals", texts: totals },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: (row) => ({
    value: wire.readNullable(row[0], wire.readText),
    count: wire.readNumber(row[1]),
    total: wire.readNumber(row[2]),
  }),
});

/** The most frequent values of several fields, from one scan of the events that match. */
export const summarizeEvents: StatementTemplate<SummarizeEventsParams, SummarizeEventsRow, "many", SummarizeEventsSlots> = statementTemplate({
  operation: "summarizeEvents",
  text: "with matching as materialized (select {columns} from events where {filter}) select -1 as panel, null::text, count(*), count(*)::numeric from matching union all {panels}",
  slots: {
    filter: { kind: "filter" },
    columns: {
      kind: "each",
      separator: ", ",
      parts: {
        column: {
          text: "{column}",
          slots: {
            column: { kind: "choice", of: "columns", texts: columns },
          },
        },
      },
    },
    panels: {
      kind: "each",
      separator: " union all ",
      parts: {
        panel: {
          text: "(select {number} as panel, v::text, n, sum(n) over () from (select v, count(*) as n from (select {values} as v from matching) as e group by v) as tally order by n desc, v nulls last limit $1::bigint)",
          slots: {
            number: { kind: "number" },
            values: { kind: "choice", of: "fieldSets", texts: fieldSets },
          },
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: (row) => ({
    panel: wire.readNumber(row[0]),
    value: wire.readNullable(row[1], wire.readText),
    count: wire.readNumber(row[2]),
    total: wire.readNumber(row[3]),
  }),
});

/** Numbers of events by the values of two fields. */
export const pivotEvents: StatementTemplate<PivotEventsParams, PivotEventsRow, "many", PivotEventsSlots> = statementTemplate({
  operation: "pivotEvents",
  text: "with matching as materialized (select {columns} from events where {filter}), pairs as materialized (select r.v as rv, c.v as cv, count(*) as n from matching as e left join lateral {rowItems} as r(v) on true left join lateral {columnItems} as c(v) on true group by r.v, c.v), row_totals as materialized (select x.v, count(*) as n from matching as e left join lateral {rowItems} as x(v) on true group by x.v), column_totals as materialized (select x.v, count(*) as n from matching as e left join lateral {columnItems} as x(v) on true group by x.v), total as (select count(*) as n from matching), rows as (select v, n from row_totals order by n desc, v nulls last limit $1::bigint), columns as (select v, n from column_totals order by n desc, v nulls last limit $1::bigint) select rows.v::text, columns.v::text, coalesce(pairs.n, 0), rows.n, columns.n, total.n from rows cross join columns cross join total left join pairs on pairs.rv is not distinct from rows.v and pairs.cv is not distinct from columns.v order by rows.n desc, rows.v nulls last, columns.n desc, columns.v nulls last",
  slots: {
    filter: { kind: "filter" },
    columns: {
      kind: "each",
      separator: ", ",
      parts: {
        column: {
          text: "{column}",
          slots: {
            column: { kind: "choice", of: "columns", texts: columns },
          },
        },
      },
    },
    rowItems: { kind: "choice", of: "fieldItems", texts: fieldItems },
    columnItems: { kind: "choice", of: "fieldItems", texts: fieldItems },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: (row) => ({
    row: wire.readNullable(row[0], wire.readText),
    column: wire.readNullable(row[1], wire.readText),
    count: wire.readNumber(row[2]),
    rowTotal: wire.readNumber(row[3]),
    columnTotal: wire.readNumber(row[4]),
    total: wire.readNumber(row[5]),
  }),
});

/** Numbers of events by each pair of values of two fields that occurs, by each value, and of all. */
export const pivotPairs: StatementTemplate<PivotPairsParams, PivotPairsRow, "many", PivotPairsSlots> = statementTemplate({
  operation: "pivotEvents",
  text: "with matching as materialized (select {columns} from events where {filter}), pairs as materialized (select r.v as rv, c.v as cv, count(*) as n from matching as e left join lateral {rowItems} as r(v) on true left join lateral {columnItems} as c(v) on true group by r.v, c.v), row_totals as materialized (select x.v, count(*) as n from matching as e left join lateral {rowItems} as x(v) on true group by x.v), column_totals as materialized (select x.v, count(*) as n from matching as e left join lateral {columnItems} as x(v) on true group by x.v), total as (select count(*) as n from matching) select * from (select 'all' as kind, null::text as rv, null::text as cv, n from total union all select 'row', v::text, null, n from row_totals union all select 'column', null, v::text, n from column_totals union all select 'pair', rv::text, cv::text, n from pairs) as counts limit $1::bigint",
  slots: {
    filter: { kind: "filter" },
    columns: {
      kind: "each",
      separator: ", ",
      parts: {
        column: {
          text: "{column}",
          slots: {
            column: { kind: "choice", of: "columns", texts: columns },
          },
        },
      },
    },
    rowItems: { kind: "choice", of: "fieldItems", texts: fieldItems },
    columnItems: { kind: "choice", of: "fieldItems", texts: fieldItems },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: (row) => ({
    kind: wire.readText(row[0]),
    row: wire.readNullable(row[1], wire.readText),
    column: wire.readNullable(row[2], wire.readText),
    count: wire.readNumber(row[3]),
  }),
});

/** The different values of a field, ascending, from a scan of the events that match. */
export const distinctValues: StatementTemplate<undefined, DistinctValuesRow, "many", DistinctValuesSlots> = statementTemplate({
  operation: "distinctValues",
  text: "select v from (select distinct u.v from events as e left join lateral {items} as u(v) on true where {filter}) as d where v is not null order by v",
  slots: {
    filter: { kind: "filter" },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ value: wire.readText(row[0]) }),
});

/** Values of a field in the order of its type. */
export const orderValues: StatementTemplate<OrderValuesParams, OrderValuesRow, "many", OrderValuesSlots> = statementTemplate({
  operation: "aggregateEvents",
  text: "select v from unnest($1::text[]) as u(v) order by {typed}, v",
  slots: {
    typed: { kind: "choice", of: "orderedValues", texts: orderedValues },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeTexts(params.values)],
  decode: (row) => ({ value: wire.readText(row[0]) }),
});

/** The most frequent values of a field that is rolled up by the hour, of all events. */
export const aggregateRollups: StatementTemplate<AggregateRollupsParams, AggregateRollupsRow, "many", AggregateRollupsSlots> = statementTemplate({
  operation: "aggregateEvents",
  text: "with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid), rolled as (select value as v, sum(events) as n from (select hour, value, events from event_rollups where dimension = {dimension} offset 0) as r join valid using (hour) group by value), scanned as (select u.v::text as v, count(*) as n from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and {rows} offset 0) as e left join lateral {items} as u(v) on true group by u.v), tally as (select v, sum(n) as n from (select * from rolled union all select * from scanned) as parts group by v) select *, null::text from (select v, n, sum(n) over () from tally order by n desc, v nulls last limit $1::bigint) as top union all select null, 0, 0, (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale)",
  slots: {
    rows: { kind: "filter" },
    dimension: { kind: "choice", of: "dimensions", texts: dimensions },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: (row) => ({
    value: wire.readNullable(row[0], wire.readText),
    count: wire.readNumber(row[1]),
    total: wire.readNumber(row[2]),
    staleDays: wire.readNullable(row[3], wire.readText),
  }),
});

/** The different values of a field that is rolled up by the hour, ascending. */
export const distinctRollups: StatementTemplate<undefined, DistinctRollupsRow, "many", DistinctRollupsSlots> = statementTemplate({
  operation: "distinctValues",
  text: "with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid) select *, null from (select v from (select value as v from (select hour, value, events from event_rollups where dimension = {dimension} offset 0) as r join valid using (hour) union select u.v::text from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and {rows} offset 0) as e left join lateral {items} as u(v) on true) as d where v is not null order by v) as ordered union all select null, (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale)",
  slots: {
    rows: { kind: "filter" },
    dimension: { kind: "choice", of: "dimensions", texts: dimensions },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ value: wire.readNullable(row[0], wire.readText), staleDays: wire.readNullable(row[1], wire.readText) }),
});

/** What the lists of the most frequent values of a field say, with a scan of the days that have none where it is wanted. */
export const lookAtLists: StatementTemplate<LookAtListsParams, LookAtListsRow, "many", LookAtListsSlots> = statementTemplate({
  operation: "aggregateEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours group by 1), lists as materialized (select day, total, missing, bound, top_values, top_counts, coalesce(top_counts[$2::integer + 1], bound) as head_bound from event_top_days join versions using (day, version) where dimension = {dimension}), stale as materialized (select day from versions except all select day from lists), scanned as materialized ({scanned}), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, {typed} nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted ) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, {typed} nulls last",
  slots: {
    filter: { kind: "filter" },
    rows: { kind: "filter" },
    dimension: { kind: "choice", of: "dimensions", texts: dimensions },
    typed: { kind: "choice", of: "typedValues", texts: typedValues },
    columns: { kind: "choice", of: "fieldColumns", texts: fieldColumns },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
    scanned: {
      kind: "each",
      separator: "",
      parts: {
        lists: {
          text: "select null::text as v, 0 as n where false",
        },
        days: {
          text: "select u.v::text as v, count(*) as n from stale as d cross join lateral (select {columns} from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and {rows} and true offset 0) as e left join lateral {items} as u(v) on true where true group by u.v",
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 2,
  encode: (params) => [wire.writeNumber(params.limit), wire.writeNumber(params.prefix)],
  decode: (row) => ({
    listed: wire.readNumber(row[0]),
    stale: wire.readNumber(row[1]),
    staleDays: wire.readNullable(row[2], wire.readText),
    unseen: wire.readNumber(row[3]),
    total: wire.readNumber(row[4]),
    value: wire.readNullable(row[5], wire.readText),
    count: wire.readNullable(row[6], wire.readNumber),
    gap: wire.readNullable(row[7], wire.readNumber),
  }),
});

/** What the lists of the most frequent values of a field say, with a scan of the days that have none where it is wanted, of a filter on combined fields. */
export const lookAtCombinations: StatementTemplate<LookAtCombinationsParams, LookAtCombinationsRow, "many", LookAtCombinationsSlots> = statementTemplate({
  operation: "aggregateEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where {around} group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and {inside}), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where {combination})), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), counted as materialized (select w.day, w.n, l.total, l.missing, l.bound, l.top_values, l.top_counts from wanted as w left join event_top_days as l on l.day = w.day and l.dimension = {combined} || w.number and l.version = w.version), summed as materialized (select day, u.v, sum(u.n) as n from counted cross join lateral unnest(top_values, top_counts) as u(v, n) group by 1, 2), added as materialized (select day, array_agg(v) as top_values, array_agg(n) as top_counts from (select * from summed order by day, n desc) as a group by day), sums as (select day, sum(coalesce(total, n)) as total, sum(coalesce(missing, n)) as missing, max(coalesce(bound, 0)) as bound from counted group by day), lists as materialized (select h.day, coalesce(total, 0) as total, coalesce(missing, 0) as missing, coalesce(bound, 0) as bound, coalesce(a.top_values, '{}') as top_values, coalesce(a.top_counts, '{}') as top_counts, coalesce(a.top_counts[$2::integer + 1], bound, 0) as head_bound from known as h left join sums using (day) left join added as a using (day)), scanned as materialized ({scanned}), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, {typed} nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted ) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, {typed} nulls last",
  slots: {
    wanted: { kind: "filter" },
    rows: { kind: "filter" },
    around: { kind: "filter" },
    inside: { kind: "filter" },
    combination: { kind: "filter" },
    filter: { kind: "filter" },
    combined: { kind: "choice", of: "combinedDimensions", texts: combinedDimensions },
    typed: { kind: "choice", of: "orderedValues", texts: orderedValues },
    columns: { kind: "choice", of: "fieldColumns", texts: fieldColumns },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
    scanned: {
      kind: "each",
      separator: "",
      parts: {
        lists: {
          text: "select null::text as v, 0 as n where false",
        },
        days: {
          text: "select u.v::text as v, count(*) as n from stale as d cross join lateral (select {columns} from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and {rows} and {filter} offset 0) as e left join lateral {items} as u(v) on true where true group by u.v",
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 2,
  encode: (params) => [wire.writeNumber(params.limit), wire.writeNumber(params.prefix)],
  decode: (row) => ({
    listed: wire.readNumber(row[0]),
    stale: wire.readNumber(row[1]),
    staleDays: wire.readNullable(row[2], wire.readText),
    unseen: wire.readNumber(row[3]),
    total: wire.readNumber(row[4]),
    value: wire.readNullable(row[5], wire.readText),
    count: wire.readNullable(row[6], wire.readNumber),
    gap: wire.readNullable(row[7], wire.readNumber),
  }),
});

/** What the lists say together with a count of some values on the days that don't list them. */
export const recountLists: StatementTemplate<RecountListsParams, RecountListsRow, "many", RecountListsSlots> = statementTemplate({
  operation: "aggregateEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours group by 1), lists as materialized (select day, total, missing, bound, top_values, top_counts, coalesce(top_counts[$2::integer + 1], bound) as head_bound from event_top_days join versions using (day, version) where dimension = {dimension}), stale as materialized (select day from versions except all select day from lists), scanned as materialized ({scanned}), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, {typed} nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), recounted as (select u.v::text as v, count(*) as n from (select distinct day from unlisted) as d cross join lateral (select {columns} from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and {rows} and {filter} offset 0) as e left join lateral {items} as u(v) on true where u.v::text = any ($3::text[]) and (d.day, u.v::text) not in (select day, v from heads) and (d.day, u.v::text) not in (select day, v from tails) group by u.v), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted where v <> all ($3::text[]) union all select v, n, 0, false from recounted) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, {typed} nulls last",
  slots: {
    filter: { kind: "filter" },
    rows: { kind: "filter" },
    dimension: { kind: "choice", of: "dimensions", texts: dimensions },
    typed: { kind: "choice", of: "typedValues", texts: typedValues },
    columns: { kind: "choice", of: "fieldColumns", texts: fieldColumns },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
    scanned: {
      kind: "each",
      separator: "",
      parts: {
        lists: {
          text: "select null::text as v, 0 as n where false",
        },
        days: {
          text: "select u.v::text as v, count(*) as n from stale as d cross join lateral (select {columns} from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and {rows} and true offset 0) as e left join lateral {items} as u(v) on true where true group by u.v",
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 3,
  encode: (params) => [wire.writeNumber(params.limit), wire.writeNumber(params.prefix), wire.writeTexts(params.values)],
  decode: (row) => ({
    listed: wire.readNumber(row[0]),
    stale: wire.readNumber(row[1]),
    staleDays: wire.readNullable(row[2], wire.readText),
    unseen: wire.readNumber(row[3]),
    total: wire.readNumber(row[4]),
    value: wire.readNullable(row[5], wire.readText),
    count: wire.readNullable(row[6], wire.readNumber),
    gap: wire.readNullable(row[7], wire.readNumber),
  }),
});

/** What the lists say together with a count of some values on the days that don't list them, of a filter on combined fields. */
export const recountCombinations: StatementTemplate<RecountCombinationsParams, RecountCombinationsRow, "many", RecountCombinationsSlots> = statementTemplate({
  operation: "aggregateEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where {around} group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and {inside}), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where {combination})), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), counted as materialized (select w.day, w.n, l.total, l.missing, l.bound, l.top_values, l.top_counts from wanted as w left join event_top_days as l on l.day = w.day and l.dimension = {combined} || w.number and l.version = w.version), summed as materialized (select day, u.v, sum(u.n) as n from counted cross join lateral unnest(top_values, top_counts) as u(v, n) group by 1, 2), added as materialized (select day, array_agg(v) as top_values, array_agg(n) as top_counts from (select * from summed order by day, n desc) as a group by day), sums as (select day, sum(coalesce(total, n)) as total, sum(coalesce(missing, n)) as missing, max(coalesce(bound, 0)) as bound from counted group by day), lists as materialized (select h.day, coalesce(total, 0) as total, coalesce(missing, 0) as missing, coalesce(bound, 0) as bound, coalesce(a.top_values, '{}') as top_values, coalesce(a.top_counts, '{}') as top_counts, coalesce(a.top_counts[$2::integer + 1], bound, 0) as head_bound from known as h left join sums using (day) left join added as a using (day)), scanned as materialized ({scanned}), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, {typed} nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), recounted as (select u.v::text as v, count(*) as n from (select distinct day from unlisted) as d cross join lateral (select {columns} from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and {rows} and ({filter} and {wanted}) offset 0) as e left join lateral {items} as u(v) on true where u.v::text = any ($3::text[]) and (d.day, u.v::text) not in (select day, v from heads) and (d.day, u.v::text) not in (select day, v from tails) group by u.v), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted where v <> all ($3::text[]) union all select v, n, 0, false from recounted) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, {typed} nulls last",
  slots: {
    wanted: { kind: "filter" },
    rows: { kind: "filter" },
    around: { kind: "filter" },
    inside: { kind: "filter" },
    combination: { kind: "filter" },
    filter: { kind: "filter" },
    combined: { kind: "choice", of: "combinedDimensions", texts: combinedDimensions },
    typed: { kind: "choice", of: "orderedValues", texts: orderedValues },
    columns: { kind: "choice", of: "fieldColumns", texts: fieldColumns },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
    scanned: {
      kind: "each",
      separator: "",
      parts: {
        lists: {
          text: "select null::text as v, 0 as n where false",
        },
        days: {
          text: "select u.v::text as v, count(*) as n from stale as d cross join lateral (select {columns} from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and {rows} and {filter} offset 0) as e left join lateral {items} as u(v) on true where true group by u.v",
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 3,
  encode: (params) => [wire.writeNumber(params.limit), wire.writeNumber(params.prefix), wire.writeTexts(params.values)],
  decode: (row) => ({
    listed: wire.readNumber(row[0]),
    stale: wire.readNumber(row[1]),
    staleDays: wire.readNullable(row[2], wire.readText),
    unseen: wire.readNumber(row[3]),
    total: wire.readNumber(row[4]),
    value: wire.readNullable(row[5], wire.readText),
    count: wire.readNullable(row[6], wire.readNumber),
    gap: wire.readNullable(row[7], wire.readNumber),
  }),
});

/** What the lists of several fields say of a filter on combined fields, with the rows of the days that have none. */
export const summarizeCombinations: StatementTemplate<SummarizeCombinationsParams, SummarizeCombinationsRow, "many", SummarizeCombinationsSlots> = statementTemplate({
  operation: "summarizeEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where {around} group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and {inside}), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where {combination})), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), rows as materialized (select e.* from readable cross join lateral (select {columns} from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and {rows} and {filter} offset 0) as e) select -1, 0::bigint, (select count(*) from stale) - (select count(*) from readable), (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale), 0::numeric, coalesce((select sum(n) from wanted), 0) + (select count(*) from rows), null::text, null::numeric, null::numeric union all {panels}",
  slots: {
    around: { kind: "filter" },
    inside: { kind: "filter" },
    combination: { kind: "filter" },
    filter: { kind: "filter" },
    rows: { kind: "filter" },
    columns: {
      kind: "each",
      separator: ", ",
      parts: {
        column: {
          text: "{column}",
          slots: {
            column: { kind: "choice", of: "columns", texts: columns },
          },
        },
      },
    },
    panels: {
      kind: "each",
      separator: " union all ",
      parts: {
        panel: {
          text: "(with counted as materialized (select w.day, w.n, l.total, l.missing, l.bound, l.top_values, l.top_counts from wanted as w left join event_top_days as l on l.day = w.day and l.dimension = {combined} || w.number and l.version = w.version), summed as materialized (select day, u.v, sum(u.n) as n from counted cross join lateral unnest(top_values, top_counts) as u(v, n) group by 1, 2), added as materialized (select day, array_agg(v) as top_values, array_agg(n) as top_counts from (select * from summed order by day, n desc) as a group by day), sums as (select day, sum(coalesce(total, n)) as total, sum(coalesce(missing, n)) as missing, max(coalesce(bound, 0)) as bound from counted group by day), lists as materialized (select h.day, coalesce(total, 0) as total, coalesce(missing, 0) as missing, coalesce(bound, 0) as bound, coalesce(a.top_values, '{}') as top_values, coalesce(a.top_counts, '{}') as top_counts, coalesce(a.top_counts[$2::integer + 1], bound, 0) as head_bound from known as h left join sums using (day) left join added as a using (day)), scanned as materialized (select u.v::text as v, count(*) as n from rows as e left join lateral {items} as u(v) on true group by u.v), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, {typed} nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted ) as parts group by v having bool_or(is_chosen)) select {number}, facts.*, found.* from facts left join found on true order by n desc nulls last, {typed} nulls last)",
          slots: {
            number: { kind: "number" },
            combined: { kind: "choice", of: "combinedDimensions", texts: combinedDimensions },
            typed: { kind: "choice", of: "orderedValues", texts: orderedValues },
            items: { kind: "choice", of: "fieldItems", texts: fieldItems },
          },
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 2,
  encode: (params) => [wire.writeNumber(params.limit), wire.writeNumber(params.prefix)],
  decode: (row) => ({
    panel: wire.readNumber(row[0]),
    listed: wire.readNumber(row[1]),
    stale: wire.readNumber(row[2]),
    staleDays: wire.readNullable(row[3], wire.readText),
    unseen: wire.readNumber(row[4]),
    total: wire.readNumber(row[5]),
    value: wire.readNullable(row[6], wire.readText),
    count: wire.readNullable(row[7], wire.readNumber),
    gap: wire.readNullable(row[8], wire.readNumber),
  }),
});

/** The oldest and the newest time of the events that match. */
export const timeRange: StatementTemplate<undefined, TimeRangeRow, "one", TimeRangeSlots> = statementTemplate({
  operation: "timelineEvents",
  text: "select min({axis}), max({axis}) from events where {filter}",
  slots: {
    filter: { kind: "filter" },
    axis: { kind: "choice", of: "timeColumns", texts: timeColumns },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ oldest: wire.readNullable(row[0], wire.readText), newest: wire.readNullable(row[1], wire.readText) }),
});

/** The oldest and the newest hour with events, from the counters of the hours. */
export const hourRange: Statement<undefined, HourRangeRow, "one"> = {
  operation: "timelineEvents",
  name: "es_oLDi72PQc9fDfJWvKqKRF2KCWtS",
  text: "select min(hour), max(hour) from (select hour from event_hours group by hour having sum(inserted) > sum(deleted)) as live",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ oldest: wire.readNullable(row[0], wire.readText), newest: wire.readNullable(row[1], wire.readText) }),
};

/** Numbers of events by time, from a scan of the events that match. */
export const timelineRows: StatementTemplate<TimelineRowsParams, TimelineRowsRow, "many", TimelineRowsSlots> = statementTemplate({
  operation: "timelineEvents",
  text: "with totals as (select bucket, count(*) as n from (select width_bucket({axis}, $3::timestamptz[]) as bucket from events where {axis} >= $1::timestamptz and {axis} < $2::timestamptz and {filter}) as e group by 1) select bucket, null::text, -1::bigint, n from totals",
  slots: {
    filter: { kind: "filter" },
    axis: { kind: "choice", of: "timeColumns", texts: timeColumns },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 3,
  encode: (params) => [wire.writeTime(params.from), wire.writeTime(params.to), wire.writeTimes(params.marks)],
  decode: (row) => ({
    bucket: wire.readNumber(row[0]),
    value: wire.readNullable(row[1], wire.readText),
    rank: wire.readNumber(row[2]),
    count: wire.readNumber(row[3]),
  }),
});

/** Numbers of events by time and the values of some fields, from one scan of the events that match. */
export const timelineSplitRows: StatementTemplate<TimelineSplitRowsParams, TimelineSplitRowsRow, "many", TimelineSplitRowsSlots> = statementTemplate({
  operation: "timelineEvents",
  text: "with matching as materialized (select width_bucket({axis}, $3::timestamptz[]) as bucket, {columns} from events where {axis} >= $1::timestamptz and {axis} < $2::timestamptz and {filter}), totals as (select bucket, count(*) as n from matching group by 1) select bucket, null::text, -1::bigint, n::numeric, 0 from totals union all {panels}",
  slots: {
    filter: { kind: "filter" },
    axis: { kind: "choice", of: "timeColumns", texts: timeColumns },
    columns: {
      kind: "each",
      separator: ", ",
      parts: {
        column: {
          text: "{column}",
          slots: {
            column: { kind: "choice", of: "columns", texts: columns },
          },
        },
      },
    },
    panels: {
      kind: "each",
      separator: " union all ",
      parts: {
        panel: {
          text: "(with tally as materialized (select bucket, u.v, count(*) as n from matching as e left join lateral {items} as u(v) on true group by 1, 2), tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n), {number} from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3)",
          slots: {
            number: { kind: "number" },
            items: { kind: "choice", of: "fieldItems", texts: fieldItems },
          },
        },
      },
    },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 4,
  encode: (params) => [
    wire.writeTime(params.from),
    wire.writeTime(params.to),
    wire.writeTimes(params.marks),
    wire.writeNumber(params.limit),
  ],
  decode: (row) => ({
    bucket: wire.readNumber(row[0]),
    value: wire.readNullable(row[1], wire.readText),
    rank: wire.readNumber(row[2]),
    count: wire.readNumber(row[3]),
    panel: wire.readNumber(row[4]),
  }),
});

/** Numbers of all events by time, from the counters of the hours. */
export const timelineHours: Statement<TimelineHoursParams, TimelineHoursRow, "many"> = {
  operation: "timelineEvents",
  name: "es_u0Nx8BlGYOqKerk67Qr5HvpLtS9",
  text: "with totals as (select width_bucket(hour, $3::timestamptz[]) as bucket, sum(inserted) - sum(deleted) as n from event_hours where hour >= $1::timestamptz and hour < $2::timestamptz group by 1) select bucket, null::text, -1::bigint, n from totals",
  cardinality: "many",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.from), wire.writeTime(params.to), wire.writeTimes(params.marks)],
  decode: (row) => ({
    bucket: wire.readNumber(row[0]),
    value: wire.readNullable(row[1], wire.readText),
    rank: wire.readNumber(row[2]),
    count: wire.readNumber(row[3]),
  }),
};

/** Numbers of all events by time and value of a field that is rolled up by the hour. */
export const timelineRollups: StatementTemplate<TimelineRollupsParams, TimelineRollupsRow, "many", TimelineRollupsSlots> = statementTemplate({
  operation: "timelineEvents",
  text: "with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours where hour >= $1::timestamptz and hour < $2::timestamptz group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid), totals as (select width_bucket(hour, $3::timestamptz[]) as bucket, sum(inserted) - sum(deleted) as n from event_hours where hour >= $1::timestamptz and hour < $2::timestamptz group by 1), tally as materialized (select width_bucket(hour, $3::timestamptz[]) as bucket, v, sum(n) as n from (select hour, value as v, events as n from (select hour, value, events from event_rollups where dimension = {dimension} and hour >= $1::timestamptz and hour < $2::timestamptz offset 0) as r join valid using (hour) union all select stale.hour, u.v::text, count(*) from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and {rows} offset 0) as e left join lateral {items} as u(v) on true group by 1, 2) as parts group by 1, 2), tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) select bucket, null::text, -1::bigint, n from totals union all select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n) from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3 union all select 0, (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale), -2, 0",
  slots: {
    rows: { kind: "filter" },
    dimension: { kind: "choice", of: "dimensions", texts: dimensions },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 4,
  encode: (params) => [
    wire.writeTime(params.from),
    wire.writeTime(params.to),
    wire.writeTimes(params.marks),
    wire.writeNumber(params.limit),
  ],
  decode: (row) => ({
    bucket: wire.readNumber(row[0]),
    value: wire.readNullable(row[1], wire.readText),
    rank: wire.readNumber(row[2]),
    count: wire.readNumber(row[3]),
  }),
});

/** Numbers of events by time, of those that match a filter on fields whose combinations are counted. */
export const timelineCombinations: StatementTemplate<TimelineCombinationsParams, TimelineCombinationsRow, "many", TimelineCombinationsSlots> = statementTemplate({
  operation: "timelineEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where {around} group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and {inside}), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where {combination})), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), spread as materialized (select w.place, width_bucket(to_timestamp(u.hour::bigint * 3600), $3::timestamptz[]) as bucket, sum(u.n) as n from wanted as w join event_top_days as l on l.day = w.day and l.dimension = 'combined if5XsNLN @hours ' || w.number and l.version = w.version cross join lateral unnest(top_values, top_counts) as u(hour, n) where to_timestamp(u.hour::bigint * 3600) >= $1::timestamptz and to_timestamp(u.hour::bigint * 3600) < $2::timestamptz group by 1, 2), rows as materialized (select width_bucket(e.detect_time, $3::timestamptz[]) as bucket, category, source_type, source_protocol, target_type, target_protocol, severity, event_class from readable cross join lateral (select * from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and {rows} and {filter} offset 0) as e where e.detect_time >= $1::timestamptz and e.detect_time < $2::timestamptz), totals as (select bucket, sum(n) as n from (select bucket, n from spread union all select bucket, 1 from rows) as t group by 1) select bucket, null::text, -1::bigint, n from totals union all select 0, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale), -2, (select count(*) from stale) - (select count(*) from readable)",
  slots: {
    around: { kind: "filter" },
    inside: { kind: "filter" },
    combination: { kind: "filter" },
    filter: { kind: "filter" },
    rows: { kind: "filter" },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 3,
  encode: (params) => [wire.writeTime(params.from), wire.writeTime(params.to), wire.writeTimes(params.marks)],
  decode: (row) => ({
    bucket: wire.readNumber(row[0]),
    value: wire.readNullable(row[1], wire.readText),
    rank: wire.readNumber(row[2]),
    count: wire.readNumber(row[3]),
  }),
});

/** The same by the values of one of these fields, too. */
export const timelineSplitCombinations: StatementTemplate<TimelineSplitCombinationsParams, TimelineSplitCombinationsRow, "many", TimelineSplitCombinationsSlots> = statementTemplate({
  operation: "timelineEvents",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where {around} group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and {inside}), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where {combination})), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), spread as materialized (select w.place, width_bucket(to_timestamp(u.hour::bigint * 3600), $3::timestamptz[]) as bucket, sum(u.n) as n from wanted as w join event_top_days as l on l.day = w.day and l.dimension = 'combined if5XsNLN @hours ' || w.number and l.version = w.version cross join lateral unnest(top_values, top_counts) as u(hour, n) where to_timestamp(u.hour::bigint * 3600) >= $1::timestamptz and to_timestamp(u.hour::bigint * 3600) < $2::timestamptz group by 1, 2), rows as materialized (select width_bucket(e.detect_time, $3::timestamptz[]) as bucket, category, source_type, source_protocol, target_type, target_protocol, severity, event_class from readable cross join lateral (select * from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and {rows} and {filter} offset 0) as e where e.detect_time >= $1::timestamptz and e.detect_time < $2::timestamptz), totals as (select bucket, sum(n) as n from (select bucket, n from spread union all select bucket, 1 from rows) as t group by 1), split as materialized (select m.place, u.v::text as v from matched as m cross join lateral json_populate_record(null::events, json_build_object('category', m.combination::json -> 0, 'source_type', m.combination::json -> 1, 'source_protocol', m.combination::json -> 2, 'target_type', m.combination::json -> 3, 'target_protocol', m.combination::json -> 4, 'severity', m.combination::json -> 5, 'event_class', m.combination::json -> 6)) as e left join lateral {items} as u(v) on true), tally as materialized (select bucket, v, sum(n) as n from (select s.bucket, split.v, s.n from spread as s join split using (place) union all select e.bucket, u.v::text, 1 from rows as e left join lateral {items} as u(v) on true) as parts group by 1, 2), tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) select bucket, null::text, -1::bigint, n from totals union all select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n) from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3 union all select 0, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale), -2, (select count(*) from stale) - (select count(*) from readable)",
  slots: {
    around: { kind: "filter" },
    inside: { kind: "filter" },
    combination: { kind: "filter" },
    filter: { kind: "filter" },
    rows: { kind: "filter" },
    items: { kind: "choice", of: "fieldItems", texts: fieldItems },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 4,
  encode: (params) => [
    wire.writeTime(params.from),
    wire.writeTime(params.to),
    wire.writeTimes(params.marks),
    wire.writeNumber(params.limit),
  ],
  decode: (row) => ({
    bucket: wire.readNumber(row[0]),
    value: wire.readNullable(row[1], wire.readText),
    rank: wire.readNumber(row[2]),
    count: wire.readNumber(row[3]),
  }),
});

/** Waits until no other transaction computes roll-ups, and keeps others waiting until this one ends. */
export const lockRollups: Statement<undefined, undefined, "none"> = {
  operation: "refresh",
  name: "es_jwB_Ya8vF3v6dSLj5uTTjkHijai",
  text: "select pg_advisory_xact_lock(hashtextextended('eventstore rollups ' || current_schema(), 0))",
  cardinality: "none",
  idempotent: true,
  encode: () => [],
  decode: () => undefined,
};

/** Deletes the roll-ups of hours that went with their day. */
export const sweepRollups: Statement<undefined, undefined, "none"> = {
  operation: "refresh",
  name: "es_rFAZsIZzil0J6hh7pCqFB07aHq7",
  text: "with dropped as (delete from event_rollup_hours where version = -1 returning hour) delete from event_rollups where dimension in ('category', 'source.type', 'source.protocol', 'target.type', 'target.protocol', 'node.name', 'node.type', 'severity', 'event_class', 'abuse_group') and hour in (select hour from dropped)",
  cardinality: "none",
  idempotent: false,
  encode: () => [],
  decode: () => undefined,
};

/** Hours before the current one that changed since they were rolled up, oldest first. */
export const staleHours: Statement<undefined, StaleHoursRow, "many"> = {
  operation: "refresh",
  name: "es_qP_tsza-vUUEZyDO57rrWThgtwS",
  text: "with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid) select hour::text from stale where hour < date_trunc('hour', now(), 'UTC') order by hour",
  cardinality: "many",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ hour: wire.readText(row[0]) }),
};

/** Computes the roll-ups of some hours. */
export const rollUpHours: StatementTemplate<RollUpHoursParams, undefined, "none", RollUpHoursSlots> = statementTemplate({
  operation: "refresh",
  text: "with target as materialized (select unnest($1::timestamptz[]) as hour), rows as materialized (select target.hour, category, source_type, source_protocol, target_type, target_protocol, node_name, node_type, severity, event_class, abuse_group from target join lateral (select * from events where detect_time >= target.hour and detect_time < target.hour + interval '1 hour' and {rows} offset 0) as e on true), forgotten as (delete from event_rollups where dimension in ('category', 'source.type', 'source.protocol', 'target.type', 'target.protocol', 'node.name', 'node.type', 'severity', 'event_class', 'abuse_group') and hour = any($1::timestamptz[])), computed as (insert into event_rollups (dimension, hour, value, count, events) select 'category', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, category as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'source.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, source_type as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'source.protocol', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, source_protocol as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'target.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, target_type as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'target.protocol', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, target_protocol as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'node.name', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, node_name as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'node.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, node_type as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'severity', hour, given::text, n, n from (select hour, severity as given, count(*) as n from rows group by 1, 2) as g union all select 'event_class', hour, given::text, n, n from (select hour, event_class as given, count(*) as n from rows group by 1, 2) as g union all select 'abuse_group', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, abuse_group as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v) insert into event_rollup_hours (hour, version, fields) select hour, sum(inserted) + sum(deleted), 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group' from event_hours where hour = any($1::timestamptz[]) group by hour on conflict (hour) do update set version = excluded.version, fields = excluded.fields",
  slots: {
    rows: { kind: "filter" },
  },
  cardinality: "none",
  idempotent: false,
  parameters: 1,
  encode: (params) => [wire.writeTimes(params.hours)],
  decode: () => undefined,
});

/** Days before today that changed since their lists were made, oldest first. */
export const staleDays: Statement<undefined, StaleDaysRow, "many"> = {
  operation: "refresh",
  name: "es_zNxEstQiUJHQ9Y4oD97pp5QvQ6k",
  text: "with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours group by 1) select day::text from versions where day < date_trunc('day', now(), 'UTC') and (select count(*) from event_top_days as l where l.day = versions.day and l.dimension in ('source.ip by event', 'source.port by event', 'source.hostname by event', 'source.asn by event', 'target.ip by event', 'target.port by event', 'target.hostname by event', 'target.asn by event', 'combined if5XsNLN') and l.version = versions.version) < 9 order by day",
  cardinality: "many",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ day: wire.readText(row[0]) }),
};

/** Deletes the counts of a day's combinations. */
export const forgetCombinations: Statement<ForgetCombinationsParams, undefined, "none"> = {
  operation: "refresh",
  name: "es_8XCTSXT8yCiFRHXFjhPyXRZDjd8",
  text: "delete from event_top_days where day = $1::timestamptz and dimension like 'combined %'",
  cardinality: "none",
  idempotent: false,
  encode: (params) => [wire.writeTime(params.day)],
  decode: () => undefined,
};

/** Computes the roll-ups of some hours of a day, its lists of the most frequent values, and its counts by combination. */
export const countDay: StatementTemplate<CountDayParams, undefined, "none", CountDaySlots> = statementTemplate({
  operation: "refresh",
  text: "with day as (select sum(inserted) + sum(deleted) as version from event_hours where hour >= $1::timestamptz and hour < $1::timestamptz + interval '24 hours'), rows as materialized (select json_build_array(category, source_type, source_protocol, target_type, target_protocol, severity, event_class)::text collate \"C\" as \"#combination\", date_bin(interval '1 hour', detect_time, timestamptz '2000-01-01 00:00:00+00') as hour, category, source_type, source_protocol, target_type, target_protocol, node_name, node_type, severity, event_class, abuse_group, source_ip, source_port, source_hostname, source_asn, target_ip, target_port, target_hostname, target_asn from events where detect_time >= $1::timestamptz and detect_time < $1::timestamptz + interval '24 hours' and {rows}), combinations as materialized (select \"#combination\", count(*) as n, row_number() over (order by \"#combination\") - 1 as number from rows group by 1), numbered as materialized (select case when (select count(*) from combinations) <= 300 then number end as \"#number\", hour, category, source_type, source_protocol, target_type, target_protocol, node_name, node_type, severity, event_class, abuse_group, source_ip, source_port, source_hostname, source_asn, target_ip, target_port, target_hostname, target_asn from rows join combinations using (\"#combination\")), forgotten as (delete from event_rollups where dimension in ('category', 'source.type', 'source.protocol', 'target.type', 'target.protocol', 'node.name', 'node.type', 'severity', 'event_class', 'abuse_group') and hour = any($3::timestamptz[])), computed as (insert into event_rollups (dimension, hour, value, count, events) select 'category', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, category as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'source.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, source_type as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'source.protocol', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, source_protocol as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'target.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, target_type as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'target.protocol', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, target_protocol as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'node.name', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, node_name as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'node.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, node_type as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'severity', hour, given::text, n, n from (select hour, severity as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g union all select 'event_class', hour, given::text, n, n from (select hour, event_class as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g union all select 'abuse_group', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, abuse_group as given, count(*) as n from numbered where hour = any($3::timestamptz[]) group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v), marked as (insert into event_rollup_hours (hour, version, fields) select hour, sum(inserted) + sum(deleted), 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group' from event_hours where hour = any($3::timestamptz[]) group by hour on conflict (hour) do update set version = excluded.version, fields = excluded.fields), tally0 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(category), 0) when 1 then category when 0 then '{null}' else case when cardinality(category) = 2 and (category)[1] <> (category)[2] then category else array(select distinct unnest(category)) end end) as v, n from (select \"#number\" as number, category, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most0 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally0 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists0 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most0 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most0 where place <= least($2::integer, 250)) as listed from tally0 as t where number is not null) as t group by number having count(v) > 0), tally1 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(source_type), 0) when 1 then source_type when 0 then '{null}' else case when cardinality(source_type) = 2 and (source_type)[1] <> (source_type)[2] then source_type else array(select distinct unnest(source_type)) end end) as v, n from (select \"#number\" as number, source_type, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most1 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally1 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists1 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most1 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most1 where place <= least($2::integer, 250)) as listed from tally1 as t where number is not null) as t group by number having count(v) > 0), tally2 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(source_protocol), 0) when 1 then source_protocol when 0 then '{null}' else case when cardinality(source_protocol) = 2 and (source_protocol)[1] <> (source_protocol)[2] then source_protocol else array(select distinct unnest(source_protocol)) end end) as v, n from (select \"#number\" as number, source_protocol, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most2 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally2 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists2 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most2 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most2 where place <= least($2::integer, 250)) as listed from tally2 as t where number is not null) as t group by number having count(v) > 0), tally3 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(target_type), 0) when 1 then target_type when 0 then '{null}' else case when cardinality(target_type) = 2 and (target_type)[1] <> (target_type)[2] then target_type else array(select distinct unnest(target_type)) end end) as v, n from (select \"#number\" as number, target_type, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most3 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally3 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists3 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most3 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most3 where place <= least($2::integer, 250)) as listed from tally3 as t where number is not null) as t group by number having count(v) > 0), tally4 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(target_protocol), 0) when 1 then target_protocol when 0 then '{null}' else case when cardinality(target_protocol) = 2 and (target_protocol)[1] <> (target_protocol)[2] then target_protocol else array(select distinct unnest(target_protocol)) end end) as v, n from (select \"#number\" as number, target_protocol, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most4 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally4 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists4 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most4 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most4 where place <= least($2::integer, 250)) as listed from tally4 as t where number is not null) as t group by number having count(v) > 0), tally5 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(node_name), 0) when 1 then node_name when 0 then '{null}' else case when cardinality(node_name) = 2 and (node_name)[1] <> (node_name)[2] then node_name else array(select distinct unnest(node_name)) end end) as v, n from (select \"#number\" as number, node_name, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most5 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally5 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists5 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most5 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most5 where place <= least($2::integer, 250)) as listed from tally5 as t where number is not null) as t group by number having count(v) > 0), tally6 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(node_type), 0) when 1 then node_type when 0 then '{null}' else case when cardinality(node_type) = 2 and (node_type)[1] <> (node_type)[2] then node_type else array(select distinct unnest(node_type)) end end) as v, n from (select \"#number\" as number, node_type, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most6 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally6 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists6 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most6 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most6 where place <= least($2::integer, 250)) as listed from tally6 as t where number is not null) as t group by number having count(v) > 0), tally7 as materialized (select number, v, sum(n)::bigint as n from (select number, severity as v, n from (select \"#number\" as number, severity, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most7 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally7 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists7 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most7 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most7 where place <= least($2::integer, 250)) as listed from tally7 as t where number is not null) as t group by number having count(v) > 0), tally8 as materialized (select number, v, sum(n)::bigint as n from (select number, event_class as v, n from (select \"#number\" as number, event_class, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most8 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally8 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists8 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most8 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most8 where place <= least($2::integer, 250)) as listed from tally8 as t where number is not null) as t group by number having count(v) > 0), tally9 as materialized (select number, v, sum(n)::bigint as n from (select number, unnest(case coalesce(cardinality(abuse_group), 0) when 1 then abuse_group when 0 then '{null}' else case when cardinality(abuse_group) = 2 and (abuse_group)[1] <> (abuse_group)[2] then abuse_group else array(select distinct unnest(abuse_group)) end end) as v, n from (select \"#number\" as number, abuse_group, count(*) as n from numbered group by 1, 2) as g) as e group by 1, 2), most9 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally9 where v is not null group by v) as d order by n desc, v limit least($2::integer, 250) + 1), lists9 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most9 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most9 where place <= least($2::integer, 250)) as listed from tally9 as t where number is not null) as t group by number having count(v) > 0), tally10 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(source_ip), 0) when 1 then source_ip when 0 then '{null}' else case when cardinality(source_ip) = 2 and (source_ip)[1] <> (source_ip)[2] then source_ip else array(select distinct unnest(source_ip)) end end) as v from numbered) as e group by 1, 2), most10 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally10 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists10 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most10 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most10 where place <= least($2::integer, 250)) as listed from tally10 as t where number is not null) as t group by number having count(v) > 0), tally11 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(source_port), 0) when 1 then source_port when 0 then '{null}' else case when cardinality(source_port) = 2 and (source_port)[1] <> (source_port)[2] then source_port else array(select distinct unnest(source_port)) end end) as v from numbered) as e group by 1, 2), most11 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally11 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists11 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most11 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most11 where place <= least($2::integer, 250)) as listed from tally11 as t where number is not null) as t group by number having count(v) > 0), tally12 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(source_hostname), 0) when 1 then source_hostname when 0 then '{null}' else case when cardinality(source_hostname) = 2 and (source_hostname)[1] <> (source_hostname)[2] then source_hostname else array(select distinct unnest(source_hostname)) end end) as v from numbered) as e group by 1, 2), most12 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally12 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists12 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most12 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most12 where place <= least($2::integer, 250)) as listed from tally12 as t where number is not null) as t group by number having count(v) > 0), tally13 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(source_asn), 0) when 1 then source_asn when 0 then '{null}' else case when cardinality(source_asn) = 2 and (source_asn)[1] <> (source_asn)[2] then source_asn else array(select distinct unnest(source_asn)) end end) as v from numbered) as e group by 1, 2), most13 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally13 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists13 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most13 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most13 where place <= least($2::integer, 250)) as listed from tally13 as t where number is not null) as t group by number having count(v) > 0), tally14 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(target_ip), 0) when 1 then target_ip when 0 then '{null}' else case when cardinality(target_ip) = 2 and (target_ip)[1] <> (target_ip)[2] then target_ip else array(select distinct unnest(target_ip)) end end) as v from numbered) as e group by 1, 2), most14 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally14 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists14 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most14 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most14 where place <= least($2::integer, 250)) as listed from tally14 as t where number is not null) as t group by number having count(v) > 0), tally15 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(target_port), 0) when 1 then target_port when 0 then '{null}' else case when cardinality(target_port) = 2 and (target_port)[1] <> (target_port)[2] then target_port else array(select distinct unnest(target_port)) end end) as v from numbered) as e group by 1, 2), most15 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally15 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists15 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most15 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most15 where place <= least($2::integer, 250)) as listed from tally15 as t where number is not null) as t group by number having count(v) > 0), tally16 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(target_hostname), 0) when 1 then target_hostname when 0 then '{null}' else case when cardinality(target_hostname) = 2 and (target_hostname)[1] <> (target_hostname)[2] then target_hostname else array(select distinct unnest(target_hostname)) end end) as v from numbered) as e group by 1, 2), most16 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally16 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists16 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most16 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most16 where place <= least($2::integer, 250)) as listed from tally16 as t where number is not null) as t group by number having count(v) > 0), tally17 as materialized (select number, v, count(*) as n from (select \"#number\" as number, unnest(case coalesce(cardinality(target_asn), 0) when 1 then target_asn when 0 then '{null}' else case when cardinality(target_asn) = 2 and (target_asn)[1] <> (target_asn)[2] then target_asn else array(select distinct unnest(target_asn)) end end) as v from numbered) as e group by 1, 2), most17 as materialized (select v, n, row_number() over (order by n desc, v) as place from (select v, sum(n)::bigint as n from tally17 where v is not null group by v) as d order by n desc, v limit $2::integer + 1), lists17 as (select number, sum(n) as total, coalesce(sum(n) filter (where v is null), 0) as missing, coalesce((select n from most17 where place = least($2::integer, 250) + 1), 0) as bound, array_agg(v::text order by n desc, v) filter (where listed) as top_values, array_agg(n order by n desc, v) filter (where listed) as top_counts from (select t.*, v in (select v from most17 where place <= least($2::integer, 250)) as listed from tally17 as t where number is not null) as t group by number having count(v) > 0) insert into event_top_days (day, dimension, version, total, missing, bound, top_values, top_counts) select $1::timestamptz, dimension, day.version, total, missing, bound, coalesce(top_values, '{}'), coalesce(top_counts, '{}') from day cross join (select 'combined if5XsNLN' as dimension, coalesce(sum(n), 0) as total, 0 as missing, case when count(*) > 300 then 1 else 0 end as bound, array_agg(\"#combination\" order by number) as top_values, array_agg(n order by number) as top_counts from combinations union all select 'combined if5XsNLN @hours ' || \"#number\", sum(n), 0, 0, array_agg(hour_number::text order by hour), array_agg(n order by hour) from (select \"#number\", hour, floor(extract(epoch from hour) / 3600)::bigint as hour_number, count(*) as n from numbered where \"#number\" is not null group by 1, 2) as h group by \"#number\" union all select 'combined if5XsNLN category ' || number, total, missing, bound, top_values, top_counts from lists0 union all select 'combined if5XsNLN source.type ' || number, total, missing, bound, top_values, top_counts from lists1 union all select 'combined if5XsNLN source.protocol ' || number, total, missing, bound, top_values, top_counts from lists2 union all select 'combined if5XsNLN target.type ' || number, total, missing, bound, top_values, top_counts from lists3 union all select 'combined if5XsNLN target.protocol ' || number, total, missing, bound, top_values, top_counts from lists4 union all select 'combined if5XsNLN node.name ' || number, total, missing, bound, top_values, top_counts from lists5 union all select 'combined if5XsNLN node.type ' || number, total, missing, bound, top_values, top_counts from lists6 union all select 'combined if5XsNLN severity ' || number, total, missing, bound, top_values, top_counts from lists7 union all select 'combined if5XsNLN event_class ' || number, total, missing, bound, top_values, top_counts from lists8 union all select 'combined if5XsNLN abuse_group ' || number, total, missing, bound, top_values, top_counts from lists9 union all select 'source.ip by event' as dimension, (select coalesce(sum(n), 0) from tally10) as total, (select coalesce(sum(n), 0) from tally10 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most10 union all select 'combined if5XsNLN source.ip ' || number, total, missing, bound, top_values, top_counts from lists10 union all select 'source.port by event' as dimension, (select coalesce(sum(n), 0) from tally11) as total, (select coalesce(sum(n), 0) from tally11 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most11 union all select 'combined if5XsNLN source.port ' || number, total, missing, bound, top_values, top_counts from lists11 union all select 'source.hostname by event' as dimension, (select coalesce(sum(n), 0) from tally12) as total, (select coalesce(sum(n), 0) from tally12 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most12 union all select 'combined if5XsNLN source.hostname ' || number, total, missing, bound, top_values, top_counts from lists12 union all select 'source.asn by event' as dimension, (select coalesce(sum(n), 0) from tally13) as total, (select coalesce(sum(n), 0) from tally13 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most13 union all select 'combined if5XsNLN source.asn ' || number, total, missing, bound, top_values, top_counts from lists13 union all select 'target.ip by event' as dimension, (select coalesce(sum(n), 0) from tally14) as total, (select coalesce(sum(n), 0) from tally14 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most14 union all select 'combined if5XsNLN target.ip ' || number, total, missing, bound, top_values, top_counts from lists14 union all select 'target.port by event' as dimension, (select coalesce(sum(n), 0) from tally15) as total, (select coalesce(sum(n), 0) from tally15 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most15 union all select 'combined if5XsNLN target.port ' || number, total, missing, bound, top_values, top_counts from lists15 union all select 'target.hostname by event' as dimension, (select coalesce(sum(n), 0) from tally16) as total, (select coalesce(sum(n), 0) from tally16 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most16 union all select 'combined if5XsNLN target.hostname ' || number, total, missing, bound, top_values, top_counts from lists16 union all select 'target.asn by event' as dimension, (select coalesce(sum(n), 0) from tally17) as total, (select coalesce(sum(n), 0) from tally17 where v is null) as missing, coalesce(max(n) filter (where place > $2::integer), 0) as bound, array_agg(v::text order by place) filter (where place <= $2::integer) as top_values, array_agg(n order by place) filter (where place <= $2::integer) as top_counts from most17 union all select 'combined if5XsNLN target.asn ' || number, total, missing, bound, top_values, top_counts from lists17) as counted where day.version is not null order by dimension on conflict (day, dimension) do update set version = excluded.version, total = excluded.total, missing = excluded.missing, bound = excluded.bound, top_values = excluded.top_values, top_counts = excluded.top_counts",
  slots: {
    rows: { kind: "filter" },
  },
  cardinality: "none",
  idempotent: false,
  parameters: 3,
  encode: (params) => [wire.writeTime(params.day), wire.writeNumber(params.values), wire.writeTimes(params.hours)],
  decode: () => undefined,
});

/** Keeps a table from being dropped until the transaction ends. */
export const lockTable: StatementTemplate<undefined, undefined, "none", LockTableSlots> = statementTemplate({
  operation: "refresh",
  text: "lock table {table} in access share mode",
  slots: {
    table: { kind: "table" },
  },
  cardinality: "none",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: () => undefined,
});

/** Sorts what waits in the GIN indexes of a table. */
export const sortIndexes: Statement<SortIndexesParams, number, "count"> = {
  operation: "refresh",
  name: "es_327TCYAsnfb4APLTqQUj-7rckOr",
  text: "select count(gin_clean_pending_list(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam where a.amname = 'gin' and i.indrelid = $1::regclass",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeText(params.table)],
  decode: ([count]) => wire.readNumber(count),
};

/** Keeps the time of this refresh. */
export const markRefreshed: Statement<undefined, undefined, "none"> = {
  operation: "refresh",
  name: "es_s3ec2sZ36bP8ykwYFGiePZhYe7d",
  text: "update event_rollup_hours set refreshed_at = now() where hour = (select max(hour) from event_rollup_hours)",
  cardinality: "none",
  idempotent: true,
  encode: () => [],
  decode: () => undefined,
};

/** When a refresh last ended. */
export const lastRefresh: Statement<undefined, LastRefreshRow, "one"> = {
  operation: "databaseStatus",
  name: "es_IkC9Nl4eYViN-9Bm61KBWr1sTEK",
  text: "select max(refreshed_at) from event_rollup_hours",
  cardinality: "one",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ time: wire.readNullable(row[0], wire.readDate) }),
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
  slots: {
    filter: { kind: "filter" },
  },
  cardinality: "count",
  idempotent: false,
  parameters: 0,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
});

/** Deletes some of the events that match: a slice of a large deletion. */
export const deleteSomeEvents: StatementTemplate<DeleteSomeEventsParams, number, "count"> = statementTemplate({
  operation: "deleteEvents",
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
  slots: {
    filter: { kind: "filter" },
  },
  cardinality: "count",
  idempotent: false,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: ([count]) => wire.readNumber(count),
});

/** Deletes the events whose value of a time column lies before a time. */
export const deleteOldEvents: StatementTemplate<DeleteOldEventsParams, number, "count", DeleteOldEventsSlots> = statementTemplate({
  operation: "tableCleanup",
  text: `with gone as (
  delete from events where ({column} < $1::timestamptz) returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.seq = gone.seq and j.detect_time = gone.at
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone`,
  slots: {
    column: { kind: "choice", of: "ageColumns", texts: ageColumns },
  },
  cardinality: "count",
  idempotent: false,
  parameters: 1,
  encode: (params) => [wire.writeTime(params.before)],
  decode: ([count]) => wire.readNumber(count),
});

/** Deletes the events of a part of the time that match. */
export const deleteSlice: StatementTemplate<undefined, number, "count", DeleteSliceSlots> = statementTemplate({
  operation: "deleteEvents",
  text: `with gone as (
  delete from events where {filter} returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.seq = gone.seq and j.detect_time = gone.at and {texts}
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone`,
  slots: {
    filter: { kind: "filter" },
    texts: { kind: "filter" },
  },
  cardinality: "count",
  idempotent: false,
  parameters: 0,
  encode: () => [],
  decode: ([count]) => wire.readNumber(count),
});

/** Deletes some of the events of a part of the time that match. */
export const deleteSomeOfSlice: StatementTemplate<DeleteSomeOfSliceParams, number, "count", DeleteSomeOfSliceSlots> = statementTemplate({
  operation: "deleteEvents",
  text: `with gone as (
  delete from events where (detect_time, seq) in (select detect_time, seq from events where {filter} limit $1::bigint) and {within} returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.seq = gone.seq and j.detect_time = gone.at and {texts}
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone`,
  slots: {
    filter: { kind: "filter" },
    texts: { kind: "filter" },
    within: { kind: "filter" },
  },
  cardinality: "count",
  idempotent: false,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.limit)],
  decode: ([count]) => wire.readNumber(count),
});

/** Whether an hour that begins before a time has events, by its counters. */
export const hasOldEvents: Statement<HasOldEventsParams, HasOldEventsRow, "one"> = {
  operation: "tableCleanup",
  name: "es_MCYwh9GGPDRyDj-2qF_ToedU6kC",
  text: "select exists (select from event_hours where hour < $1::timestamptz group by hour having sum(inserted) > sum(deleted))",
  cardinality: "one",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: (row) => ({ found: wire.readBoolean(row[0]) }),
};

/** Removes identifiers of events that went with their day, a slice at a time. */
export const sweepIds: Statement<SweepIdsParams, undefined, "count"> = {
  operation: "refresh",
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

/** Removes identifiers of events of a part of the time that went with their day. */
export const sweepSlice: StatementTemplate<SweepSliceParams, undefined, "count", SweepSliceSlots> = statementTemplate({
  operation: "refresh",
  text: `delete from event_ids i using (
  select id, seq from event_ids old where detect_time < $1::timestamptz and {span}
  and not exists (select from event_json j where j.seq = old.seq and j.detect_time = old.detect_time and {texts})
  limit $2::bigint
) as stale where i.id = stale.id and i.seq = stale.seq`,
  slots: {
    span: { kind: "filter" },
    texts: { kind: "filter" },
  },
  cardinality: "count",
  idempotent: true,
  parameters: 2,
  encode: (params) => [wire.writeTime(params.before), wire.writeNumber(params.limit)],
  decode: () => undefined,
});

/** The JSON texts of a partition with their times of storing, oldest first. */
export const archiveEvents: StatementTemplate<undefined, ArchiveEventsRow, "many", ArchiveEventsSlots> = statementTemplate({
  operation: "archivePartitions",
  text: "select e.storage_time, j.event from {events} e join {texts} j on j.seq = e.seq and j.detect_time = e.detect_time order by e.detect_time, e.id",
  slots: {
    events: { kind: "table" },
    texts: { kind: "table" },
  },
  cardinality: "many",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ stored: wire.readText(row[0]), event: wire.readEvent(row[1]) }),
});

/** Removes the rows of thresholds whose thresholdtime (start of thresholding) lies before a time. */
export const cleanThresholdsThresholdtime: Statement<CleanThresholdsThresholdtimeParams, undefined, "count"> = {
  operation: "tableCleanup",
  name: "es_cn94g2Ed87k7_upk_dh58e4i_Lc",
  text: "delete from thresholds where thresholdtime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Removes the rows of thresholds whose relapsetime (from when on a further event counts as a relapse) lies before a time. */
export const cleanThresholdsRelapsetime: Statement<CleanThresholdsRelapsetimeParams, undefined, "count"> = {
  operation: "tableCleanup",
  name: "es_EByVfP0xjwwrcenkOY-gCBuEypR",
  text: "delete from thresholds where relapsetime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Removes the rows of thresholds whose ttltime (end of thresholding) lies before a time. */
export const cleanThresholdsTtltime: Statement<CleanThresholdsTtltimeParams, undefined, "count"> = {
  operation: "tableCleanup",
  name: "es_FCJdHO_s_KIvFYx-rURYMIDyD_k",
  text: "delete from thresholds where ttltime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Removes the rows of events_thresholded whose createtime (when it was withheld) lies before a time. */
export const cleanEventsThresholdedCreatetime: Statement<CleanEventsThresholdedCreatetimeParams, undefined, "count"> = {
  operation: "tableCleanup",
  name: "es_oZ98TLkHHCC8f8u_rdF5mdByF8U",
  text: "delete from events_thresholded where createtime < $1::timestamptz",
  cardinality: "count",
  idempotent: true,
  encode: (params) => [wire.writeTime(params.before)],
  decode: () => undefined,
};

/** Starts thresholding of keys, or sets their times and label anew; how many keys. */
export const thresholdSet: Statement<ThresholdSetParams, undefined, "count"> = {
  operation: "thresholdSet",
  name: "es_NjOZWzBYiHZ8NwsYvojey9Au44w",
  text: `insert into thresholds (id, thresholdtime, relapsetime, ttltime, report_label)
select key, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5::text
from (select distinct unnest($1::text[]) as key) as given where not exists (select from eventstore_schema where version > 6) order by key
on conflict (id) do update
set thresholdtime = excluded.thresholdtime, relapsetime = excluded.relapsetime, ttltime = excluded.ttltime,
  report_label = excluded.report_label`,
  cardinality: "count",
  idempotent: true,
  encode: (params) => [
    wire.writeTexts(params.keys),
    wire.writeTime(params.thresholdTime),
    wire.writeTime(params.relapseTime),
    wire.writeTime(params.ttlTime),
    wire.writeNullable(params.label, wire.writeText),
  ],
  decode: () => undefined,
};

/** The records of those keys that are being thresholded at a time. */
export const thresholdCheck: Statement<ThresholdCheckParams, ThresholdCheckRow, "many"> = {
  operation: "thresholdCheck",
  name: "es_A7D3S6v9rUurDPyhavYB-UyMf3J",
  text: `select id, thresholdtime, relapsetime, ttltime, report_label from thresholds
where id = any($1::text[]) and ttltime >= $2::timestamptz order by id`,
  cardinality: "many",
  idempotent: true,
  encode: (params) => [wire.writeTexts(params.keys), wire.writeTime(params.time)],
  decode: (row) => ({
    key: wire.readText(row[0]),
    thresholdTime: wire.readDate(row[1]),
    relapseTime: wire.readDate(row[2]),
    ttlTime: wire.readDate(row[3]),
    label: wire.readNullable(row[4], wire.readText),
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

/** Remembers that an event was withheld under some keys, and how many; the same event and key twice violates the primary key. */
export const thresholdSave: Statement<ThresholdSaveParams, undefined, "count"> = {
  operation: "thresholdSave",
  name: "es_Ngxa5pYfJNLQVqgOkw_KsFn7164",
  text: `insert into events_thresholded (eventid, keyid, groupname, eventseverity, createtime, istarget, isshadow)
select $1::text, unnest($2::text[]), $3::text, $4::text, $5::timestamptz, $6::boolean, $7::boolean
where not exists (select from eventstore_schema where version > 6)`,
  cardinality: "count",
  idempotent: false,
  encode: (params) => [
    wire.writeText(params.eventId),
    wire.writeTexts(params.keys),
    wire.writeText(params.group),
    wire.writeText(params.severity),
    wire.writeTime(params.createTime),
    wire.writeBoolean(params.target),
    wire.writeBoolean(params.shadow),
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
  name: "es_CBcBUyIlqxzvQRsZowrxfRrx_VI",
  text: `with expired as (select * from thresholds where ttltime <= $3::timestamptz),
asked as (
  select * from events_thresholded where groupname = $1::text and eventseverity = $2::text
  and ($5::boolean is null or istarget = $5::boolean) and ($6::boolean is null or isshadow = $6::boolean)
),
relapsed as (
  select e.eventid, e.istarget, e.isshadow, array_agg(e.keyid order by e.keyid) as keys
  from asked e join expired k on k.id = e.keyid
  where k.relapsetime < k.ttltime and e.createtime >= case when $4::boolean then k.thresholdtime else k.relapsetime end
    and (not $4::boolean or exists (
      select from asked w where w.keyid = k.id and w.createtime >= k.relapsetime
    ))
  group by e.eventid, e.istarget, e.isshadow
)
select j.event, relapsed.keys, relapsed.istarget, relapsed.isshadow
from relapsed
join event_ids i on i.id = relapsed.eventid
join event_json j on j.seq = i.seq and j.detect_time = i.detect_time
order by i.detect_time, i.id, relapsed.istarget, relapsed.isshadow`,
  cardinality: "many",
  idempotent: true,
  encode: (params) => [
    wire.writeText(params.group),
    wire.writeText(params.severity),
    wire.writeTime(params.time),
    wire.writeBoolean(params.all),
    wire.writeNullable(params.target, wire.writeBoolean),
    wire.writeNullable(params.shadow, wire.writeBoolean),
  ],
  decode: (row) => ({
    event: wire.readEvent(row[0]),
    keys: wire.readTexts(row[1]),
    target: wire.readBoolean(row[2]),
    shadow: wire.readBoolean(row[3]),
  }),
};

/** Removes the keys that have expired with what was withheld under them, and gives the relapses. */
export const expireThresholds: Statement<ExpireThresholdsParams, ExpireThresholdsRow, "many"> = {
  operation: "expireThresholds",
  name: "es_6MLWZ5ppMsgMj9cXmSq49NZ_7bc",
  text: `with expired as (delete from thresholds where ttltime <= $1::timestamptz returning *),
removed as (
  delete from events_thresholded e where e.keyid in (select id from expired)
  or not exists (select from thresholds k where k.id = e.keyid) returning e.*
),
relapsed as (
  select e.eventid, e.groupname, e.eventseverity, e.istarget, e.isshadow, array_agg(e.keyid order by e.keyid) as keys
  from removed e join expired k on k.id = e.keyid
  where k.relapsetime < k.ttltime and e.createtime >= case when $2::boolean then k.thresholdtime else k.relapsetime end
    and (not $2::boolean or exists (
      select from removed w where w.keyid = k.id and w.createtime >= k.relapsetime
    ))
  group by e.eventid, e.groupname, e.eventseverity, e.istarget, e.isshadow
)
select j.event, relapsed.keys, relapsed.istarget, relapsed.isshadow, relapsed.groupname, relapsed.eventseverity
from relapsed
join event_ids i on i.id = relapsed.eventid
join event_json j on j.seq = i.seq and j.detect_time = i.detect_time
order by i.detect_time, i.id, relapsed.istarget, relapsed.isshadow`,
  cardinality: "many",
  idempotent: false,
  encode: (params) => [wire.writeTime(params.time), wire.writeBoolean(params.all)],
  decode: (row) => ({
    event: wire.readEvent(row[0]),
    keys: wire.readTexts(row[1]),
    target: wire.readBoolean(row[2]),
    shadow: wire.readBoolean(row[3]),
    group: wire.readText(row[4]),
    severity: wire.readText(row[5]),
  }),
};

/** Whether an event was stored less than the given seconds ago, by the clock of the server. */
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

/** The version of the schema, where a newer release than this one has upgraded it. */
export const newerSchema: Statement<undefined, NewerSchemaRow, "optional"> = {
  operation: "newerSchema",
  name: "es_oGjtaX5kO9O6NxnbTx_Q5G0At1q",
  text: "select version from eventstore_schema where version > 6 order by version desc limit 1",
  cardinality: "optional",
  idempotent: true,
  encode: () => [],
  decode: (row) => ({ version: wire.readNumber(row[0]) }),
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

/** The oldest and the newest time in a column of a table. */
export const tableAge: StatementTemplate<undefined, TableAgeRow, "one", TableAgeSlots> = statementTemplate({
  operation: "tableStatus",
  text: "select {age}",
  slots: {
    age: { kind: "choice", of: "ages", texts: ages },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ oldest: wire.readNullable(row[0], wire.readDate), newest: wire.readNullable(row[1], wire.readDate) }),
});

/** The oldest and the newest time in a column of a partitioned table, of a part of the time. */
export const sliceAge: StatementTemplate<undefined, SliceAgeRow, "one", SliceAgeSlots> = statementTemplate({
  operation: "tableStatus",
  text: "select {age} where {span}",
  slots: {
    age: { kind: "choice", of: "ages", texts: ages },
    span: { kind: "filter" },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ oldest: wire.readNullable(row[0], wire.readDate), newest: wire.readNullable(row[1], wire.readDate) }),
});

/** Whether an event of a part of the time was stored less than the given seconds ago. */
export const watchdogSlice: StatementTemplate<WatchdogSliceParams, WatchdogSliceRow, "one", WatchdogSliceSlots> = statementTemplate({
  operation: "watchdogEvents",
  text: "select exists (select from events where storage_time > now() - make_interval(secs => $1::float8) and {span})",
  slots: {
    span: { kind: "filter" },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 1,
  encode: (params) => [wire.writeNumber(params.interval)],
  decode: (row) => ({ alive: wire.readBoolean(row[0]) }),
});

/** The least or the greatest value of a field in the events that match. */
export const searchColumnWith: StatementTemplate<undefined, SearchColumnWithRow, "one", SearchColumnWithSlots> = statementTemplate({
  operation: "searchColumnWith",
  text: "select {aggregate}({field}) from events where {filter}",
  slots: {
    filter: { kind: "filter" },
    aggregate: { kind: "choice", of: "aggregates", texts: aggregates },
    field: { kind: "choice", of: "orderedColumns", texts: orderedColumns },
  },
  cardinality: "one",
  idempotent: true,
  parameters: 0,
  encode: () => [],
  decode: (row) => ({ value: wire.readNullable(row[0], wire.readText) }),
});

-- extension:pg_trgm: trigram indexes for texts
create extension if not exists pg_trgm;

-- sequence:event_seq: numbers of the events
create sequence if not exists event_seq;

-- table:eventstore_schema: which migrations were applied
create table if not exists eventstore_schema (
  version integer not null,
  applied_at timestamptz not null,
  description text collate "C" not null,
  primary key (version)
);

-- table:events: what is searched of each event: one row an event, partitioned by day
create table if not exists events (
  seq bigint not null,
  detect_time timestamptz not null,
  storage_time timestamptz not null,
  source_count integer not null default 0,
  target_count integer not null default 0,
  node_count integer not null default 0,
  attach_count integer not null default 0,
  id text collate "C" not null,
  severity text collate "C",
  event_class text collate "C",
  ip_tokens integer[],
  category text[] collate "C",
  description text collate "C",
  source_ip iprange[],
  source_port integer[],
  source_type text[] collate "C",
  source_protocol text[] collate "C",
  target_ip iprange[],
  target_port integer[],
  target_type text[] collate "C",
  target_protocol text[] collate "C",
  node_name text[] collate "C",
  node_type text[] collate "C",
  abuse_group text[] collate "C",
  inspection_error text[] collate "C",
  target_group text[] collate "C",
  create_time timestamptz,
  event_time timestamptz,
  cease_time timestamptz,
  win_start_time timestamptz,
  win_end_time timestamptz,
  note text collate "C",
  confidence double precision,
  conn_count numeric,
  flow_count numeric,
  packet_count numeric,
  byte_count numeric,
  alt_name text[] collate "C",
  correl_id text[] collate "C",
  aggr_id text[] collate "C",
  pred_id text[] collate "C",
  rel_id text[] collate "C",
  ref text[] collate "C",
  tlp text collate "C",
  source_hostname text[] collate "C",
  source_url text[] collate "C",
  source_mac text[] collate "C",
  source_email text[] collate "C",
  source_asn bigint[],
  source_netname text[] collate "C",
  source_router text[] collate "C",
  source_spoofed boolean[],
  source_imprecise boolean[],
  source_anonymised boolean[],
  source_note text[] collate "C",
  target_hostname text[] collate "C",
  target_url text[] collate "C",
  target_mac text[] collate "C",
  target_email text[] collate "C",
  target_asn bigint[],
  target_netname text[] collate "C",
  target_router text[] collate "C",
  target_spoofed boolean[],
  target_imprecise boolean[],
  target_anonymised boolean[],
  target_note text[] collate "C",
  node_software text[] collate "C",
  node_aggr_win interval[],
  target_severity text collate "C",
  target_class text collate "C",
  shadow_reporting boolean,
  shadow_reporting_target boolean,
  event_subclass text[] collate "C",
  target_subclass text[] collate "C",
  impact text collate "C",
  source_resolved_asn bigint[],
  source_resolved_country text[] collate "C",
  target_resolved_asn bigint[],
  target_resolved_country text[] collate "C",
  attach_hash text[] collate "C",
  attach_filename text[] collate "C",
  attach_type text[] collate "C",
  attach_content_type text[] collate "C",
  attach_size bigint[],
  attach_ref text[] collate "C",
  attach_note text[] collate "C",
  source_elements jsonb,
  target_elements jsonb,
  node_elements jsonb,
  attach_elements jsonb
) partition by range (detect_time);

-- table:event_json: the events as they were given, partitioned as the searched table
create table if not exists event_json (
  seq bigint not null,
  detect_time timestamptz not null,
  event bytea not null
) partition by range (detect_time);

-- table:event_ids: where each event is: keeps identifiers unique over all days
create table if not exists event_ids (
  id text collate "C" not null,
  detect_time timestamptz not null,
  seq bigint not null,
  primary key (id)
);

-- table:event_hours: counters of each UTC hour; the sums over all shards are the version of the hour, which grows with every change
create table if not exists event_hours (
  hour timestamptz not null,
  shard smallint not null,
  inserted bigint not null,
  deleted bigint not null,
  primary key (hour, shard)
) with (fillfactor = 50);

-- table:event_rollups: events by hour and value of a field
create table if not exists event_rollups (
  dimension text collate "C" not null,
  hour timestamptz not null,
  value text collate "C",
  count bigint not null,
  events bigint not null
);

-- table:event_rollup_hours: which hours are rolled up: valid where the version is that of the hour
create table if not exists event_rollup_hours (
  hour timestamptz not null,
  version bigint not null,
  fields text collate "C",
  refreshed_at timestamptz,
  primary key (hour)
);

-- table:event_top_days: the most frequent values of a field on each UTC day: valid where the version is that of the day
create table if not exists event_top_days (
  day timestamptz not null,
  dimension text collate "C" not null,
  version bigint not null,
  total bigint not null,
  missing bigint not null,
  bound bigint not null,
  top_values text[] collate "C" not null,
  top_counts bigint[] not null,
  primary key (day, dimension)
);

-- table:event_words: all values that a field with few different ones has or had, for tests that no index serves
create table if not exists event_words (
  field text collate "C" not null,
  value text collate "C" not null,
  primary key (field, value)
);

-- table:thresholds: keys that are being thresholded
create table if not exists thresholds (
  id text collate "C" not null,
  thresholdtime timestamptz not null,
  relapsetime timestamptz not null,
  ttltime timestamptz not null,
  report_label text collate "C",
  primary key (id)
);

-- table:events_thresholded: events that were withheld because their key was being thresholded
create table if not exists events_thresholded (
  eventid text collate "C" not null,
  keyid text collate "C" not null,
  groupname text collate "C" not null,
  eventseverity text collate "C" not null,
  createtime timestamptz not null,
  istarget boolean not null default false,
  isshadow boolean not null default false,
  primary key (eventid, keyid)
);

-- table:events_default: rows of events whose day has no partition
create table if not exists events_default partition of events default;

-- table:event_json_default: rows of event_json whose day has no partition
create table if not exists event_json_default partition of event_json default;

-- index:events_id_idx: hash index of events for tests of id
create index if not exists events_id_idx on events using hash (id);

-- index:events_detect_time_idx: btree index of events for tests of detect_time
create index if not exists events_detect_time_idx on events using btree (detect_time);

-- index:events_storage_time_idx: btree index of events for tests of storage_time
create index if not exists events_storage_time_idx on events using btree (storage_time);

-- index:events_severity_idx: btree index of events for tests of severity
create index if not exists events_severity_idx on events using btree (severity);

-- index:events_event_class_idx: btree index of events for tests of event_class
create index if not exists events_event_class_idx on events using btree (event_class);

-- index:events_lists_idx: gin index of events for tests of addresses and list fields
create index if not exists events_lists_idx on events using gin (category, source_port, source_type, source_protocol, target_port, target_type, target_protocol, node_name, node_type, abuse_group, inspection_error, target_group, ip_tokens) with (gin_pending_list_limit = 256);

-- index:events_description_trgm_idx: gin index of events for texts within description
create index if not exists events_description_trgm_idx on events using gin ((lower(description collate "C")) gin_trgm_ops) with (gin_pending_list_limit = 256);

-- index:event_json_seq_idx: btree index of event_json for reading the event of a row
create index if not exists event_json_seq_idx on event_json using btree (seq);

-- index:event_rollups_key_idx: btree index of event_rollups for reading one field over some hours
create index if not exists event_rollups_key_idx on event_rollups using btree (dimension, hour, value);

-- index:thresholds_ttltime_idx: btree index of thresholds for cleaning and the search for relapses
create index if not exists thresholds_ttltime_idx on thresholds using btree (ttltime);

-- index:events_thresholded_keyid_idx: btree index of events_thresholded for the events of a key
create index if not exists events_thresholded_keyid_idx on events_thresholded using btree (keyid, createtime);

-- index:events_thresholded_group_idx: btree index of events_thresholded for the search for relapses
create index if not exists events_thresholded_group_idx on events_thresholded using btree (groupname, eventseverity);

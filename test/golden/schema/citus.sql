create table if not exists event_json (
  id text collate "C" not null,
  seq bigint not null,
  detect_time timestamptz not null,
  event bytea not null
) partition by range (detect_time);

create extension if not exists citus;

select run_command_on_workers(format('alter database %I set jit = off', current_database()));

create or replace function events_elements(jsonb) returns setof record language internal immutable strict parallel safe as 'jsonb_to_recordset';

comment on table eventstore_schema is 'idea-eventstore layout: citus';

select create_reference_table('eventstore_schema');

select create_reference_table('event_hours');

select create_reference_table('event_rollups');

select create_reference_table('event_rollup_hours');

select create_reference_table('event_top_days');

select create_reference_table('event_words');

select create_distributed_table('events', 'id', colocate_with => 'none', shard_count => 4);

select create_distributed_table('event_json', 'id', colocate_with => 'events');

select create_distributed_table('event_ids', 'id', colocate_with => 'events');

select create_distributed_table('thresholds', 'id', colocate_with => 'none', shard_count => 4);

select create_distributed_table('events_thresholded', 'keyid', colocate_with => 'thresholds');

drop function if exists events_elements(jsonb);

-- insertEvent
with ids as (
  insert into event_ids as i (id, detect_time, seq)
  select $1::text, $2::timestamptz, nextval('event_seq') where not exists (select 1 from eventstore_schema where version > 6)
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
  insert into event_json (id, seq, detect_time, event)
  select ids.id, ids.seq, ids.detect_time, $90::bytea from ids
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
select id from ids;

-- insertListedEvent
with ids as (
  insert into event_ids as i (id, detect_time, seq)
  select $1::text, $2::timestamptz, nextval('event_seq') where not exists (select 1 from eventstore_schema where version > 6)
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
  insert into event_json (id, seq, detect_time, event)
  select ids.id, ids.seq, ids.detect_time, $90::bytea from ids
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, count(*), 0 from (select detect_time as at from ids) as changed group by 1 order by 1 on conflict (hour, shard) do update set inserted = h.inserted + excluded.inserted
)
select id from ids;

-- insertEvents
with input as (
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
  select id, detect_time, nextval('event_seq') from input where not exists (select 1 from eventstore_schema where version > 6)
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
  insert into event_json (id, seq, detect_time, event)
  select ids.id, ids.seq, ids.detect_time, input.event from input join ids on ids.id = input.id
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
select id from ids;

-- insertNewEvents
with input as (
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
  select id, detect_time, nextval('event_seq') from input where not exists (select 1 from eventstore_schema where version > 6)
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
  insert into event_json (id, seq, detect_time, event)
  select ids.id, ids.seq, ids.detect_time, input.event from input join ids on ids.id = input.id
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
select id from ids;

-- freeIds
delete from event_ids i using unnest($1::text[], $2::bigint[]) as known (id, seq) where i.id = known.id and i.seq = known.seq and not exists (select 1 from event_json j where j.id = i.id and j.seq = i.seq and j.detect_time = i.detect_time and (true)) returning i.id;

-- lostIds
select i.id, has_table_privilege('event_ids', 'DELETE') from event_ids i where i.id = any($1::text[]) and not exists (select 1 from event_json j where j.id = i.id and j.seq = i.seq and j.detect_time = i.detect_time);

-- placeEvents
select nextval('event_seq'), get_shard_id_for_distribution_column('event_ids', id) from unnest($1::text[]) with ordinality as given (id, place) order by place;

-- storeEvents
select stored from events_store($1::text, $2::int4, $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[],
    $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[],
    $23::text[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[],
    $30::text[], $31::text[], $32::text[], $33::text[], $34::text[], $35::text[], $36::text[],
    $37::text[], $38::text[], $39::text[], $40::text[], $41::text[], $42::text[], $43::text[],
    $44::text[], $45::text[], $46::text[], $47::text[], $48::text[], $49::text[], $50::text[],
    $51::text[], $52::text[], $53::text[], $54::text[], $55::text[], $56::text[], $57::text[],
    $58::text[], $59::text[], $60::text[], $61::text[], $62::text[], $63::text[], $64::text[],
    $65::text[], $66::text[], $67::text[], $68::text[], $69::text[], $70::text[], $71::text[],
    $72::text[], $73::text[], $74::text[], $75::text[], $76::text[], $77::text[], $78::text[],
    $79::text[], $80::text[], $81::text[], $82::text[], $83::text[], $84::text[], $85::text[],
    $86::text[], $87::text[], $88::text[], $89::text[], $90::text[], $91::text[], $92::text[],
    $93::bytea[]) as stored;

-- countStored
insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, count(*), 0 from (select unnest($1::timestamptz[]) as at) as changed group by 1 order by 1 on conflict (hour, shard) do update set inserted = h.inserted + excluded.inserted;

-- listStored
with input as (
  select category::text[], node_name::text[], abuse_group::text[]
  from unnest($1::text[], $2::text[], $3::text[]) as given (category, node_name, abuse_group)
)
insert into event_words (field, value)
select distinct field, value from (
  select 'category' as field, unnest(category) as value from input
  union all select 'node.name' as field, unnest(node_name) as value from input
  union all select 'abuse_group' as field, unnest(abuse_group) as value from input
) as found where value <> '' order by field, value
on conflict (field, value) do nothing;

-- fetchEvent
select j.event from event_ids i join event_json j on j.id = i.id and j.seq = i.seq and j.detect_time = i.detect_time
where i.id = $1::text;

-- eventTexts
select i.id, j.event from event_ids i join event_json j on j.id = i.id and j.seq = i.seq and j.detect_time = i.detect_time where i.id = any($1::text[]);

-- spreadPage
select id as hit_id, seq as hit_seq, detect_time as hit_time, detect_time as hit_sorted from events as e where (true) and (true) order by detect_time desc, id desc limit $1::bigint;

-- spreadGhosts
select id as hit_id, seq as hit_seq, detect_time as hit_time, detect_time as hit_sorted, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time, win_end_time, category, description, note, confidence, conn_count, flow_count, packet_count, byte_count, alt_name, correl_id, aggr_id, pred_id, rel_id, ref, tlp, source_ip, source_port, source_type, source_protocol, source_hostname, source_url, source_mac, source_email, source_asn, source_netname, source_router, source_spoofed, source_imprecise, source_anonymised, source_note, target_ip, target_port, target_type, target_protocol, target_hostname, target_url, target_mac, target_email, target_asn, target_netname, target_router, target_spoofed, target_imprecise, target_anonymised, target_note, node_name, node_type, node_software, node_aggr_win, severity, event_class, abuse_group, inspection_error, target_severity, target_class, target_group, shadow_reporting, shadow_reporting_target, event_subclass, target_subclass, impact, source_resolved_asn, source_resolved_country, target_resolved_asn, target_resolved_country, attach_hash, attach_filename, attach_type, attach_content_type, attach_size, attach_ref, attach_note, source_elements, target_elements, node_elements, attach_elements from events as e where (true) and (true) order by detect_time desc, id desc limit $1::bigint;

-- spreadEvents
select id as hit_id, seq as hit_seq, detect_time as hit_time, detect_time as hit_sorted, (select j.event from event_json as j where j.id = e.id and j.seq = e.seq and j.detect_time = e.detect_time) from events as e where (true) and (true) order by detect_time desc, id desc limit $1::bigint;

-- spreadTexts
select seq, event from event_json where id = any($1::text[]) and seq = any($2::bigint[]) and detect_time >= $3::timestamptz and detect_time <= $4::timestamptz;

-- spreadText
select event from event_json where id = $1::text and seq = $2::bigint and detect_time = $3::timestamptz;

-- newestWindow
with counters as materialized (select hour, inserted - deleted as n from event_hours where (true) order by hour desc limit 1920), sums as (select hour, sum(sum(n)) over (order by hour desc) as total from counters group by hour) select coalesce(max(hour) filter (where total >= $1::bigint), min(hour)), max(total) is null or (max(total) < $1::bigint and (select count(*) from counters) < 1920) from sums;

-- oldestWindow
with counters as materialized (select hour, inserted - deleted as n from event_hours where (true) order by hour asc limit 1920), sums as (select hour, sum(sum(n)) over (order by hour asc) as total from counters group by hour) select coalesce(min(hour) filter (where total >= $1::bigint), max(hour)), max(total) is null or (max(total) < $1::bigint and (select count(*) from counters) < 1920) from sums;

-- listPartitions
select (select count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0) from pg_inherits i where i.inhparent = 'events'::regclass), c.relname::text, ((select coalesce(sum(inserted) - sum(deleted), 0) from event_hours) / count(*) over ())::bigint, pg_get_expr(c.relpartbound, c.oid), (select array(select f.name from unnest(array['category', 'node.name', 'abuse_group']) as f(name) where (select count(*) from (select from event_words w where w.field = f.name limit 1001) as w) > 1000)) from (select) as always left join (pg_inherits i join pg_class c on c.oid = i.inhrelid) on i.inhparent = 'events'::regclass;

-- countRolledEvents
with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid) select coalesce((select sum(events) from (select hour, value, events from event_rollups where dimension = 'category' and value = any($1::text[])) as r join valid using (hour)), 0) + (select count(*) from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and (true)) as e where (true)), (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale);

-- countCombinations
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where (true) group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and (true)), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select 1 from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where (true))), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)) select coalesce((select sum(n) from wanted), 0) + (select count(*) from readable cross join lateral (select 1 from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and (true) and (true)) as e), (select count(*) from stale) - (select count(*) from readable), (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale);

-- aggregateEvents
select v, count(*) as n, sum(count(*)) over () from (select id as v from events where (true)) as e group by v order by n desc, v nulls last limit $1::bigint;

-- summarizeEvents
with matching as materialized (select id, count(*) as "#times" from events where (true) group by id) select -1 as panel, null::text, coalesce(sum("#times"), 0)::bigint, coalesce(sum("#times"), 0)::bigint::numeric from matching union all (select 0 as panel, v::text, n, sum(n) over () from (select v, coalesce(sum("#times"), 0)::bigint as n from (select id as v, "#times" from matching) as e group by v) as tally order by n desc, v nulls last limit $1::bigint);

-- pivotEvents
with matching as materialized (select id, count(*) as "#times" from events where (true) group by id), pairs as materialized (select r.v as rv, c.v as cv, coalesce(sum("#times"), 0)::bigint as n from matching as e left join lateral (values (e.id)) as r(v) on true left join lateral (values (e.id)) as c(v) on true group by r.v, c.v), row_totals as materialized (select x.v, coalesce(sum("#times"), 0)::bigint as n from matching as e left join lateral (values (e.id)) as x(v) on true group by x.v), column_totals as materialized (select x.v, coalesce(sum("#times"), 0)::bigint as n from matching as e left join lateral (values (e.id)) as x(v) on true group by x.v), total as (select coalesce(sum("#times"), 0)::bigint as n from matching), rows as (select v, n from row_totals order by n desc, v nulls last limit $1::bigint), columns as (select v, n from column_totals order by n desc, v nulls last limit $1::bigint) select rows.v::text, columns.v::text, coalesce(pairs.n, 0), rows.n, columns.n, total.n from rows cross join columns cross join total left join pairs on pairs.rv is not distinct from rows.v and pairs.cv is not distinct from columns.v order by rows.n desc, rows.v nulls last, columns.n desc, columns.v nulls last;

-- pivotPairs
with matching as materialized (select id, count(*) as "#times" from events where (true) group by id), pairs as materialized (select r.v as rv, c.v as cv, coalesce(sum("#times"), 0)::bigint as n from matching as e left join lateral (values (e.id)) as r(v) on true left join lateral (values (e.id)) as c(v) on true group by r.v, c.v), row_totals as materialized (select x.v, coalesce(sum("#times"), 0)::bigint as n from matching as e left join lateral (values (e.id)) as x(v) on true group by x.v), column_totals as materialized (select x.v, coalesce(sum("#times"), 0)::bigint as n from matching as e left join lateral (values (e.id)) as x(v) on true group by x.v), total as (select coalesce(sum("#times"), 0)::bigint as n from matching) select * from (select 'all' as kind, null::text as rv, null::text as cv, n from total union all select 'row', v::text, null, n from row_totals union all select 'column', null, v::text, n from column_totals union all select 'pair', rv::text, cv::text, n from pairs) as counts limit $1::bigint;

-- aggregateRollups
with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid), rolled as (select value as v, sum(events) as n from (select hour, value, events from event_rollups where dimension = 'category') as r join valid using (hour) group by value), scanned as (select u.v::text as v, count(*) as n from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and (true)) as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true group by u.v), tally as (select v, sum(n) as n from (select * from rolled union all select * from scanned) as parts group by v) select *, null::text from (select v, n, sum(n) over () from tally order by n desc, v nulls last limit $1::bigint) as top union all select null, 0, 0, (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale);

-- distinctRollups
with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid) select *, null from (select v from (select value as v from (select hour, value, events from event_rollups where dimension = 'category') as r join valid using (hour) union select u.v::text from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and (true)) as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true) as d where v is not null order by v) as ordered union all select null, (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale);

-- lookAtLists
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours group by 1), lists as materialized (select day, total, missing, bound, top_values, top_counts, coalesce(top_counts[$2::integer + 1], bound) as head_bound from event_top_days join versions using (day, version) where dimension = 'source.ip by event'), stale as materialized (select day from versions except all select day from lists), scanned as materialized (select u.v::text as v, count(*) as n from stale as d cross join lateral (select source_ip from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and (true) and true) as e left join lateral unnest(case when cardinality(e.source_ip) < 2 or cardinality(e.source_ip) = 2 and (e.source_ip)[1] <> (e.source_ip)[2] then e.source_ip else array(select distinct unnest(e.source_ip)) end) as u(v) on true where true group by u.v), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, v::iprange nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted ) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, v::iprange nulls last;

-- lookAtCombinations
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where (true) group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and (true)), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select 1 from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where (true))), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), counted as materialized (select w.day, w.n, l.total, l.missing, l.bound, l.top_values, l.top_counts from wanted as w left join event_top_days as l on l.day = w.day and l.dimension = 'combined if5XsNLN category ' || w.number and l.version = w.version), summed as materialized (select day, u.v, sum(u.n) as n from counted cross join lateral unnest(top_values, top_counts) as u(v, n) group by 1, 2), added as materialized (select day, array_agg(v) as top_values, array_agg(n) as top_counts from (select * from summed order by day, n desc) as a group by day), sums as (select day, sum(coalesce(total, n)) as total, sum(coalesce(missing, n)) as missing, max(coalesce(bound, 0)) as bound from counted group by day), lists as materialized (select h.day, coalesce(total, 0) as total, coalesce(missing, 0) as missing, coalesce(bound, 0) as bound, coalesce(a.top_values, '{}') as top_values, coalesce(a.top_counts, '{}') as top_counts, coalesce(a.top_counts[$2::integer + 1], bound, 0) as head_bound from known as h left join sums using (day) left join added as a using (day)), scanned as materialized (select u.v::text as v, count(*) as n from stale as d cross join lateral (select category from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and (true) and (true)) as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true where true group by u.v), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, v::text nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted ) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, v::text nulls last;

-- recountLists
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours group by 1), lists as materialized (select day, total, missing, bound, top_values, top_counts, coalesce(top_counts[$2::integer + 1], bound) as head_bound from event_top_days join versions using (day, version) where dimension = 'source.ip by event'), stale as materialized (select day from versions except all select day from lists), scanned as materialized (select u.v::text as v, count(*) as n from stale as d cross join lateral (select source_ip from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and (true) and true) as e left join lateral unnest(case when cardinality(e.source_ip) < 2 or cardinality(e.source_ip) = 2 and (e.source_ip)[1] <> (e.source_ip)[2] then e.source_ip else array(select distinct unnest(e.source_ip)) end) as u(v) on true where true group by u.v), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, v::iprange nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), recounted as (select u.v::text as v, count(*) as n from (select distinct day from unlisted) as d cross join lateral (select source_ip from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and (true) and (true)) as e left join lateral unnest(case when cardinality(e.source_ip) < 2 or cardinality(e.source_ip) = 2 and (e.source_ip)[1] <> (e.source_ip)[2] then e.source_ip else array(select distinct unnest(e.source_ip)) end) as u(v) on true where u.v::text = any ($3::text[]) and (d.day, u.v::text) not in (select day, v from heads) and (d.day, u.v::text) not in (select day, v from tails) group by u.v), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted where v <> all ($3::text[]) union all select v, n, 0, false from recounted) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, v::iprange nulls last;

-- recountCombinations
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where (true) group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and (true)), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select 1 from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where (true))), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), counted as materialized (select w.day, w.n, l.total, l.missing, l.bound, l.top_values, l.top_counts from wanted as w left join event_top_days as l on l.day = w.day and l.dimension = 'combined if5XsNLN category ' || w.number and l.version = w.version), summed as materialized (select day, u.v, sum(u.n) as n from counted cross join lateral unnest(top_values, top_counts) as u(v, n) group by 1, 2), added as materialized (select day, array_agg(v) as top_values, array_agg(n) as top_counts from (select * from summed order by day, n desc) as a group by day), sums as (select day, sum(coalesce(total, n)) as total, sum(coalesce(missing, n)) as missing, max(coalesce(bound, 0)) as bound from counted group by day), lists as materialized (select h.day, coalesce(total, 0) as total, coalesce(missing, 0) as missing, coalesce(bound, 0) as bound, coalesce(a.top_values, '{}') as top_values, coalesce(a.top_counts, '{}') as top_counts, coalesce(a.top_counts[$2::integer + 1], bound, 0) as head_bound from known as h left join sums using (day) left join added as a using (day)), scanned as materialized (select u.v::text as v, count(*) as n from stale as d cross join lateral (select category from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and (true) and (true)) as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true where true group by u.v), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, v::text nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), recounted as (select u.v::text as v, count(*) as n from (select distinct day from unlisted) as d cross join lateral (select category from events where detect_time >= d.day and detect_time < d.day + interval '24 hours' and (true) and ((true) and (true))) as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true where u.v::text = any ($3::text[]) and (d.day, u.v::text) not in (select day, v from heads) and (d.day, u.v::text) not in (select day, v from tails) group by u.v), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted where v <> all ($3::text[]) union all select v, n, 0, false from recounted) as parts group by v having bool_or(is_chosen)) select facts.*, found.* from facts left join found on true order by n desc nulls last, v::text nulls last;

-- summarizeCombinations
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where (true) group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and (true)), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select 1 from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where (true))), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), rows as materialized (select e.* from readable cross join lateral (select category from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and (true) and (true)) as e) select -1, 0::bigint, (select count(*) from stale) - (select count(*) from readable), (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale), 0::numeric, coalesce((select sum(n) from wanted), 0) + (select count(*) from rows), null::text, null::numeric, null::numeric union all (with counted as materialized (select w.day, w.n, l.total, l.missing, l.bound, l.top_values, l.top_counts from wanted as w left join event_top_days as l on l.day = w.day and l.dimension = 'combined if5XsNLN category ' || w.number and l.version = w.version), summed as materialized (select day, u.v, sum(u.n) as n from counted cross join lateral unnest(top_values, top_counts) as u(v, n) group by 1, 2), added as materialized (select day, array_agg(v) as top_values, array_agg(n) as top_counts from (select * from summed order by day, n desc) as a group by day), sums as (select day, sum(coalesce(total, n)) as total, sum(coalesce(missing, n)) as missing, max(coalesce(bound, 0)) as bound from counted group by day), lists as materialized (select h.day, coalesce(total, 0) as total, coalesce(missing, 0) as missing, coalesce(bound, 0) as bound, coalesce(a.top_values, '{}') as top_values, coalesce(a.top_counts, '{}') as top_counts, coalesce(a.top_counts[$2::integer + 1], bound, 0) as head_bound from known as h left join sums using (day) left join added as a using (day)), scanned as materialized (select u.v::text as v, count(*) as n from rows as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true group by u.v), facts as materialized (select (select count(*) from lists) as listed, (select count(*) from stale) as stale, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale) as stale_days, (select coalesce(sum(head_bound), 0) from lists) as unseen, (select coalesce(sum(total), 0) from lists) + (select coalesce(sum(n), 0) from scanned) as total), heads as materialized (select day, u.v, u.n, head_bound from lists cross join lateral unnest(top_values[:$2::integer], top_counts[:$2::integer]) as u(v, n)), tally as materialized (select v, sum(n) as n, case when v is null then 0 else (select unseen from facts) - sum(bound) end as gap from (select v, n, head_bound as bound from heads union all select null, missing, 0 from lists where missing > 0 union all select v, n, 0 from scanned) as parts group by v), bar as materialized (select coalesce((select n from tally order by n desc offset $1::bigint - 1 limit 1), 0) as n), best as materialized (select * from tally where n >= (select n from bar) order by n desc, v::text nulls last limit $1::bigint), others as (select * from tally where gap > 0 and n + gap >= (select n from bar) and v not in (select v from best where v is not null) limit 201), chosen as materialized (select * from best union all select * from others), missed as materialized (select l.day, c.v, l.bound from chosen as c join lists as l on c.gap > 0 and l.head_bound > 0 where (l.day, c.v) not in (select day, v from heads)), tails as materialized (select m.day, m.v, u.n from lists as l cross join lateral unnest(top_values[$2::integer + 1:], top_counts[$2::integer + 1:]) as u(v, n) join missed as m on m.day = l.day and m.v = u.v where l.day = any (array(select distinct day from missed))), unlisted as materialized (select * from missed where bound > 0 and (day, v) not in (select day, v from tails)), found as (select v, sum(n) as n, sum(gap) as gap from (select v, n, 0 as gap, true as is_chosen from chosen union all select v, n, 0, false from tails union all select v, 0, bound, false from unlisted ) as parts group by v having bool_or(is_chosen)) select 0, facts.*, found.* from facts left join found on true order by n desc nulls last, v::text nulls last);

-- timelineRows
select width_bucket(detect_time, $3::timestamptz[]) as bucket, null::text, -1::bigint, count(*) from events where detect_time >= $1::timestamptz and detect_time < $2::timestamptz and (true) group by 1;

-- timelineSplitRows
with matching as materialized (select width_bucket(detect_time, $3::timestamptz[]) as bucket, detect_time, count(*) as "#times" from events where detect_time >= $1::timestamptz and detect_time < $2::timestamptz and (true) group by 1, detect_time), totals as (select bucket, coalesce(sum("#times"), 0)::bigint as n from matching group by 1) select bucket, null::text, -1::bigint, n::numeric, 0 from totals union all (with tally as materialized (select bucket, u.v, coalesce(sum("#times"), 0)::bigint as n from matching as e left join lateral (values (e.detect_time)) as u(v) on true group by 1, 2), tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n), 0 from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3);

-- timelineRollups
with versions as materialized (select hour, sum(inserted) + sum(deleted) as version from event_hours where hour >= $1::timestamptz and hour < $2::timestamptz group by hour), valid as materialized (select hour from versions join event_rollup_hours using (hour, version) where fields = 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group'), stale as materialized (select hour from versions except all select hour from valid), totals as (select width_bucket(hour, $3::timestamptz[]) as bucket, sum(inserted) - sum(deleted) as n from event_hours where hour >= $1::timestamptz and hour < $2::timestamptz group by 1), tally as materialized (select width_bucket(hour, $3::timestamptz[]) as bucket, v, sum(n) as n from (select hour, value as v, events as n from (select hour, value, events from event_rollups where dimension = 'category' and hour >= $1::timestamptz and hour < $2::timestamptz) as r join valid using (hour) union all select stale.hour, u.v::text, count(*) from stale cross join lateral (select * from events where detect_time >= stale.hour and detect_time < stale.hour + interval '1 hour' and (true)) as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true group by 1, 2) as parts group by 1, 2), tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) select bucket, null::text, -1::bigint, n from totals union all select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n) from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3 union all select 0, (select string_agg(distinct floor(extract(epoch from hour) / 86400)::text, ',') from stale), -2, 0;

-- timelineCombinations
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where (true) group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and (true)), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select 1 from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where (true))), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), spread as materialized (select w.place, width_bucket(to_timestamp(u.hour::bigint * 3600), $3::timestamptz[]) as bucket, sum(u.n) as n from wanted as w join event_top_days as l on l.day = w.day and l.dimension = 'combined if5XsNLN @hours ' || w.number and l.version = w.version cross join lateral unnest(top_values, top_counts) as u(hour, n) where to_timestamp(u.hour::bigint * 3600) >= $1::timestamptz and to_timestamp(u.hour::bigint * 3600) < $2::timestamptz group by 1, 2), rows as materialized (select width_bucket(e.detect_time, $3::timestamptz[]) as bucket, category, source_type, source_protocol, target_type, target_protocol, severity, event_class from readable cross join lateral (select * from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and (true) and (true)) as e where e.detect_time >= $1::timestamptz and e.detect_time < $2::timestamptz), totals as (select bucket, sum(n) as n from (select bucket, n from spread union all select bucket, 1 from rows) as t group by 1) select bucket, null::text, -1::bigint, n from totals union all select 0, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale), -2, (select count(*) from stale) - (select count(*) from readable);

-- timelineSplitCombinations
with versions as materialized (select date_bin(interval '24 hours', hour, timestamptz '2000-01-01 00:00:00+00') as day, sum(inserted) + sum(deleted) as version from event_hours where (true) group by 1), known as materialized (select day, version, top_values, top_counts from event_top_days join versions using (day, version) where dimension = 'combined if5XsNLN' and bound = 0 and (true)), combinations as materialized (select day, version, c.number - 1 as number, c.combination, c.n from known cross join lateral unnest(top_values, top_counts) with ordinality as c(combination, n, number)), matched as materialized (select combination, row_number() over () as place from (select distinct combination from combinations) as d where exists (select 1 from json_populate_record(null::events, json_build_object('category', d.combination::json -> 0, 'source_type', d.combination::json -> 1, 'source_protocol', d.combination::json -> 2, 'target_type', d.combination::json -> 3, 'target_protocol', d.combination::json -> 4, 'severity', d.combination::json -> 5, 'event_class', d.combination::json -> 6)) as r where (true))), wanted as materialized (select c.*, place from combinations as c join matched using (combination)), stale as materialized (select day from versions except all select day from known), readable as materialized (select day from stale where (select count(*) from stale) <= (select count(*) from known)), spread as materialized (select w.place, width_bucket(to_timestamp(u.hour::bigint * 3600), $3::timestamptz[]) as bucket, sum(u.n) as n from wanted as w join event_top_days as l on l.day = w.day and l.dimension = 'combined if5XsNLN @hours ' || w.number and l.version = w.version cross join lateral unnest(top_values, top_counts) as u(hour, n) where to_timestamp(u.hour::bigint * 3600) >= $1::timestamptz and to_timestamp(u.hour::bigint * 3600) < $2::timestamptz group by 1, 2), rows as materialized (select width_bucket(e.detect_time, $3::timestamptz[]) as bucket, category, source_type, source_protocol, target_type, target_protocol, severity, event_class from readable cross join lateral (select * from events where detect_time >= readable.day and detect_time < readable.day + interval '24 hours' and (true) and (true)) as e where e.detect_time >= $1::timestamptz and e.detect_time < $2::timestamptz), totals as (select bucket, sum(n) as n from (select bucket, n from spread union all select bucket, 1 from rows) as t group by 1), split as materialized (select m.place, u.v::text as v from matched as m cross join lateral json_populate_record(null::events, json_build_object('category', m.combination::json -> 0, 'source_type', m.combination::json -> 1, 'source_protocol', m.combination::json -> 2, 'target_type', m.combination::json -> 3, 'target_protocol', m.combination::json -> 4, 'severity', m.combination::json -> 5, 'event_class', m.combination::json -> 6)) as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true), tally as materialized (select bucket, v, sum(n) as n from (select s.bucket, split.v, s.n from spread as s join split using (place) union all select e.bucket, u.v::text, 1 from rows as e left join lateral unnest(case when cardinality(e.category) < 2 or cardinality(e.category) = 2 and (e.category)[1] <> (e.category)[2] then e.category else array(select distinct unnest(e.category)) end) as u(v) on true) as parts group by 1, 2), tops as (select v, row_number() over (order by sum(n) desc, v nulls last) as rank from tally group by v order by 2 limit $4::bigint) select bucket, null::text, -1::bigint, n from totals union all select tally.bucket, case when tops.rank is null then null else tally.v::text end, coalesce(tops.rank, 0), sum(tally.n) from tally left join tops on tops.v is not distinct from tally.v group by 1, 2, 3 union all select 0, (select string_agg(distinct floor(extract(epoch from day) / 86400)::text, ',') from stale), -2, (select count(*) from stale) - (select count(*) from readable);

-- rollUpHours
with target as materialized (select unnest($1::timestamptz[]) as hour), rows as materialized (select target.hour, category, source_type, source_protocol, target_type, target_protocol, node_name, node_type, severity, event_class, abuse_group from target join lateral (select * from events where detect_time >= target.hour and detect_time < target.hour + interval '1 hour' and (true)) as e on true), forgotten as (delete from event_rollups where dimension in ('category', 'source.type', 'source.protocol', 'target.type', 'target.protocol', 'node.name', 'node.type', 'severity', 'event_class', 'abuse_group') and hour = any($1::timestamptz[])), computed as (insert into event_rollups (dimension, hour, value, count, events) select 'category', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, category as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'source.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, source_type as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'source.protocol', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, source_protocol as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'target.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, target_type as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'target.protocol', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, target_protocol as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'node.name', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, node_name as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'node.type', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, node_type as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v union all select 'severity', hour, given::text, n, n from (select hour, severity as given, count(*) as n from rows group by 1, 2) as g union all select 'event_class', hour, given::text, n, n from (select hour, event_class as given, count(*) as n from rows group by 1, 2) as g union all select 'abuse_group', hour, u.v::text, sum(g.n * coalesce(u.n, 1))::bigint, sum(g.n)::bigint from (select hour, abuse_group as given, count(*) as n from rows group by 1, 2) as g left join lateral (select v, count(*) as n from unnest(given) as x(v) group by v) as u on true group by hour, u.v) insert into event_rollup_hours (hour, version, fields) select hour, sum(inserted) + sum(deleted), 'category source.type source.protocol target.type target.protocol node.name node.type severity event_class abuse_group' from event_hours where hour = any($1::timestamptz[]) group by hour on conflict (hour) do update set version = excluded.version, fields = excluded.fields;

-- sortIndexes
select coalesce(sum(result::bigint) filter (where success), 0)::bigint from run_command_on_shards($1::regclass, $sort$select count(gin_clean_pending_list(i.indexrelid)) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam where a.amname = 'gin' and i.indrelid = '%s'::regclass$sort$);

-- deleteEvent
with known as (
  delete from event_ids where id = $1::text returning id, seq, detect_time as at
), gone as (
  delete from events e using known k where e.id = k.id and e.seq = k.seq and e.detect_time = k.at returning k.at
), texts as (
  delete from event_json j using known k where j.id = k.id and j.seq = k.seq and j.detect_time = k.at
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone;

-- deleteEvents
with gone as (
  delete from events where (true) returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.id = gone.id and j.seq = gone.seq and j.detect_time = gone.at
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone;

-- deleteSomeEvents
with gone as (
  delete from events where (detect_time, seq) in (select detect_time, seq from events where (true) limit $1::bigint) returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.id = gone.id and j.seq = gone.seq and j.detect_time = gone.at
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone;

-- deleteOldEvents
with gone as (
  delete from events where (detect_time < $1::timestamptz) returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.id = gone.id and j.seq = gone.seq and j.detect_time = gone.at
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone;

-- deleteSlice
with gone as (
  delete from events where (true) returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.id = gone.id and j.seq = gone.seq and j.detect_time = gone.at and (true)
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone;

-- deleteSomeOfSlice
with gone as (
  delete from events where (detect_time, seq) in (select detect_time, seq from events where (true) limit $1::bigint) and (true) returning id, seq, detect_time as at
), texts as (
  delete from event_json j using gone where j.id = gone.id and j.seq = gone.seq and j.detect_time = gone.at and (true)
), known as (
  delete from event_ids i using gone where i.id = gone.id and i.seq = gone.seq
), counted as (
  insert into event_hours as h (hour, shard, inserted, deleted) select date_trunc('hour', at, 'UTC'), pg_backend_pid() % 16, 0, count(*) from (select at from gone) as changed group by 1 order by 1 on conflict (hour, shard) do update set deleted = h.deleted + excluded.deleted
)
select count(*) from gone;

-- hasOldEvents
select exists (select 1 from event_hours where hour < $1::timestamptz group by hour having sum(inserted) > sum(deleted));

-- sweepIds
delete from event_ids i using (
  select id, seq from event_ids old where detect_time < $1::timestamptz
  and not exists (select 1 from event_json j where j.id = old.id and j.seq = old.seq and j.detect_time = old.detect_time)
  limit $2::bigint
) as stale where i.id = stale.id and i.seq = stale.seq;

-- sweepSlice
delete from event_ids i using (
  select id, seq from event_ids old where detect_time < $1::timestamptz and (true)
  and not exists (select 1 from event_json j where j.id = old.id and j.seq = old.seq and j.detect_time = old.detect_time and (true))
  limit $2::bigint
) as stale where i.id = stale.id and i.seq = stale.seq;

-- archiveEvents
select e.storage_time, j.event from events e join event_json j on j.id = e.id and j.seq = e.seq and j.detect_time = e.detect_time order by e.detect_time, e.id;

-- thresholdSet
insert into thresholds (id, thresholdtime, relapsetime, ttltime, report_label)
select key, $2::timestamptz, $3::timestamptz, $4::timestamptz, $5::text
from (select distinct unnest($1::text[]) as key) as given where not exists (select 1 from eventstore_schema where version > 6) order by key
on conflict (id) do update
set thresholdtime = excluded.thresholdtime, relapsetime = excluded.relapsetime, ttltime = excluded.ttltime,
  report_label = excluded.report_label;

-- thresholdSave
insert into events_thresholded (eventid, keyid, groupname, eventseverity, createtime, istarget, isshadow)
select $1::text, unnest($2::text[]), $3::text, $4::text, $5::timestamptz, $6::boolean, $7::boolean
where not exists (select 1 from eventstore_schema where version > 6);

-- searchRelapsedEvents
with expired as (select * from thresholds where ttltime <= $3::timestamptz),
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
join event_json j on j.id = i.id and j.seq = i.seq and j.detect_time = i.detect_time
order by i.detect_time, i.id, relapsed.istarget, relapsed.isshadow;

-- expireThresholds
with expired as (delete from thresholds where ttltime <= $1::timestamptz returning *),
removed as (
  delete from events_thresholded e where e.keyid in (select id from expired)
  or not exists (select 1 from thresholds k where k.id = e.keyid) returning e.*
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
join event_json j on j.id = i.id and j.seq = i.seq and j.detect_time = i.detect_time
order by i.detect_time, i.id, relapsed.istarget, relapsed.isshadow;

-- watchdogEvents
select exists (select 1 from events where storage_time > now() - make_interval(secs => $1::float8));

-- tableSizes
with root as (select oid from pg_class where relname = $1::text and relkind in ('r', 'p') and pg_table_is_visible(oid)), part as (
  select oid, false as is_partition from root union all
  select i.inhrelid, true from pg_inherits i join root on root.oid = i.inhparent
), sizes as (
  select is_partition, citus_table_size(oid) as bytes, citus_total_relation_size(oid) as total from part
)
select count(*) filter (where is_partition), 0::bigint, sum(bytes)::bigint, sum(total - bytes)::bigint, sum(total)::bigint
from sizes having count(*) > 0;

-- databaseInfo
select current_setting('server_version'), (select extversion from pg_extension where extname = 'ip4r'),
  (select max(version) from eventstore_schema), (select sum(result::bigint)::bigint from run_command_on_all_nodes('select pg_database_size(current_database())') where success);

-- workerSizes
with roots as (select c.oid from pg_class c where c.relname in ('eventstore_schema', 'events', 'event_json', 'event_ids', 'event_hours', 'event_rollups', 'event_rollup_hours', 'event_top_days', 'event_words', 'thresholds', 'events_thresholded') and pg_table_is_visible(c.oid)), owned as (
  select oid from roots union select i.inhrelid from pg_inherits i join roots on roots.oid = i.inhparent
)
select nodename || ':' || nodeport, count(*), coalesce(sum(shard_size), 0)::bigint from citus_shards
where table_name in (select oid from owned) group by nodename, nodeport order by nodename, nodeport;

-- watchdogSlice
select exists (select 1 from events where storage_time > now() - make_interval(secs => $1::float8) and (true));

create or replace function events_store(text, integer, bigint[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], bytea[]) returns setof text language plpgsql set search_path from current set citus.enable_manual_changes_to_shards = on as $store$declare
  own constant bigint := get_shard_id_for_distribution_column('event_ids', $1);
  is_new boolean;
begin
  if exists (select 1 from eventstore_schema where version > $2) then return; end if;
  if not exists (select 1 from pg_dist_placement join pg_dist_local_group using (groupid) where shardid = own) then
    raise exception 'the events belong to another worker now' using errcode = '40001';
  end if;
  insert into event_ids (id, detect_time, seq)
  values ($1, ($5)[1]::timestamptz, ($3)[1]) on conflict (id) do nothing;
  is_new := found;
  if exists (select 1 from unnest($4) as given (id) where get_shard_id_for_distribution_column('event_ids', given.id) <> own) then
    raise exception 'the events belong to several shards now' using errcode = '40001';
  end if;
  return query execute format($statement$
with input as (
  select seq, id::text, detect_time::timestamptz, storage_time::timestamptz, create_time::timestamptz,
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
  from unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
    $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::text[], $23::text[],
    $24::text[], $25::text[], $26::text[], $27::text[], $28::text[], $29::text[], $30::text[],
    $31::text[], $32::text[], $33::text[], $34::text[], $35::text[], $36::text[], $37::text[],
    $38::text[], $39::text[], $40::text[], $41::text[], $42::text[], $43::text[], $44::text[],
    $45::text[], $46::text[], $47::text[], $48::text[], $49::text[], $50::text[], $51::text[],
    $52::text[], $53::text[], $54::text[], $55::text[], $56::text[], $57::text[], $58::text[],
    $59::text[], $60::text[], $61::text[], $62::text[], $63::text[], $64::text[], $65::text[],
    $66::text[], $67::text[], $68::text[], $69::text[], $70::text[], $71::text[], $72::text[],
    $73::text[], $74::text[], $75::text[], $76::text[], $77::text[], $78::text[], $79::text[],
    $80::text[], $81::text[], $82::text[], $83::text[], $84::text[], $85::text[], $86::text[],
    $87::text[], $88::text[], $89::text[], $90::text[], $91::text[], $92::text[], $93::bytea[])
  as given (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
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
), others as (
  insert into %1$s (id, detect_time, seq) select id, detect_time, seq from input where id <> $1
  on conflict (id) do nothing returning id, detect_time, seq
), ids as (
  select id, detect_time, seq from others
  union all select id, detect_time, seq from input where id = $1 and $2
), stored as (
  insert into %2$s (seq, id, detect_time, storage_time, create_time, event_time, cease_time, win_start_time,
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
  insert into %3$s (id, seq, detect_time, event)
  select ids.id, ids.seq, ids.detect_time, input.event from input join ids on ids.id = input.id
)
select id from ids
  $statement$, shard_name('event_ids', get_shard_id_for_distribution_column('event_ids', $1)), shard_name('events', get_shard_id_for_distribution_column('events', $1)), shard_name('event_json', get_shard_id_for_distribution_column('event_json', $1)))
  using $1, is_new, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
    $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40,
    $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58,
    $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76,
    $77, $78, $79, $80, $81, $82, $83, $84, $85, $86, $87, $88, $89, $90, $91, $92, $93;
end$store$;

select create_distributed_function('events_store(text, integer, bigint[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], text[], bytea[])', '$1', colocate_with => 'events', force_delegation => true);

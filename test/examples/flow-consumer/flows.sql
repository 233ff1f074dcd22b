create table flows (
  id bigserial primary key,
  src inet not null,
  net cidr,
  dport int4,
  "first seen" timestamptz not null,
  tags text[],
  payload jsonb
);
comment on column flows.src is 'Address of the client';
create index on flows ("first seen");
create index on flows using gist (src inet_ops);
create index on flows using gin (tags);
insert into flows (src, net, dport, "first seen", tags, payload)
  select ('10.0.' || n % 4 || '.1')::inet, '10.0.0.0/16', n % 10, timestamptz '2024-05-01 00:00Z' + n * interval '1 minute', array['t' || n % 3], '{}'
  from generate_series(1, 100) as n;

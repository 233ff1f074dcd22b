/** A database as Mentat makes it, of either schema, filled with events. */
import pg from "pg";
import type { IdeaEvent } from "../../../runtime/events/idea-event.js";
import { eventToRow } from "../../../runtime/events/row.js";

/** The older schema has a prefix on derived columns, the newer columns for targets and shadows. */
export type MentatVersion = "old" | "new";

const LISTS = ["source_port integer[]", "target_port integer[]"].concat(
  ["source_type", "target_type", "protocol", "node_name", "node_type"].map((name) => `${name} text[]`),
);

/** Makes the tables. */
export async function createMentat(client: pg.Client, version: MentatVersion): Promise<void> {
  const prefix = version === "old" ? "cesnet_" : "";
  const more = version === "old" ? "" : ", tlp text, shadow_reporting boolean not null default false";
  await client.query(
    `create table events (id text primary key, detecttime timestamp not null, category text[] not null, description text,
       source_ip iprange[], target_ip iprange[], ${LISTS.join(", ")}, ${prefix}storagetime timestamp not null,
       ${prefix}resolvedabuses text[], ${prefix}eventclass text, ${prefix}eventseverity text,
       ${prefix}inspectionerrors text[]${more});
     create table events_json (id text primary key references events on delete cascade, event bytea not null);
     create index on events (${prefix}storagetime);
     create table thresholds (id text primary key, thresholdtime timestamp not null, relapsetime timestamp not null, ttltime timestamp not null${version === "old" ? "" : ", report_label text"});
     create table events_thresholded (eventid text not null, keyid text not null, groupname text not null, eventseverity text not null,
       createtime timestamp not null${version === "old" ? "" : ", istarget boolean not null, isshadow boolean not null"}, primary key (eventid, keyid))`,
  );
}

/** Fills the tables; the times of storing are those that the events name. */
export async function fillMentat(
  client: pg.Client,
  version: MentatVersion,
  events: readonly IdeaEvent[],
): Promise<void> {
  const prefix = version === "old" ? "cesnet_" : "";
  for (const event of events) {
    const row = eventToRow(event);
    const list = (name: string): unknown => row[name] ?? [];
    const protocols = [
      ...new Set([...(list("source_protocol") as string[]), ...(list("target_protocol") as string[])]),
    ];
    await client.query(
      `insert into events (id, detecttime, category, description, source_ip, target_ip, source_port, target_port, source_type, target_type,
         protocol, node_name, node_type, ${prefix}storagetime, ${prefix}resolvedabuses, ${prefix}eventclass, ${prefix}eventseverity)
       values ($1, $2, $3, $4, $5::text[]::iprange[], $6::text[]::iprange[], $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        event.ID,
        naive(row["detect_time"]),
        row["category"],
        row["description"],
        ...["source_ip", "target_ip", "source_port", "target_port", "source_type", "target_type"].map(list),
        protocols,
        list("node_name"),
        list("node_type"),
        naive(row["storage_time"] ?? row["detect_time"]),
        list("abuse_group"),
        row["event_class"],
        row["severity"],
      ],
    );
    await client.query("insert into events_json values ($1, convert_to($2, 'UTF8'))", [
      event.ID,
      JSON.stringify(event),
    ]);
  }
}

const naive = (time: unknown): string => String(time).replace("Z", "");

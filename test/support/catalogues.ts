/** Three catalogues whose stores live side by side in one database. */
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue, StoredField } from "../../compiler/catalogue/model.js";

const stored = (field: Omit<StoredField, "kind" | "list"> & { readonly list?: boolean }): StoredField => ({
  kind: "stored",
  list: false,
  ...field,
});

/** IDEA with another table and two more fields. */
export const ALERTS_CATALOGUE: Catalogue = {
  ...IDEA_CATALOGUE,
  name: "alerts",
  table: { ...IDEA_CATALOGUE.table, name: "alerts" },
  fields: [
    ...IDEA_CATALOGUE.fields,
    stored({
      name: "sensor",
      type: "text",
      column: "sensor",
      paths: ["Sensor"],
      index: "btree",
      rollup: "all",
      description: "name of the sensor",
      example: "sensor = gate-1",
    }),
    stored({
      name: "score",
      type: "integer",
      range: [0, 100],
      column: "score",
      paths: ["Score"],
      description: "how bad the event is",
      example: "score > 50",
    }),
  ],
};

/** A small table of network flows, in the layout of the store. */
export const FLOWS_CATALOGUE: Catalogue = {
  name: "flows",
  table: { name: "flows", roles: { id: "flow_id", time: "start", stored: "stored" } },
  fields: [
    stored({
      name: "flow_id",
      type: "id",
      column: "flow_id",
      paths: ["ID"],
      required: true,
      description: "identifier of the flow",
      example: "flow_id = a",
    }),
    stored({
      name: "start",
      type: "time",
      column: "first_seen",
      paths: ["DetectTime"],
      required: true,
      index: "btree",
      description: "when the flow began",
      example: "start >= 2024-05-01",
    }),
    stored({
      name: "stored",
      type: "time",
      column: "stored_at",
      paths: ["Stored"],
      required: true,
      stamped: true,
      index: "btree",
      description: "when the flow came into the store",
      example: "stored >= 2024-05-01",
    }),
    stored({
      name: "source",
      type: "ip",
      list: true,
      column: "order",
      paths: ["Source.IP4"],
      description: "address of the client",
      example: "source in 192.0.2.0/24",
    }),
    stored({
      name: "bytes",
      type: "integer",
      column: "bytes",
      paths: ["Bytes"],
      description: "bytes of both directions",
      example: "bytes > 1000",
    }),
    stored({
      name: "label",
      type: "text",
      column: "label",
      paths: ["Label"],
      index: "btree",
      indexOn: "lower",
      description: "what the flow is taken for",
      example: "label = scan",
    }),
    stored({
      name: "gateway",
      type: "ip",
      column: "gateway",
      columnType: "inet",
      paths: ["Gateway"],
      index: "gist",
      description: "address of the router",
      example: "gateway in 198.51.100.0/24",
    }),
    stored({
      name: "note",
      type: "text",
      column: "note",
      paths: ["Note"],
      index: "trigram",
      indexOn: "column",
      description: "what the operator wrote",
      example: 'note contains "line"',
    }),
  ],
  groups: [],
  unionGroups: [],
  enumerations: [],
};

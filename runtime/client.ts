/** What generated clients are made of, and what a store needs of one. Knows no IDEA and no filter language. */
import type { Catalogue } from "../compiler/catalogue/model.js";
import type { Session } from "./postgres/session.js";
import type { Cardinality } from "./postgres/statement.js";

export type { Catalogue } from "../compiler/catalogue/model.js";
export type { Session, StreamOptions } from "./postgres/session.js";
export type { CallOptions, FilterSource, Statement, StatementTemplate } from "./postgres/statement.js";
export { statementTemplate } from "./postgres/template.js";
export * as wire from "./postgres/wire.js";

/** Names of a catalogue, as types: what a store takes where it asks for a field, a column or an order. */
export interface CatalogueNames {
  /** Names of fields: `source.ip`. */
  readonly field: string;
  /** Names of columns: `source_ip`. */
  readonly column: string;
  /** Orders of a search: `detect_time.desc`. */
  readonly sort: string;
}

/** What the statements of all clients have in common. */
export interface GeneratedStatement {
  /** Operation name for logs and metrics. */
  readonly operation: string;
  /** SQL with `$1` … for its values. */
  readonly text: string;
  /** How many rows it gives. */
  readonly cardinality: Cardinality;
}

/**
 * The statements of a store with the catalogue that they are of: what `eventstore generate --catalogue` writes, and `openStorage({ client })`
 * takes.
 */
export interface GeneratedClient<Names extends CatalogueNames = CatalogueNames, Methods = unknown> {
  /** The catalogue that it was generated from. */
  readonly catalogue: Catalogue;
  /** Its statements by operation. */
  readonly statements: Readonly<Record<string, GeneratedStatement>>;
  /** The statements as methods over a session: a pool of connections or a transaction. */
  readonly connect: (session: Session) => Methods;
  /** Never there: carries the names as types. */
  readonly names?: Names;
}

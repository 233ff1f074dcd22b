/**
 * The operations of the store as typed prepared statements, and a client for them.
 *
 * Generated, do not edit: npm run generate
 */
export * from "./client.js";
export type * from "./fields.js";
export * as statements from "./statements.js";
export type * from "./types.js";

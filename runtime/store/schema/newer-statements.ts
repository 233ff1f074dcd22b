/** The condition under which a statement may write: that no newer release has upgraded the schema. */
import { latestVersion } from "../../../compiler/schema/migrations.js";
import type { StoreNames } from "../../../compiler/sql/store-names.js";

/**
 * True unless a newer release has upgraded the schema: what this one stores might lack what that one relies on. Part of the statement, so that
 * nothing slips in between looking and storing, and no call waits for a second answer; who gets nothing stored asks `newerSchema` why.
 */
export function knownSchema({ versions, anything }: Pick<StoreNames, "versions" | "anything">): string {
  return `not exists (${anything} from ${versions} where version > ${latestVersion()})`;
}

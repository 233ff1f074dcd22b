/** The statement that lists the partitions, and what says whether a list is still right. */
import type { Catalogue } from "../../../compiler/catalogue/model.js";
import { isSpread } from "../../../compiler/catalogue/spread.js";
import { listedFields } from "../../../compiler/catalogue/columns.js";
import { stringLiteral } from "../../../compiler/sql/fragment.js";
import { column, nullable, operation, type OperationSpec } from "../../../compiler/sql/operation.js";
import { storeNames } from "../../../compiler/sql/store-names.js";

const VERSION = `count(*) || ':' || coalesce(sum(hashoid(i.inhrelid)::bigint), 0)`;

const regclass = (catalogue: Catalogue): string => `${stringLiteral(storeNames(catalogue).events)}::regclass`;

/**
 * SQL of the version of the partitions: their number and a hash of which they are, read from one index. In a search it comes from the
 * snapshot of its rows, so an equal version says that no partition and no row of a partition has been left out.
 */
export function partitionsVersion(catalogue: Catalogue): string {
  return `(select ${VERSION} from pg_inherits i where i.inhparent = ${regclass(catalogue)})`;
}

/**
 * Listed values of a field, at most, for its list to be asked. The list of a field that a sender fills with ever new values grows towards the number
 * of events, and asking it costs as much as asking them.
 */
export const MAX_ASKED_VALUES = 1_000;

/** SQL of the names of the fields that have more listed values: of each list no more is read than tells. */
function crowdedFields(catalogue: Catalogue): string {
  const names = listedFields(catalogue).map(({ name }) => stringLiteral(name));
  if (names.length === 0) return "'{}'::text[]";
  const some = `select from ${storeNames(catalogue).words} w where w.field = f.name limit ${MAX_ASKED_VALUES + 1}`;
  return (
    `array(select f.name from unnest(array[${names.join(", ")}]) as f(name) ` +
    `where (select count(*) from (${some}) as w) > ${MAX_ASKED_VALUES})`
  );
}

/**
 * SQL of about the rows of a partition `c`: what was loaded since it was analysed counts as well. The rows of a store take a kilobyte each, which is
 * all that is known of a partition that was never analysed.
 */
const ABOUT_ROWS =
  "(pg_relation_size(c.oid) / current_setting('block_size')::bigint * " +
  "case when c.reltuples > 0 and c.relpages > 0 then c.reltuples / c.relpages else 8 end)::bigint";

/** The same for either layout. On a cluster the rows are in tables of the workers: there each has its part of what the counters say of all. */
function rowsOf(catalogue: Catalogue): string {
  if (!isSpread(catalogue)) return ABOUT_ROWS;
  const { hours } = storeNames(catalogue);
  return `((select coalesce(sum(inserted) - sum(deleted), 0) from ${hours}) / count(*) over ())::bigint`;
}

/** Lists the partitions of the searched table. */
export function listPartitions(catalogue: Catalogue): OperationSpec {
  return operation({
    name: "listPartitions",
    description:
      "The version of the partitions of the searched table and its crowded fields, in each row, and the partitions",
    cardinality: "many",
    columns: [
      column("version", "differs from that of any other set of partitions", "text"),
      nullable(
        column("name", "name of the partition; null in the one row of a table without partitions", "text"),
      ),
      nullable(
        column(
          "rows",
          "about the number of rows: as the planner takes it, by the pages that there are and the rows of a page when it was analysed",
          "int8",
          "number",
        ),
      ),
      nullable(column("bounds", "the bounds of the partition, as the server prints them", "text")),
      column(
        "crowded",
        "names of the fields with too many listed values to ask for them; in each row",
        "text[]",
      ),
    ],
    text:
      `select ${partitionsVersion(catalogue)}, c.relname::text, ${rowsOf(catalogue)}, pg_get_expr(c.relpartbound, c.oid), ` +
      `(select ${crowdedFields(catalogue)}) ` +
      `from (select) as always left join (pg_inherits i join pg_class c on c.oid = i.inhrelid) on i.inhparent = ${regclass(catalogue)}`,
  });
}

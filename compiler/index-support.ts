/** Which index can serve which test: for explain, and for the lint about filters that none serves. */
import { assertNever } from "./assert-never.js";
import { addressForm, columnTypeOf } from "./catalogue/column-types.js";
import { isListed, tokenSide } from "./catalogue/columns.js";
import type { Catalogue, IndexSupport, StoredField } from "./catalogue/model.js";
import { hasTrigram, requiredPattern } from "./literals/trigrams.js";
import { isBetweenBounds } from "./lower/addresses.js";
import { indexExpression } from "./lower/texts.js";
import type { Atom, AtomTest, Condition } from "./tree.js";

/** The kind of index that can serve an atom, null where the rows have to be read. A union needs one on each side. */
export function atomIndex(atom: Atom, catalogue: Catalogue): IndexSupport | null {
  if (atom.negated || (atom.quantifier === "all" && atom.list)) return null;
  const kinds = atom.fields.map((field) => fieldIndex(field, atom.test, catalogue));
  return kinds.includes(null) ? null : (kinds[0] ?? null);
}

function fieldIndex(field: StoredField, test: AtomTest, catalogue: Catalogue): IndexSupport | null {
  // Columns that cover a list have an index where the field does not say that there is none.
  if (test.kind === "ip" && field.list && field.hulls?.length && field.index === undefined) return "gist";
  switch (field.index) {
    case "tokens":
      return test.kind === "ip" && tokenSide(field, catalogue) !== null && catalogue.table.tokensColumn
        ? "tokens"
        : null;
    case "gin":
      return servesText(test, field, catalogue) || (test.kind === "number" && test.set.ranges.length === 0)
        ? "gin"
        : null;
    case "btree":
      return servedByBtree(test, field, catalogue) ? "btree" : null;
    case "hash":
      return test.kind === "word" && servesCase(test.fold, field) ? "hash" : null;
    case "trigram":
      return servedByTrigrams(test, field) ? "trigram" : null;
    case "gist":
      return test.kind === "ip" && !field.list ? "gist" : null;
    case "none":
    case undefined:
      return null;
    default:
      return assertNever(field.index);
  }
}

function servedByBtree(test: AtomTest, field: StoredField, catalogue: Catalogue): boolean {
  switch (test.kind) {
    case "time":
    case "number":
      return true;
    case "word":
      return servesCase(test.fold, field) || asksList(field, test, catalogue);
    case "ip":
      return isBetweenBounds(test.relation, addressForm(columnTypeOf(field)));
    default:
      return servesText(test, field, catalogue);
  }
}

/** Whether the index of the field serves equality: one over the lower case serves it with and without regard to case. */
function servesCase(fold: boolean, field: StoredField): boolean {
  return !fold || field.columnType === "uuid" || indexExpression(field) !== "column";
}

/** Equality is served by any index; what else is asked of a text, of the field's listed values. */
function servesText(test: AtomTest, field: StoredField, catalogue: Catalogue): boolean {
  const isEqual = test.kind === "word" && (!test.fold || field.columnType === "uuid");
  return isEqual || asksList(field, test, catalogue);
}

/** Whether a store asks the list of the field's values which of them meet the test, instead of every event. */
export function asksList(field: StoredField, test: AtomTest, catalogue: Catalogue): boolean {
  switch (test.kind) {
    case "word":
      return test.fold && isListed(field, catalogue);
    case "under":
    case "pattern":
    case "regex":
      return isListed(field, catalogue);
    default:
      return false;
  }
}

/** Names of the fields whose lists a search asks, in the order of the filter. */
export function listsAsked(condition: Condition, catalogue: Catalogue): readonly string[] {
  return [...new Set(namesOf(condition))];

  function namesOf(part: Condition): readonly string[] {
    switch (part.kind) {
      case "and":
      case "or":
        return part.operands.flatMap(namesOf);
      case "atom":
        return atomIndex(part, catalogue) === null
          ? []
          : part.fields.filter((field) => asksList(field, part.test, catalogue)).map(({ name }) => name);
      case "has":
        return part.negated || part.count !== undefined ? [] : namesOf(part.condition);
      case "xor":
      case "not":
      case "constant":
        return [];
      default:
        return assertNever(part);
    }
  }
}

function servedByTrigrams(test: AtomTest, field: StoredField): boolean {
  if (test.kind === "regex") return test.regex.kind === "regex" && requiredPattern(test.regex) !== null;
  if (test.kind !== "pattern" || (!test.fold && indexExpression(field) !== "column")) return false;
  const { values } = test.patterns;
  return values.length > 0 && values.every(hasTrigram);
}

/** Whether indexes bound the work: some operand of an `and`, every operand of an `or`. */
export function isIndexable(condition: Condition, catalogue: Catalogue): boolean {
  switch (condition.kind) {
    case "and":
      return condition.operands.some((operand) => isIndexable(operand, catalogue));
    case "or":
      return condition.operands.every((operand) => isIndexable(operand, catalogue));
    case "atom":
      return atomIndex(condition, catalogue) !== null;
    case "has":
      return (
        !condition.negated && condition.count === undefined && isIndexable(condition.condition, catalogue)
      );
    case "constant":
      return !condition.value;
    case "xor":
    case "not":
      return false;
    default:
      return assertNever(condition);
  }
}

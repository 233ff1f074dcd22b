/** Evaluating a condition over one event in memory, with the meaning that its SQL has over the stored row. */
import type { Execution } from "../values/execution.js";
import { assertNever } from "../assert-never.js";
import type { Catalogue, StoredField } from "../catalogue/model.js";
import { elementReader } from "../extract/element-reader.js";
import { fieldReader } from "../extract/field-reader.js";
import type { StoredValues } from "../extract/value.js";
import type { Atom, Condition, HasElement } from "../tree.js";
import { addressCount, type IpRange } from "../values/ip-range.js";
import { bindTest, numberPredicate } from "./value-test.js";

/** Whether an event, or one element of it, meets a condition. */
export type EventPredicate = (event: unknown) => boolean;

type Read = (field: StoredField) => (event: unknown) => StoredValues;

/** A condition prepared for one catalogue: bind it to an execution, then ask it about events. */
export type PreparedPredicate = (execution: Execution) => EventPredicate;

/**
 * Prepares a condition for evaluation. What does not depend on arguments or the clock is done here, once.
 *
 * @throws Error when the catalogue contradicts itself
 */
export function prepareCondition(condition: Condition, catalogue: Catalogue): PreparedPredicate {
  const readers = new Map<StoredField, (event: unknown) => StoredValues>();
  const read: Read = (field) => {
    let reader = readers.get(field);
    if (!reader) readers.set(field, (reader = fieldReader(field, catalogue)));
    return reader;
  };
  return prepare(condition, catalogue, read);
}

function prepare(condition: Condition, catalogue: Catalogue, read: Read): PreparedPredicate {
  switch (condition.kind) {
    case "constant":
      return () => () => condition.value;
    case "and":
    case "or":
    case "xor": {
      const parts = condition.operands.map((operand) => prepare(operand, catalogue, read));
      return (execution) =>
        combine(
          condition.kind,
          parts.map((part) => part(execution)),
        );
    }
    case "not": {
      const inner = prepare(condition.operand, catalogue, read);
      return (execution) => {
        const holds = inner(execution);
        return (event) => !holds(event);
      };
    }
    case "atom":
      return prepareAtom(condition, read);
    case "has":
      return prepareHas(condition, catalogue);
    default:
      return assertNever(condition);
  }
}

function combine(kind: "and" | "or" | "xor", parts: readonly EventPredicate[]): EventPredicate {
  const [first, second] = parts;
  switch (kind) {
    case "and":
      if (parts.length === 2 && first && second) return (event) => first(event) && second(event);
      return (event) => parts.every((holds) => holds(event));
    case "or":
      if (parts.length === 2 && first && second) return (event) => first(event) || second(event);
      return (event) => parts.some((holds) => holds(event));
    case "xor":
      return (event) => parts.reduce((odd, holds) => odd !== holds(event), false);
  }
}

function prepareAtom(atom: Atom, read: Read): PreparedPredicate {
  const { test, negated } = atom;
  const readers = atom.fields.map(read);
  if (test.kind === "exists") {
    const some = (event: unknown) => readers.some((values) => values(event).length > 0);
    return () => (event) => some(event) !== negated;
  }
  if (test.kind === "count")
    return (execution) => {
      const fits = numberPredicate(test.set, execution);
      const { of } = test;
      const meets = of && bindTest(of.test, execution);
      const size = (values: StoredValues): number =>
        meets ? values.filter((value) => meets(value) !== of.not).length : values.length;
      const count = (event: unknown) => readers.reduce((sum, values) => sum + size(values(event)), 0);
      return (event) => fits(count(event)) !== negated;
    };
  if (test.kind === "size")
    return (execution) => {
      const fits = numberPredicate(test.set, execution);
      return (event) =>
        fits(addressCount(readers.flatMap((values) => values(event) as readonly IpRange[]))) !== negated;
    };
  const every = atom.quantifier === "all" && atom.list;
  return (execution) => {
    const meets = bindTest(test, execution);
    if (every)
      return (event) => {
        const lists = readers.map((values) => values(event));
        return (
          (lists.some((values) => values.length > 0) && lists.every((values) => values.every(meets))) !==
          negated
        );
      };
    const [values] = readers;
    if (readers.length === 1 && values) return (event) => values(event).some(meets) !== negated;
    return (event) => readers.some((read) => read(event).some(meets)) !== negated;
  };
}

function prepareHas(has: HasElement, catalogue: Catalogue): PreparedPredicate {
  const { elements, fields } = elementReader(has.group, catalogue);
  const readers = new Map(fields.map(({ field, read }) => [field, read]));
  const inner = prepare(has.condition, catalogue, (field) => readers.get(field) ?? (() => []));
  return (execution) => {
    const holds = inner(execution);
    const { count, negated } = has;
    if (count === undefined) return (event) => elements(event).some(holds) !== negated;
    const fits = numberPredicate(count, execution);
    return (event) => fits(elements(event).filter(holds).length) !== negated;
  };
}

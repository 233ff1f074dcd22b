/** Statements with slots. */
import { statementName } from "../../compiler/sql/statement-name.js";
import { template, type SlotSpecs, type SlotValues } from "../../compiler/sql/template.js";
import type { Cardinality, FilterSlot, FilterSource, Statement, StatementTemplate } from "./statement.js";

/** What a template is made of: a statement without a name, whose text has slots and whose fixed parameters come first. */
export interface TemplateParts<Params, Row, C extends Cardinality> extends Omit<
  Statement<Params, Row, C>,
  "name"
> {
  readonly slots: SlotSpecs;
  /** Number of fixed parameters. */
  readonly parameters: number;
}

/**
 * A template of statements. What goes into its slots is given by name, or as a filter where the slot of one is all there is. Equal texts give
 * statements of the same name.
 */
export function statementTemplate<Params, Row, C extends Cardinality, Slots = FilterSource>({
  parameters,
  slots,
  text: templateText,
  encode,
  decode,
  operation,
  cardinality,
  idempotent,
  plan,
}: TemplateParts<Params, Row, C>): StatementTemplate<Params, Row, C, Slots> {
  const prepared = template({ text: templateText, slots });
  // Written out: to spread an object for each call takes longer than all the rest of it.
  const statementOf = ({ text, values }: FilterSlot): Statement<Params, Row, C> => ({
    operation,
    name: statementName(text),
    text,
    cardinality,
    idempotent,
    plan,
    encode: values.length === 0 ? encode : (params) => [...encode(params), ...values],
    decode,
  });
  const shape = (given: unknown) => {
    const fill = prepared.shape(given as SlotValues, parameters + 1);
    return (filters: unknown) => statementOf(fill(filters as SlotValues));
  };
  /** Of a statement whose only slot is that of the filter. */
  let filtered: ReturnType<typeof shape> | null = null;
  return {
    operation,
    cardinality,
    text: templateText,
    fill: (given) =>
      typeof given === "function" ? (filtered ??= shape({}))({ filter: given }) : shape(given)(given),
    shape,
  };
}

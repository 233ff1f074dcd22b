/** Statements with a filter slot. */
import { statementName } from "../../compiler/sql/statement-name.js";
import type { Cardinality, FilterSource, Statement, StatementTemplate } from "./statement.js";

/** Marks the slot in the text of a template. */
const SLOT = "{filter}";

/** What a template is made of: a statement without a name, whose text has slots and whose fixed parameters come first. */
export interface TemplateParts<Params, Row, C extends Cardinality> extends Omit<
  Statement<Params, Row, C>,
  "name"
> {
  /** Number of fixed parameters. */
  readonly parameters: number;
}

/** A template that puts the filter into every slot, in parentheses. Equal filter texts give statements of the same name. */
export function statementTemplate<Params, Row, C extends Cardinality>({
  parameters,
  text: template,
  encode,
  ...rest
}: TemplateParts<Params, Row, C>): StatementTemplate<Params, Row, C> {
  const pieces = template.split(SLOT);
  return {
    operation: rest.operation,
    cardinality: rest.cardinality,
    fill: (filter: FilterSource): Statement<Params, Row, C> => {
      const slot = filter(parameters + 1);
      const text = pieces.join(`(${slot.text})`);
      return {
        ...rest,
        text,
        name: statementName(text),
        encode: (params) => [...encode(params), ...slot.values],
      };
    },
  };
}

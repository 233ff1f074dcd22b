/** A box for the value of each `$parameter` of the filter. */
import { FIELD_TYPES } from "../../../grammar/field-types.js";
import type { FieldType } from "../../../compiler/catalogue/model.js";
import type { View } from "../shared/view-state.js";

/** A parameter that a value is wanted for. */
export interface ParameterBox {
  readonly name: string;
  readonly type: FieldType;
  readonly list: boolean;
}

export interface ParameterBoxesProps {
  readonly boxes: readonly ParameterBox[];
  readonly values: View["params"];
  readonly onChange: (values: View["params"]) => void;
  /** Enter in a box. */
  readonly onRun: () => void;
}

export function ParameterBoxes({ boxes, values, onChange, onRun }: ParameterBoxesProps) {
  if (boxes.length === 0) return null;
  return (
    <div class="parameters" role="group" aria-label="Values of the parameters">
      {boxes.map(({ name, type, list }) => (
        <label key={name}>
          <span class="mono">${name}</span>
          <input
            class="mono"
            value={values[name] ?? ""}
            placeholder={list ? `${FIELD_TYPES[type].plural}, with commas` : FIELD_TYPES[type].phrase}
            onInput={({ currentTarget }) => onChange({ ...values, [name]: currentTarget.value })}
            onKeyDown={({ key }) => {
              if (key === "Enter") onRun();
            }}
          />
        </label>
      ))}
    </div>
  );
}

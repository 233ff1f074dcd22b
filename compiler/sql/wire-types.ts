/** TypeScript types of PostgreSQL types, and the functions of runtime/postgres/wire.ts that convert between them. */
import type { ColumnForm, ParameterForm } from "./operation.js";

/** How a type is written in TypeScript and converted. */
export interface TypeMapping {
  readonly type: string;
  /** Function of the module `wire`. */
  readonly convert: string;
}

const TEXT_PARAMETER: TypeMapping = { type: "string", convert: "writeText" };

const PARAMETERS: Readonly<Record<string, TypeMapping>> = {
  text: TEXT_PARAMETER,
  int2: { type: "number", convert: "writeNumber" },
  int4: { type: "number", convert: "writeNumber" },
  int8: { type: "number | bigint", convert: "writeNumber" },
  float8: { type: "number", convert: "writeNumber" },
  bool: { type: "boolean", convert: "writeBoolean" },
  timestamptz: { type: "Date | string", convert: "writeTime" },
  "text[]": { type: "readonly (string | null)[]", convert: "writeTexts" },
  "int8[]": { type: "readonly (number | bigint | string)[]", convert: "writeNumbers" },
  "timestamptz[]": { type: "readonly (Date | string)[]", convert: "writeTimes" },
};

const TEXT: TypeMapping = { type: "string", convert: "readText" };
const NUMBER: TypeMapping = { type: "number", convert: "readNumber" };
const TEXTS: TypeMapping = { type: "readonly string[]", convert: "readTexts" };
const NUMBERS: TypeMapping = { type: "readonly number[]", convert: "readNumbers" };

const COLUMNS: Readonly<Record<string, TypeMapping>> = {
  text: TEXT,
  iprange: TEXT,
  interval: TEXT,
  int2: NUMBER,
  int4: NUMBER,
  int8: { type: "bigint", convert: "readBigint" },
  // Whole numbers of any size: a catalogue has no other columns of the type.
  numeric: { type: "bigint", convert: "readBigint" },
  float8: NUMBER,
  bool: { type: "boolean", convert: "readBoolean" },
  timestamptz: { type: "Date", convert: "readDate" },
  json: { type: "unknown", convert: "readJson" },
  jsonb: { type: "unknown", convert: "readJson" },
  "text[]": TEXTS,
  "iprange[]": TEXTS,
  "int4[]": NUMBERS,
  "int8[]": NUMBERS,
  "float8[]": NUMBERS,
  "bool[]": { type: "readonly boolean[]", convert: "readBooleans" },
};

const FORMS: Readonly<Record<ColumnForm, TypeMapping>> = {
  number: NUMBER,
  iso: { type: "string", convert: "readIsoTime" },
  event: { type: "string", convert: "readEvent" },
  wire: TEXT,
};

const PARAMETER_FORMS: Readonly<Record<ParameterForm, TypeMapping>> = {
  event: { type: "string", convert: "writeEvent" },
  events: { type: "readonly string[]", convert: "writeEvents" },
  wire: TEXT_PARAMETER,
};

/** The mapping of a parameter. @throws Error for a type that no operation has used so far */
export function parameterMapping(pgType: string, form: ParameterForm | undefined): TypeMapping {
  return form === undefined ? mapping(PARAMETERS, pgType, "parameter") : PARAMETER_FORMS[form];
}

/** The mapping of a column. @throws Error for a type that no operation has used so far */
export function columnMapping(pgType: string, form: ColumnForm | undefined): TypeMapping {
  return form === undefined ? mapping(COLUMNS, pgType, "column") : FORMS[form];
}

function mapping(table: Readonly<Record<string, TypeMapping>>, pgType: string, what: string): TypeMapping {
  const found = table[pgType];
  if (found === undefined)
    throw new Error(`there is no mapping for a ${what} of the type ${pgType}; add one to wire-types.ts`);
  return found;
}

/** Codes of names and operators that do not fit. */
import { FIELD_TYPES, type FieldType } from "../field-types.js";
import type { CodeRow } from "./row.js";

/** E1… and W1… */
export const NAME_CODES = {
  E101: {
    meaning: "unknown field",
    example: "soruce.ip exists",
    message: ({ field }: { readonly field: string }) => `unknown field "${field}"`,
  },
  E102: {
    meaning: "unknown function",
    example: "cuont(source.ip) > 3",
    message: ({ name }: { readonly name: string }) => `unknown function "${name}"`,
  },
  E103: {
    meaning: "the function does not take this field",
    example: "count(severity) > 3",
    message: ({
      func,
      takes,
      field,
      type,
    }: {
      readonly func: string;
      readonly takes: "list" | readonly FieldType[];
      readonly field: string;
      readonly type: FieldType;
    }) =>
      takes === "list"
        ? `${func}( ) takes a list, but ${field} has one value at most`
        : `${func}( ) takes ${[...new Set(takes.map((taken) => FIELD_TYPES[taken].phrase))].join(" or ")}, but ${field} is ${FIELD_TYPES[type].phrase}`,
  },
  E104: {
    meaning: "the type of the field lacks this operator",
    example: "source.port contains 22",
    message: {
      ofFunction: ({ operator, name }: { readonly operator: string; readonly name: string }) =>
        `"${operator}" does not go with ${name}`,
      ofField: ({
        operator,
        name,
        type,
      }: {
        readonly operator: string;
        readonly name: string;
        readonly type: FieldType;
      }) => `"${operator}" does not go with ${name}, which is ${FIELD_TYPES[type].phrase}`,
      ofOthers: ({
        operator,
        takers,
        name,
        type,
      }: {
        readonly operator: string;
        readonly takers: readonly string[];
        readonly name: string;
        readonly type: FieldType;
      }) => `"${operator}" is for ${takers.join(" and ")}; ${name} is ${FIELD_TYPES[type].phrase}`,
    },
  },
  E105: {
    meaning: "unknown field inside has ( )",
    example: "source has (prot = tcp)",
    message: ({ field }: { readonly field: string }) => `unknown field "${field}" inside has ( )`,
  },
  E106: {
    meaning: "has ( ) after something that is no list of objects",
    example: "severity has (port = 22)",
    message: {
      nested: () => `"has" can't be used inside another "has"`,
      noList: ({ name }: { readonly name: string }) => `"${name}" is no list of objects that "has" could tie`,
    },
  },
  E107: {
    meaning: "unknown named set or saved filter, or one where the other belongs",
    example: "source.ip in @campsu",
    message: {
      noSet: ({ name }: { readonly name: string }) => `there is no set @${name}`,
      noSetWithin: ({ within, name }: { readonly within: string; readonly name: string }) =>
        `in @${within}: there is no set @${name}`,
      noFilter: ({ name }: { readonly name: string }) => `there is no saved filter @${name}`,
      isFilter: ({ name }: { readonly name: string }) => `@${name} is a saved filter, not a set of values`,
      isSet: ({ name }: { readonly name: string }) => `@${name} is a set of values, not a condition`,
    },
  },
  E108: {
    meaning: "named sets or saved filters refer to each other in a circle",
    example: { filter: "source.ip in @a", sets: { a: ["@b"], b: ["@a"] } },
    message: {
      sets: ({ circle }: { readonly circle: readonly string[] }) =>
        `sets refer to each other in a circle: ${circleText(circle)}`,
      filters: ({ circle }: { readonly circle: readonly string[] }) =>
        `saved filters refer to each other in a circle: ${circleText(circle)}`,
    },
  },
  E109: {
    meaning: "any, all or none before a single number",
    example: "all count(source.ip) > 3",
    message: ({ quantifier, name }: { readonly quantifier: string; readonly name: string }) =>
      `"${quantifier}" looks at the values of a list, but ${name} is one number`,
  },
  E110: {
    meaning: "a number of elements of both sides",
    example: "count(host) > 3",
    message: ({ name, parts }: { readonly name: string; readonly parts: readonly string[] }) =>
      `count( ) takes the elements of one list, ${name} stands for ${parts.join(" and ")}`,
  },
  W101: {
    meaning: "a legacy name of a field",
    example: "detectors = x",
    message: ({ written, name }: { readonly written: string; readonly name: string }) =>
      `"${written}" is a legacy name; the field is called "${name}"`,
  },
} as const satisfies Readonly<Record<string, CodeRow>>;

function circleText(names: readonly string[]): string {
  return names.map((name) => `@${name}`).join(" → ");
}

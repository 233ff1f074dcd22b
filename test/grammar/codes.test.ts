import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import type { Catalogue, FieldType, StoredField } from "../../compiler/catalogue/model.js";
import { convertFilter, ConversionError } from "../../compiler/convert/convert.js";
import { analyseFilter, compileFilter } from "../../compiler/compile.js";
import { CODE_NAMES, CODES, problem, type DiagnosticCode } from "../../grammar/codes.js";
import type { CodeExample } from "../../grammar/codes/row.js";

/** The codes that an example gives. */
function codesOf(example: CodeExample): readonly string[] {
  if (typeof example === "string") return diagnosed(example, {});
  if ("search" in example) return converted(() => convertFilter(example.search, "search-parameters"));
  if ("from" in example) return converted(() => convertFilter(example.filter, example.from));
  const { filter, args, field, ...given } = example;
  const options = field === undefined ? given : { ...given, catalogue: withField(field) };
  return args === undefined
    ? diagnosed(filter, options)
    : [thrownCode(() => compileFilter(filter).sql(args))];
}

function withField({ name, type }: { readonly name: string; readonly type: FieldType }): Catalogue {
  const field: StoredField = {
    kind: "stored",
    name,
    type,
    list: false,
    column: name,
    paths: [name],
    description: name,
    example: `${name} exists`,
  };
  return { ...IDEA_CATALOGUE, fields: [...IDEA_CATALOGUE.fields, field] };
}

function diagnosed(filter: string, options: Parameters<typeof analyseFilter>[1]): readonly string[] {
  let codes: readonly string[] = [];
  const thrown = thrownCode(() => {
    codes = analyseFilter(filter, options).diagnostics.map(({ code }) => code);
  });
  return thrown === "" ? codes : [thrown];
}

function converted(
  convert: () => { readonly changes: readonly { readonly code: string }[] },
): readonly string[] {
  try {
    return convert().changes.map(({ code }) => code);
  } catch (error) {
    if (error instanceof ConversionError) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

/** The code of the error that `run` throws, or nothing. */
function thrownCode(run: () => unknown): string {
  try {
    run();
    return "";
  } catch (error) {
    return String((error as { code?: unknown }).code);
  }
}

/** What an example gives besides its code, because it can't be helped. */
const BESIDES: Readonly<Partial<Record<DiagnosticCode, readonly string[]>>> = {
  L04: ["L01"],
  C02: ["C01"],
  C04: ["C03"],
  C08: ["C03"],
  C11: ["C03"],
  C12: ["C03"],
  C17: ["C03"],
};

describe("the table of codes", () => {
  it.each(CODE_NAMES)("%s has an example that gives it and nothing else", (code) => {
    const given = [...codesOf(CODES[code].example)].sort();
    expect(given).toEqual([code, ...(BESIDES[code] ?? [])].sort());
  });

  it("makes messages of their parameters", () => {
    expect(problem("E101", { field: "soruce" })).toEqual({ code: "E101", message: 'unknown field "soruce"' });
    expect(problem("E007.text")).toEqual({ code: "E007", message: "this text is never closed" });
  });

  it("takes neither a wrong code nor a wrong parameter", () => {
    // @ts-expect-error there is no such code
    const wrongCode: DiagnosticCode = "E999";
    // @ts-expect-error E101 has a field
    expect(problem("E101", { name: "soruce" }).message).toBe('unknown field "undefined"');
    // @ts-expect-error E007 has two messages
    expect(() => problem("E007")).toThrow();
    expect(wrongCode).not.toBeOneOf([...CODE_NAMES]);
  });
});

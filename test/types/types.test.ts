import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const FIXTURE = fileURLToPath(new URL("./wrong-calls.fixture.ts", import.meta.url));
const PROJECT = fileURLToPath(new URL("../../tsconfig.json", import.meta.url));
const EXPECTED = /^ *\/\/ @ts-expect-error .*$/gm;

/** What the compiler says about the fixture with the given text, as `line: message`. */
function diagnose(text: string): string[] {
  const { config } = ts.readConfigFile(PROJECT, (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(
    { ...config, include: [], files: [] },
    ts.sys,
    fileURLToPath(new URL("../../", import.meta.url)),
  );
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (path) => (path === FIXTURE ? text : read(path));
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (path, target) =>
    path === FIXTURE ? ts.createSourceFile(path, text, target) : getSourceFile(path, target);
  const program = ts.createProgram([FIXTURE], { ...options, noEmit: true }, host);
  const source = program.getSourceFile(FIXTURE);
  return program.getSemanticDiagnostics(source).map(({ start, messageText }) => {
    const line = (source?.getLineAndCharacterOfPosition(start ?? 0).line ?? 0) + 1;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

describe("wrong calls", () => {
  it("are all compile errors", async () => {
    const text = await readFile(FIXTURE, "utf8");
    expect(text.match(EXPECTED)?.length).toBe(41);
    expect(diagnose(text)).toEqual([]);
  });

  it("are compile errors on the very line, each of them", async () => {
    const text = await readFile(FIXTURE, "utf8");
    const lines = text.split("\n");
    const wrong = lines.flatMap((line, index) =>
      line.includes("@ts-expect-error ") && !line.includes("`") ? [index + 2] : [],
    );
    const found = diagnose(text.replace(EXPECTED, ""));
    expect(new Set(found.map((message) => Number(message.split(":")[0])))).toEqual(new Set(wrong));
    expect(found.join("\n")).toContain("Did you mean to write 'filter'?");
  });
});

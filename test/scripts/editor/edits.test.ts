/** Any edits: the server goes on, and what it published last is about the text as it is. */
import fc from "fast-check";
import { afterEach, expect, it } from "vitest";
import {
  CompletionRequest,
  DidChangeTextDocumentNotification,
  HoverRequest,
  type Range,
} from "vscode-languageserver-protocol/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { analyseFilter } from "../../../compiler/compile.js";
import { programFilters } from "../../../scripts/editor/program-filters.js";
import { times } from "../../property/support.js";
import { editorClient, type EditorClient } from "./client.js";
import { anyTexts } from "../../testing/characters.js";

let client: EditorClient;
afterEach(() => client.dispose());

/** What is typed: pieces that make sense somewhere, and signs that make none. */
const pieces = [
  ..."source.ip|in|10.0.0.0/8|and|or|not|severity|>=|high|$least|@private|(|)|[|]|,|..|\"|'|/|\\|#|\n|\r\n|\r| |has|count(|=".split(
    "|",
  ),
  ...'category under Recon|sorce.ip exists|description matches /a+/|😀|\u0000|é|`|${|}|filter: "|detect_time in last 24h'.split(
    "|",
  ),
];

interface Edit {
  readonly from: number;
  readonly length: number;
  readonly text: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 12 })),
  text: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map((some) => some.join("")),
    },
    anyTexts({ maxLength: 4 }),
  ),
});

const PROGRAM =
  'import { compileFilter } from "idea-eventstore";\nconst f = compileFilter("severity >= high");\n';

const expectedOf = (name: string, text: string): readonly string[] => {
  const regions = name.endsWith(".filter")
    ? [text]
    : programFilters(text, name, () => null).map((one) => one.text);
  return regions.flatMap((filter) =>
    analyseFilter(filter)
      .diagnostics.filter(({ severity }) => severity !== "note")
      .map(({ code, message }) => `${code} ${message}`),
  );
};

const firstLine = (text: string): string => text.split("\n")[0] ?? "";

/** Sends the edits in one burst, and asks in between. */
async function type(name: string, document: TextDocument, edits: readonly Edit[]): Promise<TextDocument> {
  const { connection } = client;
  let current = document;
  const asked: Promise<unknown>[] = [];
  for (const [count, { from, length, text }] of edits.entries()) {
    const start = Math.floor(from * current.getText().length);
    const range: Range = { start: current.positionAt(start), end: current.positionAt(start + length) };
    const version = current.version + 1;
    current = TextDocument.update(current, [{ range, text }], version);
    await connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: client.uri(name), version },
      contentChanges: [{ range, text }],
    });
    if (count % 7 !== 0) continue;
    const at = { textDocument: { uri: client.uri(name) }, position: current.positionAt(start) };
    asked.push(
      connection.sendRequest(HoverRequest.type, at),
      connection.sendRequest(CompletionRequest.type, at),
    );
  }
  await Promise.all(asked);
  return current;
}

it.each([
  ["a.filter", "severity >= high and source.ip in 10.0.0.0/8", 80],
  ["a.ts", PROGRAM, 20],
])("is right about %s after 50 edits at a time", async (name, start, numRuns) => {
  client = await editorClient();
  await client.open(name, start);
  let version = 1;
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 50, maxLength: 50 }), async (edits) => {
      await client.change(name, start);
      const before = TextDocument.create(client.uri(name), "", ++version, start);
      const after = await type(name, before, edits);
      version = after.version;
      const diagnostics = await client.arrived(name, version);
      const found = diagnostics.map(({ code, message }) =>
        firstLine(`${String(code)} ${typeof message === "string" ? message : message.value}`),
      );
      const expected = expectedOf(name, after.getText());
      expect(found).toEqual(expected.map(firstLine));
    }),
    { numRuns: times(numRuns) },
  );
});

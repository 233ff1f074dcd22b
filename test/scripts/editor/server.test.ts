import { afterEach, describe, expect, it } from "vitest";
import {
  CodeActionRequest,
  CompletionRequest,
  DocumentFormattingRequest,
  DocumentSymbolRequest,
  HoverRequest,
  InlayHintRequest,
  SemanticTokensRequest,
  type CodeAction,
  type CompletionItem,
  type DocumentSymbol,
  type Hover,
  type MarkupContent,
} from "vscode-languageserver-protocol/node";
import { completeFilter } from "../../../compiler/complete.js";
import { formatText } from "../../../grammar/format.js";
import { editorClient, positionOf, textIn, type EditorClient } from "./client.js";

let client: EditorClient;
afterEach(() => client.dispose());

const textDocument = (name: string) => ({ uri: client.uri(name) });

const hover = async (name: string, text: string, piece: string): Promise<string> => {
  const found: Hover | null = await client.connection.sendRequest(HoverRequest.type, {
    textDocument: textDocument(name),
    position: positionOf(text, piece),
  });
  return found === null ? "" : (found.contents as MarkupContent).value;
};

const complete = async (name: string, line: number, character: number): Promise<CompletionItem[]> =>
  (await client.connection.sendRequest(CompletionRequest.type, {
    textDocument: textDocument(name),
    position: { line, character },
  })) as CompletionItem[];

const actions = async (name: string, text: string, piece: string, only?: string[]) => {
  const start = positionOf(text, piece);
  const end = { line: start.line, character: start.character + piece.length };
  return (await client.connection.sendRequest(CodeActionRequest.type, {
    textDocument: textDocument(name),
    range: { start, end },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  })) as CodeAction[];
};

describe("a filter document", () => {
  it("has diagnostics with code, severity and place, by its ending and whatever its language", async () => {
    client = await editorClient();
    const text = "severity >= high\r\nand sorce.ip in 10.0.0.0/8 # 😀\r\nand category = Recon.Scaning";
    const diagnostics = await client.open("quiet.filter", text, "rust");
    expect(diagnostics.map(({ code, severity, range }) => [code, severity, textIn(text, range)])).toEqual([
      ["E101", 1, "sorce.ip"],
      ["W302", 2, "Recon.Scaning"],
    ]);
    expect(diagnostics[0]).toMatchObject({
      source: "eventstore",
      range: { start: { line: 1, character: 4 }, end: { line: 1, character: 12 } },
    });
    expect(diagnostics[0]?.message).toContain('did you mean "source.ip"?');
  });

  it("counts UTF-16 code units after signs beyond the first plane", async () => {
    client = await editorClient();
    const text = 'description = "😀" and sorce.ip exists';
    const [diagnostic] = await client.open("a.filter", text);
    expect(diagnostic?.range.start).toEqual({ line: 0, character: 23 });
  });

  it("publishes an empty list for a right text, when it is mended, and when it is closed", async () => {
    client = await editorClient();
    expect(await client.open("a.filter", "source.port != 22")).toEqual([]);
    expect(await client.open("b.filter", "sorce.ip exists")).toHaveLength(1);
    expect(await client.change("b.filter", "source.ip exists")).toEqual([]);
    expect(await client.change("b.filter", "x")).toHaveLength(1);
    await client.close("b.filter");
    expect(client.published("b.filter")).toEqual([]);
  });

  it("has no mistake in parameters that nothing defines, and hints at their types at each use", async () => {
    client = await editorClient();
    const text = "source.ip in $nets or target.ip in $nets\nand severity >= $least and target.port = $port";
    expect(await client.open("a.filter", text)).toEqual([]);
    const hints = await client.connection.sendRequest(InlayHintRequest.type, {
      textDocument: textDocument("a.filter"),
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    expect(hints?.map(({ label, position }) => [label, position.line, position.character])).toEqual([
      [": ip[]", 0, 18],
      [": ip[]", 0, 40],
      [": severity", 1, 22],
      [": integer", 1, 46],
    ]);
  });

  it("offers fixes whose edits mend the text", async () => {
    client = await editorClient();
    const text = "severity >= Hgih and\nsorce.ip in 10.0.0.0/8";
    await client.open("a.filter", text);
    const found = await actions("a.filter", text, "sorce.ip");
    expect(found).toMatchObject([
      {
        kind: "quickfix",
        isPreferred: true,
        diagnostics: [{ code: "E101" }],
        edit: {
          changes: {
            [client.uri("a.filter")]: [
              {
                newText: "source.ip",
                range: { start: { line: 1, character: 0 }, end: { line: 1, character: 8 } },
              },
            ],
          },
        },
      },
    ]);
    expect(await actions("a.filter", text, "severity")).toEqual([]);
    expect(await actions("a.filter", text, "Hgih", ["source"])).toEqual([]);
    expect(await actions("a.filter", text, "Hgih", ["quickfix"])).not.toEqual([]);
  });

  it("offers what remarks propose as a rewrite, without a diagnostic", async () => {
    client = await editorClient();
    const text = "severity = low or severity = high and tlp = red";
    expect(await client.open("a.filter", text)).toEqual([]);
    const found = await actions("a.filter", text, text);
    expect(found.map(({ kind }) => kind)).toEqual(["refactor.rewrite"]);
    expect(await hover("a.filter", text, "or")).toContain("L02");
  });

  it("completes what the compiler proposes, with documentation", async () => {
    client = await editorClient();
    await client.open("a.filter", "sour");
    const items = await complete("a.filter", 0, 4);
    expect(items.map(({ label }) => label)).toEqual(completeFilter("sour", 4).map(({ label }) => label));
    const [first] = items;
    expect(first).toMatchObject({
      textEdit: { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } } },
    });
    const address = items.find(({ label }) => label === "source.ip");
    expect((address?.documentation as MarkupContent).value).toContain("Source.IP4");
    await client.change("a.filter", "severity >= ");
    expect((await complete("a.filter", 0, 12)).map(({ label }) => label)).toContain("critical");
  });

  it("shows type, path, example, SQL and index of the place under the pointer", async () => {
    client = await editorClient();
    const text = "source.ip in 10.0.0.0/8 and note contains $text and count(target.ip) > 3";
    await client.open("a.filter", text);
    const shown = await hover("a.filter", text, "source.ip");
    for (const part of ["`ip`", "Source.IP4", "Example", "```sql", "Index: `tokens`"])
      expect(shown).toContain(part);
    expect(await hover("a.filter", text, "contains")).toContain("ignoring case");
    expect(await hover("a.filter", text, "$text")).toContain("`text`");
    expect(await hover("a.filter", text, "count")).toContain("number of values of a list");
    expect(await hover("a.filter", text, "and")).toContain("```sql");
  });

  it("reports a field of a wrong filter, too, and of fields inside has", async () => {
    client = await editorClient();
    const text = "source has (ip in 10.0.0.0/8 and prt = 22) and severity >=";
    await client.open("a.filter", text);
    expect(await hover("a.filter", text, "ip in")).toContain("Source.IP4");
    expect(await hover("a.filter", text, "source")).toContain("**source has ( … )**");
    expect(await hover("a.filter", text, "severity")).toContain("EventSeverity");
  });

  it("formats as fmt does, and a wrong text not at all", async () => {
    client = await editorClient();
    const format = async (name: string) =>
      client.connection.sendRequest(DocumentFormattingRequest.type, {
        textDocument: textDocument(name),
        options: { tabSize: 2, insertSpaces: true },
      });
    const text = "source.ip  IN [10.0.0.0/8,192.168.0.0/16]&&severity>=high # remark\r\n";
    await client.open("a.filter", text);
    const edits = await format("a.filter");
    expect(edits?.map(({ newText }) => newText)).toEqual([
      formatText(text).text.replaceAll("\n", "\r\n") + "\r\n",
    ]);
    await client.change("a.filter", "severity>=");
    expect(await format("a.filter")).toEqual([]);
    await client.change("a.filter", "severity >= high\n");
    expect(await format("a.filter")).toEqual([]);
  });

  it("has coloured tokens", async () => {
    client = await editorClient();
    const text = '# remark\nsource.ip in @private and description like "a*"';
    await client.open("a.filter", text);
    const { data } = (await client.connection.sendRequest(SemanticTokensRequest.type, {
      textDocument: textDocument("a.filter"),
    }))!;
    const legend = client.initialized.capabilities.semanticTokensProvider?.legend.tokenTypes ?? [];
    const kinds = data.flatMap((kind, position) => (position % 5 === 3 ? [legend[kind]] : []));
    expect(kinds).toEqual([
      "comment",
      "property",
      "keyword",
      "variable",
      "keyword",
      "property",
      "keyword",
      "string",
    ]);
    expect(data.slice(0, 10)).toEqual([0, 0, 8, legend.indexOf("comment"), 0, 1, 0, 9, 2, 0]);
  });

  it("has an outline of its conditions", async () => {
    const text = "source has (ip in $nets and port = 22) or not @quiet";
    const ask = () =>
      client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: textDocument("a.filter") });
    client = await editorClient({
      capabilities: { textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } } },
    });
    await client.open("a.filter", text);
    const symbols = (await ask()) as DocumentSymbol[];
    expect(symbols.map(({ name }) => name)).toEqual(["source", "@quiet"]);
    expect(symbols[0]?.children?.map(({ name, detail }) => [name, detail])).toEqual([
      ["ip", "in $nets"],
      ["port", "= 22"],
    ]);
    await client.dispose();
    client = await editorClient();
    await client.open("a.filter", text);
    expect((await ask())?.map(({ name }) => name)).toEqual(["source", "ip", "$nets", "port", "@quiet"]);
  });
});

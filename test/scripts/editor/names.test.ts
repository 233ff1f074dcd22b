import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import {
  CompletionRequest,
  DefinitionRequest,
  PrepareRenameRequest,
  ReferencesRequest,
  RenameRequest,
  type CompletionItem,
  type Location,
  type WorkspaceEdit,
} from "vscode-languageserver-protocol/node";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { editorClient, positionOf, type EditorClient } from "./client.js";

let client: EditorClient;
afterEach(() => client.dispose());

const QUIET = "severity <= low\n";
const FILES = {
  "quiet.filter": QUIET,
  "night.filter": "@quiet or category = Test",
  "app.ts":
    'import { compileFilter } from "idea-eventstore";\nexport const f = compileFilter("not @quiet");\n',
  "other/quiet.filter": "true",
  "other/use.filter": "@quiet",
};
const RENAMES = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["rename" as const] } },
};

const at = (name: string, text: string, piece: string) => ({
  textDocument: { uri: client.uri(name) },
  position: positionOf(text, piece),
});
const rename = (name: string, text: string, piece: string, newName: string) =>
  client.connection.sendRequest(RenameRequest.type, { ...at(name, text, piece), newName });

describe("saved filters beside a document", () => {
  const text = "target.port = 22 and @quiet";

  it("are known, complete, and lead to their file", async () => {
    client = await editorClient({ files: FILES });
    expect(await client.open("new.filter", text)).toEqual([]);
    expect((await client.change("new.filter", text.replace("quiet", "quite")))[0]).toMatchObject({
      code: "E107",
    });
    await client.change("new.filter", text);
    const items = (await client.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: client.uri("new.filter") },
      position: { line: 0, character: text.length - 3 },
    })) as CompletionItem[];
    expect(items).toMatchObject([
      { label: "@quiet", documentation: { value: expect.stringContaining("severity <= low") } },
    ]);
    const found = (await client.connection.sendRequest(
      DefinitionRequest.type,
      at("new.filter", text, "quiet"),
    )) as Location;
    expect(found).toEqual({
      uri: client.uri("quiet.filter"),
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    });
  });

  it("are taken as they are open, and what uses them is judged again", async () => {
    client = await editorClient({ files: FILES });
    expect(await client.open("new.filter", text)).toEqual([]);
    await client.open("quiet.filter", QUIET);
    const again = client.changed("new.filter");
    await client.change("quiet.filter", "sverity <= low");
    expect(await again).toMatchObject([{ message: expect.stringContaining("in @quiet") }]);
  });

  it("are renamed in every file that means them, and their file with them", async () => {
    client = await editorClient({ files: FILES, capabilities: RENAMES });
    await client.open("new.filter", text);
    expect(
      await client.connection.sendRequest(PrepareRenameRequest.type, at("new.filter", text, "quiet")),
    ).toMatchObject({ placeholder: "quiet" });
    const { documentChanges } = (await rename("new.filter", text, "quiet", "calm")) as WorkspaceEdit;
    const place = (name: string, line: number, character: number, version: number | null = null) => ({
      textDocument: { uri: client.uri(name), version },
      edits: [
        {
          newText: "calm",
          range: { start: { line, character }, end: { line, character: character + 5 } },
        },
      ],
    });
    expect(documentChanges).toHaveLength(3);
    expect(documentChanges).toEqual([
      place("app.ts", 1, 37),
      place("night.filter", 0, 1),
      { kind: "rename", oldUri: client.uri("quiet.filter"), newUri: client.uri("calm.filter") },
    ]);
  });

  it("are renamed where the document itself is in a file, and where the editor renames no files", async () => {
    client = await editorClient({ files: { ...FILES, "new.filter": text } });
    await client.open("new.filter", text);
    const { changes } = (await rename("new.filter", text, "@quiet", "@calm")) as WorkspaceEdit;
    expect(Object.keys(changes ?? {}).sort()).toEqual(
      ["app.ts", "new.filter", "night.filter"].map((name) => client.uri(name)).sort(),
    );
    expect(client.messages.join()).toContain("calm.filter");
  });

  it.each(["2fast", "a b", "", "night"])("refuses the new name %j", async (name) => {
    client = await editorClient({ files: FILES });
    await client.open("new.filter", text);
    await expect(rename("new.filter", text, "quiet", name)).rejects.toThrow(/no name|already/);
  });

  it("has nothing to rename elsewhere", async () => {
    client = await editorClient({ files: FILES });
    await client.open("new.filter", text);
    await expect(rename("new.filter", text, "target", "x")).rejects.toThrow("can be changed here");
    const none = await client.connection.sendRequest(
      DefinitionRequest.type,
      at("new.filter", text, "target"),
    );
    expect(none).toBeNull();
  });
});

describe("the configuration of a project", () => {
  const CONFIG = { filters: "filters", sets: "sets.json", zone: "Europe/Prague" };
  const SETS = '{\n  "campus": ["192.0.2.0/24"],\n  "all": ["@campus", "198.51.100.0/24"]\n}';
  const files = {
    "eventstore.config.json": JSON.stringify(CONFIG),
    "sets.json": SETS,
    "filters/quiet.filter": QUIET,
    "src/app.ts":
      'import type { EventStorage } from "idea-eventstore";\n' +
      'export const f = (store: EventStorage) => store.countEvents({ filter: "source.ip in @campus and @quiet" });\n',
  };
  const text = "source.ip in @campus and @quiet";

  it("gives sets and filters to documents below it, and their places", async () => {
    client = await editorClient({ files });
    expect(await client.open("src/deep/a.filter", text)).toEqual([]);
    expect(
      await client.connection.sendRequest(DefinitionRequest.type, at("src/deep/a.filter", text, "campus")),
    ).toEqual({
      uri: client.uri("sets.json"),
      range: { start: { line: 1, character: 3 }, end: { line: 1, character: 9 } },
    });
    const uses = (await client.connection.sendRequest(ReferencesRequest.type, {
      ...at("src/deep/a.filter", text, "campus"),
      context: { includeDeclaration: true },
    })) as Location[];
    expect(uses.map(({ uri, range: { start } }) => [uri, start.line, start.character])).toEqual([
      [client.uri("sets.json"), 1, 3],
      [client.uri("sets.json"), 2, 12],
      [client.uri("src/app.ts"), 1, 85],
    ]);
  });

  it("renames a set where it is declared, in other sets, in filters and in programs", async () => {
    client = await editorClient({ files: { ...files, "src/a.filter": text } });
    await client.open("src/a.filter", text);
    const { changes } = (await rename("src/a.filter", text, "campus", "home")) as WorkspaceEdit;
    expect(
      Object.fromEntries(Object.entries(changes ?? {}).map(([uri, edits]) => [uri, edits.length])),
    ).toEqual({
      [client.uri("sets.json")]: 2,
      [client.uri("src/a.filter")]: 1,
      [client.uri("src/app.ts")]: 1,
    });
  });

  it("may have the sets in itself", async () => {
    const config = '{\n  "sets": {\n    "campus": ["192.0.2.0/24"]\n  }\n}';
    client = await editorClient({ files: { "eventstore.config.json": config } });
    expect(await client.open("a.filter", "source.ip in @campus")).toEqual([]);
    expect(
      await client.connection.sendRequest(
        DefinitionRequest.type,
        at("a.filter", "source.ip in @campus", "campus"),
      ),
    ).toMatchObject({
      uri: client.uri("eventstore.config.json"),
      range: { start: { line: 2, character: 5 } },
    });
  });

  it("is complained about once, and the rest goes on", async () => {
    client = await editorClient({ files: { "eventstore.config.json": '{"setz": {}}' } });
    expect(await client.open("a.filter", "sorce.ip exists")).toHaveLength(1);
    await client.change("a.filter", "source.ip exists");
    expect(client.messages.filter((message) => message.includes('"setz"'))).toHaveLength(1);
  });
});

describe("a catalogue, which is code", () => {
  const files = { "eventstore.config.json": '{"catalogue": "catalogue.js"}' };
  const { fields } = IDEA_CATALOGUE;
  const catalogue = { ...IDEA_CATALOGUE, fields: fields.filter(({ name }) => name === "severity") };
  let loaded: string[] = [];
  const server = {
    loadCatalogue: (path: string) => {
      loaded.push(path);
      return Promise.resolve({ ...catalogue, groups: [], unionGroups: [] });
    },
  };

  it("is not loaded where the editor does not call the folder trusted: only syntax is checked", async () => {
    loaded = [];
    client = await editorClient({ files, server });
    expect(await client.open("a.filter", "firewall.rule = 5")).toEqual([]);
    expect(await client.change("a.filter", "firewall.rule =")).toMatchObject([{ code: "E002" }]);
    expect(loaded).toEqual([]);
    expect(client.messages.join()).toContain("trust");
  });

  it.each([
    ["by the editor", { initializationOptions: { trusted: true }, server }],
    ["by option", { server: { ...server, trusted: true } }],
  ])("is loaded in a trusted folder, %s", async (_, world) => {
    loaded = [];
    client = await editorClient({ files, ...world });
    expect(await client.open("a.filter", "source.ip exists")).toMatchObject([{ code: "E101" }]);
    expect(await client.change("a.filter", "severity = low")).toEqual([]);
    expect(loaded).toContain(join(client.folder, "catalogue.js"));
  });
});

it("follows files that appear on the disk", async () => {
  client = await editorClient();
  expect(await client.open("a.filter", "@late")).toHaveLength(1);
  await mkdir(client.folder, { recursive: true });
  await writeFile(join(client.folder, "late.filter"), "true");
  const again = client.changed("a.filter");
  await client.connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [] });
  expect(await again).toEqual([]);
});

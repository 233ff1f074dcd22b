import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ReadEventError,
  readEventItems,
  readEvents,
  type EventSource,
  type ReadOptions,
} from "../../../runtime/events/read-events.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** One line for each item: the text of an event or the reason of a problem, with its line. */
async function read(source: EventSource, options?: ReadOptions): Promise<string[]> {
  const items: string[] = [];
  for await (const item of readEventItems(source, options)) {
    items.push(`${item.line} ${item.kind === "event" ? JSON.stringify(item.event) : `! ${item.reason}`}`);
  }
  return items;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

const readText = (text: string, options?: ReadOptions): Promise<string[]> => read([text], options);

describe("forms of input", () => {
  it.each<[string, string, string[]]>([
    ["lines", '{"a":1}\n{"b":2}\n', ['1 {"a":1}', '2 {"b":2}']],
    ["no newline at the end", '{"a":1}\n{"b":2}', ['1 {"a":1}', '2 {"b":2}']],
    ["byte order mark, CRLF, blank lines", '\ufeff{"a":1}\r\n\r\n  {"b":2}\r\n', ['1 {"a":1}', '3 {"b":2}']],
    ["one pretty-printed object", '{\n  "a": [\n    1\n  ]\n}\n', ['1 {"a":[1]}']],
    ["pretty-printed objects", '{\n  "a": 1\n}\n{\n  "b": 2\n}\n', ['1 {"a":1}', '4 {"b":2}']],
    ["a line, then a pretty-printed object", '{"a":1}\n{\n  "b": 2\n}\n', ['1 {"a":1}', '2 {"b":2}']],
    ["objects one after the other", '{"a":1}{"b":2} {"c":3}', ['1 {"a":1}', '1 {"b":2}', '1 {"c":3}']],
    ["a list on one line", '[{"a":1},{"b":[2]}]', ['1 {"a":1}', '1 {"b":[2]}']],
    ["a list over lines", '[\n{"a":1},\n{\n"b":2}\n]\n', ['2 {"a":1}', '3 {"b":2}']],
    ["an empty list", "[]", []],
    ["brackets in texts", '{"a":"}]{[\\"}"}\n', ['1 {"a":"}]{[\\"}"}']],
    [
      "objects that begin in the first column",
      '{"Source": [\n{"a":1},\n{"b":2}\n]}\n',
      ['1 {"Source":[{"a":1},{"b":2}]}'],
    ],
    ["record separators", '\u001e{"a":1}\n\u001e{"b":2}\n', ['1 {"a":1}', '2 {"b":2}']],
  ])("%s", async (_, text, expected) => {
    expect(await readText(text)).toEqual(expected);
    expect(await read([...Buffer.from(text)].map((byte) => Buffer.of(byte)))).toEqual(expected);
  });
});

describe("problems", () => {
  it.each<[string, string, string[]]>([
    ["nothing", "", ["0 ! there is nothing in it"]],
    ["blanks", " \n\n", ["0 ! there is nothing in it"]],
    ["not JSON", '{"a":x}\n{"b":2}', ['1 ! not JSON: expected a value, found "x" (column 6)', '2 {"b":2}']],
    ["a word", 'hello\n{"b":2}', ['1 ! not JSON: expected a value, found "h" (column 1)', '2 {"b":2}']],
    [
      "no object",
      '1\n"x"\n{"b":2}',
      [
        "1 ! an event is a JSON object, this is a number",
        "2 ! an event is a JSON object, this is a string",
        '3 {"b":2}',
      ],
    ],
    [
      "no object in a list",
      '[1,"a,b",null,[2],{"b":2}]',
      [
        "1 ! an event is a JSON object, this is a number",
        "1 ! an event is a JSON object, this is a string",
        "1 ! an event is a JSON object, this is null",
        "1 ! an event is a JSON object, this is a list",
        '1 {"b":2}',
      ],
    ],
    [
      "a line broken off",
      '{"a":1}\n{"b":[\n{"c":3}\n',
      ['1 {"a":1}', "2 ! not JSON: it ends in the middle of an event (column 7)", '3 {"c":3}'],
    ],
    [
      "a line broken off in a text",
      '{"a":1}\n{"b":"x\n{"c":3}\n',
      ['1 {"a":1}', "2 ! not JSON: it ends in the middle of an event (column 8)", '3 {"c":3}'],
    ],
    [
      "a first line broken off",
      '{"a":1\n{"b":2}\n{"c":3}',
      ["1 ! not JSON: it ends in the middle of an event (column 7)", '2 {"b":2}', '3 {"c":3}'],
    ],
    [
      "a first line broken off in an escape",
      '{"a":"\\\\\\\n{"b":2}\n{"c":3}',
      ["1 ! not JSON: it ends in the middle of an event (column 10)", '2 {"b":2}', '3 {"c":3}'],
    ],
    [
      "a first line broken off after a colon",
      '{"a":\n{"b":2}\n{"c":3}',
      ["2 ! not JSON: it ends in the middle of an event (column 8)", '2 {"b":2}', '3 {"c":3}'],
    ],
    [
      "a pretty-printed object broken off",
      '{\n  "a": [\n{\n  "b": 2\n}\n{"c":3}',
      ["5 ! not JSON: it ends in the middle of an event (column 2)", '3 {"b":2}', '6 {"c":3}'],
    ],
    ["the end in a line", '{"a":1}\n{"b":', ['1 {"a":1}', "2 ! the file ends in the middle of an event"]],
    ["the end in a pretty-printed object", '{\n  "a": 1,\n', ["1 ! the file ends in the middle of an event"]],
    ["the end in a list", '[{"a":1},', ['1 {"a":1}', "1 ! the list that starts here is never closed"]],
    [
      "a place in a later line",
      '{\n  "a": 1,\n  b: 2\n}',
      ['3 ! not JSON: expected a key, found "b" (column 3)'],
    ],
    ["a bad escape", '{"a":"\\x12345"}', ["1 ! not JSON: an unknown escape inside a text (column 7)"]],
  ])("%s", async (_, text, expected) => {
    expect(await readText(text)).toEqual(expected);
    expect(await read([...Buffer.from(text)].map((byte) => Buffer.of(byte)))).toEqual(expected);
  });

  it("shows text that is not UTF-8", async () => {
    expect(await read([Buffer.from('{"a":"\u00e9"}\n{"b":2}\n', "latin1")])).toEqual([
      "1 ! not UTF-8: byte 0xe9 at offset 6; it looks like Latin-1, which `iconv -f latin1 -t utf8` converts",
      '2 {"b":2}',
    ]);
  });

  it("passes over an event above the limit", async () => {
    const text = `{"a":"${"x".repeat(200)}"}\n{"b":2}\n[{"c":"${"y".repeat(200)}"},{"d":4}]`;
    const reason = "an event of more than 100 bytes, the limit; it is left out";
    const expected = [`1 ! ${reason}`, '2 {"b":2}', `3 ! ${reason}`, '3 {"d":4}'];
    expect(await readText(text, { maxEventBytes: 100 })).toEqual(expected);
    expect(await read(text.match(/./gs) ?? [], { maxEventBytes: 100 })).toEqual(expected);
  });

  it("keeps no more than the limit of a line of 50 MB", async () => {
    const chunk = Buffer.alloc(1 << 20, "x");
    let largest = 0;
    function* line(): Generator<Uint8Array> {
      yield Buffer.from('{"a":"');
      for (let index = 0; index < 50; index++) {
        // What is not held any more is no matter here, and when it would be collected differs between releases of Node.
        collectGarbage();
        largest = Math.max(largest, process.memoryUsage().arrayBuffers);
        yield chunk;
      }
      yield Buffer.from('"}\n{"b":2}\n');
    }
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    expect(await read(line(), { maxEventBytes: 1 << 20 })).toHaveLength(2);
    expect(largest - before).toBeLessThan(8 << 20);
  });

  it("throws at the first problem when no one asks to be told", async () => {
    const readWord = (onProblem?: () => void): Promise<unknown[]> =>
      collect(readEvents(["x\n{}"], onProblem === undefined ? {} : { onProblem }));
    await expect(readWord()).rejects.toThrow(ReadEventError);
    await expect(readWord()).rejects.toThrow('line 1: not JSON: expected a value, found "x" (column 1)');
    let told = 0;
    expect(await readWord(() => told++)).toEqual([{}]);
    expect(told).toBe(1);
  });
});

describe("files and folders", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "read-events-"));
    await writeFile(join(folder, "b.json"), '[{"b":1}]');
    await writeFile(join(folder, "a.idea"), '{\n"a": 1}');
    await writeFile(join(folder, "c.ndjson"), "");
    await writeFile(join(folder, "notes.txt"), "no events");
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("reads a folder in the order of its names", async () => {
    const items = await collect(readEventItems(folder));
    expect(items.map(({ file, kind }) => [file?.slice(folder.length + 1), kind])).toEqual([
      ["a.idea", "event"],
      ["b.json", "event"],
      ["c.ndjson", "problem"],
    ]);
  });

  it("reports a file that is not there", async () => {
    expect(await read(join(folder, "d.json"))).toEqual(["0 ! there is no such file or folder"]);
  });
});

describe("reading", () => {
  it("keeps the text with all digits of its numbers", async () => {
    const [item] = await collect(readEventItems(['{"n": 12345678901234567890}\n']));
    expect(item).toMatchObject({ kind: "event", raw: '{"n": 12345678901234567890}' });
  });

  it("takes no more of the stream than it needs", async () => {
    let produced = 0;
    const source = Readable.from(
      (function* () {
        for (;;) {
          produced++;
          yield `{"n":${produced}}\n`;
        }
      })(),
      { highWaterMark: 1 },
    );
    for await (const event of readEvents(source)) if (event["n"] === 3) break;
    expect(produced).toBeLessThan(10);
  });

  const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }), {
    minLength: 1,
    maxLength: 5,
  });

  it("gives back what was written, in any form and any chunks", async () => {
    await fc.assert(
      fc.asyncProperty(
        objects,
        fc.constantFrom("lines", "list", "pretty"),
        fc.integer({ min: 1, max: 50 }),
        async (events, form, size) => {
          const text =
            form === "list"
              ? JSON.stringify(events, null, 1)
              : events.map((event) => JSON.stringify(event, null, form === "pretty" ? 2 : 0)).join("\n");
          const bytes = Buffer.from(text);
          const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
            bytes.subarray(index * size, (index + 1) * size),
          );
          const found = await collect(readEvents(chunks));
          expect(found.map((event) => JSON.stringify(event))).toEqual(
            events.map((event) => JSON.stringify(JSON.parse(JSON.stringify(event)))),
          );
        },
      ),
    );
  });

  it("loses no line to a broken one before it", async () => {
    await fc.assert(
      fc.asyncProperty(objects, fc.nat(), fc.nat(), async (events, which, where) => {
        const lines = events.map((event) => JSON.stringify({ key: event }));
        const broken = which % lines.length;
        const line = lines[broken] ?? "";
        lines[broken] = line.slice(0, 1 + (where % (line.length - 1)));
        const found = await collect(readEvents([lines.join("\n")], { onProblem: () => undefined }));
        expect(found.map((event) => JSON.stringify(event))).toEqual(
          events
            .filter((_, index) => index !== broken)
            .map((event) => JSON.stringify(JSON.parse(JSON.stringify({ key: event })))),
        );
      }),
    );
  });

  it("never fails on bytes", async () => {
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc
        .array(fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", ":", "\n", "1", " "))
        .map((signs) => Buffer.from(signs.join(""))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (data) => {
        expect((await read([data], { maxEventBytes: 20 })).length).toBeLessThanOrEqual(data.length + 2);
      }),
      { numRuns: 500 },
    );
  });
});

/** Forms in which events come: compressed, in other encodings, wrapped; and what is no IDEA. */
import { gzipSync } from "node:zlib";
import * as zlib from "node:zlib";
import { describe, expect, it } from "vitest";
import { readEventItems, type ReadOptions } from "../../../runtime/events/read-events.js";
import { invalidUtf8At } from "../../../runtime/events/utf8.js";
import { EVE, INTELMQ, ZEEK, ZEEK_LOG } from "./converters/samples.js";

const EVENT = '{"ID":"a","DetectTime":"2016-10-13T10:55:00Z","Note":"ž"}';

async function read(bytes: Uint8Array | string, options?: ReadOptions): Promise<string[]> {
  const items: string[] = [];
  const buffer = Buffer.from(bytes as Uint8Array);
  const chunks = [buffer.subarray(0, 2), buffer.subarray(2)];
  for await (const item of readEventItems(chunks, options))
    items.push(item.kind === "event" ? item.raw : `${item.line}: ${item.reason}`);
  return items;
}

describe("packed and encoded", () => {
  const swapped = Buffer.from(`\ufeff${EVENT}`, "utf16le").swap16();
  it.each<[string, Uint8Array]>([
    ["plain", Buffer.from(`${EVENT}\n${EVENT}`)],
    ["gzip", gzipSync(`${EVENT}\n${EVENT}`)],
    ["gzip members one after the other", Buffer.concat([gzipSync(`${EVENT}\n`), gzipSync(EVENT)])],
    ["gzip twice", gzipSync(gzipSync(`${EVENT}\n${EVENT}`))],
    ["UTF-16 in gzip", gzipSync(Buffer.from(`\ufeff${EVENT}\r\n${EVENT}`, "utf16le"))],
    ["UTF-16LE with a mark", Buffer.from(`\ufeff${EVENT}\n${EVENT}`, "utf16le")],
    ["UTF-16LE without", Buffer.from(`${EVENT}\n${EVENT}`, "utf16le")],
    ["UTF-16BE with a mark", Buffer.concat([swapped, Buffer.from(`\n${EVENT}`, "utf16le").swap16()])],
  ])("%s", async (_, bytes) => expect(await read(bytes)).toEqual([EVENT, EVENT]));

  it("zstd where Node has it, else a word on what to do", async () => {
    const { zstdCompressSync } = zlib as { zstdCompressSync?: (text: string) => Buffer };
    if (zstdCompressSync !== undefined) expect(await read(zstdCompressSync(EVENT))).toEqual([EVENT]);
    else {
      const [line] = await read(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]));
      expect(line).toMatch(/^0: zstd-compressed, .*unpack it with `zstd -d`/);
    }
  });

  const tar = Buffer.alloc(512);
  tar.write("events.json");
  tar.write("ustar", 257);
  it.each<[string, Uint8Array | string]>([
    ["a ZIP archive", "PK\x03\x04…"],
    ["a tar archive", tar],
    ["a tar archive", gzipSync(tar)],
    ["compressed by xz", Buffer.from("\xfd7zXZ\x00\x00", "latin1")],
    ["compressed by bzip2", "BZh91AY"],
    ["a PDF document", "%PDF-1.4\n"],
    ["captured packets", Buffer.from("d4c3b2a1020004", "hex")],
    ["UTF-32 text", Buffer.from("fffe00007b000000", "hex")],
    ["a Parquet file", "PAR1"],
    ["an SQLite database", "SQLite format 3\0"],
    ["a picture", Buffer.from("\x89PNG\r\n\x1a\n{}", "latin1")],
  ])("%s is named in one line, also where records are due", async (what, bytes) => {
    for (const expectation of ["events", "records"] as const) {
      const lines = await read(bytes, { expect: expectation });
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(new RegExp(`^0: it is ${what}.*, not events as text; `, "u"));
    }
  });

  it("damaged gzip is one problem of the file, after what could be read", async () => {
    const whole = gzipSync(Buffer.from(`${EVENT}\n`.repeat(2_000)));
    const lines = await read(whole.subarray(0, whole.length - 12));
    expect(lines.at(-1)).toMatch(/^0: the gzip data are damaged or cut off/);
  });
});

describe("Latin-1", () => {
  it("is reported with line and byte", async () => {
    const bytes = Buffer.from('{"ID":"a"}\n{"ID":"é"}\n', "latin1");
    expect(await read(bytes)).toEqual([
      '{"ID":"a"}',
      "2: not UTF-8: byte 0xe9 at offset 7; it looks like Latin-1, which `iconv -f latin1 -t utf8` converts",
    ]);
  });

  it.each<[readonly number[], number]>([
    [[0x41, 0xc3, 0xa9], -1],
    [[0xf0, 0x9f, 0x98, 0x80], -1],
    [[0x41, 0xe9], 1],
    [[0xc3], 0],
    [[0xed, 0xa0, 0x80], 0],
    [[0xc0, 0x80], 0],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0x41, 0x42, 0x80], 2],
  ])("of %j the first wrong byte is at %d", (bytes, at) =>
    expect(invalidUtf8At(Uint8Array.from(bytes))).toBe(at),
  );
});

describe("wrappings", () => {
  const inner = '{"ID":"a","ByteCount":18446744073709551615}';
  it.each<[string, string, string[]]>([
    ["Warden's answer", `{"lastid":7,"events":[${inner},${EVENT}]}`, [inner, EVENT]],
    ["an empty answer", '{"lastid":7,"events":[]}', []],
    ["a document of Elasticsearch", `{"_index":"x","_id":"1","_source":${inner}}`, [inner]],
    [
      "an answer of Elasticsearch",
      `{"hits":{"total":2,"hits":[{"_source":${inner}},{"_source":${EVENT}}]}}`,
      [inner, EVENT],
    ],
    ["a line of a file of rejected events", `{"file":"a","line":1,"reason":"x","event":${inner}}`, [inner]],
    ["what is no event in it", '{"events":[1]}', ["1: an event is a JSON object, this is a number"]],
  ])("%s", async (_, text, expected) => expect(await read(text)).toEqual(expected));

  it("are no wrapping where an event has such keys of its own", async () => {
    const event = '{"ID":"a","events":[1],"event":{"x":1}}';
    expect(await read(event)).toEqual([event]);
  });
});

describe("other formats", () => {
  const lines = (records: readonly object[]): string =>
    records.map((record) => JSON.stringify(record)).join("\n");
  it.each<[string, string, string]>([
    ["EVE", lines(EVE), "Suricata EVE, not like IDEA; read it with --from eve"],
    ["IntelMQ", lines(INTELMQ), "IntelMQ, not like IDEA; read it with --from intelmq"],
    ["Zeek JSON", lines(ZEEK), "a Zeek log, not like IDEA; read it with --from zeek"],
    ["Zeek lines", ZEEK_LOG, "a Zeek log, not like IDEA; read it with --from zeek"],
    ["STIX", '{"type":"bundle","id":"bundle--1","objects":[]}', "STIX, not like IDEA; there is no converter"],
    [
      "MISP",
      '{"Event":{"uuid":"x","info":"y","Attribute":[]}}',
      "MISP, not like IDEA; there is no converter",
    ],
    ["syslog", "<34>Oct 11 22:14:15 host su: failed\n<34>x", "syslog, not like IDEA; there is no converter"],
    ["syslog of a file", "Oct 11 22:14:15 host sshd[1]: x\n", "syslog, not like IDEA; there is no converter"],
    ["CEF", "CEF:0|Vendor|Product|1|2|name|3|src=1.2.3.4\n", "CEF, not like IDEA; there is no converter"],
  ])("%s is one line", async (_, text, expected) => {
    const found = await read(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`0: it looks like ${expected}`);
  });

  it("among events are reported one by one", async () => {
    const found = await read(`${EVENT}\n${lines(EVE.slice(0, 2))}`);
    expect(found.slice(1)).toEqual([
      "2: it looks like Suricata EVE, not like IDEA; read it with --from eve",
      "3: it looks like Suricata EVE, not like IDEA; read it with --from eve",
    ]);
  });

  it("are records for a converter", async () => {
    expect(await read(lines(EVE), { expect: "records" })).toEqual(
      EVE.map((record) => JSON.stringify(record)),
    );
  });

  it("are not seen in a broken event", async () => {
    expect(await read('{"DetectTime":"x","event_type":"alert","timestamp":1}')).toHaveLength(1);
    expect(await read('{"Category":["Test"]}')).toEqual(['{"Category":["Test"]}']);
  });
});

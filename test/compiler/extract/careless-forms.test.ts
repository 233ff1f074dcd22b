/** Forms that careless senders give events, beyond single values: texts where objects are due; and that none of them is passed over in silence. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { indexCatalogue } from "../../../compiler/catalogue/lookup.js";
import { compileFilter } from "../../../compiler/compile.js";
import { noteRepeatedKeys } from "../../../compiler/values/repeated-keys.js";
import { eventToRow } from "../../../runtime/events/row.js";

const base = { Format: "IDEA0", ID: "careless", DetectTime: "2016-10-13T10:55:00Z", Category: ["Test"] };
const rowOf = (keys: Record<string, unknown>) => eventToRow({ ...base, ...keys });
const remarksOf = (keys: Record<string, unknown>) => (rowOf(keys)["inspection_error"] ?? []) as string[];

describe("texts where objects are due", () => {
  it.each<[Record<string, unknown>, Record<string, unknown>, string]>([
    [
      { Node: ["org.example.a"] },
      { node_name: ["org.example.a"], node_count: 1 },
      "Node[0]: not an object; the text is read as its Name",
    ],
    [
      { node: "kippo" },
      { node_name: ["kippo"], node_count: 1 },
      "node: not an object; the text is read as its Name",
    ],
    [
      { Source: ["192.0.2.1"] },
      { source_ip: ["192.0.2.1"], source_count: 1 },
      "Source[0]: not an object; the text is read as its IP4",
    ],
    [
      { Target: "2001:db8::/32" },
      { target_ip: ["2001:db8::/32"] },
      "Target: not an object; the text is read as its IP6",
    ],
    [{ Target: [["a.example.org"]] }, { target_hostname: ["a.example.org"] }, "read as its Hostname"],
    [{ Source: ["https://example.org/a"] }, { source_url: ["https://example.org/a"] }, "read as its URL"],
    [{ Source: ["a@example.org"] }, { source_email: ["a@example.org"] }, "read as its Email"],
    [{ Source: ["00-1b-2c-3d-4e-5f"] }, { source_mac: ["00:1b:2c:3d:4e:5f"] }, "read as its MAC"],
    [{ Source: ["AS2852"] }, { source_asn: [2852] }, "read as its ASN"],
    // What may be anything.
    [{ Source: ["somewhere"] }, { source_count: 0, source_hostname: null }, "Source[0]: not an object"],
    [{ Node: ["two words"] }, { node_count: 0, node_name: null }, "Node[0]: not an object"],
    [{ Attach: "sample.exe" }, { attach_count: 0 }, "Attach: not an object"],
  ])("%j", (keys, columns, remark) => {
    expect(rowOf(keys)).toMatchObject(columns);
    expect(remarksOf(keys).join("\n")).toContain(remark);
  });

  it("are elements beside objects, also in memory", () => {
    const keys = { Source: [{ IP4: ["192.0.2.1"], Port: [22] }, "192.0.2.2"] };
    expect(rowOf(keys)).toMatchObject({
      source_count: 2,
      source_elements: [{ ip: ["192.0.2.1"], port: [22] }, { ip: ["192.0.2.2"] }],
    });
    const matches = (filter: string): boolean => compileFilter(filter).matches({ ...base, ...keys });
    expect(matches("source has (ip = 192.0.2.2 and port missing)")).toBe(true);
    expect(matches("source.ip = 192.0.2.2 and count(source) = 2")).toBe(true);
  });
});

describe("names that are repeated in the text of an event", () => {
  const repeatedIn = (keys: string): readonly string[] => {
    const text = `{"Format":"IDEA0","ID":"twice","DetectTime":"2016-10-13T10:55:00Z","Category":["Test"],${keys}}`;
    const event: unknown = JSON.parse(text);
    noteRepeatedKeys(event, text);
    return (eventToRow(event)["inspection_error"] ?? []) as string[];
  };

  it.each<[string, readonly string[]]>([
    ['"Note":"a","Note" : "b"', ["Note"]],
    ['"Source":[{"Port":[1]},{"Port":[2],"\\u0050ort":[3],"Type":["CC"]}]', ["Source[1].Port"]],
    ['"Note":"\\"Note\\":1, {","Any":{"ID":1,"Any":[{"ID":2}]}', []],
  ])("%s: %j", (keys, places) => {
    expect(repeatedIn(keys)).toEqual(
      places.map((place) => `${place}: the name is repeated; the last value is used`),
    );
  });
});

describe("nothing is silent", () => {
  const leaf = fc.constantFrom<unknown>(
    ...[
      "192.0.2.1",
      "192.0.2.1-9",
      "2001:db8::/32",
      "80-82",
      "80,443",
      "http",
      "TCP/SSH",
      "6",
      "a.example.org",
    ],
    ...[
      "A@b.example",
      "00-1b-2c-3d-4e-5f",
      "Recon.Scanning Test",
      "2016-10-13 10:55",
      "dba9e684.80000000",
      "5m",
    ],
    ...[
      "0.5",
      "95%",
      "AS2852",
      "yes",
      "words of all kinds",
      " ",
      7,
      1.5,
      -1,
      2 ** 60,
      true,
      { first: 1, last: 3 },
    ],
  );
  const value = fc.oneof(leaf, fc.array(fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })), { maxLength: 3 }));
  const spelt = (name: string): fc.Arbitrary<string> =>
    fc.constantFrom(name, name, name.toLowerCase(), name.toUpperCase());
  const fields = [...indexCatalogue(IDEA_CATALOGUE).fields.values()].flatMap((field) =>
    field.kind === "stored" && field.remarks !== true
      ? field.paths.map((path) => ({ path, column: field.name.replace(".", "_") }))
      : [],
  );
  const given = fc
    .constantFrom(...fields.filter(({ path }) => !/^(ID|DetectTime)$/.test(path)))
    .chain(({ path, column }) =>
      fc
        .tuple(value, fc.constantFrom("list", "single"), ...path.split(".").map(spelt))
        .map(([held, form, ...names]) => {
          const [outer = "", inner] = names;
          const object = inner === undefined ? held : { [inner]: held };
          return {
            column,
            held,
            event: { [outer]: inner === undefined || form === "single" ? object : [object] },
          };
        }),
    );

  /** Every text, number and truth value in it, as plain text, by its place. */
  const leaves = (held: unknown, place = ""): readonly (readonly [place: string, text: string])[] =>
    typeof held === "object" && held !== null
      ? Object.entries(held).flatMap(([key, inner]) =>
          leaves(inner, Array.isArray(held) ? `${place}[${key}]` : place === "" ? key : `${place}.${key}`),
        )
      : [[place, plain(held)]];
  const plain = (held: unknown): string => String(held).trim().toLowerCase();

  /** Remarks on lists and the spelling of names: what is said of the value itself is another. */
  const OF_FORM = /where a (?:list|single value) is due$|a list within a list$|writes this name/;

  it("every value under a name of the catalogue is in its column as it is, or is remarked on at its place", () => {
    fc.assert(
      fc.property(given, ({ column, event }) => {
        const places = remarksOf(event)
          .filter((remark) => !OF_FORM.test(remark))
          .map((remark) => remark.slice(0, remark.indexOf(": ")));
        const cells = [rowOf(event)[column]].flat().map(plain);
        const silent = leaves(event).filter(
          ([place, text]) => !cells.includes(text) && !places.some((noted) => place.startsWith(noted)),
        );
        expect(silent, JSON.stringify(event)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Names without case: one spelling in rows, filters, sets and arguments. */
import { expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { eventToRow } from "../../../runtime/events/row.js";
import { referenceMatch } from "../../testing/index.js";

const EVENT = {
  ID: "1",
  DetectTime: "2024-05-01T08:00:00Z",
  Format: "IDEA0",
  Category: ["Test"],
  Description: "CZ.Cesnet.Hugo",
  Node: [{ Name: "CZ.Cesnet.Hugo." }],
  Source: [
    {
      Hostname: ["WWW.Example.ORG."],
      MAC: ["00-1B-44-11-3A-B7", "0200.5E10.0000.0001"],
      Email: ["User@Example.ORG."],
    },
  ],
  Attach: [{ Hash: ["SHA1:DEADbeef"], Type: ["Malware"] }],
};

it("stores one spelling", () => {
  expect(eventToRow(EVENT)).toMatchObject({
    description: "CZ.Cesnet.Hugo",
    node_name: ["cz.cesnet.hugo"],
    source_hostname: ["www.example.org"],
    source_mac: ["00:1b:44:11:3a:b7", "02:00:5e:10:00:00:00:01"],
    source_email: ["User@example.org"],
    attach_hash: ["sha1:deadbeef"],
    attach_type: ["malware"],
  });
});

const sets = { hosts: ["www.EXAMPLE.org."] };

it.each([
  ["node.name = cz.CESNET.hugo", true],
  ["node.name = cz.cesnet.hugo.", true],
  ["lower(node.name) = CZ.cesnet.hugo.", true],
  ["node.name in [other, CZ.CESNET.HUGO]", true],
  ['node.name starts with "CZ."c', true],
  ["node.name matches /^CZ\\.C/", true],
  ['node.name like "*.HUGO."', true],
  ['node.name ends with "."', false],
  ["source.hostname in @hosts", true],
  ['host.hostname contains "Example"c', true],
  ['text = "CZ.cesnet.HUGO"', true],
  ['description = "cz.cesnet.hugo"', false],
  ['source.mac = "001b44113ab7"', true],
  ['source.mac = "0:1b:44:11:3a:b7"', true],
  ['source.mac = "001B44-113AB7"', true],
  ['source.mac = "02005e1000000001"', true],
  ['source.mac starts with "00-1B"', true],
  ['source.mac starts with "001b.44"', true],
  ['source.mac ends with "3ab7"', true],
  ['source.mac like "001b*3ab7"', true],
  ['source.mac like "001b????3ab7"', true],
  ['source.mac contains "b441"', false],
  ['source.email = "User@EXAMPLE.org"', true],
  ['source.email = "user@example.org"', false],
  ['source.email ends with "@Example.org"', true],
  ['attach.hash = "sha1:DeadBeef"', true],
  ['attach has (hash starts with "SHA1:"c and type = MALWARE)', true],
  ["node.name != cz.cesnet.HUGO", false],
])("%s: %s", (text, wanted) => {
  expect(compileFilter(text, { sets }).matches(EVENT)).toBe(wanted);
  expect(referenceMatch(text, EVENT, { sets })).toBe(wanted);
});

it("holds for arguments", () => {
  for (const [text, x] of [
    ["node.name = $x", "CZ.Cesnet.hugo."],
    ["text in $x", ["CZ.Cesnet.hugo."]],
    ["lower(source.hostname) = $x", "www.example.org."],
    ["source.mac like $x", "00-1b-44-*"],
    ["source.email = $x", "User@EXAMPLE.ORG"],
  ] as const)
    expect(compileFilter(text).matches(EVENT, { x }), text).toBe(true);
});

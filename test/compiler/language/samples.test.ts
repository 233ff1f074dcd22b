import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import { explainCompiled } from "../../../compiler/explain/explain.js";
import { renderDiagnostics } from "../../../grammar/render.js";
import { compiled, NOW } from "./support.js";
import { conditionText } from "../../../compiler/explain/condition-text.js";

/** The samples of the specification; the arguments of those with parameters. */
const SAMPLES: readonly (readonly [filter: string, args?: Readonly<Record<string, unknown>>])[] = [
  ["source.ip in 10.0.0.0/8"],
  ["source.ip in [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]"],
  ["source.ip in 192.0.2.10..192.0.2.20"],
  ["source.ip in 192.0.2.10-192.0.2.20"],
  ["source.ip = 2001:db8::1"],
  ["source.ip overlaps 198.51.100.0/24"],
  ["target.ip covers 203.0.113.7"],
  ["all source.ip in @our_networks"],
  ["source.ip not in @our_networks"],
  ["host.ip in 2001:db8::/32"],
  ["family(source.ip) = 6"],
  ["prefix_len(source.ip) >= 24"],
  ["target.port in [22, 80, 8000..8100]"],
  ["target.port in 49152.."],
  ["count(target.ip) > 100"],
  ["source.port missing"],
  ["category = Recon.Scanning"],
  ["category under Recon"],
  ["severity >= high"],
  ["severity in medium..critical"],
  ["detect_time in last 24h"],
  ["detect_time >= now-7d/d"],
  ["detect_time in 2024-05-01..2024-05-07"],
  ["detect_time in 2024-05-01T08:00+02:00 ..< 2024-05-01T12:00+02:00"],
  ['node.name like "cz.cesnet.*"'],
  ['description contains ["ssh", "telnet"]'],
  [String.raw`description matches /^SSH (login|bruteforce) from \d+/i`],
  ["source has (ip in 10.0.0.0/8 and port = 22 and protocol = tcp)"],
  [
    "abuse_group in $my_groups and severity >= $min_severity",
    { my_groups: ["abuse@example.org"], min_severity: "high" },
  ],
  ["not (category under Abusive or category = Test)"],
  ["@noise or @maintenance"],
  [
    "(category under Recon or category = Attempt.Exploit) and target.ip in @campus and not source.ip in @scanners_ok",
  ],
  ["tlp in [green, amber] xor event_class = ssh-bruteforce"],
  ["size(source.ip) > 65536"],
];

/** Prefix tokens are hashes that say nothing to a reader. */
function shown(value: string): string {
  return /^\{-?\d{5,}/.test(value) ? `{prefix tokens}` : value;
}

/** All that is made of a sample, as a page that can be read. */
function page(text: string, args: Readonly<Record<string, unknown>> = {}): string {
  const filter = compiled(text);
  const { words, sql, values, atoms } = explainCompiled(filter, args, NOW);
  const section = (title: string, body: string) => `${title}\n${body.replace(/^/gm, "    ")}\n`;
  return [
    section("Filter", text),
    section("Means", words),
    section("Tree", conditionText(filter.condition)),
    section("SQL", sql),
    section("Values", (values ?? []).map((value, index) => `$${index + 1} = ${shown(value)}`).join("\n")),
    section("Indexes", atoms.map((atom) => `${atom.text}: ${atom.index ?? "none"}`).join("\n")),
    ...(filter.warnings.length === 0 ? [] : [section("Remarks", renderDiagnostics(text, filter.warnings))]),
  ].join("\n");
}

describe("the samples", () => {
  it.each(SAMPLES.map(([text, args], index) => [text, String(index + 1).padStart(2, "0"), args] as const))(
    "%s",
    async (text, number, args) => {
      const slug = text
        .replace(/[^A-Za-z0-9]+/g, "-")
        .replace(/^-|-$/g, "")
        .toLowerCase()
        .slice(0, 40);
      await expect(page(text, args)).toMatchFileSnapshot(`../../golden/language/${number}-${slug}.txt`);
    },
  );

  it.each(SAMPLES.map(([text, args = {}]) => [text, args] as const))(
    "%s is SQL without values",
    async (text, args) => {
      const { text: sql, values } = compiled(text).sql(args, { now: NOW });
      expect((await parse(`select from events where ${sql}`)).stmts).toHaveLength(1);
      expect(sql.replaceAll('collate "C"', "")).not.toMatch(/"|10\.0|cesnet|ssh|high|recon|tcp|2024/i);
      expect([...new Set(sql.match(/\$\d+/g) ?? [])]).toHaveLength(values.length);
    },
  );
});

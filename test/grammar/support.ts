/** What the tests of the grammar share. */
import { parseSyntax, type ParseOptions } from "../../grammar/parse.js";
import { renderDiagnostics } from "../../grammar/render.js";

/** A tree without its places, to compare trees that come from different texts. */
export function withoutSpans(tree: unknown): unknown {
  return JSON.parse(
    JSON.stringify(tree, (key, part: unknown) =>
      /^(?:span|opSpan|fieldSpan)$/.test(key) ? undefined : part,
    ),
  );
}

/** The tree of a text that must parse. */
export function treeOf(text: string): unknown {
  const { syntax, diagnostics } = parseSyntax(text);
  if (diagnostics.length > 0) throw new Error(renderDiagnostics(text, diagnostics));
  return withoutSpans(syntax.root);
}

/** The diagnostics of a text as a person sees them. */
export function rendered(text: string, options?: ParseOptions): string {
  return renderDiagnostics(text, parseSyntax(text, options).diagnostics);
}

/** The sample filters of the language. */
export const samples: readonly string[] = [
  "source.ip in 10.0.0.0/8",
  "source.ip in [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16]",
  "source.ip in 192.0.2.10..192.0.2.20",
  "source.ip in 192.0.2.10-192.0.2.20",
  "source.ip = 2001:db8::1",
  "source.ip overlaps 198.51.100.0/24",
  "target.ip covers 203.0.113.7",
  "all source.ip in @our_networks",
  "source.ip not in @our_networks",
  "host.ip in 2001:db8::/32",
  "family(source.ip) = 6",
  "prefix_len(source.ip) >= 24",
  "target.port in [22, 80, 8000..8100]",
  "target.port in 49152..",
  "count(target.ip) > 100",
  "source.port missing",
  "category = Recon.Scanning",
  "category under Recon",
  "severity >= high",
  "severity in medium..critical",
  "detect_time in last 24h",
  "detect_time >= now-7d/d",
  "detect_time in 2024-05-01..2024-05-07",
  "detect_time in 2024-05-01T08:00+02:00..<2024-05-01T12:00+02:00",
  'node.name like "cz.cesnet.*"',
  'description contains ["ssh", "telnet"]',
  "description matches /^SSH (login|bruteforce) from \\d+/i",
  "source has (ip in 10.0.0.0/8 and port = 22 and protocol = tcp)",
  "abuse_group in $my_groups and severity >= $min_severity",
  "not (category under Abusive or category = Test)",
  "@noise or @maintenance",
  "(category under Recon or category = Attempt.Exploit) and target.ip in @campus and not source.ip in @scanners_ok",
  "tlp in [green, amber] xor event_class = ssh-bruteforce",
];

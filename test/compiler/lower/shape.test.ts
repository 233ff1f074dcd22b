import { parse } from "libpg-query";
import { describe, expect, it } from "vitest";
import { compileFilter } from "../../../compiler/compile.js";
import { compiled, NOW, sqlOf } from "../language/support.js";

describe("the text of a filter", () => {
  it.each([
    ["source.ip in 10.0.0.0/8", "source.ip in [192.0.2.1, 192.0.2.7, 2001:db8::/32]"],
    ["target.port in [22]", "target.port in [80, 443, 8080]"],
    ["target.port in [22, 80..90]", "target.port in [1..2, 5..6, 9]"],
    ["severity >= high", "severity < medium"],
    ["severity = low", "severity in [info, low]"],
    ["category under Recon", "category under [Abusive, Fraud]"],
    ['description contains "x"', 'description starts with "y"'],
    ["detect_time in last 24h", "detect_time = 2024-05"],
    ["description matches /a+/", "description matches /(b|c)$/i"],
    ["source.ip in $a", "source.ip in 10.0.0.0/8"],
    ["confidence in 0.1..0.2", "confidence in 0.3..0.9"],
    ["source.spoofed = true", "source.spoofed = false"],
    ["family(source.ip) = 4", "family(source.ip) = 6"],
    ["size(source.ip) = 1", "size(source.ip) in [8, 340282366920938463463374607431768211456]"],
    ["prefix_len(source.ip) = 24", "prefix_len(source.ip) in [8, 16]"],
    ["source has (ip in 10.0.0.0/8 and port = 22)", "source has (ip in ::1..::9 and port in [1, 2])"],
  ])("%s and %s is the same", (one, other) => {
    expect(compiled(one).render().text).toBe(compiled(other).render().text);
    expect(compiled(one).shape).toBe(compiled(other).shape);
  });

  it("numbers its parameters from where the caller says, each value once", async () => {
    const filter = compiled("source has (ip in 10.0.0.0/8 and port = 22) and severity = high");
    const first = filter.sql({}, { now: NOW });
    const later = filter.sql({}, { now: NOW, firstParameter: 7 });
    expect(later.values).toEqual(first.values);
    expect(later.text).toBe(first.text.replace(/\$(\d+)/g, (_, number: string) => `$${Number(number) + 6}`));
    // Tokens, addresses, port, severity: those in several places are one parameter each.
    expect(first.values).toHaveLength(4);
    expect((await parse(`select ${later.text}`)).stmts).toHaveLength(1);
  });

  it("never holds a value", () => {
    const nasty = `'; drop table events; -- $1 \\" \u0000`;
    const quoted = JSON.stringify(nasty).replaceAll("\\u0000", "\\u{0}");
    for (const filter of [
      `description = ${quoted}`,
      `description contains ${quoted}`,
      `node.name in [${quoted}, ${quoted}i]`.replace("i]", "]"),
      `id starts with ${quoted}`,
      `description like ${quoted}`,
    ])
      expect(sqlOf(filter).text).not.toContain("drop");
    expect(sqlOf("description contains $a", { a: nasty }).text).toBe(sqlOf('description contains "x"').text);
  });

  it("knows which part came from which part of the filter", () => {
    const text = "severity = high and not target.port = 22";
    const { text: sql, mappings } = compiled(text).render();
    const pairs = mappings.map(({ start, end, span }) => [
      text.slice(span.start, span.end),
      sql.slice(start, end),
    ]);
    expect(pairs).toEqual([
      ["severity = high", "severity = any($1::text[])"],
      ["target.port = 22", "(target_port operator(pg_catalog.&&) $2::integer[]) is not true"],
    ]);
  });

  it("uses plain operators where an index can serve them, and a form that minds nulls where not", () => {
    const text = (filter: string) => compiled(filter).render().text;
    expect(text("severity != high")).toBe("(severity = any($1::text[])) is not true");
    expect(text("not (severity = high or source.port = 22)")).toBe(
      "((severity = any($1::text[])) is not true and (source_port operator(pg_catalog.&&) $2::integer[]) is not true)",
    );
    // A prefilter under a negation would be unsound.
    expect(text("source.ip in 10.0.0.0/8")).toContain("ip_tokens");
    expect(text("source.ip not in 10.0.0.0/8")).not.toContain("ip_tokens");
    expect(text("source.ip in 10.0.0.0/8 xor tlp = red")).not.toContain("ip_tokens");
    expect(text("none source has (ip in 10.0.0.0/8)")).not.toContain("ip_tokens");
    expect(text("all source.ip in 10.0.0.0/8")).not.toContain("ip_tokens");
  });

  it("folds what needs no test", () => {
    const text = (filter: string) => compiled(filter).render().text;
    expect(text("source.ip in [0.0.0.0/0, ::/0]")).toBe("cardinality(source_ip) > 0");
    expect(text("source.ip in @ipv6")).toContain("family(x.v) = any($1::bigint[])");
    expect(text("count(source.ip) = 0")).toBe("(cardinality(source_ip) > 0) is not true");
    expect(text("true and severity = high or false")).toBe("severity = any($1::text[])");
    expect(text("severity = high and severity = high")).toBe("severity = any($1::text[])");
    expect(text("source.ip in [10.0.0.0/9, 10.128.0.0/9]")).toBe(text("source.ip in 10.0.0.0/8"));
    expect(sqlOf("source.ip in [10.0.0.0/9, 10.128.0.0/9]").values[1]).toBe("{10.0.0.0/8}");
    expect(text("")).toBe("true");
    expect(text("target.port in []")).toBe("false");
  });

  it("quotes columns that need it", () => {
    const catalogue = {
      name: "words",
      table: { name: "words" },
      fields: [
        {
          kind: "stored",
          name: "order",
          type: "text",
          list: false,
          column: "order",
          paths: ["order"],
          description: "a word",
          example: "order = x",
        },
        {
          kind: "stored",
          name: "odd",
          type: "text",
          list: false,
          column: 'o"dd',
          paths: ["odd"],
          description: "a word",
          example: "odd = x",
        },
      ],
      groups: [],
      unionGroups: [],
      enumerations: [],
    } as const;
    expect(compileFilter("order = x and odd exists", { catalogue }).render().text).toBe(
      '("order" = any($1::text[]) and "o""dd" is not null)',
    );
  });
});

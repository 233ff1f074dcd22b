import { describe, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../../compiler/catalogue/idea.js";
import { compileFilter } from "../../../compiler/compile.js";
import { convertFilter, ConversionError } from "../../../compiler/convert/convert.js";
import { searchParametersToSyntax } from "../../../compiler/convert/search-parameters.js";
import { referenceEvent } from "../../runtime/events/reference-event.js";

const hits = (parameters: Record<string, unknown>): boolean =>
  compileFilter(convertFilter(parameters, "search-parameters").text).matches(referenceEvent());

const LISTS = ["protocols", "categories", "classes", "severities", "detectors", "detector_types", "groups"];

describe("search parameters on the reference event", () => {
  it.each([
    [{ dt_from: "2012-11-03 10:00:07" }, true],
    [{ dt_to: "2012-11-03 10:00:07" }, true],
    [{ dt_to: "2012-11-03 10:00:00" }, false],
    [{ st_from: "2017-04-05 10:10:00" }, true],
    [{ st_to: "2017-04-05 10:00:00" }, false],
    [{ target_addrs: "10.2.2.55" }, true],
    [{ target_addrs: ["10.0.0.0/8"] }, true],
    [{ target_addrs: ["10.0.0.7/8"] }, true],
    [{ host_addrs: ["10.0.0.0/8"] }, true],
    [{ target_addrs: ["10.25.2.55"] }, false],
    [{ source_addrs: ["2001:db8::ff00:42:0/112"] }, true],
    [{ source_addrs: ["2001:db8::/64"] }, true],
    [{ source_addrs: ["2001:ffff::ffff:42:0/112"] }, false],
    [{ target_ports: [22, 888] }, true],
    [{ host_ports: ["22", 888] }, true],
    [{ target_ports: [888, 999] }, false],
    [{ target_types: ["Test", "Backscatter"] }, true],
    [{ target_types: ["Test", "Tag"] }, false],
    [{ source_types: ["Test", "Phishing"] }, true],
    [{ host_types: ["Test", "Phishing"] }, true],
    [{ protocols: ["tcp", "ipv6"] }, true],
    [{ protocols: ["TCP"] }, true],
    [{ protocols: ["udp"] }, false],
    [{ categories: ["Fraud.Phishing"] }, true],
    [{ categories: ["Test.Heartbeat"] }, false],
    [{ groups: ["abuse@cesnet.cz"] }, true],
    [{ groups: ["abuse@nic.cz"] }, false],
    [{ severities: ["test", "low"] }, true],
    [{ severities: ["test", "high"] }, false],
    [{ classes: ["vulnerable-config-ssdp"] }, true],
    [{ classes: ["other"] }, false],
    [{ detectors: ["org.example.kippo_honey"] }, true],
    [{ detector_types: ["Honeypot"] }, true],
    [{ description: "example" }, true],
    [{ inspection_errs: "__EMPTY__" }, true],
    [{ inspection_errs: ["x"], not_inspection_errs: true }, true],
    [{ host_addrs: ["10.0.0.0/8"], source_addrs: ["192.0.2.1"], target_addrs: ["192.0.2.1"] }, true],
  ] as const)("%j: %s", (parameters, expected) => {
    expect(hits(parameters)).toBe(expected);
  });

  it.each(LISTS)("%s: sentinels and negation", (key) => {
    expect(hits({ [key]: "__ANY__" })).toBe(true);
    expect(hits({ [key]: ["__EMPTY__"] })).toBe(false);
    expect(hits({ [key]: ["__EMPTY__", "__ANY__"] })).toBe(true);
    expect(hits({ [key]: "__ANY__", [`not_${key}`]: true })).toBe(false);
  });
});

describe("search parameters", () => {
  it.each([
    [{}, ""],
    [{ categories: [], description: "", dt_from: null }, ""],
    [{ dt_to: "2012-11-03 10:00:07" }, "detect_time <= 2012-11-03T10:00:07.000000Z"],
    [{ dt_from: "2012-11-03T10:00:07.5+02:00" }, "detect_time >= 2012-11-03T08:00:07.500000Z"],
    [{ st_from: 1.5 }, "storage_time >= 1970-01-01T00:00:01.500000Z"],
    [{ categories: ["__EMPTY__", "Test"] }, "category missing or category = Test"],
    [{ categories: ["Test"], not_categories: "1" }, "category != Test"],
    [{ groups: ["a@b.cz"], description: "x" }, 'abuse_group = "a@b.cz" and description contains "x"'],
    [{ host_ports: [22], source_ports: [1], target_ports: [2] }, "host.port = 22"],
    [{ source_ports: [1], target_ports: [2] }, "source.port = 1 and target.port = 2"],
    [{ shadow_reporting: true }, "shadow_reporting"],
    [{ shadow_reporting: "False" }, "not shadow_reporting"],
    [{ shadow_reporting_target: false, not_shadow_reporting_target: true }, "shadow_reporting_target"],
    [{ target_severities: ["low"], not_target_severities: "yes" }, "target_severity != low"],
  ])("%j becomes %s", (parameters, wanted) => {
    expect(convertFilter(JSON.stringify(parameters), "search-parameters").text).toBe(wanted);
  });

  it("takes dates", () => {
    const dt_from = new Date("2012-11-03T10:00:07.123Z");
    expect(convertFilter({ dt_from }, "search-parameters").text).toBe(
      "detect_time >= 2012-11-03T10:00:07.123000Z",
    );
  });

  it("reads what is no condition", () => {
    const parameters = {
      sortby: "storagetime.asc",
      limit: "50",
      page: 3,
      aggr_set: "cesnet_resolvedabuses",
      step: "00:05:00",
    };
    expect(searchParametersToSyntax(parameters, IDEA_CATALOGUE)).toMatchObject({
      syntax: null,
      sort: { field: "storage_time", direction: "asc" },
      limit: 50,
      page: 3,
      aggregate: "abuse_group",
      step: "5m",
    });
    const codes = convertFilter(parameters, "search-parameters").changes.map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(["C18"]));
    expect(convertFilter(parameters, "search-parameters")).toMatchObject({
      sort: "storage_time.asc",
      limit: 50,
      page: 3,
    });
  });

  it("takes the names of newer versions, and of old and new columns", () => {
    const text = (parameters: Record<string, unknown>) => convertFilter(parameters, "search-parameters").text;
    expect(text({ tlps: ["amber-strict"] })).toBe("tlp = AMBER+STRICT");
    expect(text({ target_severities: ["low"], not_target_severities: true })).toBe("target_severity != low");
    expect(text({ target_classes: "__EMPTY__" })).toBe("target_class missing");
    expect(text({ target_groups: ["a"] })).toBe('target_group = "a"');
    for (const [name, field] of [
      ["cesnet_eventclass", "event_class"],
      ["eventseverity", "severity"],
      ["resolvedabuses", "abuse_group"],
      ["node_name", "node.name"],
      ["source_ip", "source.ip"],
      ["detecttime", "detect_time"],
      ["target_groups", "target_group"],
    ])
      expect(searchParametersToSyntax({ aggr_set: name }, IDEA_CATALOGUE).aggregate).toBe(field);
  });

  it("shows all mistakes at once, in the order of the text", () => {
    const text = JSON.stringify({
      source_ports: [70000, "x"],
      detectrs: "a",
      limit: 0,
      sortby: "x.asc",
      dt_from: "2020-13-01",
      source_addrs: ["999.1.1.1"],
    });
    const refused = (): unknown => {
      try {
        return convertFilter(text, "search-parameters");
      } catch (error) {
        return error instanceof ConversionError
          ? error.diagnostics.map(({ code, span, notes }) => [
              code,
              text.slice(span.start, span.end),
              ...notes.filter((note) => note.startsWith("did you mean")),
            ])
          : error;
      }
    };
    expect(refused()).toMatchObject([
      ["E607", '"source_ports"'],
      ["E607", '"source_ports"'],
      ["E602", '"detectrs"', 'did you mean "detectors"?'],
      ["E607", '"limit"'],
      ["E607", '"sortby"'],
      ["E607", '"dt_from"'],
      ["E607", '"source_addrs"'],
    ]);
  });

  it.each(["[1]", "{", "3", "null"])("refuses %s, which is no object", (text) => {
    expect(() => convertFilter(text, "search-parameters")).toThrow(ConversionError);
  });
});

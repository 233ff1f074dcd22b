/** The entry points for browsers: bundled without any setting, within their size, and of the same meaning there as here. */
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as compiler from "../../compiler/index.js";
import * as grammar from "../../grammar/index.js";
import { generateEvents } from "../../scripts/tools/demo/generate-events.js";
import { describeBrowser, launchBrowser } from "./support/chromium.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The entry as one classic script whose exports are the global `bundle`. */
async function bundle(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "bundle",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

const SIX =
  'export { compileFilter, checkFilter, highlightFilter, completeFilter, formatFilter, explainFilter } from "./compiler/index.ts";';

it("the six functions of the compiler weigh at most 125 kB, compressed", async () => {
  expect(gzipSync(await bundle(SIX), { level: 9 }).length).toBeLessThanOrEqual(125_000);
});

const FILTERS = [
  "",
  "source.ip in [10.0.0.0/8, 2001:db8::/32] and severity >= high",
  "category under Attempt or target.port in [22, 8000..8100]",
  'description contains ["login", "scan"] and not node.name like "org.example.*"',
  "description matches /scan|login/i and detect_time in last 24h",
  "source has (ip in 0.0.0.0/0 and port > 1023) and count(target.ip) >= 1",
  "sorce.ip = 10.0.0.300 and (",
  "severity hihg",
];

/** What the functions give for a filter, as JSON. */
function results(filter: string, events: readonly unknown[], library: typeof compiler): string {
  const now = new Date("2024-05-08T12:00:00Z");
  const attempt = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error instanceof Error ? error.message : "thrown";
    }
  };
  return JSON.stringify(
    [
      attempt(() => library.checkFilter(filter)),
      attempt(() => library.highlightFilter(filter)),
      [0, 5, filter.length].map((offset) => attempt(() => library.completeFilter(filter, offset))),
      attempt(() => library.formatFilter(filter)),
      attempt(() => library.explainFilter(filter, { now })),
      attempt(() => library.compileFilter(filter).sql({}, { now })),
      attempt(() => library.compileFilter(filter).shape),
      attempt(() => events.map((event) => library.compileFilter(filter).matches(event, {}, { now }))),
    ],
    (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value),
  );
}

describeBrowser("in a page that allows nothing but its own script", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  const events = [
    ...generateEvents({ count: 60, seed: 3, from: new Date("2024-05-07"), to: new Date("2024-05-08") }),
  ];

  /** Runs a script where no other script, no eval and no connection is allowed, and gives what its `answer` is. */
  async function runScript(script: string): Promise<unknown> {
    const page = await browser.newPage();
    try {
      await page.route("http://bundle.test/**", (route) =>
        route.request().url().endsWith(".js")
          ? route.fulfill({ contentType: "text/javascript", body: script })
          : route.fulfill({
              contentType: "text/html",
              headers: {
                "Content-Security-Policy": "default-src 'none'; script-src http://bundle.test/script.js",
              },
              body: "<!doctype html><script src=/script.js></script>",
            }),
      );
      await page.goto("http://bundle.test/");
      return await page.evaluate("answer");
    } finally {
      await page.close();
    }
  }

  it("the compiler answers as it does in Node", async () => {
    const code = `import * as library from "./compiler/index.ts";
      const results = ${results.toString()};
      export const given = ${JSON.stringify(FILTERS)}.map((filter) => results(filter, ${JSON.stringify(events)}, library));`;
    const given = await runScript(`${await bundle(code)}; var answer = bundle.given;`);
    expect(given).toEqual(FILTERS.map((filter) => results(filter, events, compiler)));
  });

  it("the grammar does so, too", async () => {
    const code = `import * as library from "./grammar/index.ts";
      export const given = ${JSON.stringify(FILTERS)}.map((filter) => JSON.stringify([library.parseSyntax(filter), library.formatText(filter)]));`;
    const given = await runScript(`${await bundle(code)}; var answer = bundle.given;`);
    expect(given).toEqual(
      FILTERS.map((filter) => JSON.stringify([grammar.parseSyntax(filter), grammar.formatText(filter)])),
    );
  });
});

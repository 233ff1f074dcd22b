/** The entry points for browsers: bundled without any setting, within their size, and of the same meaning there as here. */
import { gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
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

  /** A page whose only script is this one: no other, no eval, no connection is allowed. */
  async function withPage<T>(script: string, use: (page: Page) => Promise<T>): Promise<T> {
    const page = await browser.newPage();
    page.setDefaultTimeout(60_000);
    try {
      await page.route("http://bundle.test/**", (route) =>
        route.request().url().endsWith(".js")
          ? route.fulfill({ contentType: "text/javascript; charset=utf-8", body: script })
          : route.fulfill({
              contentType: "text/html",
              headers: {
                // Styles that a script makes are let in, as by any page with an editor.
                "Content-Security-Policy":
                  "default-src 'none'; script-src http://bundle.test/script.js; style-src 'unsafe-inline'",
              },
              body: "<!doctype html><body><script src=/script.js></script>",
            }),
      );
      await page.goto("http://bundle.test/");
      return await use(page);
    } finally {
      await page.close();
    }
  }

  /** What the `answer` of a script is. */
  const runScript = (script: string): Promise<unknown> => withPage(script, (page) => page.evaluate("answer"));

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

  it("the editor alone gives colours, proposals, mistakes with what mends them, and hints", async () => {
    const code = `import { filterLanguage } from "./scripts/codemirror/index.ts";
      import { EditorView } from "@codemirror/view";
      import { startCompletion, currentCompletions } from "@codemirror/autocomplete";
      import { forceLinting, forEachDiagnostic } from "@codemirror/lint";
      export const make = (doc) => new EditorView({ doc, extensions: filterLanguage({}), parent: document.body });
      export { startCompletion, currentCompletions, forceLinting, forEachDiagnostic };`;
    const script = `${await bundle(code)};
      addEventListener("DOMContentLoaded", () => { window.view = bundle.make('nod.name = "x" and severity = high'); });`;
    await withPage(script, async (page) => {
      await page.waitForFunction("window.view !== undefined");
      await page.waitForFunction(
        "new Set([...document.querySelectorAll('.cm-line span')].map((one) => getComputedStyle(one).color)).size >= 2",
      );
      await page.evaluate("bundle.forceLinting(view)");
      await page.waitForFunction(
        "(() => { let names = []; bundle.forEachDiagnostic(view.state, ({ actions = [] }) => names.push(...actions.map(({ name }) => name))); return names.some((name) => name.includes('node.name')); })()",
      );
      await page.evaluate(
        "view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: 'sev' }, selection: { anchor: 3 } }); view.focus(); bundle.startCompletion(view)",
      );
      await page
        .getByRole("option", { name: /^severity/ })
        .first()
        .waitFor();
      await page.evaluate(
        "view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: 'severity = high' } })",
      );
      await page.getByText("severity").first().hover();
      await page.locator(".cm-tooltip").getByText("severity").first().waitFor();
    });
  });
});

/** How the page looks and what it weighs: widths, colours, accessibility, the playground. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPlayground } from "../../scripts/web/build-page.js";
import { describeBrowser } from "./support/chromium.js";
import { found, openWorld, PICTURES, rows, run, type ExplorerWorld } from "./support/explorer-world.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

describeBrowser("the looks of the page", () => {
  let world: ExplorerWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it("weighs what is said", async () => {
    const weight = async (name: string): Promise<number> =>
      gzipSync(await readFile(join(world.site, name))).length;
    expect((await weight("main.js")) + (await weight("main.css"))).toBeLessThan(200_000);
    // Loaded beside the page, which shows its first events without it.
    expect(await weight("worker.js")).toBeLessThan(135_000);
  });

  it.each([360, 720, 1024, 2560])("is never wider than a window of %i pixels", async (width) => {
    const { page, context } = await world.visit({ viewport: { width, height: 800 } });
    await found(page, "2,011 events");
    await rows(page).first().waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.getByRole("combobox", { name: "Time" }).selectOption("absolute");
    await rows(page).first().click();
    await page.getByRole("complementary", { name: "One event" }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    await page.screenshot({ path: join(PICTURES, `width-${width}.png`) });
    await context.close();
  });

  describe.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
  ] as const)("%s", (name, options) => {
    it("has nothing that axe-core objects to, with and without an event open, and with a mistake", async () => {
      const { page, context } = await world.visit({ ...options, bypassCSP: true });
      await found(page, "2,011 events");
      await rows(page).first().waitFor();
      await page.screenshot({ path: join(PICTURES, `first-${name}.png`) });
      await page.addScriptTag({ path: AXE });
      const objections = async (): Promise<unknown> =>
        page.evaluate(
          `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + failureSummary)]))`,
        );
      expect(await objections()).toEqual([]);
      await rows(page).first().click();
      await page.getByRole("complementary", { name: "One event" }).waitFor();
      await page.screenshot({ path: join(PICTURES, `event-${name}.png`) });
      expect(await objections()).toEqual([]);
      // A mistake was run, so that chart and values are those of another question; proposals are open.
      await page.keyboard.press("Escape");
      await run(page, "severity = hihg");
      await page.getByText("The filter has a mistake").waitFor();
      await page.keyboard.type(" and sev");
      await page.getByRole("listbox").waitFor();
      await page.screenshot({ path: join(PICTURES, `mistake-${name}.png`) });
      expect(await objections()).toEqual([]);
      await context.close();
    });
  });

  it("works from a file without server and worker: the playground", async () => {
    const file = join(world.folder, "playground.html");
    await buildPlayground(file);
    const context = await world.browser.newContext();
    const page = await context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    await page.goto(`file://${file}`);
    await page.getByRole("status").filter({ hasText: "5,000 events" }).waitFor({ timeout: 60_000 });
    await run(page, "severity >= high");
    await page.waitForURL(/severity/);
    await page
      .getByText(/^[1-9][\d,]* events$/)
      .first()
      .waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});

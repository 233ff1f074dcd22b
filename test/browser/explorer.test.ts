/** The page in a browser, over a file: what one sees, types and clicks. Pictures of its main states are left in `coverage/pages` for who wants to look. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { IDEA_CATALOGUE } from "../../compiler/catalogue/idea.js";
import { usualColumns } from "../../scripts/web/shared/catalogue-view.js";
import { startExplorer } from "../scripts/web/support.js";
import { FLOWS_CATALOGUE } from "../support/catalogues.js";
import { describeBrowser } from "./support/chromium.js";
import {
  EVENTS,
  filterBox,
  found,
  openWorld,
  PATIENCE,
  PICTURES,
  rows,
  run,
  type ExplorerWorld,
} from "./support/explorer-world.js";

const counted = (filter: (event: (typeof EVENTS)[number]) => boolean): string =>
  `${EVENTS.filter(filter).length.toLocaleString("en-US")} events`;
const severityOf = (event: (typeof EVENTS)[number]) =>
  (event["_CESNET"] as { EventSeverity: string }).EventSeverity;

describeBrowser("the page", () => {
  let world: ExplorerWorld;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  const visit: ExplorerWorld["visit"] = (...options) => world.visit(...options);

  it("shows all events at first, and what the token was is not in the address", async () => {
    const { page, context, problems } = await visit();
    await found(page, "2,011 events");
    await rows(page).first().waitFor();
    expect(page.url()).toBe(`${world.origin}/`);
    await page.screenshot({ path: join(PICTURES, "light.png") });
    expect(problems).toEqual([]);
    await context.close();
  });

  it("runs a filter by Enter, keeps it in the address, brings it back in a fresh page, and goes back", async () => {
    const { page, context, problems } = await visit();
    await found(page, "2,011 events");
    await run(page, "severity = high");
    await found(
      page,
      counted((event) => severityOf(event) === "high"),
    );
    await run(page, "severity = high and category under Intrusion");
    await page.waitForURL(/Intrusion/);
    // Coloured text was typed over: no style that the policy would have to refuse.
    expect(problems).toEqual([]);
    const other = await context.newPage();
    await other.goto(page.url());
    const narrow = counted(
      (event) =>
        severityOf(event) === "high" && event.Category?.some((one) => one.startsWith("Intrusion")) === true,
    );
    await found(other, narrow);
    expect(await filterBox(other).textContent()).toBe("severity = high and category under Intrusion");
    await page.goBack();
    await found(
      page,
      counted((event) => severityOf(event) === "high"),
    );
    await context.close();
  });

  it("tells a mistake while one types, and mends it by a click", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await page.keyboard.press("/");
    await page.keyboard.type('nod.name = "x"');
    await page.getByText('unknown field "nod.name"').first().waitFor();
    await page
      .getByRole("button", { name: /node\.name/ })
      .first()
      .click();
    await expect.poll(() => filterBox(page).textContent(), PATIENCE).toBe('node.name = "x"');
    await context.close();
  });

  it("completes by the keyboard; Esc closes the list and keeps the text", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await page.keyboard.press("/");
    await page.keyboard.type("sev");
    await page.getByRole("listbox").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("listbox").waitFor({ state: "detached" });
    expect(await filterBox(page).textContent()).toBe("sev");
    await page.keyboard.type("e");
    const option = page.getByRole("option").first();
    await option.waitFor();
    expect(await option.textContent()).toMatch(/^severity /);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => filterBox(page).textContent(), PATIENCE).toBe("severity");
    await page.keyboard.type(" = low");
    await page.keyboard.press("Enter");
    await found(
      page,
      counted((event) => severityOf(event) === "low"),
    );
    await context.close();
  });

  it("adds a condition by a click on a value, and takes such events out with Alt", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    const value = page.getByRole("button", { name: /^Recon\.Scanning [\d,]+/ });
    await value.click();
    await expect.poll(() => filterBox(page).textContent(), PATIENCE).toBe("category = Recon.Scanning");
    await found(
      page,
      counted((event) => event.Category?.includes("Recon.Scanning") === true),
    );
    await value.click({ modifiers: ["Alt"] });
    await expect.poll(() => filterBox(page).textContent(), PATIENCE).toBe("category != Recon.Scanning");
    await context.close();
  });

  it("opens an event by click and by Enter, and closes it by Esc", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await run(page, "id = hostile or severity = critical");
    const first = rows(page).filter({ hasText: "192.0.2.7" });
    await first.click();
    const detail = page.getByRole("complementary", { name: "One event" });
    await detail.getByText("hostile").first().waitFor();
    await page.screenshot({ path: join(PICTURES, "event.png") });
    await page.keyboard.press("Escape");
    await detail.waitFor({ state: "detached" });
    await expect
      .poll(() => first.evaluate((row) => row === row.ownerDocument.activeElement), PATIENCE)
      .toBe(true);
    await rows(page).nth(1).focus();
    await page.keyboard.press("Enter");
    await detail.waitFor();
    await context.close();
  });

  it("shows hostile texts as texts, long ones shortened", async () => {
    const { page, context, problems } = await visit();
    await found(page, "2,011 events");
    await run(page, "id = hostile");
    await found(page, "1 event");
    await rows(page).first().click();
    await page.getByText('<img src=x onerror="window.broken=1">').first().waitFor();
    for (const name of ["Cards", "JSON"]) {
      await page.getByRole("button", { name, exact: true }).click();
      const text = (await page.locator("body").textContent()) ?? "";
      expect(text.length).toBeLessThan(400_000);
      expect(text).not.toMatch(/[\u202e\u001b]/);
    }
    expect(await page.evaluate("window.broken")).toBeUndefined();
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    expect(problems).toEqual([]);
    await context.close();
  });

  it("zooms by dragging over the chart and out by a double click", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    const chart = page.getByRole("img", { name: /^Timeline/ });
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 40, { steps: 6 });
    await page.mouse.up();
    await page.waitForURL(/from=2024-05-/);
    await expect.poll(() => page.getByRole("status").first().textContent(), PATIENCE).not.toContain("2,011");
    await page.getByRole("button", { name: "Zoom out" }).click();
    await page.waitForURL((url) => !url.search.includes("from=2024-05-03"));
    await context.close();
  });

  it("goes on to the next page as one scrolls", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await rows(page).nth(99).scrollIntoViewIfNeeded();
    await expect.poll(() => rows(page).count(), PATIENCE).toBeGreaterThan(100);
    await context.close();
  });

  it("says so where nothing matches, and which condition takes most away", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await run(page, "severity = high and target.port = 4");
    await page.getByText("No events match").waitFor();
    await page.getByRole("button", { name: counted((event) => severityOf(event) === "high") }).waitFor();
    expect(await rows(page).count()).toBe(0);
    await page.screenshot({ path: join(PICTURES, "nothing.png") });
    await context.close();
  });

  it("asks for the values of a filter's parameters, keeps them in the address, shows how it is simplified", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await run(page, "not (severity != $level)");
    const box = page.getByRole("textbox", { name: "$level" });
    await box.fill("high");
    await box.press("Enter");
    const high = counted((event) => severityOf(event) === "high");
    await found(page, high);
    const other = await context.newPage();
    await other.goto(page.url());
    await found(other, high);
    await page.getByRole("button", { name: "Explain and copy" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^Simplified in/).click();
    await dialog.getByRole("region", { name: "as written" }).waitFor();
    await dialog.getByText("-p 'level=high'").waitFor();
    await dialog.getByText('args: { level: "high" }').waitFor();
    await context.close();
  });

  it("cancels what takes too long", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await page.clock.install();
    await page.route("**/api/search*", () => undefined);
    // Before what causes it: the request may be there before anybody waits for it.
    const asked = page.waitForRequest("**/api/search*");
    await run(page, "severity = high");
    const search = await asked;
    await page.clock.fastForward(2_100);
    const [dropped] = await Promise.all([
      page.waitForEvent("requestfailed", (request) => request === search),
      page.getByRole("button", { name: "Cancel" }).click(),
    ]);
    expect(dropped.url()).toContain("/api/search");
    await page.getByRole("alert").getByText("Cancelled").waitFor();
    await page.unroute("**/api/search*");
    await page.getByRole("button", { name: "Run it again" }).click();
    await found(
      page,
      counted((event) => severityOf(event) === "high"),
    );
    await context.close();
  });

  it("shows events as they come in, and says why no more do", async () => {
    const context = await world.browser.newContext();
    const page = await context.newPage();
    const live = { ID: "live", DetectTime: "2024-05-09T00:00:00Z", Description: "came in just now" };
    await page.route("**/api/fields*", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...((await response.json()) as object), live: true } });
    });
    await page.route("**/api/tail*", (route) =>
      route.fulfill({
        contentType: "text/event-stream",
        body: `event: events\ndata: ${JSON.stringify([live])}\n\nevent: problem\ndata: {"code":"x","message":"the store is closed"}\n\n`,
      }),
    );
    await page.goto(world.address);
    await found(page, "2,011 events");
    await page.getByRole("button", { name: "Live" }).click();
    await rows(page).first().filter({ hasText: "came in just now" }).waitFor();
    await found(page, "2,012 events");
    await found(page, "Live events have ended: the store is closed");
    await context.close();
  });

  it("takes fields, facets and columns from another catalogue", async () => {
    const file = join(world.folder, "flows.ndjson");
    const flow = (ID: string, Bytes: number) => ({
      ID,
      DetectTime: "2024-05-01T00:00:00Z",
      Bytes,
      Label: "web",
    });
    await writeFile(file, [flow("a", 1), flow("b", 2)].map((one) => JSON.stringify(one)).join("\n"));
    const flows = await startExplorer(
      { kind: "file", path: file },
      { pageFolder: world.site },
      { catalogue: FLOWS_CATALOGUE },
    );
    const { page, context } = await visit({}, flows.address);
    await found(page, "2 events");
    await page.getByRole("columnheader", { name: "flow_id" }).waitFor();
    await page.getByRole("button", { name: /^web 2$/ }).click();
    await expect.poll(() => filterBox(page).textContent(), PATIENCE).toBe("label = web");
    await run(page, "flow_id = b");
    await found(page, "1 event");
    await rows(page).first().click();
    await page.getByRole("complementary", { name: "One event" }).waitFor();
    await context.close();
    await flows.stop();
  });

  it("explains, and exports what was found", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    await page.goto(`${world.origin}/?filter=severity+%3D+critical&from=2024-05-01`);
    await found(
      page,
      counted((event) => severityOf(event) === "critical"),
    );
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export NDJSON" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("events.ndjson");
    const [table] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Export CSV" }).click(),
    ]);
    const [head] = (await readFile(await table.path(), "utf8")).split("\n");
    expect(head?.trim()).toBe(usualColumns(IDEA_CATALOGUE).join(","));
    await page.getByRole("button", { name: "Explain and copy" }).click();
    await page.getByRole("dialog").getByText("severity is critical").first().waitFor();
    // What is copied runs as it is, within the time that is looked at.
    const sql = await page.getByRole("region", { name: "SQL" }).locator("pre").textContent();
    expect(sql).toContain("severity = any('{critical}'::text[])");
    expect(sql).toMatch(/detect_time >= '2024-05-01T00:00:00Z'/);
    await page.screenshot({ path: join(PICTURES, "explain.png") });
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await context.close();
  });

  it("searches a dropped file in this browser", async () => {
    const { page, context } = await visit();
    await found(page, "2,011 events");
    const text = EVENTS.slice(0, 50)
      .map((event) => JSON.stringify(event))
      .join("\n");
    await page.evaluate(`(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([${JSON.stringify(text)}], "dropped.ndjson"));
      const drop = new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true });
      document.querySelector(".page").dispatchEvent(drop);
    })()`);
    await found(page, "50 events");
    await page.getByText("dropped.ndjson").first().waitFor();
    await run(page, "severity = high");
    await found(
      page,
      counted((event) => EVENTS.indexOf(event) < 50 && severityOf(event) === "high").replace(
        /^1 events/,
        "1 event",
      ),
    );
    await page.getByRole("button", { name: "Back to the store" }).click();
    await found(
      page,
      counted((event) => severityOf(event) === "high"),
    );
    await context.close();
  });
});

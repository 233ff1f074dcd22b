/** The explorer over a file in a browser, and what the tests of its page do there. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { generateEvents } from "../../../scripts/tools/demo/generate-events.js";
import { buildPage } from "../../../scripts/web/build-page.js";
import { startExplorer } from "../../scripts/web/support.js";
import { launchBrowser } from "./chromium.js";

/** Pictures of the page's main states, for who wants to look. */
export const PICTURES = fileURLToPath(new URL("../../../coverage/pages/", import.meta.url));

/** Of looking again and again: nothing is asserted about time, and machines differ. */
export const PATIENCE = { timeout: 60_000 };

/** The events of the file, besides a hostile one. */
export const EVENTS = [
  ...generateEvents({ count: 2_010, seed: 9, from: new Date("2024-05-01"), to: new Date("2024-05-08") }),
];

/** What an attacker writes: markup, signs that turn the direction, escapes, a text of a megabyte. */
const HOSTILE = {
  ID: "hostile",
  DetectTime: "2024-05-07T23:59:59Z",
  Category: ['<img src=x onerror="window.broken=1">'],
  Description: `\u202e<script>window.broken=1</script>\u001b[31m javascript:alert(1)`,
  Ref: ["javascript:window.broken=1"],
  Note: "x".repeat(1_000_000),
  Source: [{ IP4: ["192.0.2.7"], Hostname: ["<b>bold</b>"] }],
};

/** A fresh browser on a page; `problems` gathers what the console complains about. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly problems: string[];
}

/** A running explorer and a browser. */
export interface ExplorerWorld {
  readonly browser: Browser;
  /** Folder for files of the tests. */
  readonly folder: string;
  /** Folder of the built page. */
  readonly site: string;
  /** Address with the token, and without path. */
  readonly address: string;
  readonly origin: string;
  /** Opens an address, that of the explorer when absent, in a context of its own. */
  readonly visit: (options?: Parameters<Browser["newContext"]>[0], address?: string) => Promise<Visit>;
  readonly close: () => Promise<void>;
}

/** Builds the page, writes the file, and starts explorer and browser. */
export async function openWorld(): Promise<ExplorerWorld> {
  const folder = await mkdtemp(join(tmpdir(), "eventstore-browser-"));
  const site = join(folder, "site");
  const path = join(folder, "events.ndjson");
  await writeFile(path, [...EVENTS, HOSTILE].map((event) => JSON.stringify(event) + "\n").join(""));
  await buildPage(site);
  await mkdir(PICTURES, { recursive: true });
  const [browser, explorer] = await Promise.all([
    launchBrowser(),
    startExplorer({ kind: "file", path }, { pageFolder: site }),
  ]);
  const { address, origin } = explorer;
  return {
    browser,
    folder,
    site,
    address,
    origin,
    visit: (options, wanted = address) => visit({ browser, origin }, wanted, options),
    close: async () => {
      await browser.close();
      await explorer.stop();
      await rm(folder, { recursive: true });
    },
  };
}

async function visit(
  { browser, origin: own }: Pick<ExplorerWorld, "browser" | "origin">,
  address: string,
  options: Parameters<Browser["newContext"]>[0],
): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && protocol !== "blob:" && origin !== own)
      problems.push(`asked ${request.url()}`);
  });
  await page.goto(address);
  return { page, context, problems };
}

/** The rows of the table of events. */
export const rows = (page: Page): Locator => page.locator("tbody tr");

/** The box of the filter. */
export const filterBox = (page: Page): Locator => page.getByRole("textbox", { name: "Filter" });

/** Waits until the page says how many events were found, or what else it has to say. */
export async function found(page: Page, text: string | RegExp): Promise<void> {
  try {
    await page.getByRole("status").filter({ hasText: text }).waitFor();
  } catch (error) {
    const says = [page.getByRole("status"), page.getByRole("alert")].map((part) => part.allInnerTexts());
    throw new Error(`the page says ${JSON.stringify((await Promise.all(says)).flat())}`, { cause: error });
  }
}

/** Writes a filter as one who types, and runs it. */
export async function run(page: Page, filter: string): Promise<void> {
  await filterBox(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(filter);
  await page.keyboard.press("Enter");
}

/** Chromium for the tests of what runs in a browser. */
import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { describe } from "vitest";

/** Where Debian and others keep it; CHROMIUM names another. */
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const executablePath = [process.env["CHROMIUM"], ...PLACES].find(
  (path) => path !== undefined && existsSync(path),
);

/** Starts it, without a window. @throws Error when the machine has none */
export function launchBrowser(): Promise<Browser> {
  if (executablePath === undefined)
    throw new Error("there is no Chromium; on Debian: apt-get install chromium");
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
}

/** A `describe` that is reported as skipped where there is no Chromium; in CI there must be one. */
export function describeBrowser(name: string, body: () => void): void {
  const isMissing = executablePath === undefined && process.env["CI"] !== "true";
  describe.skipIf(isMissing)(name, body);
}

/** The package of test/examples/testing-consumer, run against the sources: its imports by name are mapped to them. */
import { spawn } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { clusterFolder } from "../support/folder.js";

const folder = join(import.meta.dirname, "../examples/testing-consumer");

it("a package tests its own table with idea-eventstore/testing", async () => {
  const dataDir = await clusterFolder("eventstore-consumer-");
  try {
    const child = spawn(process.execPath, ["--import", "tsx", "--test", "firewall.test.ts"], {
      cwd: folder,
      env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.source.json", TEST_DATA_DIR: dataDir },
    });
    let output = "";
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect(code, output).toBe(0);
    expect(output).toMatch(/pass 4/);
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

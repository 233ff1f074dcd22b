import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { describeStores } from "./support.js";

/** EVENTSTORE_MILLION=1 takes a million events. */
const COUNT = process.env["EVENTSTORE_MILLION"] === "1" ? 1_000_000 : 100_000;

const LIMIT = 300 * 1024 * 1024;
/** Megabytes of each half of the young objects' room: the default of Node 20. Later releases take more, whatever the program does. */
const SEMI_SPACE = 16;

describeStores("streams of very many events", ({ url, storage, engine }) => {
  it.skipIf(engine !== "ip4r")(
    `take ${COUNT} events in and out in less than 300 MB`,
    async () => {
      const script = fileURLToPath(new URL("./stream-child.ts", import.meta.url));
      const { stdout } = await promisify(execFile)(process.execPath, [
        `--max-semi-space-size=${SEMI_SPACE}`,
        "--import",
        "tsx",
        script,
        url(),
        String(COUNT),
      ]);
      const result = JSON.parse(stdout) as Record<string, number>;
      expect(result).toMatchObject({ inserted: COUNT, read: COUNT });
      expect(result["maxRss"], stdout).toBeLessThan(LIMIT);
      expect(await storage().countEvents()).toBe(COUNT);
    },
    1_800_000,
  );
});

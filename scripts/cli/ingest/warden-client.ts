/**
 * Fetches events from a Warden server (version 3) over HTTPS with a client certificate.
 *
 * Source: the protocol of Warden 3. `getEvents` takes `id` (events after it), `count` and filters (`cat`, `nocat`, `tag`, `notag`, `group`, `nogroup`)
 * besides `client` and `secret`, and answers `{"lastid": …, "events": […]}`; errors come as `{"errors": [{"error": …, "message": …}]}`.
 */
import { request } from "node:https";
import { exactValue, parseJson, printJson } from "../../../compiler/values/exact-json.js";
import { oneLine } from "../../../runtime/postgres/errors.js";
import { CliError } from "../errors.js";
import type { WardenConfig } from "./warden-config.js";

/** What a server answered: events, each with its text, and the identifier to continue after. */
export interface WardenBatch {
  readonly lastId: number;
  readonly events: readonly { readonly event: unknown; readonly raw: string }[];
}

/** A request that may succeed later: no answer, or the server's own trouble. */
export class WardenUnavailable extends CliError {}

/** Answers longer than this are refused. */
const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/**
 * The events after an identifier; without one those that the server still has for this client.
 *
 * @throws WardenUnavailable when it does not answer in time or answers 5xx; CliError when it refuses the request
 */
export async function fetchEvents(
  config: WardenConfig,
  lastId: number | null,
  signal: AbortSignal,
): Promise<WardenBatch> {
  const answer = await get(eventsUrl(config, lastId), config, signal);
  let tree: unknown;
  try {
    tree = parseJson(answer.body);
  } catch (error) {
    throw new WardenUnavailable(`Warden: the answer (status ${answer.status}) is no JSON`, undefined, {
      cause: error,
    });
  }
  if (answer.status !== 200) throw refusal(answer.status, tree);
  return readBatch(tree);
}

function eventsUrl(config: WardenConfig, lastId: number | null): URL {
  const url = new URL("getEvents", config.url.endsWith("/") ? config.url : `${config.url}/`);
  url.searchParams.set("client", config.name);
  if (config.secret !== undefined) url.searchParams.set("secret", config.secret);
  url.searchParams.set("count", String(config.count));
  if (lastId !== null) url.searchParams.set("id", String(lastId));
  for (const [name, values] of Object.entries(config.filters))
    for (const value of values) url.searchParams.append(name, value);
  return url;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

function get(url: URL, config: WardenConfig, signal: AbortSignal): Promise<Answer> {
  const { cert, key, ca } = config;
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void =>
      reject(
        signal.aborted
          ? error
          : new WardenUnavailable(`Warden: ${oneLine(error.message)}`, undefined, { cause: error }),
      );
    const sent = request(
      url,
      { cert, key, ca, signal, headers: { accept: "application/json" } },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES)
            response.destroy(new Error("the answer is too long; ask for fewer events (count)"));
          else chunks.push(chunk);
        });
        response.on("error", fail);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") }),
        );
      },
    );
    sent.setTimeout(config.timeoutMs, () =>
      sent.destroy(new Error(`no answer within ${config.timeoutMs / 1000} s`)),
    );
    sent.on("error", fail);
    sent.end();
  });
}

/** The server says why in its own words. */
function refusal(status: number, tree: unknown): CliError {
  const { errors } = (typeof tree === "object" && tree !== null ? tree : {}) as { readonly errors?: unknown };
  const messages = (Array.isArray(errors) ? (errors as readonly unknown[]) : []).flatMap((error) =>
    typeof error === "object" && error !== null && "message" in error ? [String(error.message)] : [],
  );
  const text = `Warden: the server answers ${status}${messages.length === 0 ? "" : `: ${oneLine(messages.join("; "))}`}`;
  if (status >= 500) return new WardenUnavailable(text);
  return new CliError(
    text,
    status === 403 ? "are name, secret and certificate those that the server knows?" : undefined,
  );
}

function readBatch(tree: unknown): WardenBatch {
  const { lastid, events } = (typeof tree === "object" && tree !== null ? tree : {}) as {
    readonly lastid?: unknown;
    readonly events?: unknown;
  };
  if (typeof lastid !== "number" || !Array.isArray(events))
    throw new CliError("Warden: the answer is not {lastid, events}", "is the URL that of a Warden 3 server?");
  const list = events as readonly unknown[];
  return {
    lastId: lastid,
    events: list.map((event, index) => ({ event, raw: printJson(exactValue(list, index)) })),
  };
}

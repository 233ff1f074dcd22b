/** How pages are found and read, in each layout of a store. */
import { isSpread } from "../../../compiler/catalogue/spread.js";
import type { StoreContext } from "../context.js";
import { readPageEvents } from "./events.js";
import { findPage } from "./page.js";
import { findSpreadPage, readSpreadEvents } from "./spread-page.js";

const ONE_SERVER = { find: findPage, read: readPageEvents } as const;
const SPREAD: typeof ONE_SERVER = { find: findSpreadPage, read: readSpreadEvents };

/** Those of a store's layout. */
export function layoutPages({ catalogue }: Pick<StoreContext, "catalogue">): typeof ONE_SERVER {
  return isSpread(catalogue) ? SPREAD : ONE_SERVER;
}

/** All converters, by name. To add one, write a module of the same shape and add it to the list. */
import { eve } from "./eve.js";
import { idea, warden } from "./idea.js";
import { intelmq } from "./intelmq.js";
import type { Converter } from "./model.js";
import { zeek } from "./zeek.js";

/** The converters that come with the package. */
export const CONVERTERS: readonly Converter[] = [idea, warden, eve, intelmq, zeek];

/** The converter of a name, or undefined. */
export function converterOf(name: string): Converter | undefined {
  return CONVERTERS.find((converter) => converter.name === name);
}

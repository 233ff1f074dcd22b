/** What the tests of the language share. */
import {
  analyseFilter,
  compileFilter,
  type CompiledFilter,
  type FilterOptions,
} from "../../../compiler/compile.js";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { applyEdits } from "../../../grammar/report.js";

/** The reading of the clock in all tests: a Wednesday. */
export const NOW = new Date("2024-05-15T12:34:56.789Z");

/** Sets and saved filters that the tests name. */
export const OPTIONS: FilterOptions = {
  sets: {
    our_networks: ["192.0.2.0/24", "2001:db8::/32"],
    campus: ["198.51.100.0/24", "@our_networks"],
    scanners_ok: ["192.0.2.7"],
    ports: [22, "8000..8100"],
  },
  filters: {
    noise: "category = Test or confidence < 0.1",
    maintenance: 'node.name like "cz.example.maintenance.*"',
    quiet: "@noise or @maintenance",
  },
};

/** Compiles with {@link OPTIONS}. */
export function compiled(text: string, options: FilterOptions = {}): CompiledFilter {
  return compileFilter(text, { ...OPTIONS, ...options });
}

/** The diagnostics with {@link OPTIONS}. */
export function diagnose(text: string, options: FilterOptions = {}): readonly Diagnostic[] {
  return analyseFilter(text, { ...OPTIONS, ...options }).diagnostics;
}

/** `E101: unknown field "sorce.ip"` for each diagnostic, in the order of the text. */
export function messages(text: string, options: FilterOptions = {}): readonly string[] {
  return diagnose(text, options).map(({ code, message }) => `${code}: ${message}`);
}

/** The text after each fix of a diagnostic. */
export function repairs(text: string, { fixes }: Diagnostic): readonly string[] {
  return fixes.map(({ edits }) => applyEdits(text, edits));
}

/** Whether an event matches at {@link NOW}. */
export function matches(text: string, event: unknown, args: Readonly<Record<string, unknown>> = {}): boolean {
  return compiled(text).matches(event, args, { now: NOW });
}

/** SQL and values at {@link NOW}. */
export function sqlOf(text: string, args: Readonly<Record<string, unknown>> = {}) {
  return compiled(text).sql(args, { now: NOW });
}

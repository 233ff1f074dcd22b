/** Reads the literals of legacy filters, checks them and reports the ones that needed repair. */
import type { Span } from "../../grammar/ast.js";
import {
  formatAddress,
  formatIpRange,
  ipNetProblem,
  parseIpNet,
  tryParseIpRange,
} from "../values/ip-range.js";
import type { AddressConstant, LegacyConstant, InstantConstant } from "./constants.js";
import type { ConversionContext } from "./context.js";
import { readLegacyDuration, readInstant } from "./instant.js";
import type { LegacyLiteral } from "./legacy-tree.js";
import { refuse } from "./refusal.js";

/** The value of a literal. `listed`: it is in a list. @throws Refusal E607 */
export function readLiteral(
  node: LegacyLiteral,
  listed: boolean,
  context: ConversionContext,
): LegacyConstant {
  const { span, text } = node;
  switch (node.kind) {
    case "number":
      return readNumber(text, span);
    case "string":
      if (node.repaired !== undefined) context.report("C17", span, { note: node.repaired });
      return { kind: "text", value: text, span };
    case "address":
      if (context.dialect.name === "pynspect") reportUncompiled(text, span, listed, context);
      return readLegacyAddress(text, span, context);
    case "time":
      return readLegacyTime(text, span, context);
    case "duration": {
      const micros = readLegacyDuration(text);
      return micros === null
        ? refuse("E607", `${text} is not a length of time: minutes and seconds go up to 59`, span)
        : { kind: "duration", micros, span };
    }
  }
}

function readNumber(text: string, span: Span): LegacyConstant {
  const value = Number(text);
  if (!Number.isFinite(value)) return refuse("E607", `${text} is too large for a number`, span);
  return /^\d+$/.test(text)
    ? { kind: "number", value, digits: text.replace(/^0+(?=\d)/, ""), span }
    : { kind: "number", value, span };
}

/** pynspect took an unquoted IPv6 address for IPv4 outside lists, and no `a..b` at all. */
function reportUncompiled(text: string, span: Span, listed: boolean, context: ConversionContext): void {
  if (text.includes(".."))
    context.report("C17", span, { note: "pynspect never compiled a range written with two dots" });
  else if (text.includes(":") && !listed)
    context.report("C17", span, {
      note: "pynspect never compiled an IPv6 address without quotes outside a list",
    });
}

/** Reads an address, network or range; host bits are cut off and reversed ends swapped, with a report. @throws Refusal E607 */
export function readLegacyAddress(text: string, span: Span, context: ConversionContext): AddressConstant {
  const form = text.includes("..") ? "dots" : text.includes("-") ? "dash" : "block";
  const range = parseIpNet(text);
  if (range === null) return refuse("E607", ipNetProblem(text), span);
  if (form === "block") {
    if (tryParseIpRange(text) === null)
      context.report("C17", span, {
        note: `${text} has bits beyond the prefix; the network is ${formatIpRange(range)}`,
      });
  } else {
    const first = parseIpNet(text.split(/\.\.|-/)[0] ?? "")?.first;
    if (first !== range.first)
      context.report("C17", span, { note: `the ends of ${text} were in reverse order` });
  }
  return { kind: "address", range, form, span };
}

/** Prints an address constant without its form: `a`, `net` or `a-b`. */
export function addressText({ range, form }: AddressConstant): string {
  if (form === "block" || range.first === range.last) return formatIpRange(range);
  return `${formatAddress(range.family, range.first)}-${formatAddress(range.family, range.last)}`;
}

/** Reads a time. @throws Refusal E607 */
export function readLegacyTime(text: string, span: Span, context: ConversionContext): InstantConstant {
  const instant = readInstant(text);
  if (typeof instant === "string") return refuse("E607", instant, span);
  if (context.dialect.name === "pynspect" && !/[Zz]$|[+-]\d{2}:\d{2}$/.test(text.slice(10)))
    return refuse(
      "E607",
      `pynspect did not read ${text} as a time: it needs date, time of day and zone`,
      span,
      {
        proposal: `write ${instant.text}`,
      },
    );
  if (context.dialect.name === "pynspect" && /-\d{2}:(?!00)\d{2}$/.test(text.slice(10)))
    context.report("C17", span, {
      note: `pynspect computed the zone ${text.slice(-6)} wrongly; now it means what it says`,
    });
  return { kind: "instant", ...instant, span };
}

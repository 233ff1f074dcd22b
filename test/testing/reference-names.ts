/** Names without case for the reference evaluator, read from the specification: one spelling of a name, and of the text of a pattern over names. */
import type { WordNormalisation } from "../../compiler/values/normalise.js";
import type { TextOp } from "../../grammar/ast.js";
import { asciiFold } from "../../compiler/values/text.js";

/** Whether the case of ASCII letters never counts in a field's texts. */
export function isWithoutCase(normalise: WordNormalisation | undefined): boolean {
  return normalise !== undefined && normalise !== "uuid";
}

/** The one spelling of a name; null for what is no name of a host, a mailbox, or hardware. */
export function nameSpelling(text: string, normalise: WordNormalisation | undefined): string | null {
  switch (normalise) {
    case "host":
      return host(text);
    case "mail": {
      const parts = text.split("@");
      return parts.length === 1 ? text : [...parts.slice(0, -1), host(parts.at(-1)!)].join("@");
    }
    case "mac":
      return hardware(asciiFold(text));
    default:
      return null;
  }
}

function host(text: string): string {
  return asciiFold(text).replace(/(?<=[^.])\.+$/, "");
}

/** Six or eight bytes, digits in groups of four or six, or without groups. */
function hardware(text: string): string {
  const trimmed = text.trim();
  for (const separator of ["", ":", "-", ".", " "]) {
    const groups = separator === "" ? [trimmed] : trimmed.split(separator);
    if (!groups.every((group) => /^[0-9a-f]+$/.test(group))) continue;
    const isOf = (counts: readonly number[], sizes: readonly number[]): boolean =>
      counts.includes(groups.length) && groups.every((group) => sizes.includes(group.length));
    if (isOf([6, 8], [1, 2]))
      return groups.map((group) => (group.length === 1 ? `0${group}` : group)).join(":");
    const inTwo = isOf([2], [6]) && (separator === ":" || separator === "-");
    if (isOf([1], [12, 16]) || isOf([3, 4], [4]) || inTwo) return chunks(groups.join(""), 0).join(":");
  }
  return text;
}

/** Pairs of signs, the first of them of `first` signs where that is not 0. */
function chunks(text: string, first: number): readonly string[] {
  const found = first === 0 ? [] : [text.slice(0, first)];
  for (let start = first; start < text.length; start += 2) found.push(text.slice(start, start + 2));
  return found.length === 0 ? [""] : found;
}

/** The text of a pattern as it is compared with names in their one spelling, case aside. */
export function patternSpelling(op: TextOp, text: string, normalise: WordNormalisation | undefined): string {
  if (normalise === "host") {
    return op === "ends with" || op === "like" ? text.replace(/(?<=[^.*\\])\.+$/, "") : text;
  }
  if (normalise !== "mac") return text;
  const folded = asciiFold(text);
  if (op !== "like") return part(folded, op === "ends with");
  const pieces = folded.split("*");
  return pieces.map((piece, index) => part(piece, index > 0 && index === pieces.length - 1)).join("*");
}

/** Groups of bytes, or of four digits, between separators of one kind; the digits before the first separator end with a byte. */
function part(text: string, atEnd: boolean): string {
  const kinds = new Set(text.replace(/[0-9a-f?]/g, ""));
  if (kinds.size > 1 || ![...kinds].every((kind) => "-:.".includes(kind))) return text;
  const separator = [...kinds][0];
  const fromEnd = (group: string): string => chunks(group, group.length % 2).join(":");
  if (separator === undefined) return atEnd ? fromEnd(text) : chunks(text, 0).join(":");
  const groups = text.split(separator);
  const sizes = groups.map((group) => group.length);
  const size = sizes.every((length) => length <= 2) ? 2 : 4;
  if (sizes.some((length) => length > size) || sizes.slice(1, -1).some((length) => length !== size))
    return text;
  return groups.map((group, index) => (index === 0 ? fromEnd(group) : chunks(group, 0).join(":"))).join(":");
}

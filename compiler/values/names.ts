/**
 * Names whose case means nothing: hosts, mail domains, hardware addresses. One spelling of each, which is stored and compared. Only ASCII letters
 * are folded, the one folding that PostgreSQL and JavaScript share in every locale.
 */
import { asciiFold, type PatternOp } from "./text.js";

/** The name of a host or node in lower case, without the dot that may end it. */
export function hostName(text: string): string {
  return withoutFinalDot(asciiFold(text));
}

/** Several dots at the end are left out as one is, so that a name in this spelling stays as it is. */
function withoutFinalDot(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === ".") end--;
  return end === 0 ? text : text.slice(0, end);
}

/** A mail address with its domain, what follows the last `@`, as a {@link hostName}; the case of the mailbox counts. */
export function mailAddress(text: string): string {
  const at = text.lastIndexOf("@");
  return at < 0 ? text : text.slice(0, at + 1) + hostName(text.slice(at + 1));
}

/** Bytes of a hardware address, zeros that lead them left out or not: `0:1b:44:11:3a:b7`. */
const BYTES =
  /^[0-9a-f]{1,2}(?:([-:. ])[0-9a-f]{1,2}(?:\1[0-9a-f]{1,2}){4}(?:\1[0-9a-f]{1,2}\1[0-9a-f]{1,2})?)$/;

/** The digits in one, or in groups of as many: `001b44113ab7`, `001b.4411.3ab7`, `001b44-113ab7`. */
const DIGITS =
  /^(?:[0-9a-f]{12}|[0-9a-f]{16}|[0-9a-f]{4}([-:. ])[0-9a-f]{4}(?:\1[0-9a-f]{4}){1,2}|[0-9a-f]{6}[-:][0-9a-f]{6})$/;

/** A hardware address of 48 or 64 bits as `00:1b:44:11:3a:b7`, whatever its spelling; any other text in lower case. */
export function hardwareAddress(text: string): string {
  const folded = asciiFold(text);
  const trimmed = folded.trim();
  if (DIGITS.test(trimmed)) return fromStart(trimmed.replace(/[-:. ]/g, ""));
  if (!BYTES.test(trimmed)) return folded;
  const bytes = trimmed.split(/[-:. ]/);
  return bytes.map((byte) => byte.padStart(2, "0")).join(":");
}

/** Digits in pairs, counted from their start or from their end. */
const fromStart = (digits: string): string => digits.replace(/..(?=.)/g, "$&:");
const fromEnd = (digits: string): string =>
  digits.length % 2 === 0 || digits.length === 1
    ? fromStart(digits)
    : `${digits.slice(0, 1)}:${fromStart(digits.slice(1))}`;

/** The text of a pattern over names of hosts, in the spelling of {@link hostName}: where the pattern reaches the end, without a final dot. */
export function hostPattern(op: PatternOp, text: string): string {
  const folded = asciiFold(text);
  if (op !== "ends with" && op !== "like") return folded;
  const name = withoutFinalDot(folded);
  return /[\\*]$/.test(name) ? folded : name;
}

/**
 * The text of a pattern over hardware addresses, in the spelling of {@link hardwareAddress}: `00-1B-44*`, `001b.44*` and `001b44*` become
 * `00:1b:44*`. What has no separators begins with a byte, or ends with one where it ends the pattern. What is no part of an address is compared in
 * lower case.
 */
export function hardwarePattern(op: PatternOp, text: string): string {
  const folded = asciiFold(text);
  if (op !== "like") return hardwarePart(folded, op === "ends with");
  const parts = folded.split(/(\*+)/);
  const last = parts.length - 1;
  return parts.map((part, position) => hardwarePart(part, position > 0 && position === last)).join("");
}

/** Digits between separators of one kind; `?` of a glob is a digit. */
function hardwarePart(part: string, endsAddress: boolean): string {
  const [separator] = /[-:.]/.exec(part) ?? [];
  const groups = separator === undefined ? [part] : part.split(separator);
  if (!groups.every((group) => /^[0-9a-f?]*$/.test(group))) return part;
  if (separator === undefined) return endsAddress ? fromEnd(part) : fromStart(part);
  const longest = Math.max(...groups.map(({ length }) => length));
  const size = longest <= 2 ? 2 : 4;
  if (longest > size || groups.slice(1, -1).some(({ length }) => length !== size)) return part;
  return groups.map((group, position) => (position === 0 ? fromEnd(group) : fromStart(group))).join(":");
}

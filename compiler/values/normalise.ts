/** How words are normalised before they are stored or compared. */
import { protocolName } from "./protocols.js";
import { hardwareAddress, hardwarePattern, hostName, hostPattern, mailAddress } from "./names.js";
import { asciiFold, type PatternOp } from "./text.js";

/**
 * What the catalogue asks for: lower or upper case of ASCII letters, a TLP label, a protocol, a UUID, the name of a host or node, a mail
 * address, or a hardware address.
 */
export type WordNormalisation = "lower" | "upper" | "tlp" | "protocol" | "uuid" | "host" | "mail" | "mac";

/**
 * Normalises a word. `lower` and `upper` touch ASCII letters only, the one folding that PostgreSQL and JavaScript share in every
 * locale; `tlp` gives labels as version 2.0 of the protocol spells them; `protocol` drops blanks around and takes IANA's number for the name.
 * `uuid` leaves the word as it is: what is stored is compared in each of its {@link spellings}. `host`, `mail` and `mac` are those of names.ts.
 */
export function normaliseWord(text: string, normalisation: WordNormalisation | null | undefined): string {
  switch (normalisation) {
    case undefined:
    case null:
    case "uuid":
      return text;
    case "lower":
      return asciiFold(text);
    case "upper":
      return asciiUpper(text);
    case "tlp":
      return tlpLabel(asciiUpper(text));
    case "protocol":
      return protocolName(asciiFold(text.trim()));
    case "host":
      return hostName(text);
    case "mail":
      return mailAddress(text);
    case "mac":
      return hardwareAddress(text);
  }
}

/** Whether the case of words that are normalised so means nothing, also to patterns and regular expressions that ask for it. */
export function isCaseless(normalisation: WordNormalisation | null | undefined): boolean {
  return normalisation != null && normalisation !== "uuid";
}

/** The argument of a text operator as the normalised words are to be compared with it. */
export function normalisePattern(
  op: PatternOp,
  text: string,
  normalisation: WordNormalisation | null | undefined,
): string {
  switch (normalisation) {
    case "host":
      return hostPattern(op, text);
    case "mac":
      return hardwarePattern(op, text);
    default:
      return text;
  }
}

/** `TLP:RED` without its prefix, `AMBER-STRICT` with its plus sign, and `WHITE`, the label of version 1 for what is `CLEAR` now. */
function tlpLabel(upper: string): string {
  const written = upper.replace(/\s+/g, "");
  const label = written.replace(/^(?:TLP[:=_-]?)+(?=.)/, "");
  if (/^AMBER[+_/:-]?\(?STRICT\)?$/.test(label)) return "AMBER+STRICT";
  return label === "WHITE" ? "CLEAR" : label;
}

function asciiUpper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The spellings in which a normalised word may be stored: a UUID (RFC 4122: its case does not count) as given, in lower and in upper case; the
 * TLP label CLEAR also as WHITE, which tables of others have and stores had before.
 */
export function spellings(
  word: string,
  normalisation: WordNormalisation | null | undefined,
): readonly string[] {
  if (normalisation === "tlp" && word === "CLEAR") return ["CLEAR", "WHITE"];
  return normalisation === "uuid" && UUID.test(word)
    ? [...new Set([word, asciiFold(word), asciiUpper(word)])]
    : [word];
}

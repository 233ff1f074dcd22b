/** How words are normalised before they are stored or compared. */
import { protocolName } from "./protocols.js";
import { asciiFold } from "./text.js";

/** What the catalogue asks for: lower or upper case of ASCII letters, a TLP label, or a protocol. */
export type WordNormalisation = "lower" | "upper" | "tlp" | "protocol";

/**
 * Normalises a word. `lower` and `upper` touch ASCII letters only, the one folding that PostgreSQL and JavaScript share in every
 * locale; `tlp` also drops the prefix of `TLP:RED` and blanks, `protocol` blanks around; it takes IANA's number for the name.
 */
export function normaliseWord(text: string, normalisation: WordNormalisation | null | undefined): string {
  switch (normalisation) {
    case undefined:
    case null:
      return text;
    case "lower":
      return asciiFold(text);
    case "upper":
      return asciiUpper(text);
    case "tlp":
      return asciiUpper(text).replace(/\s+/g, "").replace(/^TLP:/, "");
    case "protocol":
      return protocolName(asciiFold(text.trim()));
  }
}

function asciiUpper(text: string): string {
  return text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/** Several words in one text, where one of them is due. */
import { hardwareAddress } from "../values/names.js";
import type { WordNormalisation } from "../values/normalise.js";
import { HARDWARE_ADDRESS } from "./text-element.js";

/** Longer texts are no list of words. */
const MAX_LENGTH = 1_024;

const HOST = /^[\w-]+(?:\.[\w-]+)+\.?$/;
const MAIL = /^[^\s<>@,;]+@[^\s<>@,;]+$/;

/** Whether a text is a whole word of its kind; kinds of which one text names one are not here. */
const FORMS: Readonly<Partial<Record<WordNormalisation, (text: string) => boolean>>> = {
  host: (text) => HOST.test(text),
  mail: (text) => MAIL.test(text),
  mac: (text) => HARDWARE_ADDRESS.test(hardwareAddress(text)),
};

/** The host names, mail addresses or hardware addresses that a text lists with commas, semicolons or blanks; null where it names one, or says more. */
export function severalWords(
  text: string,
  normalisation: WordNormalisation | null | undefined,
): readonly string[] | null {
  const isWord = FORMS[normalisation ?? "lower"];
  if (isWord === undefined || text.length > MAX_LENGTH || !/[\s,;]/.test(text) || isWord(text)) return null;
  const words = text.split(/[\s,;]+/).filter((word) => word !== "");
  return words.length > 1 && words.every(isWord) ? words : null;
}

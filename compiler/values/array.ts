/** One-dimensional arrays in PostgreSQL's text form: `{a,"b c",NULL}`. */

/** Signs for which an element needs quotes. */
const SPECIAL = /[{}",\\\s]/;

/** An empty element and `NULL` as a word need quotes too. */
function needsQuotes(element: string): boolean {
  return (
    element.length === 0 ||
    SPECIAL.test(element) ||
    (element.length === 4 && element.toUpperCase() === "NULL")
  );
}

/** Prints an array; null is NULL. Elements are in the text form of their type. */
export function encodeArray(elements: readonly (string | null)[]): string {
  let text = "{";
  for (let index = 0; index < elements.length; index++) {
    const element = elements[index];
    if (index > 0) text += ",";
    text += element === null || element === undefined ? "NULL" : encodeElement(element);
  }
  return `${text}}`;
}

/** Prints an array of elements whose texts never need quotes: finite numbers, truth values, addresses, ISO times. */
export function encodePlainArray(elements: readonly (string | number | bigint | boolean)[]): string {
  return `{${elements.join(",")}}`;
}

function encodeElement(element: string): string {
  return needsQuotes(element) ? `"${element.replace(/["\\]/g, "\\$&")}"` : element;
}

/**
 * Reads a one-dimensional array that PostgreSQL printed.
 *
 * @throws RangeError for anything else: an array of arrays, one with bounds of its own, a text that is no array
 */
export function decodeArray(text: string): (string | null)[] {
  if (text === "{}") return [];
  if (!text.startsWith("{") || !text.endsWith("}")) throw malformed(text);
  const hasQuotes = text.includes('"');
  if (!hasQuotes && !text.includes("{", 1)) {
    return text.slice(1, -1).split(",").map(plainElement);
  }
  return decodeQuoted(text);
}

/** {@link decodeArray} for a column that has no NULL elements. @throws RangeError also for a NULL */
export function decodeTextArray(text: string): string[] {
  return decodeArray(text).map((element) => {
    if (element === null) throw new RangeError(`unexpected NULL in the array ${text}`);
    return element;
  });
}

const plainElement = (element: string): string | null => (element === "NULL" ? null : element);

const ELEMENT = /"((?:[^"\\]|\\[^])*)"|([^",{}\\]+)/y;

function decodeQuoted(text: string): (string | null)[] {
  const elements: (string | null)[] = [];
  const end = text.length - 1;
  let index = 1;
  for (;;) {
    ELEMENT.lastIndex = index;
    const match = ELEMENT.exec(text);
    if (match === null) throw malformed(text);
    const [whole, quoted, plain] = match;
    elements.push(quoted === undefined ? plainElement(plain ?? "") : unescapeElement(quoted));
    index += whole.length;
    if (index === end) return elements;
    if (text.charAt(index) !== ",") throw malformed(text);
    index++;
  }
}

const unescapeElement = (quoted: string): string =>
  quoted.includes("\\") ? quoted.replace(/\\([^])/g, "$1") : quoted;

function malformed(text: string): RangeError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new RangeError(`${shown} is not a one-dimensional array`);
}

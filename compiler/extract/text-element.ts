/** Elements of IDEA events that are given as texts where objects are due: the object that such a text stands for, where that is sure. */
import { hardwareAddress } from "../values/names.js";
import { parseIpNet } from "../values/ip-range.js";
import { parseCarelessNets } from "./careless-address.js";

/** Longer texts are no address and no name. */
const MAX_LENGTH = 512;

/** A dotted name, as sensors and hosts have. */
const NAME = /^[\w-]+(?:\.[\w-]+)*\.?$/;
const HOST = /^[\w-]+(?:\.[\w-]+)*\.[a-z][a-z\d-]+\.?$/i;
const URL = /^[a-z][a-z\d+.-]*:\/\/\S+$/i;
const MAIL = /^[^\s<>@,;]+@[^\s<>@,;]+$/;
const AUTONOMOUS_SYSTEM = /^AS\s?\d{1,10}$/i;

/** A hardware address in its one spelling. */
export const HARDWARE_ADDRESS = /^[\da-f]{2}(?::[\da-f]{2}){5,7}$/;

type TextElement = Readonly<Record<string, unknown>>;

/** By the key of the list. What is attached may be a name, a reference or the content: such a text stands for no object. */
const READERS: ReadonlyMap<string, (text: string) => TextElement | null> = new Map([
  ["Source", endpointOf],
  ["Target", endpointOf],
  ["Node", (text: string) => (NAME.test(text) ? { Name: text } : null)],
]);

/** The object that a value under `key`, or in the list there, stands for; null where it is no text, or may mean something else. */
export function textElement(key: string, value: unknown): TextElement | null {
  if (typeof value !== "string" || value.length > MAX_LENGTH) return null;
  return READERS.get(key)?.(value.trim()) ?? null;
}

function endpointOf(text: string): TextElement | null {
  const family = (parseIpNet(text) ?? parseCarelessNets(text)?.[0])?.family;
  if (family !== undefined) return family === 4 ? { IP4: [text] } : { IP6: [text] };
  if (HARDWARE_ADDRESS.test(hardwareAddress(text))) return { MAC: [text] };
  if (AUTONOMOUS_SYSTEM.test(text)) return { ASN: [text] };
  if (URL.test(text)) return { URL: [text] };
  if (MAIL.test(text)) return { Email: [text] };
  return HOST.test(text) ? { Hostname: [text] } : null;
}

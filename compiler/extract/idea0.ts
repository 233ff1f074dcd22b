/**
 * What the IDEA0 definition asks of each key, as data. Times and numbers are not here: their readers remark on them. Unknown keys are allowed
 * everywhere.
 *
 * Source: the IDEA0 definition and its JSON schema (idea.cesnet.cz).
 */
import { showValue } from "./value.js";

/** What is wrong with a value that is no list, a phrase; null where it is as defined. */
export type Rule = (value: unknown) => string | null;

/** What a key holds: one value, a list of values, or a list of objects. */
export type KeyRule =
  | { readonly kind: "value" | "list"; readonly rule: Rule }
  | { readonly kind: "objects"; readonly keys: KeyRules };

/** The rules of an object's keys, by name. */
export type KeyRules = Readonly<Record<string, KeyRule>>;

const value = (rule: Rule): KeyRule => ({ kind: "value", rule });
const list = (rule: Rule): KeyRule => ({ kind: "list", rule });
const objects = (keys: KeyRules): KeyRule => ({ kind: "objects", keys });

/** A text of a form; `what` is what it should be, with its article. */
const form =
  (pattern: RegExp, what: string): Rule =>
  (given) =>
    typeof given === "string" && pattern.test(given) ? null : `${showValue(given)} is not ${what}`;

const anything: Rule = () => null;
const text: Rule = (given) => (typeof given === "string" ? null : `${showValue(given)} is not a text`);
const flag: Rule = (given) =>
  typeof given === "boolean" ? null : `${showValue(given)} is not true or false`;

const number =
  (min: number, max: number, what: string): Rule =>
  (given) =>
    typeof given === "number" && given >= min && given <= max ? null : `${showValue(given)} is not ${what}`;

const wholeNumber: Rule = (given) =>
  typeof given === "number" && Number.isInteger(given) && given >= 0
    ? null
    : `${showValue(given)} is not a whole number from 0`;

const identifier = form(/^[A-Za-z0-9._-]+$/, "an identifier of letters, digits, `.`, `_` and `-`");
const tag = form(/^[A-Za-z0-9]+$/, "a tag of letters and digits");
const uri = form(/^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/, "a URI");
const email = form(/^[^\s<>@,]+@[^\s<>@,]+$/, "a mail address");
const handle = form(/^[A-Za-z0-9_.-]+$/, "a handle of letters, digits, `.`, `_` and `-`");

/** Texts that are no address at all are told by the reader of the field. */
const network =
  (family: 4 | 6): Rule =>
  (given) => {
    if (typeof given !== "string") return `${showValue(given)} is not a text`;
    const found = given.includes(":") ? 6 : 4;
    if (found !== family) return `${showValue(given)} is an IPv${found} address under IP${family}`;
    return NETWORK.test(given)
      ? null
      : `${showValue(given)} is not written address, address/length or first-last`;
  };

const NETWORK = /^(?!.*\.\.)[\da-fA-F:.]+(?:\/\d{1,3}|-[\da-fA-F:.]*[\da-fA-F:])?$/;

const ENDPOINT: KeyRules = {
  Type: list(tag),
  Hostname: list(form(/^[^\s/@]+$/, "a host name")),
  IP4: list(network(4)),
  IP6: list(network(6)),
  MAC: list(form(/^[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}$/, "a hardware address such as 00:1b:2c:3d:4e:5f")),
  Port: list(anything),
  Proto: list(form(/^[A-Za-z0-9.+_-]+$/, "a protocol name")),
  URL: list(uri),
  Email: list(email),
  AttachHand: list(handle),
  Note: value(text),
  Spoofed: value(flag),
  Imprecise: value(flag),
  Anonymised: value(flag),
  ASN: list(wholeNumber),
  Router: list(text),
  Netname: list(form(/^[A-Za-z0-9_-]+:\S+$/, "a network name with its registry, such as ripe:NAME")),
  Ref: list(uri),
};

const ATTACHMENT: KeyRules = {
  Handle: value(handle),
  FileName: list(text),
  Type: list(tag),
  Hash: list(form(/^[A-Za-z0-9_-]+:[0-9A-Fa-f]+$/, "a checksum such as sha1:0123ab")),
  Size: value(wholeNumber),
  Ref: list(uri),
  Note: value(text),
  ContentType: value(form(/^[A-Za-z0-9.+-]+\/[A-Za-z0-9.+-]+/, "a media type such as text/plain")),
  ContentCharset: value(form(/^[A-Za-z0-9.:_()-]+$/, "a character set")),
  ContentEncoding: value((given) => (given === "base64" ? null : `${showValue(given)} is not base64`)),
  Content: value(text),
  ContentID: list(text),
  ExternalURI: list(uri),
};

const NODE: KeyRules = {
  Name: value(
    form(
      /^[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*)*$/,
      "a dotted name such as org.example.sensor",
    ),
  ),
  Type: list(tag),
  SW: list(text),
  AggrWin: value(form(/^(?:\d+[Dd])?\d{2}:\d{2}:\d{2}(?:\.\d+)?$/, "a duration such as 00:05:00")),
  Note: value(text),
};

/** The rules of an event's keys. */
export const IDEA0: KeyRules = {
  Format: value((given) => (given === "IDEA0" ? null : `${showValue(given)} is not IDEA0`)),
  ID: value(identifier),
  AltNames: list(text),
  CorrelID: list(identifier),
  AggrID: list(identifier),
  PredID: list(identifier),
  RelID: list(identifier),
  CreateTime: value(anything),
  DetectTime: value(anything),
  EventTime: value(anything),
  CeaseTime: value(anything),
  WinStartTime: value(anything),
  WinEndTime: value(anything),
  ConnCount: value(anything),
  FlowCount: value(anything),
  PacketCount: value(anything),
  ByteCount: value(anything),
  Category: list(form(/^[A-Za-z0-9]+(?:\.[A-Za-z0-9]+)?$/, "a category such as Recon.Scanning")),
  Ref: list(uri),
  Confidence: value(number(0, 1, "a confidence from 0 to 1")),
  Description: value(text),
  Note: value(text),
  Source: objects(ENDPOINT),
  Target: objects(ENDPOINT),
  Attach: objects(ATTACHMENT),
  Node: objects(NODE),
};

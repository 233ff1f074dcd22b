/** Other names of an event, its relations to other events, and what is attached to it. */
import { list } from "./field-entries.js";
import type { StoredField } from "./model.js";

/** Identifiers of other events. */
const related = (name: string, key: string, what: string): StoredField =>
  list(name, "id", key, `identifiers of ${what}`, `${name} = "59c85a23-11b6-4faf-9eff-55bfb5f7fda5"`, {
    normalise: "uuid",
  });

/** Names and relations of the event as a whole. */
export const RELATIONS: readonly StoredField[] = [
  list(
    "alt_name",
    "text",
    "AltNames",
    "other names of the event, as other systems know it",
    "alt_name exists",
  ),
  related("correl_id", "CorrelID", "the events that this one was correlated from"),
  related("aggr_id", "AggrID", "the events that this one was aggregated from"),
  related("pred_id", "PredID", "the events that this one replaces"),
  related("rel_id", "RelID", "events that have to do with this one"),
];

/** Fields of the attachments. */
export const ATTACHMENTS: readonly StoredField[] = [
  list("attach.hash", "text", "Attach.Hash", "checksums of attachments", 'attach.hash starts with "sha1:"', {
    normalise: "lower",
  }),
  list(
    "attach.filename",
    "text",
    "Attach.FileName",
    "file names of attachments",
    'attach.filename ends with ".exe"',
  ),
  list("attach.type", "text", "Attach.Type", "kinds of attachment", "attach.type = Malware", {
    normalise: "lower",
  }),
  list(
    "attach.content_type",
    "text",
    "Attach.ContentType",
    "media types of attachments",
    'attach.content_type starts with "text/"',
    { single: true },
  ),
  list("attach.size", "integer", "Attach.Size", "sizes of attachments in bytes", "attach.size > 100000", {
    single: true,
    range: [0, Number.MAX_SAFE_INTEGER],
  }),
  list("attach.ref", "text", "Attach.Ref", "references of attachments", 'attach.ref starts with "https:"'),
  list("attach.note", "text", "Attach.Note", "remarks on attachments", "attach.note exists", {
    single: true,
  }),
];

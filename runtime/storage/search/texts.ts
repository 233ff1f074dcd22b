/** Reading the JSON of events that were found, from the partitions of their days. */
import { readEvent } from "../../codecs/wire.js";
import type { Session } from "../../execute/session.js";
import type { CallOptions } from "../../statement.js";
import { dynamicStatement, required } from "../dynamic-statement.js";
import type { Layout } from "../layout.js";
import type { Partition } from "./days.js";
import { isPartitionGone, type Found } from "./page.js";
import { jsonStatement } from "./statements.js";

/** JSON text by seq; one that was deleted since it was found is left out. */
export async function readTexts(
  session: Session,
  layout: Layout,
  page: readonly Found[],
  partitions: readonly Partition[],
  options: CallOptions,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { seq, text } of page) if (text !== null) texts.set(seq, text);
  const wanted = page.filter(({ seq }) => !texts.has(seq));
  for (const [json, seqs] of byPartition(wanted, partitions)) {
    try {
      await readTable(session, json, seqs, texts, options);
    } catch (error) {
      if (!isPartitionGone(error)) throw error;
    }
  }
  // What is not in its partition was deleted, or has moved to a day that was made since it was found.
  const missing = wanted.flatMap(({ seq }) => (texts.has(seq) ? [] : [seq]));
  if (missing.length > 0) await readTable(session, layout.json, missing, texts, options);
  return texts;
}

/** Seqs by the table of their texts. */
function byPartition(
  page: readonly Found[],
  partitions: readonly Partition[],
): ReadonlyMap<string, readonly string[]> {
  const seqs = new Map<string, string[]>();
  for (const { seq, time } of page) {
    const partition = partitions.find(({ day }) => day === null || (day.from <= time && time < day.to));
    if (!partition) continue;
    const own = seqs.get(partition.json);
    if (own) own.push(seq);
    else seqs.set(partition.json, [seq]);
  }
  return seqs;
}

async function readTable(
  session: Session,
  json: string,
  seqs: readonly string[],
  texts: Map<string, string>,
  options: CallOptions,
): Promise<void> {
  const statement = dynamicStatement(jsonStatement(json), {
    operation: "searchEvents",
    cardinality: "many",
    decode: ([seq, event]): readonly [string, string] => [required(seq), readEvent(event)],
  });
  for (const [seq, event] of await session.run(statement, [`{${seqs.join(",")}}`], options))
    texts.set(seq, event);
}

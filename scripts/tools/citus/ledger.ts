/** What came of each comparison. */
import { isDeepStrictEqual } from "node:util";
import type { EventStorage } from "../../../runtime/store/index.js";

/** How the cluster did. */
export type CheckResult =
  | { readonly kind: "same" }
  | { readonly kind: "different" }
  | { readonly kind: "failed"; readonly reason: string };

/** The outcomes of a run. */
export interface Ledger {
  readonly note: (name: string, outcome: CheckResult) => void;
  /** Does the same on both, one after the other. @throws what the twin throws: then there is nothing to compare with */
  readonly compare: (
    name: string,
    pair: readonly [citus: EventStorage, twin: EventStorage],
    work: (storage: EventStorage) => Promise<unknown>,
  ) => Promise<void>;
  /** All were the same. */
  readonly isClean: () => boolean;
  /** Lines with what was not the same, each kind of failure once, and the totals. */
  readonly report: () => string;
}

/** An empty one. */
export function createLedger(): Ledger {
  const outcomes = new Map<string, CheckResult>();
  const ofKind = (kind: CheckResult["kind"]) => [...outcomes].filter(([, outcome]) => outcome.kind === kind);
  return {
    note: (name, outcome) => void outcomes.set(name, outcome),
    compare: async (name, [citus, twin], work) => {
      const wanted = await work(twin);
      const outcome = await work(citus).then(
        (found): CheckResult => (isDeepStrictEqual(found, wanted) ? { kind: "same" } : { kind: "different" }),
        (error: unknown): CheckResult => ({
          kind: "failed",
          reason: error instanceof Error ? error.message : String(error),
        }),
      );
      outcomes.set(name, outcome);
    },
    isClean: () => outcomes.size > 0 && ofKind("same").length === outcomes.size,
    report: () => {
      const lines = [...outcomes].flatMap(([name, outcome]) => {
        if (outcome.kind === "same") return [];
        return [
          outcome.kind === "different" ? `different  ${name}` : `failed     ${name}: ${outcome.reason}`,
        ];
      });
      const totals = (["same", "different", "failed"] as const).map(
        (kind) => `${ofKind(kind).length} ${kind}`,
      );
      return [...lines, `${outcomes.size} checks: ${totals.join(", ")}`].join("\n");
    },
  };
}

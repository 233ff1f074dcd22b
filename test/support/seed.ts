/**
 * Set-up of every test file: in CI the properties run on one seed, so that a run shows the change and not luck. Elsewhere each run has a
 * seed of its own, which fast-check prints when a property fails; `FC_SEED` sets it.
 */
import fc from "fast-check";

const CI_SEED = 20_261_123;

/** The seed that this run is bound to, undefined for one of its own. */
export const FIXED_SEED: number | undefined =
  process.env["FC_SEED"] !== undefined
    ? Number(process.env["FC_SEED"])
    : process.env["CI"] === "true"
      ? CI_SEED
      : undefined;

// Where only the fact counts that a property fails, its smallest case is not looked for.
const endOnFailure = process.env["FC_SHRINK"] === "none";

fc.configureGlobal({ endOnFailure });
if (FIXED_SEED !== undefined) fc.configureGlobal({ endOnFailure, seed: FIXED_SEED });

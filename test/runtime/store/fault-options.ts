/** How long the tests of faults go on, and where they begin. */
import { FIXED_SEED } from "../../support/seed.js";

/** Rounds that each way of ingest goes through; FAULT_ROUNDS sets them, for a run that is longer than CI's. */
export const FAULT_ROUNDS = Number(process.env["FAULT_ROUNDS"] ?? 4);

/** Seed of the moments at which faults come: FAULT_SEED, else that of the run. The names of the tests tell it. */
export const FAULT_SEED = Number(process.env["FAULT_SEED"] ?? FIXED_SEED ?? Date.now() % 2 ** 31);

/** What `eventstore check --source` loads: a module of its own, for it needs the TypeScript compiler. */
export { checkSource, type SourceFinding, type SourceReport } from "./check-source.js";
export { createProjectReader } from "./project.js";

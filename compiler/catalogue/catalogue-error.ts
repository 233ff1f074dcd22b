/** A catalogue that can't work. */

/** Says of a catalogue what in it can't work and what to write instead; thrown when the catalogue is read. */
export class CatalogueError extends Error {
  override readonly name = "CatalogueError";
  readonly code = "catalogue_invalid";
  /** Everything that was found, a sentence each. */
  readonly problems: readonly string[];

  constructor(catalogue: string, problems: readonly string[]) {
    const [only = ""] = problems;
    const text = problems.length === 1 ? ` ${only}` : problems.map((problem) => `\n  ${problem}`).join("");
    super(`catalogue "${catalogue}":${text}`);
    this.problems = problems;
  }
}

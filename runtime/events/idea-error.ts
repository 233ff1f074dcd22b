/** Why an event was refused. */
import { DataError } from "../postgres/errors.js";

/** An event that cannot be stored: no object, no identifier, no time of detection. */
export class IdeaError extends DataError {
  /** Place in the event, `ID`; the event itself is `$`. */
  readonly path: string;
  /** What is wrong there, a phrase. */
  readonly reason: string;

  constructor(path: string, reason: string) {
    super(`the event cannot be stored: ${path}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

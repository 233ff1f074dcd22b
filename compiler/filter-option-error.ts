import { DataError } from "./values/errors.js";

/** An option of the compiler that makes no sense: a zone that does not exist, a part of a composition that is no filter. */
export class FilterOptionError extends DataError {
  constructor(problem: string) {
    super(problem, { code: "E600" });
  }
}

import { DataError } from "./values/errors.js";
import { findZone } from "./values/zone.js";

/** An option of the compiler that makes no sense: a zone that does not exist, a part of a composition that is no filter. */
export class FilterOptionError extends DataError {
  constructor(problem: string) {
    super(problem, { code: "E600" });
  }
}

/** @throws FilterOptionError when `timeZone` is neither an IANA name nor an offset */
export function checkTimeZone(timeZone: string): void {
  if (findZone(timeZone)) return;
  throw new FilterOptionError(
    `there is no time zone "${timeZone}"; use an IANA name such as Europe/Prague, or an offset such as +02:00`,
  );
}

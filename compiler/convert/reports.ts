/** The reports of a conversion: what means something else than before. */
import { CONVERSION_CODES } from "../../grammar/codes/conversions.js";

/** A code of the table that a report can have. */
export type ReportCode = Extract<keyof typeof CONVERSION_CODES, `C${string}`>;

/** What a report says. A report of one place may add a note with the particulars. */
export function reportMessage(code: ReportCode): string {
  return CONVERSION_CODES[code].meaning;
}

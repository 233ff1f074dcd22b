/** Faults of what operators are told, and of what leaves the store. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const OPERATORS_FAULTS: readonly Fault[] = [
  ...inFile(
    "statements",
    "runtime/postgres/failures.ts",
    [
      "lost-statement-is-final",
      'if (state === "26000") return { code: "statement_invalid", retryable: true };',
      "",
      "runtime/postgres/errors",
      "26000 in a transaction after DEALLOCATE ALL was not retryable",
    ],
    [
      "full-lock-table-is-retryable",
      'sqlState === "53200" && /max',
      'sqlState === "53201" && /max',
      "runtime/postgres/errors",
      "365 days, 8 counts at once: out of shared memory, called retryable, no setting named",
    ],
    [
      "protocol-error-is-a-lost-connection",
      "if (!fatal) return null;\n",
      "",
      "runtime/postgres/errors",
      "08P01 was a lost connection, retried for ever",
    ],
    [
      "damaged-library-untold",
      "if (isDamagedLibrary(report.message))",
      "if (report.fatal && isDamagedLibrary(report.message))",
      "runtime/postgres/errors",
      "a damaged library after an upgrade: install postgresql-contrib",
    ],
  ),
  ...inFile("statements", "runtime/postgres/errors.ts", [
    "reason-of-an-abort-lost",
    "const reason: unknown = context.signal?.reason;",
    "const reason: unknown = undefined;",
    "runtime/postgres/errors",
    "signal.reason was lost: a time limit could not be told from a user's abort",
  ]),
  ...inFile("statements", "runtime/postgres/redact.ts", [
    "password-with-a-slash-shown",
    "(:\\/\\/[^:@/?]*):[^]*@",
    "(:\\/\\/[^:@/?]*):[^/ ]*@",
    "runtime/server/redact",
    "a password with a blank or a slash in a URL was printed",
  ]),
  ...inFile("statements", "runtime/postgres/connection-string.ts", [
    "wrong-escape-is-fatal",
    "return escapes;",
    'throw new URIError("URI malformed");',
    "runtime/postgres/target",
    "application_name=100% in a URL: URIError",
  ]),
  ...inFile("statements", "scripts/cli/render/csv.ts", [
    "formula-in-a-cell",
    "[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20])|^(?=[\\t\\r])/gu",
    "[=+@\\uff1d\\uff0b\\uff0d\\uff20])/gu",
    "scripts/render/progress",
    "a csv cell that begins with - or a tab ran as a formula",
  ]),
];

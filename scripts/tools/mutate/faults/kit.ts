/** Faults of the testing kit. */
import { inFile, type Fault } from "./fault.js";

/** See the head of this file. */
export const KIT_FAULTS: readonly Fault[] = [
  ...inFile(
    "kit",
    "test/testing/reference-patterns.ts",
    [
      "byte-by-its-number-unknown",
      "\\\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})",
      "\\\\(?:x([0-9a-f]{9})|u([0-9a-f]{4})",
      "property/reference-patterns",
      "referenceMatch took \\x41 for x41",
    ],
    [
      "sign-by-its-number-unknown",
      "u\\{([0-9a-f]{1,6})\\})/iy",
      "u\\{([0-9a-f]{7,8})\\})/iy",
      "property/reference-patterns",
      "referenceMatch threw at \\u{1F600}",
    ],
    [
      "class-of-its-first-member",
      "members.some((member) => member(codePoint))",
      "members[0]?.(codePoint) === true",
      "property/reference-patterns",
      "referenceMatch was wrong for a set of several members",
    ],
    [
      "upper-shorthand-as-lower",
      "return letter === letter.toLowerCase() ? signs : (codePoint) => !signs(codePoint);",
      "return signs;",
      "property/reference-patterns",
    ],
  ),
  ...inFile(
    "kit",
    "test/testing/reference-machine.ts",
    [
      "match-must-begin-at-the-start",
      'new Set<Rest | null>(extent === "part" ? [start] : [])',
      "new Set<Rest | null>([])",
      "property/reference-patterns",
    ],
    [
      "repetition-once-too-often",
      "if (first.max === 0) return [following];",
      "if (first.max < 0) return [following];",
      "property/reference-patterns",
    ],
  ),
  ...inFile("kit", "test/testing/agreement.ts", [
    "disagreement-with-postgresql-unseen",
    "(postgresql !== undefined && postgresql !== reference)",
    "(postgresql === null && postgresql !== reference)",
    "property/shrinking",
  ]),
];

import { posix } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, first: a long file that begins last keeps one worker busy while the others have nothing left to do. */
const ORDER = [
  "test/database/differential.",
  "test/packaging/package.",
  "test/browser/",
  "test/property/small-world.",
  "test/runtime/store/",
  "test/database/",
  "test/scripts/",
  "test/",
];

/** Orders test files by {@link ORDER}; those of one place as Vitest does: by their last duration, else by size. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const path = posix.relative(project.config.root, moduleId);
      return ORDER.findIndex((start) => path.startsWith(start));
    };
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}

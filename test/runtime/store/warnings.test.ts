import { expect, it } from "vitest";
import { strayWarning } from "../../../runtime/store/status/warnings.js";

it("says what to do about days in the default partition, also where no partition can be made for them", () => {
  expect(strayWarning([19_000], 5)).toBe(
    "events of 1 days lie in the default partition (20220108): run refresh",
  );
  const days = Array.from({ length: 7 }, (_, index) => 19_000 + index);
  expect(strayWarning(days, 0)).toMatch(
    /^events of 7 days lie .*20220112, …\), as there are as many .*\(partitions merge\)/,
  );
});

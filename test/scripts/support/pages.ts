/** What the tests of commands find in a store. */
import type { EventStorage } from "../../../runtime/store/types.js";

/** An event whose description would colour the terminal. */
export const event = {
  ID: "59c85a23-11b6-4faf-9eff-55bfb5f7fda5",
  Format: "IDEA0",
  DetectTime: "2024-05-01T22:30:05Z",
  Category: ["Attempt.Login"],
  Description: "SSH \u001b[31mlogin\u001b[0m attempts",
  Source: [{ IP4: ["192.0.2.7"] }, { IP6: ["2001:db8::1"], Port: [4711] }],
  Target: [{ Port: [22, 25, 80, 443] }],
  _CESNET: { EventSeverity: "high" },
};

/** A storage whose every search yields these events as its only page. */
export function page(...events: object[]): Pick<EventStorage, "searchEvents"> {
  const result = { events: events.map((one) => JSON.stringify(one)), next: null, hasMore: false };
  return { searchEvents: (() => Promise.resolve(result)) as unknown as EventStorage["searchEvents"] };
}

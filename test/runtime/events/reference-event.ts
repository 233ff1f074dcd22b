/** The reference event E1 of the storage specification and variations on it. */

/** E1, a fresh copy. */
export function referenceEvent(): Record<string, unknown> {
  return {
    Format: "IDEA0",
    ID: "e1",
    DetectTime: "2012-11-03T10:00:07Z",
    Category: ["Fraud.Phishing", "Test"],
    Description: "Synthetic example",
    Source: [
      {
        Type: ["Phishing"],
        IP4: ["192.168.0.2-192.168.0.5", "192.168.0.0/25"],
        IP6: ["2001:db8::ff00:42:0/112"],
        Proto: ["tcp", "http"],
      },
    ],
    Target: [
      { Type: ["Backscatter", "OriginSpam"] },
      { Type: ["CasualIP"], IP4: ["10.2.2.0/24"], IP6: ["2001:ffff::ff00:42:0/112"], Port: [22, 25, 443] },
    ],
    Node: [{ Name: "org.example.kippo_honey", Type: ["Protocol", "Honeypot"] }],
    _CESNET: {
      StorageTime: "2017-04-05T10:21:39Z",
      ResolvedAbuses: ["abuse@cesnet.cz"],
      EventClass: "vulnerable-config-ssdp",
      EventSeverity: "low",
    },
  };
}

/** The smallest event that is stored without remarks, with other keys over it. */
export function smallEvent(keys: Record<string, unknown> = {}): Record<string, unknown> {
  return { Format: "IDEA0", ID: "small", DetectTime: "2024-05-01T08:00:00Z", Category: ["Test"], ...keys };
}

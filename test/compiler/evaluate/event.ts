/** An event with two sources, one target and some words. */
export const EVENT = {
  Format: "IDEA0",
  ID: "e1",
  DetectTime: "2024-05-01T12:00:00Z",
  CreateTime: "2024-05-15T12:34:56.789Z",
  Category: ["Recon.Scanning", "Attempt.Login"],
  Description: "SSH Login from 17 hosts",
  Confidence: 0.75,
  ConnCount: 5,
  Source: [
    { IP4: ["192.0.2.5"], Port: [22], Proto: ["tcp", "ssh"] },
    { IP4: ["10.0.0.0/24"], IP6: ["2001:db8::1"], Port: [80, 443], Proto: ["TCP"] },
  ],
  Target: [{ IP4: ["198.51.100.1-198.51.100.9"] }],
  Node: [{ Name: "cz.example.sensor", Type: ["Flow"] }],
  _CESNET: { EventSeverity: "High" },
};

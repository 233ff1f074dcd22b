/** Fields whose most frequent values stand beside the events. */
export const FACETS = ["category", "severity", "source.ip", "target.port", "node.name"];

/**
 * What Suricata's words mean in IDEA, as data.
 *
 * Source: the texts of Suricata's classification.config, which an alert carries as its category.
 */

/** Categories by the text of the class, in lower case. */
export const EVE_CATEGORIES: Readonly<Record<string, string>> = {
  "not suspicious traffic": "Other",
  "unknown traffic": "Anomaly.Traffic",
  "potentially bad traffic": "Anomaly.Traffic",
  "attempted information leak": "Recon.Scanning",
  "information leak": "Information.UnauthorizedAccess",
  "large scale information leak": "Information.UnauthorizedAccess",
  "attempted denial of service": "Availability.DoS",
  "denial of service": "Availability.DoS",
  "detection of a denial of service attack": "Availability.DoS",
  "detection of a distributed denial of service attack": "Availability.DDoS",
  "attempted user privilege gain": "Attempt.Exploit",
  "unsuccessful user privilege gain": "Attempt.Exploit",
  "successful user privilege gain": "Intrusion.UserCompromise",
  "attempted administrator privilege gain": "Attempt.Exploit",
  "successful administrator privilege gain": "Intrusion.AdminCompromise",
  "decode of an rpc query": "Recon.Scanning",
  "executable code was detected": "Malware",
  "a suspicious string was detected": "Anomaly.Traffic",
  "a suspicious filename was detected": "Anomaly.Traffic",
  "an attempted login using a suspicious username was detected": "Attempt.Login",
  "attempt to login by a default username and password": "Attempt.Login",
  "successful credential theft detected": "Intrusion.UserCompromise",
  "a system call was detected": "Anomaly.System",
  "a tcp connection was detected": "Anomaly.Connection",
  "a network trojan was detected": "Malware.Trojan",
  "a client was using an unusual port": "Anomaly.Connection",
  "detection of a network scan": "Recon.Scanning",
  "generic protocol command decode": "Anomaly.Protocol",
  "detection of a non-standard protocol or event": "Anomaly.Protocol",
  "access to a potentially vulnerable web application": "Attempt.Exploit",
  "web application attack": "Attempt.Exploit",
  "misc activity": "Anomaly.Traffic",
  "misc attack": "Attempt.Exploit",
  "generic icmp event": "Recon.Scanning",
  "inappropriate content was detected": "Abusive.Sexual",
  "potential corporate privacy violation": "Information.UnauthorizedAccess",
  "malware command and control activity detected": "Intrusion.Botnet",
  "domain observed used for c2 detected": "Intrusion.Botnet",
  "targeted malicious activity was detected": "Attempt.Exploit",
  "exploit kit activity detected": "Attempt.Exploit",
  "device retrieving external ip address detected": "Recon.Searching",
  "possibly unwanted program detected": "Malware",
  "possible social engineering attempted": "Recon.SocialEngineering",
  "crypto currency mining activity detected": "Fraud.UnauthorizedUsage",
};

/** What an alert of an unknown class is. */
export const EVE_OTHER_CATEGORY = "Anomaly.Traffic";

/** Severities by Suricata's priority. */
export const EVE_SEVERITIES: Readonly<Record<string, string>> = {
  1: "high",
  2: "medium",
  3: "low",
  4: "info",
};

/** Where what is read lies in a record; everything else is kept under the extension object. */
export const EVE_TAKEN: readonly string[] = [
  "timestamp",
  "event_type",
  "src_ip",
  "src_port",
  "dest_ip",
  "dest_port",
  "proto",
  "app_proto",
  "payload",
  "packet",
  "alert.signature",
  "alert.category",
  "alert.severity",
  "alert.source.ip",
  "alert.source.port",
  "alert.target.ip",
  "alert.target.port",
  "flow.start",
];

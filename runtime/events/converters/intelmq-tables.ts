/** What IntelMQ's words mean in IDEA, as data: the same as in IntelMQ's own expert for IDEA, with the names of older releases besides. */

/** Categories by `classification.type`. */
export const INTELMQ_CATEGORIES: Readonly<Record<string, string>> = {
  "application-compromise": "Intrusion.AppCompromise",
  backdoor: "Intrusion.AdminCompromise",
  blacklist: "Other",
  "brute-force": "Attempt.Login",
  burglary: "Intrusion",
  "c2-server": "Intrusion.Botnet",
  "c&c": "Intrusion.Botnet",
  compromised: "Intrusion.AdminCompromise",
  copyright: "Fraud.Copyright",
  "data-leak": "Information",
  "data-loss": "Information",
  ddos: "Availability.DDoS",
  "ddos-amplifier": "Intrusion.Botnet",
  defacement: "Intrusion.AppCompromise",
  "dga domain": "Anomaly.Behaviour",
  "dga-domain": "Anomaly.Behaviour",
  dos: "Availability.DoS",
  dropzone: "Information.UnauthorizedAccess",
  exploit: "Attempt.Exploit",
  "harmful-speech": "Abusive.Harassment",
  "ids-alert": "Attempt.Exploit",
  "ids alert": "Attempt.Exploit",
  "infected-system": "Malware",
  "botnet drone": "Malware",
  "information-disclosure": "Information.UnauthorizedAccess",
  malware: "Malware",
  "malware-configuration": "Malware",
  "malware configuration": "Malware",
  "malware-distribution": "Malware",
  masquerade: "Fraud.Scam",
  misconfiguration: "Availability.Outage",
  other: "Other",
  outage: "Availability.Outage",
  phishing: "Fraud.Phishing",
  "potentially-unwanted-accessible": "Vulnerable.Open",
  "privileged-account-compromise": "Intrusion.AdminCompromise",
  proxy: "Vulnerable.Config",
  ransomware: "Malware",
  sabotage: "Availability.Sabotage",
  scanner: "Recon.Scanning",
  sniffing: "Recon.Sniffing",
  "social-engineering": "Recon.SocialEngineering",
  spam: "Abusive.Spam",
  "system-compromise": "Intrusion.AdminCompromise",
  test: "Test",
  tor: "Other",
  "unauthorised-information-access": "Information.UnauthorizedAccess",
  "unauthorised-information-modification": "Information.UnauthorizedModification",
  "unauthorized-command": "Intrusion.AdminCompromise",
  "unauthorized-login": "Intrusion.AdminCompromise",
  "unauthorized-use-of-resources": "Fraud.UnauthorizedUsage",
  undetermined: "Other",
  unknown: "Other",
  "unprivileged-account-compromise": "Intrusion.UserCompromise",
  violence: "Abusive.Violence",
  "vulnerable-client": "Vulnerable.Config",
  "vulnerable client": "Vulnerable.Config",
  "vulnerable-service": "Vulnerable.Open",
  "vulnerable service": "Vulnerable.Open",
  "vulnerable-system": "Vulnerable.Config",
  "weak-crypto": "Vulnerable.Config",
};

/** What an event without a type, or of an unknown one, is. */
export const INTELMQ_OTHER_CATEGORY = "Other";

/** Types of the source by `classification.type`. */
export const INTELMQ_SOURCE_TYPES: Readonly<Record<string, string>> = {
  phishing: "Phishing",
  dropzone: "Dropzone",
  "malware-configuration": "MalwareConf",
  "malware configuration": "MalwareConf",
  "c2-server": "CC",
  "c&c": "CC",
  "dga domain": "DGA",
  "dga-domain": "DGA",
  proxy: "Proxy",
  tor: "Tor",
  "malware-distribution": "Malware",
};

/** Names of schemes for what is no URI by itself, by the key that holds it. */
export const INTELMQ_REFERENCES: Readonly<Record<string, string>> = {
  "classification.identifier": "malid:",
  "event_description.url": "",
  "feed.code": "intelmq_feed:",
  "misp.attribute_uuid": "misp_attr:",
  "misp.event_uuid": "misp_event:",
  rtir_id: "rtir:",
  screenshot_url: "",
};

/** Checksums of malware by the key that holds them. */
export const INTELMQ_HASHES: Readonly<Record<string, string>> = {
  "malware.hash": "crypt:",
  "malware.hash.md5": "md5:",
  "malware.hash.sha1": "sha1:",
  "malware.hash.sha256": "sha256:",
};

/** Keys of one side that have a key of IDEA. */
const SIDE = ["ip", "port", "fqdn", "reverse_dns", "asn", "url", "account", "local_hostname", "local_ip"];

/** Keys that are read; everything else is kept under the extension object. */
export const INTELMQ_TAKEN: readonly string[] = [
  ...["source", "destination"].flatMap((side) => SIDE.map((key) => `${side}.${key}`)),
  ...Object.keys(INTELMQ_REFERENCES),
  ...Object.keys(INTELMQ_HASHES),
  "__type",
  "time.observation",
  "time.source",
  "protocol.transport",
  "protocol.application",
  "event_description.text",
  "comment",
  "raw",
];

/**
 * The text that short events are compressed against: keys and values of IDEA0 in the ways in which feeds write them, the most frequent last,
 * where deflate reaches them by the shortest distances.
 *
 * FROZEN: stored events are read with it, so not a byte of it may change. A better text gets a format number of its own in event-text.ts.
 */

const CATEGORIES =
  "Abusive.Harassment Abusive.Child Abusive.Sexual Abusive.Violence Malware.Worm Malware.Spyware Malware.Dialer Malware.Rootkit Malware.Trojan Malware.Virus " +
  "Recon.Sniffing Recon.SocialEngineering Recon.Searching Attempt.NewSignature Intrusion.AdminCompromise Intrusion.UserCompromise Intrusion.AppCompromise " +
  "Availability.Sabotage Availability.Outage Availability.DoS Availability.DDoS Information.UnauthorizedModification Information.UnauthorizedAccess " +
  "Fraud.UnauthorizedUsage Fraud.Copyright Fraud.Masquerade Fraud.Scam Fraud.Phishing Vulnerable.Open Vulnerable.Config Anomaly.Connection Anomaly.Protocol " +
  "Anomaly.System Anomaly.Application Anomaly.Behaviour Anomaly.Traffic Other Test Abusive.Spam Intrusion.Botnet Attempt.Exploit Attempt.Login Recon.Scanning";

const WORDS =
  "Synthetic example suspicious communication with listed on blacklist Blacklisted tried to communicate with host multiple unsuccessful login attempts on " +
  "horizontal vertical port scan detected from using vulnerability amplification reflection bruteforce password payload honeypot connection connections " +
  "application/octet-stream text/plain base64 md5: sha1: sha256: https://www. http://www. .com .net .org .example OriginMalware Backscatter Phishing OriginSpam " +
  "Anonymised Imprecise Incomplete Spoofed MailboxName Botnet CC Scanner External Relay Tarpit Signature Statistical Heuristic Integrity Policy Content Data File " +
  "Host Protocol Blackhole Blacklist Recurrent Honeypot Packet Flow Connection Log Auth recon-scanning attempt-exploit attempt-login-ssh attempt-login-telnet " +
  "avail-ddos abusive-spam intrusion-botnet anomaly-traffic vulnerable-config critical medium high info low icmp sip rdp smtp dns ntp snmp http https telnet ssh udp tcp";

/** Objects of an event in Python's and in JavaScript's way of printing, from what is rare to what every event has. */
const SKELETON =
  `"_Mentat": {"TargetAbuses": ["abuse@"], "TargetClass": "", "TargetSeverity": "", "ShadowReporting": true, "InspectionErrors": ["` +
  `"_Mentat":{"TargetAbuses":["abuse@"],"TargetClass":"","TargetSeverity":"","InspectionErrors":["` +
  `"_CESNET": {"StorageTime": "2026-01-01T00:00:00Z", "EventClass": "", "EventSeverity": "", "ResolvedAbuses": ["abuse@"]}` +
  `"AggrID": ["AltNames": ["CorrelID": ["PredID": ["RelID": ["Availability": "Confidence": 0."TLP": "` +
  `"WinStartTime": "2026-01-01T00:00:00Z", "WinEndTime": "2026-01-01T00:00:00Z", "AggrWin": "00:05:00"` +
  `"OutFlowCount": , "OutByteCount": , "OutPacketCount": , "InFlowCount": , "InByteCount": , "InPacketCount": ` +
  `"Attach": [{"Handle": "att1", "FileName": ["Type": ["Hash": ["sha1:"ContentType": "text/plain", "ContentEncoding": "base64", "Size": , "Content": ""Note": ""Ref": ["` +
  `"Hostname": ["URL": ["MAC": ["Email": ["AttachHand": ["Netname": ["ripe:"ASN": ["Router": ["Bandwidth": ` +
  `{"Category": [""], "Format": "IDEA0", "ID": "", "CreateTime": "2026-01-01T00:00:00Z", "EventTime": "2026-01-01T00:00:00Z", ` +
  `"DetectTime": "2026-01-01T00:00:00Z", "CeaseTime": "2026-01-01T00:00:00Z", "Source": [{"Proto": ["tcp"], "IP4": ["192.168."], "IP6": ["2001:db8:"], "Port": [22], "Type": ["]}], ` +
  `"Node": [{"Name": "cz.cesnet.", "SW": [""], "Type": ["Flow", "Statistical"]}], "Target": [{"Proto": ["udp"], "IP4": ["10.0."], "Port": [80, 443]}], ` +
  `"Description": "", "ConnCount": 1, "FlowCount": 1, "PacketCount": 1, "ByteCount": 1}` +
  `"Attach":[{"Handle":"att1","FileName":["Type":["Hash":["sha1:"ContentType":"text/plain","ContentEncoding":"base64","Size":,"Content":""}],"Note":"","Ref":["` +
  `"WinStartTime":"2026-01-01T00:00:00Z","WinEndTime":"2026-01-01T00:00:00Z","Hostname":["URL":["ASN":[` +
  `"Node":[{"Name":"cz.","SW":[""],"Type":["Flow","Statistical"]},{"Name":"","Type":["Relay"]}],` +
  `"_CESNET":{"StorageTime":"2026-01-01T00:00:00Z","EventClass":"","EventSeverity":"","ResolvedAbuses":["abuse@"]}}` +
  `{"Format":"IDEA0","ID":"","DetectTime":"2026-01-01T00:00:00Z","EventTime":"2026-01-01T00:00:00Z","CeaseTime":"2026-01-01T00:00:00Z","CreateTime":"2026-01-01T00:00:00Z",` +
  `"Category":[""],"Description":"","Confidence":1,"ConnCount":1,"FlowCount":1,"PacketCount":1,"ByteCount":1,` +
  `"Source":[{"Proto":["tcp","ssh"],"IP4":["192.168."],"IP6":["2001:db8:"],"Port":[22],"Type":[""]}],"Target":[{"Proto":["udp"],"IP4":["10.0."],"Port":[80,443]}],`;

/** The dictionary of format 1, as text; ASCII only. */
export const EVENT_DICTIONARY: string = `${CATEGORIES} ${WORDS} ${SKELETON}`;

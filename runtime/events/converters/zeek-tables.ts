/** What Zeek's notices mean in IDEA, as data. Source: the notice types of Zeek's policy scripts. */

/** Categories by the type of the notice; `Scan::*` stands for all types of the module that are not named. */
export const ZEEK_CATEGORIES: Readonly<Record<string, string>> = {
  "Scan::*": "Recon.Scanning",
  "SSH::Password_Guessing": "Attempt.Login",
  "SSH::Login_By_Password_Guesser": "Intrusion.UserCompromise",
  "SSH::Watched_Country_Login": "Anomaly.Behaviour",
  "SSH::Interesting_Hostname_Login": "Anomaly.Behaviour",
  "FTP::Bruteforcing": "Attempt.Login",
  "FTP::Site_Exec_Success": "Intrusion.AdminCompromise",
  "HTTP::SQL_Injection_Attacker": "Attempt.Exploit",
  "HTTP::SQL_Injection_Victim": "Attempt.Exploit",
  "Heartbleed::*": "Attempt.Exploit",
  "Exploit::*": "Attempt.Exploit",
  "Intel::Notice": "Anomaly.Behaviour",
  "TeamCymruMalwareHashRegistry::Match": "Malware",
  "DNS::External_Name": "Vulnerable.Config",
  "SSL::*": "Vulnerable.Config",
  "SMTP::Blocklist_Error_Message": "Abusive.Spam",
  "SMTP::Blocklist_Blocked_Host": "Abusive.Spam",
  "SMTP::Suspicious_Origination": "Abusive.Spam",
  "Software::Vulnerable_Version": "Vulnerable.Config",
  "Weird::*": "Anomaly.Protocol",
  "PacketFilter::*": "Anomaly.System",
  "CaptureLoss::*": "Anomaly.System",
  "ProtocolDetector::*": "Anomaly.Protocol",
  "Traceroute::Detected": "Recon.Scanning",
  "Signatures::*": "Anomaly.Traffic",
};

/** What a notice of an unknown type is. */
export const ZEEK_OTHER_CATEGORY = "Anomaly.Traffic";

/** Where what is read lies in a notice; everything else is kept under the extension object. */
export const ZEEK_TAKEN: readonly string[] = [
  "ts",
  "id.orig_h",
  "id.orig_p",
  "id.resp_h",
  "id.resp_p",
  "src",
  "dst",
  "p",
  "proto",
  "msg",
  "sub",
  "n",
];

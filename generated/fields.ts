/**
 * The names that filters and rows are made of.
 *
 * Generated, do not edit: npm run generate
 */
/** A field of the filter language, also by the names of the Python module. */
export type FieldName =
  | "id"
  | "detect_time"
  | "storage_time"
  | "create_time"
  | "event_time"
  | "cease_time"
  | "win_start_time"
  | "win_end_time"
  | "category"
  | "description"
  | "note"
  | "confidence"
  | "conn_count"
  | "flow_count"
  | "packet_count"
  | "byte_count"
  | "alt_name"
  | "correl_id"
  | "aggr_id"
  | "pred_id"
  | "rel_id"
  | "ref"
  | "tlp"
  | "source.ip"
  | "source.port"
  | "source.type"
  | "source.protocol"
  | "source.hostname"
  | "source.url"
  | "source.mac"
  | "source.email"
  | "source.asn"
  | "source.netname"
  | "source.router"
  | "source.spoofed"
  | "source.imprecise"
  | "source.anonymised"
  | "source.note"
  | "target.ip"
  | "target.port"
  | "target.type"
  | "target.protocol"
  | "target.hostname"
  | "target.url"
  | "target.mac"
  | "target.email"
  | "target.asn"
  | "target.netname"
  | "target.router"
  | "target.spoofed"
  | "target.imprecise"
  | "target.anonymised"
  | "target.note"
  | "host.ip"
  | "host.port"
  | "host.type"
  | "host.protocol"
  | "host.hostname"
  | "host.url"
  | "host.mac"
  | "host.email"
  | "host.asn"
  | "host.netname"
  | "host.router"
  | "host.spoofed"
  | "host.imprecise"
  | "host.anonymised"
  | "host.note"
  | "protocol"
  | "text"
  | "node.name"
  | "node.type"
  | "node.software"
  | "node.aggr_win"
  | "severity"
  | "event_class"
  | "abuse_group"
  | "inspection_error"
  | "target_severity"
  | "target_class"
  | "target_group"
  | "shadow_reporting"
  | "shadow_reporting_target"
  | "event_subclass"
  | "target_subclass"
  | "impact"
  | "source_resolved_asn"
  | "source_resolved_country"
  | "target_resolved_asn"
  | "target_resolved_country"
  | "attach.hash"
  | "attach.filename"
  | "attach.type"
  | "attach.content_type"
  | "attach.size"
  | "attach.ref"
  | "attach.note"
  | keyof LegacyNames;
/** A column of the searched table. */
export type ColumnName =
  | "id"
  | "detect_time"
  | "storage_time"
  | "create_time"
  | "event_time"
  | "cease_time"
  | "win_start_time"
  | "win_end_time"
  | "category"
  | "description"
  | "note"
  | "confidence"
  | "conn_count"
  | "flow_count"
  | "packet_count"
  | "byte_count"
  | "alt_name"
  | "correl_id"
  | "aggr_id"
  | "pred_id"
  | "rel_id"
  | "ref"
  | "tlp"
  | "source_ip"
  | "source_port"
  | "source_type"
  | "source_protocol"
  | "source_hostname"
  | "source_url"
  | "source_mac"
  | "source_email"
  | "source_asn"
  | "source_netname"
  | "source_router"
  | "source_spoofed"
  | "source_imprecise"
  | "source_anonymised"
  | "source_note"
  | "target_ip"
  | "target_port"
  | "target_type"
  | "target_protocol"
  | "target_hostname"
  | "target_url"
  | "target_mac"
  | "target_email"
  | "target_asn"
  | "target_netname"
  | "target_router"
  | "target_spoofed"
  | "target_imprecise"
  | "target_anonymised"
  | "target_note"
  | "node_name"
  | "node_type"
  | "node_software"
  | "node_aggr_win"
  | "severity"
  | "event_class"
  | "abuse_group"
  | "inspection_error"
  | "target_severity"
  | "target_class"
  | "target_group"
  | "shadow_reporting"
  | "shadow_reporting_target"
  | "event_subclass"
  | "target_subclass"
  | "impact"
  | "source_resolved_asn"
  | "source_resolved_country"
  | "target_resolved_asn"
  | "target_resolved_country"
  | "attach_hash"
  | "attach_filename"
  | "attach_type"
  | "attach_content_type"
  | "attach_size"
  | "attach_ref"
  | "attach_note"
  | "source_count"
  | "source_elements"
  | "target_count"
  | "target_elements"
  | "node_count"
  | "node_elements"
  | "attach_count"
  | "attach_elements"
  | "ip_tokens";
/** What is written before has. */
export type GroupName = "source" | "target" | "node" | "attach" | "host";

/** Names of columns and search parameters of the Python module, with the fields that they stand for. */
export interface LegacyNames {
  /** @deprecated Write category. */
  readonly categories: "category";
  /** @deprecated Write tlp. */
  readonly tlps: "tlp";
  /** @deprecated Write source.ip. */
  readonly source_addrs: "source.ip";
  /** @deprecated Write source.port. */
  readonly source_ports: "source.port";
  /** @deprecated Write source.type. */
  readonly source_types: "source.type";
  /** @deprecated Write target.ip. */
  readonly target_addrs: "target.ip";
  /** @deprecated Write target.port. */
  readonly target_ports: "target.port";
  /** @deprecated Write target.type. */
  readonly target_types: "target.type";
  /** @deprecated Write host.ip. */
  readonly host_addrs: "host.ip";
  /** @deprecated Write host.port. */
  readonly host_ports: "host.port";
  /** @deprecated Write host.type. */
  readonly host_types: "host.type";
  /** @deprecated Write protocol. */
  readonly protocols: "protocol";
  /** @deprecated Write node.name. */
  readonly detectors: "node.name";
  /** @deprecated Write node.type. */
  readonly detector_types: "node.type";
  /** @deprecated Write severity. */
  readonly severities: "severity";
  /** @deprecated Write event_class. */
  readonly classes: "event_class";
  /** @deprecated Write abuse_group. */
  readonly groups: "abuse_group";
  /** @deprecated Write inspection_error. */
  readonly inspection_errs: "inspection_error";
  /** @deprecated Write target_severity. */
  readonly target_severities: "target_severity";
  /** @deprecated Write target_class. */
  readonly target_classes: "target_class";
  /** @deprecated Write target_group. */
  readonly target_groups: "target_group";
  /** @deprecated Write detect_time. */
  readonly detecttime: "detect_time";
  /** @deprecated Write storage_time. */
  readonly cesnet_storagetime: "storage_time";
  /** @deprecated Write storage_time. */
  readonly storagetime: "storage_time";
  /** @deprecated Write storage_time. */
  readonly mentat_storagetime: "storage_time";
  /** @deprecated Write create_time. */
  readonly createtime: "create_time";
  /** @deprecated Write event_time. */
  readonly eventtime: "event_time";
  /** @deprecated Write cease_time. */
  readonly ceasetime: "cease_time";
  /** @deprecated Write win_start_time. */
  readonly winstarttime: "win_start_time";
  /** @deprecated Write win_end_time. */
  readonly winendtime: "win_end_time";
  /** @deprecated Write conn_count. */
  readonly conncount: "conn_count";
  /** @deprecated Write flow_count. */
  readonly flowcount: "flow_count";
  /** @deprecated Write packet_count. */
  readonly packetcount: "packet_count";
  /** @deprecated Write byte_count. */
  readonly bytecount: "byte_count";
  /** @deprecated Write alt_name. */
  readonly altnames: "alt_name";
  /** @deprecated Write correl_id. */
  readonly correlid: "correl_id";
  /** @deprecated Write aggr_id. */
  readonly aggrid: "aggr_id";
  /** @deprecated Write pred_id. */
  readonly predid: "pred_id";
  /** @deprecated Write rel_id. */
  readonly relid: "rel_id";
  /** @deprecated Write source.ip. */
  readonly source_ip: "source.ip";
  /** @deprecated Write source.ip. */
  readonly source_ip4: "source.ip";
  /** @deprecated Write source.ip. */
  readonly source_ip6: "source.ip";
  /** @deprecated Write source.port. */
  readonly source_port: "source.port";
  /** @deprecated Write source.type. */
  readonly source_type: "source.type";
  /** @deprecated Write source.protocol. */
  readonly source_protocol: "source.protocol";
  /** @deprecated Write source.protocol. */
  readonly source_proto: "source.protocol";
  /** @deprecated Write source.hostname. */
  readonly source_hostname: "source.hostname";
  /** @deprecated Write source.url. */
  readonly source_url: "source.url";
  /** @deprecated Write source.mac. */
  readonly source_mac: "source.mac";
  /** @deprecated Write source.email. */
  readonly source_email: "source.email";
  /** @deprecated Write source.asn. */
  readonly source_asn: "source.asn";
  /** @deprecated Write source.netname. */
  readonly source_netname: "source.netname";
  /** @deprecated Write source.router. */
  readonly source_router: "source.router";
  /** @deprecated Write source.spoofed. */
  readonly source_spoofed: "source.spoofed";
  /** @deprecated Write source.imprecise. */
  readonly source_imprecise: "source.imprecise";
  /** @deprecated Write source.anonymised. */
  readonly source_anonymised: "source.anonymised";
  /** @deprecated Write source.note. */
  readonly source_note: "source.note";
  /** @deprecated Write target.ip. */
  readonly target_ip: "target.ip";
  /** @deprecated Write target.ip. */
  readonly target_ip4: "target.ip";
  /** @deprecated Write target.ip. */
  readonly target_ip6: "target.ip";
  /** @deprecated Write target.port. */
  readonly target_port: "target.port";
  /** @deprecated Write target.type. */
  readonly target_type: "target.type";
  /** @deprecated Write target.protocol. */
  readonly target_protocol: "target.protocol";
  /** @deprecated Write target.protocol. */
  readonly target_proto: "target.protocol";
  /** @deprecated Write target.hostname. */
  readonly target_hostname: "target.hostname";
  /** @deprecated Write target.url. */
  readonly target_url: "target.url";
  /** @deprecated Write target.mac. */
  readonly target_mac: "target.mac";
  /** @deprecated Write target.email. */
  readonly target_email: "target.email";
  /** @deprecated Write target.asn. */
  readonly target_asn: "target.asn";
  /** @deprecated Write target.netname. */
  readonly target_netname: "target.netname";
  /** @deprecated Write target.router. */
  readonly target_router: "target.router";
  /** @deprecated Write target.spoofed. */
  readonly target_spoofed: "target.spoofed";
  /** @deprecated Write target.imprecise. */
  readonly target_imprecise: "target.imprecise";
  /** @deprecated Write target.anonymised. */
  readonly target_anonymised: "target.anonymised";
  /** @deprecated Write target.note. */
  readonly target_note: "target.note";
  /** @deprecated Write host.ip. */
  readonly host_ip: "host.ip";
  /** @deprecated Write host.port. */
  readonly host_port: "host.port";
  /** @deprecated Write host.type. */
  readonly host_type: "host.type";
  /** @deprecated Write host.protocol. */
  readonly host_protocol: "host.protocol";
  /** @deprecated Write host.hostname. */
  readonly host_hostname: "host.hostname";
  /** @deprecated Write host.url. */
  readonly host_url: "host.url";
  /** @deprecated Write host.mac. */
  readonly host_mac: "host.mac";
  /** @deprecated Write host.email. */
  readonly host_email: "host.email";
  /** @deprecated Write host.asn. */
  readonly host_asn: "host.asn";
  /** @deprecated Write host.netname. */
  readonly host_netname: "host.netname";
  /** @deprecated Write host.router. */
  readonly host_router: "host.router";
  /** @deprecated Write host.spoofed. */
  readonly host_spoofed: "host.spoofed";
  /** @deprecated Write host.imprecise. */
  readonly host_imprecise: "host.imprecise";
  /** @deprecated Write host.anonymised. */
  readonly host_anonymised: "host.anonymised";
  /** @deprecated Write host.note. */
  readonly host_note: "host.note";
  /** @deprecated Write node.name. */
  readonly node_name: "node.name";
  /** @deprecated Write node.type. */
  readonly node_type: "node.type";
  /** @deprecated Write node.type. */
  readonly node_tags: "node.type";
  /** @deprecated Write node.software. */
  readonly node_software: "node.software";
  /** @deprecated Write node.software. */
  readonly node_sw: "node.software";
  /** @deprecated Write node.aggr_win. */
  readonly node_aggr_win: "node.aggr_win";
  /** @deprecated Write node.aggr_win. */
  readonly node_aggrwin: "node.aggr_win";
  /** @deprecated Write severity. */
  readonly cesnet_eventseverity: "severity";
  /** @deprecated Write severity. */
  readonly eventseverity: "severity";
  /** @deprecated Write severity. */
  readonly mentat_eventseverity: "severity";
  /** @deprecated Write event_class. */
  readonly cesnet_eventclass: "event_class";
  /** @deprecated Write event_class. */
  readonly eventclass: "event_class";
  /** @deprecated Write event_class. */
  readonly mentat_eventclass: "event_class";
  /** @deprecated Write abuse_group. */
  readonly cesnet_resolvedabuses: "abuse_group";
  /** @deprecated Write abuse_group. */
  readonly resolvedabuses: "abuse_group";
  /** @deprecated Write abuse_group. */
  readonly mentat_resolvedabuses: "abuse_group";
  /** @deprecated Write inspection_error. */
  readonly cesnet_inspectionerrors: "inspection_error";
  /** @deprecated Write inspection_error. */
  readonly inspectionerrors: "inspection_error";
  /** @deprecated Write inspection_error. */
  readonly mentat_inspectionerrors: "inspection_error";
  /** @deprecated Write target_severity. */
  readonly cesnet_targetseverity: "target_severity";
  /** @deprecated Write target_severity. */
  readonly targetseverity: "target_severity";
  /** @deprecated Write target_severity. */
  readonly mentat_targetseverity: "target_severity";
  /** @deprecated Write target_class. */
  readonly cesnet_targetclass: "target_class";
  /** @deprecated Write target_class. */
  readonly targetclass: "target_class";
  /** @deprecated Write target_class. */
  readonly mentat_targetclass: "target_class";
  /** @deprecated Write target_group. */
  readonly cesnet_targetabuses: "target_group";
  /** @deprecated Write target_group. */
  readonly targetabuses: "target_group";
  /** @deprecated Write target_group. */
  readonly mentat_targetabuses: "target_group";
  /** @deprecated Write shadow_reporting. */
  readonly cesnet_shadowreporting: "shadow_reporting";
  /** @deprecated Write shadow_reporting. */
  readonly shadowreporting: "shadow_reporting";
  /** @deprecated Write shadow_reporting. */
  readonly mentat_shadowreporting: "shadow_reporting";
  /** @deprecated Write shadow_reporting_target. */
  readonly cesnet_shadowreportingtarget: "shadow_reporting_target";
  /** @deprecated Write shadow_reporting_target. */
  readonly shadowreportingtarget: "shadow_reporting_target";
  /** @deprecated Write shadow_reporting_target. */
  readonly mentat_shadowreportingtarget: "shadow_reporting_target";
  /** @deprecated Write event_subclass. */
  readonly cesnet_eventsubclass: "event_subclass";
  /** @deprecated Write event_subclass. */
  readonly eventsubclass: "event_subclass";
  /** @deprecated Write event_subclass. */
  readonly mentat_eventsubclass: "event_subclass";
  /** @deprecated Write target_subclass. */
  readonly cesnet_targetsubclass: "target_subclass";
  /** @deprecated Write target_subclass. */
  readonly targetsubclass: "target_subclass";
  /** @deprecated Write target_subclass. */
  readonly mentat_targetsubclass: "target_subclass";
  /** @deprecated Write impact. */
  readonly cesnet_impact: "impact";
  /** @deprecated Write impact. */
  readonly mentat_impact: "impact";
  /** @deprecated Write source_resolved_asn. */
  readonly cesnet_sourceresolvedasn: "source_resolved_asn";
  /** @deprecated Write source_resolved_asn. */
  readonly sourceresolvedasn: "source_resolved_asn";
  /** @deprecated Write source_resolved_asn. */
  readonly mentat_sourceresolvedasn: "source_resolved_asn";
  /** @deprecated Write source_resolved_country. */
  readonly cesnet_sourceresolvedcountry: "source_resolved_country";
  /** @deprecated Write source_resolved_country. */
  readonly sourceresolvedcountry: "source_resolved_country";
  /** @deprecated Write source_resolved_country. */
  readonly mentat_sourceresolvedcountry: "source_resolved_country";
  /** @deprecated Write target_resolved_asn. */
  readonly cesnet_targetresolvedasn: "target_resolved_asn";
  /** @deprecated Write target_resolved_asn. */
  readonly targetresolvedasn: "target_resolved_asn";
  /** @deprecated Write target_resolved_asn. */
  readonly mentat_targetresolvedasn: "target_resolved_asn";
  /** @deprecated Write target_resolved_country. */
  readonly cesnet_targetresolvedcountry: "target_resolved_country";
  /** @deprecated Write target_resolved_country. */
  readonly targetresolvedcountry: "target_resolved_country";
  /** @deprecated Write target_resolved_country. */
  readonly mentat_targetresolvedcountry: "target_resolved_country";
  /** @deprecated Write attach.hash. */
  readonly attach_hash: "attach.hash";
  /** @deprecated Write attach.filename. */
  readonly attach_filename: "attach.filename";
  /** @deprecated Write attach.type. */
  readonly attach_type: "attach.type";
  /** @deprecated Write attach.content_type. */
  readonly attach_content_type: "attach.content_type";
  /** @deprecated Write attach.content_type. */
  readonly attach_contenttype: "attach.content_type";
  /** @deprecated Write attach.size. */
  readonly attach_size: "attach.size";
  /** @deprecated Write attach.ref. */
  readonly attach_ref: "attach.ref";
  /** @deprecated Write attach.note. */
  readonly attach_note: "attach.note";
}

/** An order of a search. */
export type SortName = "detect_time.desc" | "detect_time.asc" | "storage_time.desc" | "storage_time.asc";

/** What a store that is opened with the client knows by name. */
export interface StoreNames {
  readonly field: FieldName;
  readonly column: ColumnName;
  readonly sort: SortName;
}

/** A category: a known one or any other. */
export type Category =
  | "Abusive"
  | "Abusive.Spam"
  | "Abusive.Harassment"
  | "Abusive.Child"
  | "Abusive.Sexual"
  | "Abusive.Violence"
  | "Malware"
  | "Malware.Virus"
  | "Malware.Worm"
  | "Malware.Trojan"
  | "Malware.Spyware"
  | "Malware.Dialer"
  | "Malware.Rootkit"
  | "Recon"
  | "Recon.Scanning"
  | "Recon.Sniffing"
  | "Recon.SocialEngineering"
  | "Recon.Searching"
  | "Attempt"
  | "Attempt.Exploit"
  | "Attempt.Login"
  | "Attempt.NewSignature"
  | "Intrusion"
  | "Intrusion.AdminCompromise"
  | "Intrusion.UserCompromise"
  | "Intrusion.AppCompromise"
  | "Intrusion.Botnet"
  | "Availability"
  | "Availability.DoS"
  | "Availability.DDoS"
  | "Availability.Sabotage"
  | "Availability.Outage"
  | "Information"
  | "Information.UnauthorizedAccess"
  | "Information.UnauthorizedModification"
  | "Fraud"
  | "Fraud.UnauthorizedUsage"
  | "Fraud.Copyright"
  | "Fraud.Masquerade"
  | "Fraud.Phishing"
  | "Fraud.Scam"
  | "Vulnerable"
  | "Vulnerable.Open"
  | "Vulnerable.Config"
  | "Anomaly"
  | "Anomaly.Traffic"
  | "Anomaly.Connection"
  | "Anomaly.Protocol"
  | "Anomaly.System"
  | "Anomaly.Application"
  | "Anomaly.Behaviour"
  | "Other"
  | "Test"
  | (string & NonNullable<unknown>);
/** A severity. */
export type Severity = "info" | "low" | "medium" | "high" | "critical";
/** A TLP label. */
export type Tlp = "RED" | "AMBER" | "AMBER+STRICT" | "GREEN" | "CLEAR";
/** A source or target type: a known one or any other. */
export type EndpointType =
  | "Proxy"
  | "OriginMalware"
  | "OriginSandbox"
  | "OriginSpam"
  | "Phishing"
  | "Malware"
  | "MITM"
  | "Spam"
  | "Backscatter"
  | "Open"
  | "Poisoned"
  | "FastFlux"
  | "Botnet"
  | "CC"
  | "Incomplete"
  | "CasualIP"
  | "OriginBlacklist"
  | "Miner"
  | "PoolServer"
  | "Booter"
  | (string & NonNullable<unknown>);
/** A node type: a known one or any other. */
export type NodeType =
  | "Connection"
  | "Datagram"
  | "Content"
  | "Data"
  | "File"
  | "Flow"
  | "Log"
  | "Protocol"
  | "Host"
  | "Network"
  | "Correlation"
  | "External"
  | "Reporting"
  | "Blackhole"
  | "Signature"
  | "Statistical"
  | "Heuristic"
  | "Integrity"
  | "Policy"
  | "Honeypot"
  | "Tarpit"
  | "Recon"
  | "Monitor"
  | "Blacklist"
  | "Relay"
  | (string & NonNullable<unknown>);
/** A protocol: a known one or any other. */
export type Protocol =
  | "tcp"
  | "udp"
  | "icmp"
  | "ipv6-icmp"
  | "sctp"
  | "gre"
  | "esp"
  | "igmp"
  | "ip"
  | "ipv4"
  | "ipv6"
  | "http"
  | "https"
  | "ssh"
  | "telnet"
  | "ftp"
  | "ftps"
  | "sftp"
  | "tftp"
  | "smtp"
  | "smtps"
  | "submission"
  | "pop3"
  | "pop3s"
  | "imap"
  | "imaps"
  | "dns"
  | "domain"
  | "ntp"
  | "snmp"
  | "ldap"
  | "ldaps"
  | "sip"
  | "sips"
  | "rtp"
  | "rdp"
  | "vmrdp"
  | "ms-wbt-server"
  | "vnc"
  | "smb"
  | "microsoft-ds"
  | "netbios"
  | "netbios-ns"
  | "netbios-ssn"
  | "ssdp"
  | "mdns"
  | "llmnr"
  | "nfs"
  | "rpc"
  | "sunrpc"
  | "portmap"
  | "kerberos"
  | "radius"
  | "syslog"
  | "irc"
  | "xmpp"
  | "mysql"
  | "postgresql"
  | "mssql"
  | "ms-sql"
  | "oracle"
  | "mongodb"
  | "redis"
  | "memcached"
  | "elasticsearch"
  | "mqtt"
  | "coap"
  | "modbus"
  | "bacnet"
  | "dnp3"
  | "s7comm"
  | "chargen"
  | "qotd"
  | "bittorrent"
  | "tor"
  | "tls"
  | "ssl"
  | "quic"
  | "ike"
  | "isakmp"
  | "l2tp"
  | "pptp"
  | "socks"
  | "upnp"
  | (string & NonNullable<unknown>);
/** An event class: a known one or any other. */
export type Class = (string & NonNullable<unknown>);
/** A country: a known one or any other. */
export type Country = (string & NonNullable<unknown>);

/** The fields with their documentation, for editors. */
export interface FieldDescriptions {
  /** Unique identifier of the event. */
  readonly id: "id";
  /** When the detector noticed the event. */
  readonly detect_time: "time";
  /** When the event came into the store. */
  readonly storage_time: "time";
  /** When the message was made. */
  readonly create_time: "time";
  /** Presumed start of the event. */
  readonly event_time: "time";
  /** Presumed end of the event. */
  readonly cease_time: "time";
  /** Start of the aggregation window. */
  readonly win_start_time: "time";
  /** End of the aggregation window. */
  readonly win_end_time: "time";
  /** Kinds of security event, dotted from general to special. */
  readonly category: "hierarchy[]";
  /** Short free text. */
  readonly description: "text";
  /** Longer free text. */
  readonly note: "text";
  /** How sure the detector is, 0 to 1. */
  readonly confidence: "float";
  /** Number of connections. */
  readonly conn_count: "integer";
  /** Number of flows. */
  readonly flow_count: "integer";
  /** Number of packets. */
  readonly packet_count: "integer";
  /** Number of bytes. */
  readonly byte_count: "integer";
  /** Other names of the event, as other systems know it. */
  readonly alt_name: "text[]";
  /** Identifiers of the events that this one was correlated from. */
  readonly correl_id: "id[]";
  /** Identifiers of the events that this one was aggregated from. */
  readonly aggr_id: "id[]";
  /** Identifiers of the events that this one replaces. */
  readonly pred_id: "id[]";
  /** Identifiers of events that have to do with this one. */
  readonly rel_id: "id[]";
  /** References: URLs, CVE numbers and the like. */
  readonly ref: "text[]";
  /** Traffic light protocol label of the message. */
  readonly tlp: "enum";
  /** Addresses, networks and ranges of the attacker or origin. */
  readonly "source.ip": "ip[]";
  /** Ports of the attacker or origin. */
  readonly "source.port": "integer[]";
  /** Role tags of the attacker or origin. */
  readonly "source.type": "enum[]";
  /** Protocols of the attacker or origin, lower case. */
  readonly "source.protocol": "enum[]";
  /** Host names of the attacker or origin. */
  readonly "source.hostname": "text[]";
  /** URLs of the attacker or origin. */
  readonly "source.url": "text[]";
  /** Hardware addresses of the attacker or origin. */
  readonly "source.mac": "text[]";
  /** Mail addresses of the attacker or origin. */
  readonly "source.email": "text[]";
  /** Autonomous system numbers of the attacker or origin. */
  readonly "source.asn": "integer[]";
  /** Registry names of the network of the attacker or origin. */
  readonly "source.netname": "text[]";
  /** Routers or interfaces through which the traffic of the attacker or origin came. */
  readonly "source.router": "text[]";
  /** The address of the attacker or origin is presumably forged. */
  readonly "source.spoofed": "boolean[]";
  /** The data on the attacker or origin are known to be imprecise. */
  readonly "source.imprecise": "boolean[]";
  /** The address of the attacker or origin is anonymised. */
  readonly "source.anonymised": "boolean[]";
  /** Remarks on the attacker or origin. */
  readonly "source.note": "text[]";
  /** Addresses, networks and ranges of the victim or destination. */
  readonly "target.ip": "ip[]";
  /** Ports of the victim or destination. */
  readonly "target.port": "integer[]";
  /** Role tags of the victim or destination. */
  readonly "target.type": "enum[]";
  /** Protocols of the victim or destination, lower case. */
  readonly "target.protocol": "enum[]";
  /** Host names of the victim or destination. */
  readonly "target.hostname": "text[]";
  /** URLs of the victim or destination. */
  readonly "target.url": "text[]";
  /** Hardware addresses of the victim or destination. */
  readonly "target.mac": "text[]";
  /** Mail addresses of the victim or destination. */
  readonly "target.email": "text[]";
  /** Autonomous system numbers of the victim or destination. */
  readonly "target.asn": "integer[]";
  /** Registry names of the network of the victim or destination. */
  readonly "target.netname": "text[]";
  /** Routers or interfaces through which the traffic of the victim or destination came. */
  readonly "target.router": "text[]";
  /** The address of the victim or destination is presumably forged. */
  readonly "target.spoofed": "boolean[]";
  /** The data on the victim or destination are known to be imprecise. */
  readonly "target.imprecise": "boolean[]";
  /** The address of the victim or destination is anonymised. */
  readonly "target.anonymised": "boolean[]";
  /** Remarks on the victim or destination. */
  readonly "target.note": "text[]";
  /** Ip of either side, source or target. */
  readonly "host.ip": "ip[]";
  /** Port of either side, source or target. */
  readonly "host.port": "integer[]";
  /** Type of either side, source or target. */
  readonly "host.type": "enum[]";
  /** Protocol of either side, source or target. */
  readonly "host.protocol": "enum[]";
  /** Hostname of either side, source or target. */
  readonly "host.hostname": "text[]";
  /** Url of either side, source or target. */
  readonly "host.url": "text[]";
  /** Mac of either side, source or target. */
  readonly "host.mac": "text[]";
  /** Email of either side, source or target. */
  readonly "host.email": "text[]";
  /** Asn of either side, source or target. */
  readonly "host.asn": "integer[]";
  /** Netname of either side, source or target. */
  readonly "host.netname": "text[]";
  /** Router of either side, source or target. */
  readonly "host.router": "text[]";
  /** Spoofed of either side, source or target. */
  readonly "host.spoofed": "boolean[]";
  /** Imprecise of either side, source or target. */
  readonly "host.imprecise": "boolean[]";
  /** Anonymised of either side, source or target. */
  readonly "host.anonymised": "boolean[]";
  /** Note of either side, source or target. */
  readonly "host.note": "text[]";
  /** Protocols of either side, lower case. */
  readonly protocol: "enum[]";
  /** The texts people look into: description, note, names of detectors and hosts. */
  readonly text: "text[]";
  /** Names of the detectors and relays, dotted. */
  readonly "node.name": "text[]";
  /** How the detectors work. */
  readonly "node.type": "enum[]";
  /** Names of the detection software. */
  readonly "node.software": "text[]";
  /** Lengths of time over which the detectors aggregate. */
  readonly "node.aggr_win": "duration[]";
  /** How serious, from info to critical. */
  readonly severity: "ordered";
  /** Finer classification, lower case. */
  readonly event_class: "enum";
  /** Abuse contacts responsible for the sources, by the names of their groups, whose case counts. */
  readonly abuse_group: "text[]";
  /** What was found wrong with the event. */
  readonly inspection_error: "text[]";
  /** How serious for the targets. */
  readonly target_severity: "ordered";
  /** Finer classification for the targets, lower case. */
  readonly target_class: "enum";
  /** Abuse contacts responsible for the targets. */
  readonly target_group: "text[]";
  /** Reports on the sources go to the operators alone. */
  readonly shadow_reporting: "boolean";
  /** Reports on the targets go to the operators alone. */
  readonly shadow_reporting_target: "boolean";
  /** Subdivisions of the class, lower case. */
  readonly event_subclass: "enum[]";
  /** Subdivisions of the class for the targets, lower case. */
  readonly target_subclass: "enum[]";
  /** What the event may lead to. */
  readonly impact: "text";
  /** Autonomous system numbers that the addresses of the sources were found to belong to. */
  readonly source_resolved_asn: "integer[]";
  /** Countries that the addresses of the sources were found to be in, codes of two letters in upper case. */
  readonly source_resolved_country: "enum[]";
  /** Autonomous system numbers that the addresses of the targets were found to belong to. */
  readonly target_resolved_asn: "integer[]";
  /** Countries that the addresses of the targets were found to be in, codes of two letters in upper case. */
  readonly target_resolved_country: "enum[]";
  /** Checksums of attachments. */
  readonly "attach.hash": "text[]";
  /** File names of attachments. */
  readonly "attach.filename": "text[]";
  /** Kinds of attachment. */
  readonly "attach.type": "text[]";
  /** Media types of attachments. */
  readonly "attach.content_type": "text[]";
  /** Sizes of attachments in bytes. */
  readonly "attach.size": "integer[]";
  /** References of attachments. */
  readonly "attach.ref": "text[]";
  /** Remarks on attachments. */
  readonly "attach.note": "text[]";
}

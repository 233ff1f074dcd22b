/**
 * What other tools call the fields of IDEA: Elastic Common Schema, Zeek, Suricata, Wireshark, the columns of Mentat's database, and what
 * people type. For messages only; a catalogue that lacks a field has no use for its synonyms. Separators don't count: `src_ip` is `srcip`.
 */

/** Names of the sides: each comes before or after one of {@link INNER}. */
export const SIDES: Readonly<Record<string, string>> = {
  source: "source sources src client attacker orig originator",
  target: "target targets dst dest destination tgt server victim resp responder",
  host: "host addr",
};

/** Names of what an endpoint has. `h` and `p` are Zeek's. */
export const INNER: Readonly<Record<string, string>> = {
  ip: "ip ips addr addrs address addresses ip4 ip6 ipv4 ipv6 ipaddr ipaddress h nat.ip",
  port: "port ports p",
  protocol: "proto prot protocol protocols transport",
  hostname: "host hostname hostnames domain fqdn name dns",
  mac: "mac macs macaddr macaddress hw",
  email: "email emails mail from.address to.address",
  asn: "as asn asnumber",
  netname: "netname net network as.organization.name",
  url: "url urls uri url.full",
  type: "type types tag tags",
};

/** What comes before such a name in Wireshark and Zeek and says nothing of the side. */
export const LAYERS = "id tcp udp sctp ip ipv6 eth net network flow related";

/** Whole names. */
export const WHOLE: Readonly<Record<string, string>> = {
  "host.ip": "host ip.addr ipv6.addr related.ip anyip",
  "source.ip": "ip.src ipv6.src src source sip saddr orig.h",
  "target.ip": "ip.dst ipv6.dst dst dest destination dip daddr resp.h",
  "source.port": "sport spt",
  "target.port": "dport dpt",
  "host.port": "tcp.port udp.port",
  "source.mac": "eth.src smac",
  "target.mac": "eth.dst dmac",
  "host.mac": "eth.addr",
  "target.hostname": "http.host http.hostname dns.rrname dns.question.name tls.sni server.name",
  "target.url": "http.url http.request.uri url.full url.original",
  protocol: "proto prot ip.proto network.transport network.protocol app.proto service l4proto",
  detect_time: "timestamp @timestamp time ts date datetime detected event.created frame.time when",
  storage_time: "stored inserted ingested event.ingested cesnet.storagetime",
  event_time: "event.start starttime flow.start",
  cease_time: "event.end endtime flow.end",
  category: "cat event.category alert.category",
  description: "desc message msg summary title alert.signature signature event.reason",
  severity: "sev level priority event.severity alert.severity cesnet.eventseverity",
  event_class: "class eventclass cesnet.eventclass classification",
  abuse_group: "group abuse abuses contact cesnet.resolvedabuses",
  inspection_error: "error errors cesnet.inspectionerrors",
  "node.name": "node detector sensor sensors observer.name agent.name analyzer analyser probe",
  "node.software": "software observer.product agent.type tool",
  "node.type": "observer.type sensor.type",
  conn_count: "connections conns",
  flow_count: "flows",
  packet_count: "packets pkts network.packets",
  byte_count: "bytes octets network.bytes size",
  confidence: "conf certainty",
  id: "uuid guid uid event.id",
  tlp: "marking tlp.marking threat.indicator.marking.tlp",
  ref: "reference references cve vulnerability.id",
  note: "notes comment comments remark",
  "attach.hash": "hash md5 sha1 sha256 file.hash file.hash.md5 file.hash.sha1 file.hash.sha256",
  "attach.filename": "filename file.name",
  "attach.type": "mime mimetype file.mime.type file.type",
};

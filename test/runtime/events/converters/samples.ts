/** Records as the tools write them; addresses are those for documentation. */

/** Suricata's eve.json: an alert among records of other kinds. */
export const EVE = [
  {
    timestamp: "2016-10-13T12:55:00.123456+0200",
    flow_id: 1676750115612680,
    in_iface: "eth0",
    event_type: "alert",
    vlan: [12],
    src_ip: "192.0.2.10",
    src_port: 51234,
    dest_ip: "198.51.100.7",
    dest_port: 80,
    proto: "TCP",
    community_id: "1:wCb3OG7yAFWelaUydu0D+125CLM=",
    host: "sensor-1.example.org",
    tx_id: 0,
    alert: {
      action: "allowed",
      gid: 1,
      signature_id: 2024056,
      rev: 4,
      signature: "ET MALWARE Win32/CryFile Checkin",
      category: "A Network Trojan was detected",
      severity: 1,
      metadata: { created_at: ["2017_03_11"] },
    },
    http: { hostname: "www.example.com", url: "/gate.php?id=1", http_method: "GET", length: 12 },
    app_proto: "http",
    flow: {
      pkts_toserver: 4,
      pkts_toclient: 3,
      bytes_toserver: 18446744073709,
      bytes_toclient: 291,
      start: "2016-10-13T12:54:59.000000+0200",
    },
    payload: "R0VUIC8=",
    stream: 1,
  },
  {
    timestamp: "2016-10-13T12:55:01.000000+0200",
    event_type: "flow",
    src_ip: "192.0.2.10",
    flow: { state: "new" },
  },
  { timestamp: "2016-10-13T12:55:02.000000+0200", event_type: "stats", stats: { uptime: 10 } },
  {
    timestamp: "2016-10-13T12:55:03.000000+0200",
    event_type: "dns",
    dns: { type: "query", rrname: "a.example" },
  },
  {
    timestamp: "2016-10-13T12:55:04.000000+0200",
    event_type: "alert",
    src_ip: "2001:db8::1",
    dest_ip: "2001:db8::2",
    proto: "IPv6-ICMP",
    icmp_type: 8,
    alert: {
      signature: "SCAN",
      category: "Detection of a Network Scan",
      severity: 3,
      source: { ip: "2001:db8::2" },
      target: { ip: "2001:db8::1" },
    },
  },
] as const;

/** IntelMQ's events as its file output writes them. */
export const INTELMQ = [
  {
    "classification.identifier": "zeus",
    "classification.taxonomy": "malicious-code",
    "classification.type": "c2-server",
    "feed.accuracy": 95,
    "feed.name": "Feodo Tracker",
    "feed.url": "https://feodotracker.example.org/blocklist.csv",
    "malware.name": "heodo",
    "protocol.transport": "tcp",
    raw: "MjAxNi0xMC0xMyAxMjo1NTowMCwxOTIuMC4yLjk=",
    "source.asn": 64500,
    "source.ip": "192.0.2.9",
    "source.port": 8080,
    "source.geolocation.cc": "CZ",
    "time.observation": "2016-10-13T11:00:00+00:00",
    "time.source": "2016-10-13T10:55:00+00:00",
    "extra.status": "online",
  },
  {
    __type: "Report",
    "feed.name": "Feodo Tracker",
    raw: "eA==",
    "time.observation": "2016-10-13T11:00:00+00:00",
  },
] as const;

/** Zeek's notice.log, with a record of conn.log between. */
export const ZEEK = [
  {
    ts: 1476356100.123456,
    note: "Scan::Port_Scan",
    msg: "192.0.2.30 scanned at least 15 unique ports of host 198.51.100.8 in 0m1s",
    sub: "remote",
    src: "192.0.2.30",
    dst: "198.51.100.8",
    n: 15,
    peer_descr: "worker-1-2",
    actions: ["Notice::ACTION_LOG"],
    suppress_for: 3600.0,
  },
  {
    ts: 1476356101.5,
    uid: "CHhAvVGS1DHFjwGM9",
    "id.orig_h": "192.0.2.30",
    "id.resp_h": "198.51.100.8",
    proto: "tcp",
  },
  {
    ts: "2016-10-13T10:55:02.000000Z",
    uid: "C4J4Th3PJpwUYZZ6gc",
    "id.orig_h": "192.0.2.31",
    "id.orig_p": 40123,
    "id.resp_h": "198.51.100.8",
    "id.resp_p": 443,
    proto: "tcp",
    note: "SSL::Invalid_Server_Cert",
    msg: "SSL certificate validation failed with (self signed certificate)",
  },
] as const;

/** The first notice as Zeek's own lines. */
export const ZEEK_LOG = [
  "#separator \\x09",
  "#set_separator\t,",
  "#empty_field\t(empty)",
  "#unset_field\t-",
  "#path\tnotice",
  "#open\t2016-10-13-10-55-00",
  "#fields\tts\tuid\tid.orig_h\tnote\tmsg\tsub\tsrc\tdst\tp\tn\tpeer_descr\tactions\tsuppress_for",
  "#types\ttime\tstring\taddr\tenum\tstring\tstring\taddr\taddr\tport\tcount\tstring\tset[enum]\tinterval",
  "1476356100.123456\t-\t-\tScan::Port_Scan\ta\\x09b\tremote\t192.0.2.30\t198.51.100.8\t22\t15\tworker-1-2\tNotice::ACTION_LOG,Notice::ACTION_ALARM\t3600.0",
  "#close\t2016-10-13-11-00-00",
  "",
].join("\n");

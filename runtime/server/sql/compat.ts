/**
 * ip4r's types in pure SQL, for a PostgreSQL (16 or newer) that has no ip4r: development, demo and tests with the embedded server.
 *
 * `iprange` is a range over inet (closed bounds, host masks) with ip4r's operator names on the built-in C range functions. The
 * points that make it exact:
 * - LANGUAGE internal re-types built-in C functions, so that no extension library is needed.
 * - `<<=` and `>>=` are declared on anyrange: range_gist_consistent takes any other right-hand type for an element.
 * - Restriction estimators are contsel: rangesel refuses operators that it does not know once a table has statistics.
 * - The type's own typinput and typoutput are replaced by SQL functions, through a helper type with the layout of a C string
 *   (length -2), so that `$1::iprange`, `iprange[]` literals, COPY, to_jsonb and a selected column all speak ip4r's syntax. That is
 *   one UPDATE of pg_type, and the reason why this needs a superuser and is no substitute in production.
 * - Functions have parsed bodies (RETURN …) or qualified names: since PostgreSQL 17 index builds and ANALYZE run with a search path of
 *   pg_catalog alone.
 *
 * Not covered: the size operators `@` and `@@`, cidr_split, masklen, net_mask, the scalar types ip4 and ip6, arithmetic, binary I/O.
 * `-` (everything) sorts after 0.0.0.0/x here and before it in ip4r.
 */

/** Name of the schema that {@link compatSql} fills. It has to be on the search path of whoever uses the types unqualified. */
export const compatSchema = "ip4r_compat";

/** Search path of a database with the compatibility schema. `public` comes first, so that tables are created there. */
export const compatSearchPath = `"$user", public, ${compatSchema}`;

/** The SQL, for one simple query in one transaction. Fails if the schema exists: ask for the schema first. */
export const compatSql = `
CREATE SCHEMA ip4r_compat;
GRANT USAGE ON SCHEMA ip4r_compat TO PUBLIC;
SET LOCAL search_path = ip4r_compat, pg_catalog;

CREATE TYPE iprange AS RANGE (SUBTYPE = inet, MULTIRANGE_TYPE_NAME = iprange_multirange);

-- One address: the bytes of inet, printed without /32.
CREATE TYPE ipaddress;
CREATE FUNCTION ipaddress_in(cstring) RETURNS ipaddress LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'inet_in';
CREATE FUNCTION ipaddress_out(ipaddress) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'inet_out';
CREATE TYPE ipaddress (INPUT = ipaddress_in, OUTPUT = ipaddress_out, LIKE = inet);
CREATE CAST (ipaddress AS inet) WITHOUT FUNCTION AS IMPLICIT;
CREATE CAST (inet AS ipaddress) WITHOUT FUNCTION AS ASSIGNMENT;

-- ip4r's grammar: a | a/len (no host bits) | a-b (swapped when reversed) | '-' (everything)
CREATE FUNCTION iprange(t text) RETURNS iprange LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1 AS $f$
DECLARE p int := strpos(t, '-'); a inet; b inet; w int; s text; e text;
BEGIN
  IF t = '-' THEN RETURN ip4r_compat.iprange('0.0.0.0'::inet, 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'::inet, '[]'); END IF;
  IF p > 0 THEN s := left(t, p - 1); e := substr(t, p + 1); ELSE s := t; e := s; END IF;
  IF t ~ '^((([0-9]|[1-9][0-9]+)(\\.([0-9]|[1-9][0-9]+)){3}(/[0-9]{1,2}|-[0-9.]+)?)|([0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*(/[0-9]{1,3}|-[0-9A-Fa-f.:]*:[0-9A-Fa-f.:]*)?))$'
     AND t !~ '[^:]:/' AND t !~ '\\.($|[-/])' AND (t ~ ':' OR e !~ '(^|\\.)0[0-9]') AND regexp_replace(t, ':\\d+(\\.\\d+){3}(?=$|[-/])', ':', 'g') !~ ':.*\\.' AND pg_input_is_valid(s, 'inet') AND pg_input_is_valid(e, 'inet') THEN
    a := s::inet; w := CASE family(a) WHEN 4 THEN 32 ELSE 128 END;
    IF p > 0 THEN
      b := e::inet; RETURN ip4r_compat.iprange(least(a, b), greatest(a, b), '[]');
    ELSIF a = network(a) THEN
      RETURN ip4r_compat.iprange(set_masklen(a, w), set_masklen(broadcast(a), w), '[]');
    END IF;
  END IF;
  RAISE invalid_parameter_value USING MESSAGE = format('invalid %s value: "%s"', CASE WHEN t ~ ':' THEN 'IP6R' ELSE 'IP4R' END, t);
END $f$;

CREATE FUNCTION text(r iprange) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1 AS $f$
DECLARE l inet := pg_catalog.lower(r); u inet := pg_catalog.upper(r); m inet;
BEGIN
  IF l = u THEN RETURN host(l); END IF;
  IF family(l) <> family(u) THEN RETURN '-'; END IF;
  m := inet_merge(l, u);
  IF host(network(m)) = host(l) AND host(broadcast(m)) = host(u) THEN RETURN pg_catalog.text(m); END IF;
  RETURN host(l) || '-' || host(u);
END $f$;
CREATE FUNCTION iprange(a cidr) RETURNS iprange LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN iprange(pg_catalog.text(a::inet));
CREATE FUNCTION iprange(a ipaddress) RETURNS iprange LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN iprange(a::inet, a::inet, '[]');
CREATE FUNCTION iprange(a ipaddress, b ipaddress) RETURNS iprange LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN iprange(least(a::inet, b::inet), greatest(a::inet, b::inet), '[]');
CREATE CAST (text AS iprange) WITH FUNCTION iprange(text);
CREATE CAST (iprange AS text) WITH FUNCTION text(iprange);
CREATE CAST (cidr AS iprange) WITH FUNCTION iprange(cidr) AS ASSIGNMENT;
CREATE CAST (ipaddress AS iprange) WITH FUNCTION iprange(ipaddress) AS IMPLICIT;

CREATE FUNCTION lower(r iprange) RETURNS ipaddress LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN pg_catalog.lower(r)::ipaddress;
CREATE FUNCTION upper(r iprange) RETURNS ipaddress LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN pg_catalog.upper(r)::ipaddress;
CREATE FUNCTION family(r iprange) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN
  CASE WHEN pg_catalog.family(pg_catalog.lower(r)) = pg_catalog.family(pg_catalog.upper(r)) THEN pg_catalog.family(pg_catalog.lower(r)) END;
CREATE FUNCTION is_cidr(r iprange) RETURNS bool LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN text(r) !~ '-';
CREATE FUNCTION iprange_union(a iprange, b iprange) RETURNS iprange LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'range_merge';

CREATE OPERATOR >>= (LEFTARG = anyrange, RIGHTARG = anyrange, FUNCTION = range_contains, COMMUTATOR = <<=, RESTRICT = contsel, JOIN = contjoinsel);
CREATE OPERATOR <<= (LEFTARG = anyrange, RIGHTARG = anyrange, FUNCTION = range_contained_by, COMMUTATOR = >>=, RESTRICT = contsel, JOIN = contjoinsel);
CREATE FUNCTION iprange_contains_strict(a iprange, b iprange) RETURNS bool LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN a >>= b AND a <> b;
CREATE FUNCTION iprange_contained_by_strict(a iprange, b iprange) RETURNS bool LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN a <<= b AND a <> b;
CREATE OPERATOR >> (LEFTARG = iprange, RIGHTARG = iprange, FUNCTION = iprange_contains_strict, COMMUTATOR = <<, RESTRICT = contsel, JOIN = contjoinsel);
CREATE OPERATOR << (LEFTARG = iprange, RIGHTARG = iprange, FUNCTION = iprange_contained_by_strict, COMMUTATOR = >>, RESTRICT = contsel, JOIN = contjoinsel);
CREATE OPERATOR CLASS gist_iprange_ops DEFAULT FOR TYPE iprange USING gist AS
  OPERATOR 3 pg_catalog.&& (anyrange, anyrange), OPERATOR 7 >>= (anyrange, anyrange),
  OPERATOR 8 <<= (anyrange, anyrange), OPERATOR 18 pg_catalog.= (anyrange, anyrange),
  FUNCTION 1 range_gist_consistent(internal, anyrange, smallint, oid, internal), FUNCTION 2 range_gist_union(internal, internal),
  FUNCTION 5 range_gist_penalty(internal, internal, internal), FUNCTION 6 range_gist_picksplit(internal, internal),
  FUNCTION 7 range_gist_same(anyrange, anyrange, internal);

CREATE DOMAIN ip4r AS iprange CHECK (pg_catalog.family(pg_catalog.upper(VALUE)) = 4);
CREATE DOMAIN ip6r AS iprange CHECK (pg_catalog.family(pg_catalog.lower(VALUE)) = 6);

-- Text I/O of the type itself. The input function takes three arguments because its callers pass three.
CREATE TYPE cstr;
CREATE FUNCTION cstr_in(cstring) RETURNS cstr LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'cstring_in';
CREATE FUNCTION cstr_out(cstr) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'cstring_out';
CREATE TYPE cstr (INPUT = cstr_in, OUTPUT = cstr_out, INTERNALLENGTH = -2, ALIGNMENT = char);
CREATE FUNCTION cstr_text(cstr) RETURNS text LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textin';
CREATE FUNCTION text_cstr(text) RETURNS cstr LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'textout';
CREATE FUNCTION iprange_io_in(cstr, oid, int) RETURNS iprange LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN iprange(cstr_text($1));
CREATE FUNCTION iprange_io_out(iprange) RETURNS cstr LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN text_cstr(text($1));
UPDATE pg_catalog.pg_type SET typinput = 'ip4r_compat.iprange_io_in'::regproc, typoutput = 'ip4r_compat.iprange_io_out'::regproc
  WHERE oid = 'ip4r_compat.iprange'::regtype;
`;

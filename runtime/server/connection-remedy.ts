/** What to do about a connection that could not be made. */
import { EventStorageError } from "../postgres/errors.js";
import { isTlsProblem } from "../postgres/failures.js";
import { codeOf, reasonOf } from "./errors.js";

/** A sentence for a person; empty where the error says it all. */
export function connectionRemedy(error: unknown): string {
  if (error instanceof EventStorageError) return "";
  const [code, reason] = [codeOf(error), reasonOf(error)];
  switch (code) {
    case "ECONNREFUSED":
    case "ENOENT":
      return "Is the server running, and are host and port right?";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "The host name is not known: check its spelling.";
    case "28P01":
    case "28000":
      return refusalRemedy(reason);
    case "3D000":
      return "Create the database first (CREATE DATABASE), or correct its name.";
    default:
      break;
  }
  if (isTlsProblem(code, reason)) return tlsRemedy(reason);
  return "Check the URL: postgresql://user:password@host:5432/database.";
}

function refusalRemedy(reason: string): string {
  if (/client certificate/u.test(reason)) return "Name one with sslcert=FILE and sslkey=FILE.";
  if (/no encryption|SSL off/u.test(reason))
    return "The server may want TLS: use sslmode=require, or a stricter one.";
  return "Check user and password.";
}

function tlsRemedy(reason: string): string {
  if (/does not support SSL/u.test(reason)) return "It has no TLS: only sslmode=disable or prefer will do.";
  if (/altname/iu.test(reason))
    return "Use a host name that is in the server's certificate, or sslmode=verify-ca, which does not compare it.";
  if (/alert/u.test(reason)) return "The server refused the client's certificate: check sslcert and sslkey.";
  if (/expired|not yet valid/u.test(reason)) return "The server's certificate has to be renewed.";
  if (/self.signed|unable to (?:verify|get)/u.test(reason))
    return "The server's certificate is not signed by an authority that is known here: name the right one with sslrootcert=FILE.";
  return "Check sslcert, sslkey and sslrootcert.";
}

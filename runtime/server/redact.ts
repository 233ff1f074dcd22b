/** Passwords must not reach a terminal, a log or an error message. */
export { redactUrl } from "../postgres/redact.js";

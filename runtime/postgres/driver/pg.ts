/**
 * The driver. Everything imports it from here: the build puts pg into this one module, because a bundler that writes ES modules can't take in
 * a library that calls `require`, and an application over this package is to run as one file.
 */
import pg from "pg";

export default pg;

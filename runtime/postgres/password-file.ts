/** The password file of libpq, `~/.pgpass`. */
import { readFile, stat } from "node:fs/promises";

/** What a line of the file has to fit. */
export interface PasswordQuestion {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/**
 * The password of the first line that fits, or undefined. A file that others may read is left alone, as libpq does.
 *
 * @param warn told when it is
 */
export async function filePassword(
  path: string,
  question: PasswordQuestion,
  warn: (message: string) => void,
): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  if (process.platform !== "win32" && (found.mode & 0o077) !== 0) {
    warn(`the password file ${path} is left alone, as others may read it: chmod 600 makes it one's own`);
    return undefined;
  }
  const { host, port, database, user } = question;
  const wanted = [host.startsWith("/") || host === "" ? "localhost" : host, String(port), database, user];
  const text = await readFile(path, "utf8").catch(() => "");
  for (const line of text.split(/\r?\n/u)) {
    if (line.startsWith("#")) continue;
    const fields = readFields(line);
    const [password] = fields.slice(4);
    if (password !== undefined && wanted.every((value, at) => fields[at] === "*" || fields[at] === value))
      return password;
  }
  return undefined;
}

/** Fields between colons; a backslash takes the next character as it is. */
function readFields(line: string): readonly string[] {
  return [...line.matchAll(/((?:[^:\\]|\\[^])*)(?::|$)/gu)]
    .slice(0, 5)
    .map(([, field = ""]) => field.replace(/\\([^])/gu, "$1"));
}

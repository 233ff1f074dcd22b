/** Packages that only one command needs, which are installed by who uses it. */
import { CliError } from "./errors.js";

/**
 * Loads a module that needs a package.
 *
 * @throws CliError that says how to install the package when it is not there
 */
export async function withPackage<T>(name: string, purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isAbsence(error, name)) throw error;
    throw new CliError(
      `${purpose} needs the package ${name}, which is not installed`,
      `npm install --save-dev ${name}`,
      { cause: error },
    );
  }
}

function isAbsence(error: unknown, name: string): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    error.code === "ERR_MODULE_NOT_FOUND" &&
    error.message.includes(`'${name}'`)
  );
}

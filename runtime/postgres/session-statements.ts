/** The statements that ask a session what it is, and that set it up. */

/** Process number of the server's side, which a pooler has another one for. */
export const PROCESS_NUMBER = "select pg_backend_pid()";

/** Whether the server is a standby, and whether transactions are read-only. */
export const KIND_OF_SERVER = "select pg_is_in_recovery(), current_setting('transaction_read_only')";

/** Gives the transaction an application name. */
export const NAME_TRANSACTION = "select set_config('application_name', $1, true)";

/** Sets settings of the session: `$1` and `$2` are the first name and value. */
export function sessionSettingsText(settings: number): string {
  return settingsText(settings, (at) => `set_config($${2 * at + 1}, $${2 * at + 2}, false)`);
}

/** Sets settings: `$1` says whether for the transaction only, `$2` and `$3` are the first name and value. */
export function settingsTextFor(settings: number): string {
  return (assignments[settings] ??= settingsText(
    settings,
    (at) => `set_config($${2 * at + 2}, $${2 * at + 3}, $1::boolean)`,
  ));
}

/** Texts by the number of settings: a search sends one each time. */
const assignments: string[] = [];

/** Reads the settings of these names. */
export function readSettingsText(settings: number): string {
  return settingsText(settings, (at) => `current_setting($${at + 1})`);
}

function settingsText(settings: number, call: (at: number) => string): string {
  return `select ${Array.from({ length: settings }, (_, at) => call(at)).join(", ")}`;
}

/** The options that every command takes. */

/** Which store, which named things, which zone; each absent where it is not given. */
export interface GlobalOptions {
  readonly database?: string;
  readonly data?: string;
  readonly schema?: string;
  readonly sets?: string;
  readonly filters?: string;
  readonly catalogue?: string;
  readonly zone?: string;
  readonly trust?: boolean;
  readonly debug?: boolean;
}

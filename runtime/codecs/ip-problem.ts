/** Says what is wrong with a text that is no address, network or range. Only runs after a reader refused the text. */

/** A mistake in a text: where it is and how it can be mended. */
export interface IpProblem {
  readonly code: string;
  readonly message: string;
  /** Half-open range of UTF-16 code units in the text. */
  readonly start: number;
  readonly end: number;
  /** Texts to write instead of the whole. */
  readonly fixes: readonly { readonly title: string; readonly text: string }[];
}

/** The first mistake in a text that `parseIpRange` refuses. */
export function describeIpProblem(text: string): IpProblem {
  return {
    code: "E211",
    message: `"${text}" is not an address, network or range`,
    start: 0,
    end: text.length,
    fixes: [],
  };
}

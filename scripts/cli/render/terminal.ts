/** What a stream can show: colour, width, block characters. */
import { marked } from "./marks.js";

/** Where text goes: the part of a Node stream that the command needs. */
export interface TextStream {
  write(text: string, done?: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: Error) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

const SGR = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
} as const;

/** A colour or weight of text. */
export type StyleName = keyof typeof SGR;

/** Puts text in a style, or leaves it as it is where there are no colours. */
export type Paint = (style: StyleName | null, text: string) => string;

/** What is known about the place that text is shown in. */
export interface Terminal {
  /** A person looks at it; false for a file or a pipe. */
  readonly isTerminal: boolean;
  /** Columns; infinite for a file or a pipe. */
  readonly width: number;
  /** Block characters, lines and dots can be shown; otherwise ASCII only. */
  readonly unicode: boolean;
  readonly color: boolean;
  readonly paint: Paint;
}

/** Columns of charts, bars and help where nothing tells the width. */
export const DEFAULT_WIDTH = 80;

/** The paint of a stream with or without colours: the styles are marks until an output writes them. */
export function painter(color: boolean): Paint {
  if (!color) return (_, text) => text;
  return (style, text) => (style === null || text === "" ? text : marked(SGR[style], text));
}

/** Whether colours are wanted: FORCE_COLOR and NO_COLOR decide, then whether the stream is a terminal that has them. */
export function wantsColor(isTerminal: boolean, env: Environment): boolean {
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "") return forced !== "0" && forced !== "false";
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  return isTerminal && env["TERM"] !== "dumb";
}

/**
 * Whether text may hold more than ASCII. The locale decides as in POSIX (LC_ALL, LC_CTYPE, LANG); Windows consoles and
 * environments without any locale take UTF-8, the plain `C` locale does not.
 */
export function hasUnicode(env: Environment, platform: NodeJS.Platform = process.platform): boolean {
  if (platform === "win32") return true;
  if (env["TERM"] === "linux") return false;
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"];
  return locale === undefined || locale === "" || /utf-?8/i.test(locale);
}

/** What `stream` can show. */
export function describeTerminal(stream: Pick<TextStream, "isTTY" | "columns">, env: Environment): Terminal {
  const isTerminal = stream.isTTY === true;
  const color = wantsColor(isTerminal, env);
  const width = isTerminal ? Math.max(40, stream.columns ?? DEFAULT_WIDTH) : Infinity;
  return { isTerminal, width, unicode: hasUnicode(env), color, paint: painter(color) };
}

/** Columns for a drawing: those of the terminal, at most `most`. */
export function drawingWidth(terminal: Pick<Terminal, "width">, most = 120): number {
  return Number.isFinite(terminal.width) ? Math.min(terminal.width, most) : DEFAULT_WIDTH;
}

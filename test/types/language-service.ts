/** The TypeScript language service, which tsserver is made of, over single texts in this folder: errors by line, and hover texts. */
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What the service says about one file. All calls share the declarations that were read once. */
export interface TypedFile {
  /** Errors as `[line from 1, message]`, in their order. */
  readonly diagnose: (text: string, extra?: ts.CompilerOptions) => readonly (readonly [number, string])[];
  /** What an editor shows over the first place of `name` after `before`. */
  readonly hover: (text: string, name: string, behind: string) => string;
}

/** A service for a file of this folder that need not exist. */
export function typedFile(name: string): TypedFile {
  const path = fileURLToPath(new URL(name, import.meta.url));
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, ROOT);
  let current = { text: "", version: 0, options: options };
  const service = ts.createLanguageService({
    getCompilationSettings: () => current.options,
    getScriptFileNames: () => [path],
    getScriptVersion: (file) => (file === path ? String(current.version) : "1"),
    getScriptSnapshot: (file) => {
      const text = file === path ? current.text : ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    fileExists: (file) => file === path || ts.sys.fileExists(file),
    readFile: (file) => ts.sys.readFile(file),
    readDirectory: (...given) => ts.sys.readDirectory(...given),
    directoryExists: (folder) => ts.sys.directoryExists(folder),
    getDirectories: (folder) => ts.sys.getDirectories(folder),
  });
  const show = (text: string, extra: ts.CompilerOptions = {}): void => {
    current = { text, version: current.version + 1, options: { ...options, ...extra, noEmit: true } };
  };
  return {
    diagnose: (text, extra) => {
      show(text, extra);
      return service.getSemanticDiagnostics(path).map(({ start = 0, messageText }) => {
        const line = text.slice(0, start).split("\n").length;
        return [line, ts.flattenDiagnosticMessageText(messageText, " ")] as const;
      });
    },
    hover: (text, name, behind) => {
      if (current.text !== text) show(text);
      const at = text.indexOf(name, text.indexOf(behind) + behind.length);
      const info = service.getQuickInfoAtPosition(path, at);
      if (at < 0 || info === undefined) throw new Error(`nothing is known of ${name}`);
      const tags = (info.tags ?? []).map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`.trim());
      const parts = [ts.displayPartsToString(info.displayParts), ts.displayPartsToString(info.documentation)];
      return [...parts, tags.join("\n")].filter((part) => part !== "").join("\n\n") + "\n";
    },
  };
}

/** SQL text in the source: literals that begin as a statement of PostgreSQL does. */
import ts from "typescript";

/** A literal that is SQL. */
export interface SqlText {
  readonly line: number;
  readonly text: string;
}

/** Objects that CREATE, ALTER and DROP name. */
const OBJECTS =
  "(?:or replace |unique |global |local |temp(?:orary)? |unlogged |event |materialized |foreign |if not exists )*" +
  "(?:table|index|schema|extension|function|procedure|role|user|view|database|type|domain|trigger|policy|sequence|statistics|aggregate|operator|cast|server|publication|subscription)";

/** How statements begin. The first words of an English sentence are none of these. */
const STATEMENTS = [
  String.raw`select (?:\*|\$|\d|'|"|\(|[a-z_.]+ ?[(,]|[a-z_.]+::|(?:case|exists|distinct|not|all|array) ?|[\w."]+ (?:as|from) |from |$)`,
  String.raw`with (?:recursive )?[\w"]+(?: ?\([^)]*\))? as (?:not )?(?:materialized )?\(`,
  String.raw`with (?:recursive )?$`,
  "insert into",
  String.raw`update (?:only )?(?:[\w."$]+ (?:as \w+ )?set |$)`,
  "delete from",
  "merge into",
  `(?:create|alter|drop) ${OBJECTS}\\b`,
  String.raw`set (?:local |session )?[\w.]+ ?(?:=|to )`,
  "(?:set|reset) (?:local |session )?(?:role|all|authorization|transaction)\\b",
  "truncate (?:table |only )?",
  "(?:vacuum|reindex|refresh materialized view)\\b",
  'cluster (?:verbose )?[\\w."]+ using',
  'analy[sz]e(?: [\\w."]+)?$',
  "explain ?\\(|explain (?:analyze|select)",
  "(?:grant|revoke) (?:all|select|insert|update|delete|usage|execute|connect|create)\\b",
  "comment on \\w+",
  "lock table",
  'copy (?:[\\w."]+|\\() ?(?:\\(|from |to )',
  "do \\$",
  "begin (?:isolation|read|transaction|work)|start transaction",
  "(?:release )?savepoint \\S|rollback to savepoint \\S",
  "declare [\\w$]+ (?:\\w+ )*cursor|fetch (?:forward|next|first) |close [a-z]+_[a-z]+$",
  "discard all|deallocate|(?:un)?listen |notify ",
  "reset all",
];

const STATEMENT = new RegExp(`^(?:${STATEMENTS.join("|")})`, "iu");
/** The middle of a statement over the tables of the system. */
const SYSTEM =
  /\b(?:from|join) (?:pg_catalog\.|information_schema\.|pg_(?!catalog)[a-z_]+)|\bset_config\(|\bpg_\w+\(/iu;

/** The literals of a source file that are SQL text: those of strings and templates, up to the first value that is put in. */
export function sqlTexts(fileName: string, source: string): readonly SqlText[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, false);
  const found: SqlText[] = [];
  const visit = (node: ts.Node): void => {
    const text = literalOf(node);
    if (text !== null && isSql(text)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push({ line: line + 1, text });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function literalOf(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return [node.head, ...node.templateSpans.map(({ literal }) => literal)]
      .map(({ text }) => text)
      .join("$1");
  return null;
}

function isSql(text: string): boolean {
  const plain = text
    .replace(/--[^\n]*\n|\/\*[^]*?\*\//gu, " ")
    .trim()
    .replace(/\s+/gu, " ");
  return STATEMENT.test(plain) || SYSTEM.test(plain);
}

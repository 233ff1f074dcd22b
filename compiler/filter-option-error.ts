/** An option of the compiler that makes no sense: a zone that does not exist, a part of a composition that is no filter. */
export class FilterOptionError extends Error {
  override readonly name = "FilterOptionError";
  readonly code = "E600";
}

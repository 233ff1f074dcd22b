/** A recipe is JSON by which Ohm builds a grammar anew; each expression has an object with its place in the source. */

/** The recipe without the grammar's text and places. Applied to what is stripped already it changes nothing. */
export function stripRecipe(recipe: string): string {
  return recipe
    .replace(/\{"sourceInterval":\[\d+,\d+\]\}/g, "{}")
    .replace(/("grammar",)\{"source":"(?:[^"\\]|\\.)*"\}/, "$1{}");
}

/** Days of the week by their names. */

/** The numbers of the days, from Monday, which is 1. */
export const WEEKDAYS: Readonly<Record<string, number>> = {
  mon: 1,
  tue: 2,
  wed: 3,
  thu: 4,
  fri: 5,
  sat: 6,
  sun: 7,
};

const NAME = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?$/i;

/** The day that a word is (`sat`, `Saturday`), from 1 to 7; undefined for any other word. */
export function weekdayOf(word: string): number | undefined {
  return NAME.test(word) ? WEEKDAYS[word.slice(0, 3).toLowerCase()] : undefined;
}

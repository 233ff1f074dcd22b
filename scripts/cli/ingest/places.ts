/** Where in the input an event stood, by its position among all events: what a rejection is reported with. */

/** A file and a line from 1; line 0 is the file as a whole. */
export interface InputPlace {
  readonly file: string;
  readonly line: number;
}

/** Remembers the place of every event, a number for each. */
export interface PlaceList {
  readonly add: (place: InputPlace) => void;
  /** Place of the event with this position, from 0. */
  readonly at: (index: number) => InputPlace | null;
}

/** An empty list. */
export function placeList(): PlaceList {
  const lines: number[] = [];
  const files: { readonly name: string; readonly first: number }[] = [];
  return {
    add: ({ file, line }) => {
      if (files.at(-1)?.name !== file) files.push({ name: file, first: lines.length });
      lines.push(line);
    },
    at: (index) => {
      const line = lines[index];
      const file = files.findLast(({ first }) => first <= index);
      return line === undefined || file === undefined ? null : { file: file.name, line };
    },
  };
}

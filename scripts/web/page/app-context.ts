/** What every part of the page needs. */
import type { Remote } from "./rpc.js";
import type { Backend } from "./backend.js";
import type { FieldsAnswer, StatusAnswer } from "../shared/answers.js";
import type { View } from "../shared/view-state.js";
import type { FacetValue, Wish } from "../shared/conditions.js";

/** The events that are looked at, and what their fields are. */
export interface Source {
  readonly backend: Backend;
  readonly fields: FieldsAnswer;
  readonly status: StatusAnswer | null;
}

/** What the parts of the page can do. */
export interface Actions {
  /** Shows another view and remembers the one before in the browser's history. */
  readonly show: (change: Partial<View>) => void;
  /** Adds a condition on a value to the filter, and runs it. */
  readonly wish: (field: string, value: FacetValue, wish: Wish) => void;
  /** Says something to who looks and to who listens, for a moment. */
  readonly say: (message: string) => void;
}

export interface PageParts {
  readonly remote: Remote;
  readonly server: Backend | null;
}

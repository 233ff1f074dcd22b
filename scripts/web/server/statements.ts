/** The statements of the explorer's server. */

/** Whether the database answers. */
export const ANSWERS = "select 1";

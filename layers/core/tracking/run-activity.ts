/** What was noted of an experiment's runs. Times are milliseconds since 1970. */
export interface ActivityNote {
  readonly experimentId: string;
  /** When a run was last noted to begin or to go on. */
  readonly began?: number | undefined;
  /** Up to which `began` none of its runs is under way any more. */
  readonly rests?: number | undefined;
  /** When a run was last noted to have failed. */
  readonly failed?: number | undefined;
}

/** How long a note stands for what happens after it: an experiment is noted once in this time by each process, however many runs begin. */
export const noteMs = 120_000;

/**
 * Which experiments have runs that began, go on or failed lately: where to look for such runs, never what they are. A note may be of
 * runs that are gone or deleted; a run that is under way, or failed, has one.
 */
export interface RunActivity {
  /** Noted when it resolves, by this call or by one at most {@link noteMs} before `now`. */
  note(experimentId: string, kind: "began" | "failed", now: number): Promise<void>;
  /** All notes, in no order. */
  list(): Promise<readonly ActivityNote[]>;
  /** None of the experiment's runs is under way, of those that had begun when it was noted; without effect where it was noted again. */
  rest(experimentId: string, began: number): Promise<void>;
}

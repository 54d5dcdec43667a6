/** The right to run a pipeline: one holder at a time, until it is given back or its lease ends. */
export interface SlotStore {
  /** Takes the slot, or prolongs the holder's own lease. @returns false while another execution holds it. @param until milliseconds since the epoch */
  take(pipeline: string, holder: string, now: number, until: number): Promise<boolean>;
  /** Gives it back; nothing happens where another holds it by now. */
  release(pipeline: string, holder: string): Promise<void>;
}

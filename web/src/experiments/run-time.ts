import { plain, type Run } from "./wire.ts";

/** How long a run took, or has taken so far, in milliseconds. */
export const runTime = ({ info }: Run): number => plain(info.end_time ?? Date.now()) - plain(info.start_time);

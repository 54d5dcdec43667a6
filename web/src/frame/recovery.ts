import { request } from "../client.ts";
import { queryClient } from "../queries.ts";
import { session } from "../session.ts";

const firstWait = 1000;
const longestWait = 30_000;
/** Open to everybody and cheap: it says only that somebody answers. */
const probe = "/health";

let timer: number | undefined;
let wait = firstWait;
let nextAt: number | null = null;
const listeners = new Set<() => void>();

function tellOf(at: number | null): void {
  nextAt = at;
  for (const tell of listeners) tell();
}

async function ask(): Promise<void> {
  window.clearTimeout(timer);
  tellOf(null);
  try {
    await request(probe);
  } catch {
    // Whether anybody answered is known to the session already.
  }
  if (session.silentSince() !== null) plan();
}

function plan(): void {
  timer = window.setTimeout(() => void ask(), wait);
  tellOf(Date.now() + wait);
  wait = Math.min(longestWait, wait * 2);
}

/** Asks, more and more rarely, whether the platform is back, and reads anew what is shown once it is. */
export function startRecovery(): void {
  let wasSilent = false;
  session.subscribe(() => {
    const isSilent = session.silentSince() !== null;
    if (isSilent === wasSilent) return;
    wasSilent = isSilent;
    window.clearTimeout(timer);
    wait = firstWait;
    if (isSilent) plan();
    else void queryClient.invalidateQueries();
  });
  window.addEventListener("online", () => session.silentSince() !== null && void ask());
}

/** The wait for the platform's next sign of life. */
export const recovery = {
  /** When it is asked again, in milliseconds since the epoch; null while it is being asked. */
  nextAt: () => nextAt,
  askNow: () => void ask(),
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

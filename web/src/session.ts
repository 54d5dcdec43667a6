const key = "capstan-token";
type Listener = () => void;
const listeners = new Set<Listener>();
const state = { signInNeeded: false, reachable: true };

function change(next: Partial<typeof state>): void {
  if (Object.entries(next).every(([name, value]) => state[name as keyof typeof state] === value)) return;
  Object.assign(state, next);
  for (const tell of listeners) tell();
}

/** What the page knows of its standing with the platform: whether it is heard, whether it is known. The token lives as long as the tab. */
export const session = {
  token: () => sessionStorage.getItem(key),
  signIn(token: string): void {
    sessionStorage.setItem(key, token);
    change({ signInNeeded: false });
  },
  signOut(): void {
    sessionStorage.removeItem(key);
    change({ signInNeeded: true });
  },
  refused: () => change({ signInNeeded: true }),
  answered: () => change({ reachable: true }),
  unreachable: () => change({ reachable: false }),
  signInNeeded: () => state.signInNeeded,
  reachable: () => state.reachable,
  /** Tells of every change until the returned function is called. */
  subscribe: (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

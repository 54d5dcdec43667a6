const key = "capstan-token";
type Listener = () => void;
const listeners = new Set<Listener>();

/** `known`: nobody has asked who one is, or the answer was good. `expired`: it was good until now. `unknown`: a token is needed first. */
export type Standing = "known" | "expired" | "unknown";
interface State {
  readonly token: string | null;
  readonly standing: Standing;
  /** When the platform last answered, in milliseconds since the epoch; null while it does. */
  readonly silentSince: number | null;
}
let state: State = { token: sessionStorage.getItem(key), standing: "known", silentSince: null };
let answeredAt = Date.now();
/** Whether the token has opened anything in this page. */
let hasOpened = false;

function change(next: Partial<State>): void {
  if (Object.entries(next).every(([name, value]) => state[name as keyof State] === value)) return;
  state = { ...state, ...next };
  for (const tell of listeners) tell();
}

/** What the page knows of its standing with the platform: whether it is heard, whether it is known. The token lives as long as the tab. */
export const session = {
  token: () => state.token,
  signIn(token: string): void {
    sessionStorage.setItem(key, token);
    change({ token, standing: "known" });
  },
  signOut(): void {
    sessionStorage.removeItem(key);
    hasOpened = false;
    change({ token: null, standing: "unknown" });
  },
  refused: () => change({ standing: hasOpened ? "expired" : "unknown" }),
  accepted(): void {
    hasOpened = state.token !== null;
  },
  answered(): void {
    answeredAt = Date.now();
    change({ silentSince: null });
  },
  unreachable: () => change({ silentSince: state.silentSince ?? answeredAt }),
  standing: () => state.standing,
  silentSince: () => state.silentSince,
  /** Asking makes no sense now: nobody answers, or nobody may know. */
  isPaused: () => state.standing !== "known" || state.silentSince !== null,
  /** Tells of every change until the returned function is called. */
  subscribe: (listener: Listener): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** How a state fails: the name that `ErrorEquals` matches, and the text beside it. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

/** A failure on its way to the state's Retry and Catch. */
export class StateError extends Error implements Failure {
  override readonly name = "StateError";
  readonly error: string;
  override readonly cause: string;
  /** The field whose expression failed, where that is why. */
  readonly location: string | undefined;
  constructor(error: string, cause: string, location?: string) {
    super(`${error}: ${cause}`);
    this.error = error;
    this.cause = cause;
    this.location = location;
  }
}

const uncatchable = new Set(["States.DataLimitExceeded", "States.Runtime"]);
const timeouts = new Set(["States.Timeout", "States.HeartbeatTimeout"]);

/**
 * Whether `ErrorEquals` matches an error name (Amazon States Language, "Errors"): `States.ALL` matches all but the two that end an execution,
 * `States.TaskFailed` all of those but timeouts, `States.Timeout` a missed heartbeat as well.
 */
export function matches(errorEquals: readonly string[], error: string): boolean {
  return errorEquals.some((name) => {
    if (name === error) return true;
    if (name === "States.ALL") return !uncatchable.has(error);
    if (name === "States.TaskFailed") return !uncatchable.has(error) && !timeouts.has(error);
    return name === "States.Timeout" && timeouts.has(error);
  });
}

/** How a state failed: the error's class name, and a text or a JSON text: Lambda's report of the error, or the execution or training job that a task waited for. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

const longest = 4000;
/** Names that say no more than that the caller is told why. */
const plain = new Set(["DomainError", "DataContractViolation", "Stopped", ""]);

function messageIn(cause: string): string {
  try {
    const { errorMessage, Cause, FailureReason, TrainingJobStatus, Status } = JSON.parse(cause) as Readonly<Record<string, unknown>>;
    return [errorMessage, Cause, FailureReason, TrainingJobStatus, Status].find((text): text is string => typeof text === "string" && text !== "") ?? cause;
  } catch {
    return cause;
  }
}

/** A sentence on how an execution ended. @param failure named where an error ended it */
export function outcomeOf(reason: string, failure?: Failure | null): string {
  if (!failure) return reason.slice(0, longest);
  const parts = [reason, plain.has(failure.error) ? "" : failure.error, messageIn(failure.cause)];
  return parts
    .filter((part) => part !== "")
    .join(": ")
    .slice(0, longest);
}

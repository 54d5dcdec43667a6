/** How a state failed: the error's class name, and what Lambda reports of it, a JSON text with the message, or a text. */
export interface Failure {
  readonly error: string;
  readonly cause: string;
}

const longest = 4000;
/** Names that say no more than that the caller is told why. */
const plain = new Set(["DomainError", "DataContractViolation", "Stopped", ""]);

function messageIn(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: unknown };
    return typeof errorMessage === "string" ? errorMessage : cause;
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

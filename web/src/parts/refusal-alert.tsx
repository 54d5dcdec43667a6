import Alert from "@cloudscape-design/components/alert";
import { Refused } from "../client.ts";

/** Why a form was not taken, in the platform's words; the fields that it names say so themselves. */
export function RefusalAlert({ error }: { readonly error: Error | null }) {
  if (!error) return null;
  const requestId = error instanceof Refused && error.requestId ? ` (request ${error.requestId})` : "";
  return (
    <div role="alert">
      <Alert type="error" header={error instanceof Refused ? "The platform did not take it" : "The platform does not answer"}>
        <span className="name">{`${error.message}${requestId}`}</span>
      </Alert>
    </div>
  );
}

import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { Refused } from "../client.ts";

const headings: Readonly<Record<number, string>> = {
  400: "The request was refused",
  403: "Not allowed",
  404: "It does not exist",
  409: "It changed meanwhile",
};
const heading = (error: Error) => (error instanceof Refused ? (headings[error.status] ?? "The platform failed") : "The platform does not answer");

/** Why something is not shown, with what support would ask for. */
export function ErrorCard({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const requestId = error instanceof Refused ? error.requestId : null;
  return (
    <Alert type="error" header={heading(error)} action={<Button onClick={retry}>Try again</Button>}>
      <span className="name">{error.message}</span>
      {requestId && (
        <Box variant="small" display="block">
          Request {requestId}
        </Box>
      )}
    </Alert>
  );
}

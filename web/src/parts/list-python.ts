import { session } from "../session.ts";

const text = (value: string) => JSON.stringify(value);

/** Python that makes a call of MLflow's client: `call` follows `client.`. */
export const mlflowPython = (call: string): string => `from mlflow import MlflowClient

client = MlflowClient(${text(window.location.origin)})
rows = client.${call}
`;

/** Python that reads one of the platform's own lists with what Python brings along; a token comes from the variable that MLflow's client reads too. */
export function listPython(path: string, member: string): string {
  const url = text(`${window.location.origin}${path}`);
  const isOpen = session.token() === null;
  const asked = isOpen ? url : `urllib.request.Request(${url}, headers={"authorization": f"Bearer {os.environ['MLFLOW_TRACKING_TOKEN']}"})`;
  return `import json
${isOpen ? "" : "import os\n"}import urllib.request

with urllib.request.urlopen(${asked}) as reply:
    rows = json.load(reply)[${text(member)}]
`;
}

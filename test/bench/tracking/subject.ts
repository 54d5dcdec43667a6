/** A tracking server under test, filled with the bench's runs. */
export interface Subject {
  readonly url: string;
  /** The process that, with its children, is the server. */
  readonly pid: number;
  readonly experimentId: string;
  /** An experiment without runs: its search loads code and no data. */
  readonly emptyId: string;
  /** A run with the long history. */
  readonly historyRunId: string;
}

/** A document of MLflow's REST API, as far as the bench looks into it. */
export interface Reply {
  readonly experiment_id?: string;
  readonly run?: { readonly info: { readonly run_id: string } };
  readonly runs?: readonly unknown[];
  readonly metrics?: readonly unknown[];
  readonly next_page_token?: string;
}

async function answer(url: string, init?: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${(await response.text()).slice(0, 500)}`);
  return (await response.json()) as Reply;
}

/** Calls an operation of MLflow's REST API. @param operation such as `runs/search` @throws Error unless it answers 2xx */
export const post = ({ url }: { readonly url: string }, operation: string, fields: object): Promise<Reply> =>
  answer(`${url}/api/2.0/mlflow/${operation}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(fields) });

export const get = ({ url }: { readonly url: string }, operation: string, fields: Readonly<Record<string, string>>, prefix = "api"): Promise<Reply> =>
  answer(`${url}/${prefix}/2.0/mlflow/${operation}?${new URLSearchParams(fields).toString()}`);

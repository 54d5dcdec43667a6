/** What is known of how a run came about. */
export interface Origin {
  /** Of the platform. */
  readonly url: string;
  readonly experimentId: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly params: readonly { readonly key: string; readonly value: string }[];
  /** A model that the run logged: its files name the packages that were there. */
  readonly modelId: string | undefined;
  /** The request of the pipeline that made it. */
  readonly request: unknown;
}

/** A word of a POSIX shell, whatever it holds. */
export const shellWord = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** A path or address as an operand, which no command takes for an option. */
const operand = (text: string) => shellWord(text.startsWith("-") ? `./${text}` : text);
/** What names a commit; anything else is left out. */
const hash = (text: string | undefined) => (text !== undefined && /^[0-9a-f]{7,64}$/i.test(text) ? text : undefined);

function ofProject({ tags, params, url, experimentId }: Origin): readonly string[] {
  const source = tags.get("mlflow.gitRepoURL") ?? tags.get("mlflow.source.name") ?? ".";
  const commit = hash(tags.get("mlflow.source.git.commit"));
  const entry = tags.get("mlflow.project.entryPoint");
  const words = ["mlflow", "run", operand(source), ...(commit ? ["--version", commit] : []), ...(entry ? ["--entry-point", operand(entry)] : [])];
  const given = params.flatMap(({ key, value }) => ["-P", shellWord(`${key}=${value}`)]);
  return [`export MLFLOW_TRACKING_URI=${shellWord(url)}`, [...words, "--experiment-id", shellWord(experimentId), ...given].join(" ")];
}

function ofScript({ tags, url, experimentId, modelId }: Origin): readonly string[] {
  const [source, repository] = [tags.get("mlflow.source.name"), tags.get("mlflow.source.git.repoURL")];
  const commit = hash(tags.get("mlflow.source.git.commit"));
  const isNotebook = tags.get("mlflow.source.type") === "NOTEBOOK" || source?.endsWith(".ipynb");
  const script = operand(source ?? "");
  return [
    `export MLFLOW_TRACKING_URI=${shellWord(url)} MLFLOW_EXPERIMENT_ID=${shellWord(experimentId)}`,
    ...(repository ? [`git clone ${operand(repository)} source && cd source`] : []),
    ...(commit ? [`git checkout ${commit}`] : []),
    ...(modelId
      ? [`pip install -r "$(python -c "import mlflow; print(mlflow.pyfunc.get_model_dependencies('models:/${modelId.replaceAll(/[^\w-]/g, "")}'))")"`]
      : []),
    isNotebook ? `jupyter nbconvert --to notebook --execute ${script}` : `python ${script}`,
  ];
}

/**
 * The commands that do again what a run did, as far as its client said what that was: a pipeline's request, an MLflow project with its parameters,
 * a script at its commit with the packages of its model. Undefined where the run names no source. A script's own arguments are in no run of MLflow's.
 */
export function reproduce(origin: Origin): string | undefined {
  const { tags, url, request } = origin;
  if (request !== undefined) {
    const body = JSON.stringify({ request });
    return `curl -X POST ${shellWord(`${url}/capstan/v1/executions`)} -H 'content-type: application/json' -d ${shellWord(body)}`;
  }
  if (!tags.get("mlflow.source.name")) return undefined;
  return (tags.get("mlflow.source.type") === "PROJECT" ? ofProject(origin) : ofScript(origin)).join("\n");
}

import type { ModelSignature, TensorSignature } from "#contracts/platform/model-signature.ts";

/** What a stock client gets when it rebuilds the environment: the versions that the compatibility tests run. */
const versions = { mlflow: "3.17.2", onnx: "1.23.2", onnxruntime: "1.31.1", python: "3.12.9", pip: "25.0.1" } as const;

/** NumPy's names of element types, as MLflow's tensor specifications have them. */
const numpyType: Readonly<Partial<Record<TensorSignature["datatype"], string>>> = { FP32: "float32", FP64: "float64", INT64: "int64", BYTES: "object" };

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

const schemaOf = (tensors: readonly TensorSignature[]) =>
  quoted(
    JSON.stringify(
      tensors.map(({ name, datatype, shape }) => ({ name, type: "tensor", "tensor-spec": { dtype: numpyType[datatype] ?? datatype.toLowerCase(), shape } })),
    ),
  );

/** MLflow writes UTC to the microsecond, without a zone. */
const timeOf = (milliseconds: number) => quoted(new Date(milliseconds).toISOString().replace("T", " ").replace("Z", "000"));

const uuidOf = (digest: string) => digest.slice(0, 32);

interface MlflowModel {
  /** SHA-256 of model.onnx; also gives the model its uuid. */
  readonly digest: string;
  readonly bytes: number;
  readonly signature: ModelSignature;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

const mlModel = ({ digest, bytes, signature, createdAt }: MlflowModel) => `flavors:
  onnx:
    code: null
    data: model.onnx
    onnx_session_options: null
    onnx_version: ${versions.onnx}
    providers:
    - CUDAExecutionProvider
    - CPUExecutionProvider
  python_function:
    data: model.onnx
    env:
      conda: conda.yaml
      virtualenv: python_env.yaml
    loader_module: mlflow.onnx
    python_version: ${versions.python}
is_signature_from_type_hint: false
mlflow_version: ${versions.mlflow}
model_id: null
model_size_bytes: ${bytes}
model_uuid: ${uuidOf(digest)}
prompts: null
signature:
  inputs: ${schemaOf(signature.inputs)}
  outputs: ${schemaOf(signature.outputs)}
  params: null
type_hint_from_example: false
utc_time_created: ${timeOf(createdAt)}
`;

const requirements = ["mlflow", "onnx", "onnxruntime"] as const;
const pinned = requirements.map((name) => `${name}==${versions[name]}`);

const conda = `channels:
- conda-forge
dependencies:
- python=${versions.python}
- pip<=${versions.pip}
- pip:
${pinned.map((line) => `  - ${line}`).join("\n")}
name: mlflow-env
`;

const pythonEnvironment = `python: ${versions.python}
build_dependencies:
- pip==${versions.pip}
- setuptools
- wheel
dependencies:
- -r requirements.txt
`;

/** The text files of a model folder as MLflow 3.17 reads it, by name; the model itself is model.onnx beside them. */
export const mlflowFiles = (model: MlflowModel): Readonly<Record<string, string>> => ({
  MLmodel: mlModel(model),
  "conda.yaml": conda,
  "python_env.yaml": pythonEnvironment,
  "requirements.txt": `${pinned.join("\n")}\n`,
});

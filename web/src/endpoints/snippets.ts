import { exampleRow, featuresOf, mainVariant, type Row } from "./example-row.ts";
import type { EndpointReply, VariantReply } from "./wire.ts";

/** numpy's names of the Open Inference Protocol's element types. */
const numpyTypes: Readonly<Record<string, string>> = {
  BOOL: "bool_",
  UINT8: "uint8",
  UINT16: "uint16",
  UINT32: "uint32",
  UINT64: "uint64",
  INT8: "int8",
  INT16: "int16",
  INT32: "int32",
  INT64: "int64",
  FP16: "float16",
  FP32: "float32",
  FP64: "float64",
};

type Input = NonNullable<VariantReply["signature"]>["inputs"][number];

const inPython = (cell: Row[string]) => (cell === null ? "None" : cell === true ? "True" : cell === false ? "False" : JSON.stringify(cell));
const dictionary = (row: Row) =>
  `{${Object.entries(row)
    .map(([name, cell]) => `${JSON.stringify(name)}: ${inPython(cell)}`)
    .join(", ")}}`;
/** Quoted for a shell of Unix. */
const quoted = (text: string) => `'${text.replaceAll("'", `'"'"'`)}'`;

const shapeOf = ({ shape }: Input) => `[${shape.map((size) => (size === -1 ? 1 : size)).join(", ")}]`;
function tensorOf(input: Input, index: number): string {
  const shape = shapeOf(input);
  const values =
    input.datatype === "BYTES" ? `np.full(${shape}, b"", dtype=object)` : `np.zeros(${shape}, dtype=np.${numpyTypes[input.datatype] ?? "float32"})`;
  return `i${index} = httpclient.InferInput("${input.name}", ${shape}, "${input.datatype}")\ni${index}.set_data_from_numpy(${values})`;
}

/** How each client asks this endpoint, with its own names filled in; test/compat/serving runs them as they stand. */
export function snippets({ name, variants }: Pick<EndpointReply, "name" | "variants">, origin: string): readonly (readonly [client: string, code: string])[] {
  const variant = mainVariant(variants);
  const row = exampleRow(featuresOf(variant));
  const inputs = variant?.signature?.inputs ?? [];
  const host = origin.replace(/^https?:\/\//, "");
  const url = `${origin}/predict/${name}`;
  return [
    ["curl", `curl ${url} -H 'content-type: application/json' \\\n  -d ${quoted(JSON.stringify({ rows: [row] }))}`],
    ["Python", `import requests\n\nreply = requests.post("${url}", json={"rows": [${dictionary(row)}]})\nreply.raise_for_status()\nprint(reply.json())`],
    [
      "boto3",
      `import json\nimport boto3\n\nruntime = boto3.client("sagemaker-runtime", endpoint_url="${origin}", region_name="eu-central-1")\nreply = runtime.invoke_endpoint(\n    EndpointName="${name}",\n    ContentType="application/json",\n    Body=json.dumps({"dataframe_records": [${dictionary(row)}]}),\n)\nprint(reply["Body"].read().decode())`,
    ],
    [
      "tritonclient",
      `import numpy as np\nimport tritonclient.http as httpclient\n\nclient = httpclient.InferenceServerClient("${host}")\n${inputs.map(tensorOf).join("\n")}\nprint(client.infer("${name}", [${inputs.map((_input, index) => `i${index}`).join(", ")}]).get_response())`,
    ],
  ];
}

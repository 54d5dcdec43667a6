import { exampleRow, mainVariant } from "./example-row.ts";
import type { EndpointReply } from "./wire.ts";

const types: Readonly<Record<string, string>> = { FP32: "float32", FP64: "float64", INT64: "int64", INT32: "int32", BYTES: "object" };

/** How each client asks this endpoint, with its own names filled in. */
export function snippets({ name, variants }: EndpointReply, origin: string): readonly (readonly [client: string, code: string])[] {
  const variant = mainVariant(variants);
  const row = JSON.stringify(exampleRow(variant));
  const host = origin.replace(/^https?:\/\//, "");
  const inputs = variant?.signature?.inputs ?? [];
  const shape = (dims: readonly number[]) => `[${dims.map((size) => (size === -1 ? 1 : size)).join(", ")}]`;
  const triton = inputs.map(
    (input, index) =>
      `i${index} = httpclient.InferInput("${input.name}", ${shape(input.shape)}, "${input.datatype}")\ni${index}.set_data_from_numpy(np.zeros(${shape(input.shape)}, dtype=np.${types[input.datatype] ?? "float32"}))`,
  );
  return [
    ["curl", `curl ${origin}/predict/${name} -H 'content-type: application/json' \\\n  -d '{"rows": [${row}]}'`],
    ["Python", `import requests\n\nreply = requests.post("${origin}/predict/${name}", json={"rows": [${row}]})\nprint(reply.json())`],
    [
      "boto3",
      `import boto3, json\n\nruntime = boto3.client("sagemaker-runtime", endpoint_url="${origin}", region_name="eu-central-1")\nreply = runtime.invoke_endpoint(EndpointName="${name}", ContentType="application/json",\n                                Body=json.dumps({"instances": [list(${row}.values())]}))\nprint(reply["Body"].read())`,
    ],
    [
      "tritonclient",
      `import numpy as np\nimport tritonclient.http as httpclient\n\nclient = httpclient.InferenceServerClient("${host}")\n${triton.join("\n")}\nprint(client.infer("${name}", [${inputs.map((_, index) => `i${index}`).join(", ")}]).get_response())`,
    ],
  ];
}

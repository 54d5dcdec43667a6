import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { readJson } from "../../forms/read-json.ts";
import { Card } from "../../parts/card.tsx";
import type { PortReply } from "../wire.ts";

interface TryTensorsProps {
  readonly ports: readonly PortReply[];
  readonly example: object;
  readonly predict: (request: object) => void;
  readonly isPending: boolean;
}

/** The request of a model whose inputs no row can fill, as JSON. */
export function TryTensors({ ports, example, predict, isPending }: TryTensorsProps) {
  const [text, setText] = useState(() => JSON.stringify(example, null, 2));
  const { value, problem } = readJson(text);
  const isRequest = typeof value === "object" && value !== null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isRequest) predict(value);
      }}
    >
      <Card
        title="Tensors"
        description={ports.map(({ name, datatype, shape }) => `${name}: ${datatype} [${shape.join(", ")}]`).join("; ")}
        actions={
          <Button variant="primary" loading={isPending} disabled={!isRequest}>
            Predict
          </Button>
        }
      >
        <FormField
          label="Request"
          errorText={problem}
          constraintText="Open Inference Protocol V2: data row by row; -1 in a shape is a length of your choice."
          stretch
        >
          <Textarea value={text} rows={18} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
        </FormField>
      </Card>
    </form>
  );
}

import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import LiveRegion from "@cloudscape-design/components/live-region";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { address } from "../../address.ts";
import { ErrorCard } from "../../parts/error-card.tsx";
import { percent } from "../../parts/format.ts";
import { Loaded } from "../../parts/loaded.tsx";
import { useRead } from "../../queries.ts";
import { featuresOf, mainVariant } from "../example-row.ts";
import type { EndpointReply, ExampleReply, PortReply } from "../wire.ts";
import { type Answered, inferTensors, predictRows } from "./answered.ts";
import { Answers } from "./answers.tsx";
import { draftsOf } from "./example-source.ts";
import { exampleTensors, featuresOfPorts } from "./features.ts";
import { PredictionAnswer } from "./prediction-answer.tsx";
import { TryRows } from "./try-rows.tsx";
import { TryTensors } from "./try-tensors.tsx";

const mostAnswers = 10;
const anyone = { value: "", label: "Whom the shares choose" };

/** Asks the endpoint: with rows of named features where the model takes such, else with tensors. */
export function TryIt({ endpoint }: { readonly endpoint: EndpointReply }) {
  const [variant, setVariant] = useState("");
  const [answers, setAnswers] = useState<readonly Answered[]>([]);
  const asked = endpoint.variants.find(({ name }) => name === variant) ?? mainVariant(endpoint.variants);
  const features = featuresOf(asked);
  const path = address(["capstan", "v1", "endpoints", endpoint.name, "example-rows"], { variant: asked?.name ?? "" });
  const examples = useRead<{ readonly rows: readonly ExampleReply[] }>(path, { every: false });
  const version = address(["v2", "models", endpoint.name, "versions", asked?.modelVersion ?? ""]);
  const ports = useRead<{ readonly inputs: readonly PortReply[] }>(version, { every: false, enabled: features.length === 0 });
  const prediction = useMutation({
    mutationFn: (ask: () => Promise<Answered>) => ask(),
    onSuccess: (answer) => setAnswers((last) => [answer, ...last].slice(0, mostAnswers)),
  });
  const options = [anyone, ...endpoint.variants.map(({ name, weight }) => ({ value: name, label: name, description: percent(weight) }))];
  const rows = (named: readonly { readonly name: string; readonly datatype: string }[], found: readonly ExampleReply[]) => (
    <TryRows
      key={asked?.name}
      features={named}
      drafts={draftsOf(named, found)}
      description={`What ${asked?.modelName ?? ""} ${asked?.modelVersion ?? ""} reads.`}
      predict={(wanted) => prediction.mutate(() => predictRows(endpoint.name, wanted, variant))}
      isPending={prediction.isPending}
    />
  );
  const tensors = (inputs: readonly PortReply[], found: readonly ExampleReply[]) => {
    const named = featuresOfPorts(inputs);
    if (named) return rows(named, found);
    const example = exampleTensors(inputs, Object.values(found[0]?.cells ?? {}));
    if (!example) return <Alert>The model takes tensors too large to be typed: ask it through one of the clients.</Alert>;
    const ask = (request: object) => prediction.mutate(() => inferTensors(endpoint.name, variant === "" ? undefined : asked?.modelVersion, request));
    return <TryTensors key={asked?.name} ports={inputs} example={example} predict={ask} isPending={prediction.isPending} />;
  };
  return (
    <SpaceBetween size="l">
      <FormField label="Ask">
        <Select
          selectedOption={options.find(({ value }) => value === variant) ?? anyone}
          options={options}
          onChange={({ detail }) => setVariant(detail.selectedOption.value ?? "")}
        />
      </FormField>
      <Loaded query={examples}>
        {(found) => (features.length > 0 ? rows(features, found.rows) : <Loaded query={ports}>{({ inputs }) => tensors(inputs, found.rows)}</Loaded>)}
      </Loaded>
      {prediction.error && <ErrorCard error={prediction.error} retry={() => prediction.variables && prediction.mutate(prediction.variables)} />}
      <LiveRegion hidden>{prediction.data ? `Answered by ${prediction.data.variant}.` : ""}</LiveRegion>
      {prediction.data && <PredictionAnswer answered={prediction.data} />}
      {answers.length > 1 && <Answers answers={answers} />}
    </SpaceBetween>
  );
}

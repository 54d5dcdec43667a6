import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address } from "../address.ts";
import type { ReplyOf } from "../client.ts";
import { skeleton } from "../forms/document.ts";
import type { Schema } from "../forms/schema.ts";
import { SchemaForm } from "../forms/schema-form.tsx";
import { useSchema } from "../forms/use-schema.ts";
import { useSubmit } from "../forms/use-submit.ts";
import { Page } from "../frame/page.tsx";
import { useUrlState } from "../frame/url-state.ts";
import { Card } from "../parts/card.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { RefusalAlert } from "../parts/refusal-alert.tsx";
import { useRead } from "../queries.ts";

type ExecutionReply = ReplyOf<typeof pipelineContract, "getExecution">;

/** Starts the training pipeline: from nothing, or with what another execution was asked. */
export function StartPage() {
  const [from] = useUrlState("from");
  const schema = useSchema("TrainingRequest");
  const earlier = useRead<ExecutionReply>(address(["capstan", "v1", "executions", from]), { every: false, enabled: from !== "" });
  return (
    <Page
      title="Start an execution"
      description={from === "" ? "The training pipeline: what is left empty is the platform's default." : `With what ${from} was asked.`}
    >
      <Loaded query={schema}>
        {({ schema: found }) =>
          from === "" ? (
            <StartForm schema={found} start={skeleton(found, found)} />
          ) : (
            <Loaded query={earlier}>{({ request }) => <StartForm schema={found} start={{ ...request, trigger: { type: "manual" } }} />}</Loaded>
          )
        }
      </Loaded>
    </Page>
  );
}

function StartForm({ schema, start }: { readonly schema: Schema; readonly start: unknown }) {
  const [request, setRequest] = useState<unknown>(start);
  // One name for the whole life of the form: sent twice it is one execution.
  const [name, setName] = useState(() => `console-${crypto.randomUUID().slice(0, 8)}`);
  const { submit, isPending, error, refusals } = useSubmit<ReplyOf<typeof pipelineContract, "startExecution">>("request");
  const send = () =>
    submit(
      { path: "/capstan/v1/executions", body: { name, request: request as object }, done: `${name} has begun.` },
      { onSuccess: ({ execution }) => navigate(address(["pipelines", "executions", execution.name])) },
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <SpaceBetween size="l">
        <RefusalAlert error={error} />
        <Card title="Execution">
          <FormField
            label="Name"
            description="The same name with the same request is the same execution: it is safe to send this twice."
            errorText={refusals.get("name")}
          >
            <Input value={name} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
        </Card>
        <Card title="Request">
          <SchemaForm schema={schema} value={request} change={setRequest} refusals={refusals} />
        </Card>
        <Button variant="primary" loading={isPending}>
          Start
        </Button>
      </SpaceBetween>
    </form>
  );
}

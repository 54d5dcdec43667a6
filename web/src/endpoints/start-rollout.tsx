import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address } from "../address.ts";
import { SchemaForm } from "../forms/schema-form.tsx";
import { useSchema } from "../forms/use-schema.ts";
import { useSubmit } from "../forms/use-submit.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { VersionSelect } from "./version-select.tsx";
import type { EndpointReply, RolloutReply } from "./wire.ts";

/** Asks for a version and a plan, and starts the rollout. What is left empty is the platform's default; it says what it does not accept. */
export function StartRollout({ endpoint }: { readonly endpoint: EndpointReply }) {
  const [open, setOpen] = useState(false);
  const [modelVersion, setVersion] = useState("");
  const [reason, setReason] = useState("");
  const [plan, setPlan] = useState<unknown>({});
  const schema = useSchema("RolloutPlan");
  const { submit, isPending, error, refusals, forget } = useSubmit<{ readonly rollout: RolloutReply }>("plan");
  const serving = endpoint.variants.filter(({ weight }) => weight > 0);
  const modelName = serving[0]?.modelName ?? endpoint.variants[0]?.modelName ?? "";
  const close = () => {
    setOpen(false);
    forget();
  };
  const start = () =>
    submit(
      {
        path: address(["capstan", "v1", "endpoints", endpoint.name, "rollouts"]),
        body: { modelName, modelVersion, plan, reason: reason.trim() },
        done: `The rollout of version ${modelVersion} has begun.`,
      },
      { onSuccess: ({ rollout }) => navigate(address(["endpoints", endpoint.name, "rollouts", rollout.rolloutId])) },
    );
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        disabled={endpoint.rolloutId !== undefined}
        {...(endpoint.rolloutId !== undefined && { disabledReason: `Rollout ${endpoint.rolloutId} is under way.` })}
      >
        Start rollout
      </Button>
      {open && (
        <FormDialog
          title={`Roll out another version of ${modelName}`}
          action="Start"
          actionLabel="Confirm: start the rollout"
          size="large"
          isPending={isPending}
          error={error}
          disabled={modelVersion === ""}
          submit={start}
          close={close}
        >
          <VersionSelect
            model={modelName}
            version={modelVersion}
            choose={setVersion}
            excluded={serving.map((one) => one.modelVersion)}
            error={refusals.get("modelVersion")}
          />
          <FormField label="Reason" description="Kept in the endpoint's history.">
            <Input value={reason} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
          <Loaded query={schema}>{(data) => <SchemaForm schema={data.schema} value={plan} change={setPlan} refusals={refusals} />}</Loaded>
        </FormDialog>
      )}
    </>
  );
}

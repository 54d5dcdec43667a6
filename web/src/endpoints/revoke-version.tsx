import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { ReasonDialog } from "../parts/reason-dialog.tsx";
import { useChange } from "../queries.ts";
import type { EndpointReply } from "./wire.ts";

/** Stops one of the endpoint's model versions on every endpoint, for good. */
export function RevokeVersion({ endpoint: { variants } }: { readonly endpoint: EndpointReply }) {
  const [chosen, setChosen] = useState<string>();
  const change = useChange();
  const open = variants.filter(({ revoked }) => !revoked);
  const options = open.map(({ name, modelName, modelVersion }) => ({ value: name, label: `${modelName} ${modelVersion}`, description: `variant ${name}` }));
  const variant = open.find(({ name }) => name === chosen) ?? open.at(-1);
  const revoke = (reason: string) => {
    if (!variant) return;
    const { modelName, modelVersion } = variant;
    change.mutate({ path: "/capstan/v1/model-revocations", body: { modelName, modelVersion, reason }, done: `${modelName} ${modelVersion} is revoked.` });
  };
  return (
    <ReasonDialog
      action="Revoke a version"
      question={
        <SpaceBetween size="m">
          <div>
            No endpoint answers with it any more, here or elsewhere, and none takes it again. This cannot be taken back. A rollout of it is rolled back.
          </div>
          <FormField label="Model version">
            <Select
              selectedOption={options.find(({ value }) => value === variant?.name) ?? null}
              options={options}
              onChange={({ detail }) => setChosen(detail.selectedOption.value)}
            />
          </FormField>
        </SpaceBetween>
      }
      confirm={revoke}
      disabled={variant === undefined || change.isPending}
    />
  );
}

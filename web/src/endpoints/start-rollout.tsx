import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { address } from "../client.ts";
import { useChange } from "../queries.ts";
import type { EndpointReply } from "./wire.ts";

const start = { modelVersion: "", steps: "5, 25, 50", bakeSeconds: "300", minimumRequests: "100", reason: "" };
const labels: Readonly<Record<keyof typeof start, string>> = {
  modelVersion: "Model version",
  steps: "Canary's shares, in percent",
  bakeSeconds: "Seconds at each share",
  minimumRequests: "Answers of the canary before it may be promoted",
  reason: "Reason",
};

/** Asks for a version and a plan, and starts the rollout; the platform says what it does not accept. */
export function StartRollout({ endpoint }: { readonly endpoint: EndpointReply }) {
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState(start);
  const change = useChange();
  const modelName = endpoint.variants[0]?.modelName ?? "";
  const submit = () => {
    const plan = {
      steps: form.steps.split(",").map((step) => Number(step) / 100),
      bakeSeconds: Number(form.bakeSeconds),
      guardrails: { minimumRequests: Number(form.minimumRequests) },
    };
    const body = { modelName, modelVersion: form.modelVersion.trim(), plan, reason: form.reason };
    change.mutate({
      path: address(["capstan", "v1", "endpoints", endpoint.name, "rollouts"]),
      body,
      done: `The rollout of version ${body.modelVersion} has begun.`,
    });
    setOpen(false);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)} disabled={endpoint.rolloutId !== undefined}>
        Start rollout
      </Button>
      <Modal
        visible={open}
        onDismiss={() => setOpen(false)}
        header={`Roll out another version of ${modelName}`}
        footer={
          <Box float="right">
            <Button variant="primary" disabled={form.modelVersion.trim() === ""} onClick={submit}>
              Start
            </Button>
          </Box>
        }
      >
        <SpaceBetween size="m">
          {(Object.keys(start) as (keyof typeof start)[]).map((field) => (
            <FormField key={field} label={labels[field]}>
              <Input value={form[field]} onChange={({ detail }) => setForm({ ...form, [field]: detail.value })} />
            </FormField>
          ))}
        </SpaceBetween>
      </Modal>
    </>
  );
}

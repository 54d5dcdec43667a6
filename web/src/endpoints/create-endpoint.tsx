import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { address, mlflow } from "../address.ts";
import { useSubmit } from "../forms/use-submit.ts";
import type { EndpointsReply, ModelsReply } from "../models/wire.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { useRead } from "../queries.ts";
import { ComputeFields } from "./compute-fields.tsx";
import { bodyOf, emptyEndpoint, refusedField } from "./new-endpoint.ts";
import { VersionSelect } from "./version-select.tsx";

/** Asks for what an endpoint needs, and creates it; a name that is taken by another endpoint is refused. */
export function CreateEndpoint() {
  const [open, setOpen] = useState(false);
  const [form, setForm] = useState(emptyEndpoint);
  const models = useRead<ModelsReply>(mlflow("registered-models/search", { max_results: 1000 }), { enabled: open });
  const endpoints = useRead<EndpointsReply>("/capstan/v1/endpoints?pageSize=1", { enabled: open, every: false });
  const { submit, isPending, error, forget } = useSubmit();
  const refused = error ? refusedField(error.message) : undefined;
  const errorOf = (field: string) => (refused === field ? error?.message : undefined);
  const close = () => {
    setOpen(false);
    forget();
  };
  const create = () =>
    submit(
      { method: "PUT", path: address(["capstan", "v1", "endpoints", form.name.trim()]), body: bodyOf(form), done: `${form.name.trim()} answers.` },
      { onSuccess: () => navigate(address(["endpoints", form.name.trim()])) },
    );
  const options = (models.data?.registered_models ?? []).map(({ name }) => ({ label: name, value: name }));
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        Create endpoint
      </Button>
      {open && (
        <FormDialog
          title="Create endpoint"
          action="Create"
          actionLabel="Confirm: create endpoint"
          isPending={isPending}
          error={error}
          disabled={form.name.trim() === "" || form.modelVersion === ""}
          submit={create}
          close={close}
        >
          <FormField label="Name" constraintText="1 to 63 letters, digits or hyphens." errorText={errorOf("name")}>
            <Input value={form.name} onChange={({ detail }) => setForm({ ...form, name: detail.value })} />
          </FormField>
          <FormField label="Description - optional">
            <Input value={form.description} onChange={({ detail }) => setForm({ ...form, description: detail.value })} />
          </FormField>
          <FormField label="Registered model" errorText={models.error?.message}>
            <Select
              selectedOption={options.find(({ value }) => value === form.modelName) ?? null}
              options={options}
              placeholder="Choose a model"
              empty="No model is registered yet."
              filteringType="auto"
              onChange={({ detail }) => setForm({ ...form, modelName: detail.selectedOption.value ?? "", modelVersion: "" })}
            />
          </FormField>
          <VersionSelect
            model={form.modelName}
            version={form.modelVersion}
            choose={(modelVersion) => setForm({ ...form, modelVersion })}
            error={errorOf("variants")}
          />
          <ComputeFields form={form} change={setForm} hosting={endpoints.data?.hosting} error={errorOf("compute")} />
          <FormField label="Captured for monitoring, percent of predictions" errorText={errorOf("captureRate")}>
            <Input value={form.capturePercent} inputMode="decimal" onChange={({ detail }) => setForm({ ...form, capturePercent: detail.value })} />
          </FormField>
          <FormField label="Reason - optional" description="Kept in the history.">
            <Input value={form.reason} onChange={({ detail }) => setForm({ ...form, reason: detail.value })} />
          </FormField>
        </FormDialog>
      )}
    </>
  );
}

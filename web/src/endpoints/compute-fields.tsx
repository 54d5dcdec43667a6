import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Toggle from "@cloudscape-design/components/toggle";
import type { EndpointsReply } from "../models/wire.ts";
import type { NewEndpoint } from "./new-endpoint.ts";

interface ComputeFieldsProps {
  readonly form: NewEndpoint;
  readonly change: (form: NewEndpoint) => void;
  /** Undefined until it is known. */
  readonly hosting: EndpointsReply["hosting"] | undefined;
  readonly error: string | undefined;
}

/** Where an endpoint runs, and how requests get their variant. */
export function ComputeFields({ form, change, hosting, error }: ComputeFieldsProps) {
  return (
    <>
      <FormField label="Compute" errorText={error}>
        <RadioGroup
          value={form.compute}
          items={[
            { value: "lambda", label: "The platform's own function", description: "Nothing costs money at rest." },
            {
              value: "sagemaker",
              label: "SageMaker",
              disabled: hosting === "unavailable",
              description:
                hosting === "unavailable"
                  ? "Not here: this deployment has no role for model containers."
                  : "On instances of its own, which cost money while the endpoint exists. On a laptop the platform plays SageMaker.",
            },
          ]}
          onChange={({ detail }) => change({ ...form, compute: detail.value === "sagemaker" ? "sagemaker" : "lambda" })}
        />
      </FormField>
      {form.compute === "sagemaker" && (
        <>
          <FormField label="Instance type">
            <Input value={form.instanceType} onChange={({ detail }) => change({ ...form, instanceType: detail.value })} />
          </FormField>
          <FormField label="Instances">
            <Input value={form.instanceCount} inputMode="numeric" onChange={({ detail }) => change({ ...form, instanceCount: detail.value })} />
          </FormField>
          <FormField
            label={hosting === "imageNeeded" ? "Container image" : "Container image - optional"}
            description={hosting === "imageNeeded" ? "This deployment has no inference image of its own." : "Empty: the deployment's own inference image."}
          >
            <Input value={form.image} onChange={({ detail }) => change({ ...form, image: detail.value })} />
          </FormField>
        </>
      )}
      <FormField label="Assignment" description="Sticky: a client that sends the header X-Capstan-Key always gets the same variant.">
        <Toggle checked={form.isSticky} onChange={({ detail }) => change({ ...form, isSticky: detail.checked })}>
          {form.isSticky ? "sticky" : "random"}
        </Toggle>
      </FormField>
    </>
  );
}

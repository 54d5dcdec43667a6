import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { versionsPath } from "../models/names.ts";
import type { VersionsReply } from "../models/wire.ts";
import { useRead } from "../queries.ts";

interface VersionSelectProps {
  readonly model: string;
  readonly version: string;
  readonly choose: (version: string) => void;
  /** Versions that cannot be chosen, as they serve already. */
  readonly excluded?: readonly string[];
  readonly error?: string | undefined;
}

/** A version of a registered model, the latest first. */
export function VersionSelect({ model, version, choose, excluded = [], error }: VersionSelectProps) {
  const query = useRead<VersionsReply>(versionsPath(model), { enabled: model !== "" });
  const versions = (query.data?.model_versions ?? []).toSorted((left, right) => Number(right.version) - Number(left.version));
  const options = versions.map((one) => ({
    label: `Version ${one.version}`,
    value: one.version,
    disabled: excluded.includes(one.version),
    tags: [...(one.aliases ?? []), ...(excluded.includes(one.version) ? ["serves already"] : [])],
  }));
  return (
    <FormField label="Model version" errorText={error ?? query.error?.message}>
      <Select
        selectedOption={options.find(({ value }) => value === version) ?? null}
        options={options}
        placeholder="Choose a version"
        empty="The model has no version."
        statusType={query.isPending && model !== "" ? "loading" : "finished"}
        filteringType="auto"
        onChange={({ detail }) => choose(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

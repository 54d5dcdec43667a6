import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { setQuery, useUrlState } from "../frame/url-state.ts";

/** MLflow's filter string, asked of the platform on Enter. */
export function FilterLine() {
  const [filter] = useUrlState("filter");
  const [text, setText] = useState(filter);
  const ask = (value: string) => setQuery({ filter: value.trim(), from: "" });
  return (
    <FormField label="Filter" constraintText="Enter asks. For example: metrics.loss < 0.1 and params.depth = '6' and attributes.status = 'FINISHED'" stretch>
      <Input
        type="search"
        value={text}
        onChange={({ detail }) => {
          setText(detail.value);
          if (detail.value === "") ask("");
        }}
        onKeyDown={({ detail }) => detail.key === "Enter" && ask(text)}
      />
    </FormField>
  );
}

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { mlflow } from "../client.ts";
import { Card } from "../parts/card.tsx";
import { useChange } from "../queries.ts";
import { Markdown } from "./markdown.tsx";

interface DescriptionCardProps {
  /** The MLflow resource that it describes, and its name there. */
  readonly of: "registered-models" | "model-versions";
  readonly id: { readonly name: string; readonly version?: string };
  readonly text: string;
}

/** A description in Markdown, to be read and changed in place; what it said before can be brought back. */
export function DescriptionCard({ of, id, text }: DescriptionCardProps) {
  const [draft, setDraft] = useState<string>();
  const change = useChange();
  const path = mlflow(`${of}/update`, {});
  const save = () => {
    if (draft !== undefined && draft !== text)
      change.mutate({
        method: "PATCH",
        path,
        body: { ...id, description: draft },
        done: "The description is saved.",
        undo: { method: "PATCH", path, body: { ...id, description: text }, done: "The description is as it was." },
      });
    setDraft(undefined);
  };
  if (draft === undefined)
    return (
      <Card title="Description" actions={<Button onClick={() => setDraft(text)}>Edit description</Button>}>
        {text === "" ? (
          <Box color="text-body-secondary">What it is for, whom it serves, what it must not be used for: nothing is written yet.</Box>
        ) : (
          <Markdown text={text} label="Description" />
        )}
      </Card>
    );
  return (
    <Card title="Description">
      <SpaceBetween size="s">
        <FormField label="Description" description="Markdown. It is the intended use in the model card." stretch>
          <Textarea value={draft} rows={8} autoFocus onChange={({ detail }) => setDraft(detail.value)} />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" onClick={save}>
            Save description
          </Button>
          <Button variant="link" onClick={() => setDraft(undefined)}>
            Cancel
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Card>
  );
}

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { type Deed, useChange } from "../queries.ts";
import { useShortcuts } from "../shortcuts/registry.ts";
import { Card } from "./card.tsx";
import { Markdown } from "./markdown.tsx";

interface NoteCardProps {
  /** What the text is called: `Description`. */
  readonly title: string;
  readonly text: string;
  /** Shown while there is none. */
  readonly empty: string;
  readonly hint: string;
  /** The request that keeps another text. */
  readonly saving: (text: string) => Omit<Deed, "done">;
}

/** A text in Markdown, to be read and changed in place; what it said before can be brought back. */
export function NoteCard({ title, text, empty, hint, saving }: NoteCardProps) {
  const [draft, setDraft] = useState<string>();
  const change = useChange();
  const noun = title.toLowerCase();
  useShortcuts(title, [{ keys: "e", does: `Edit ${noun}`, run: () => setDraft(text) }]);
  const save = () => {
    if (draft !== undefined && draft !== text)
      change.mutate({ ...saving(draft), done: `${title} saved.`, undo: { ...saving(text), done: `${title} as before.` } });
    setDraft(undefined);
  };
  if (draft === undefined)
    return (
      <Card title={title} actions={<Button onClick={() => setDraft(text)}>{`Edit ${noun}`}</Button>}>
        {text === "" ? <Box color="text-body-secondary">{empty}</Box> : <Markdown text={text} label={title} />}
      </Card>
    );
  return (
    <Card title={title}>
      <SpaceBetween size="s">
        <FormField label={title} description={hint} stretch>
          <Textarea
            value={draft}
            rows={8}
            autoFocus
            onChange={({ detail }) => setDraft(detail.value)}
            onKeyDown={({ detail }) => detail.key === "Escape" && draft === text && setDraft(undefined)}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" onClick={save}>
            {`Save ${noun}`}
          </Button>
          <Button variant="link" onClick={() => setDraft(undefined)}>
            Cancel
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Card>
  );
}

import { mlflow } from "../address.ts";
import { NoteCard } from "../parts/note-card.tsx";

interface DescriptionCardProps {
  /** The MLflow resource that it describes, and its name there. */
  readonly of: "registered-models" | "model-versions";
  readonly id: { readonly name: string; readonly version?: string };
  readonly text: string;
}

/** The description of a model or a version. */
export function DescriptionCard({ of, id, text }: DescriptionCardProps) {
  return (
    <NoteCard
      title="Description"
      text={text}
      empty="What it is for, whom it serves, what it must not be used for: nothing is written yet."
      hint="Markdown. It is the intended use in the model card."
      saving={(description) => ({ method: "PATCH", path: mlflow(`${of}/update`, {}), body: { ...id, description } })}
    />
  );
}

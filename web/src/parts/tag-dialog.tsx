import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { type Tag, TagForm } from "./tag-form.tsx";

interface TagDialogProps {
  readonly action: string;
  /** Shown as an icon; the action is its name. */
  readonly icon?: "edit";
  /** The tag that is changed; a new one is asked for without. */
  readonly initial?: Tag;
  readonly submit: (key: string, value: string) => void;
}

/** A button that asks for a tag. */
export function TagDialog({ action, icon, initial, submit }: TagDialogProps) {
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  return (
    <>
      {icon ? <Button variant="inline-icon" iconName={icon} ariaLabel={action} onClick={show} /> : <Button onClick={show}>{action}</Button>}
      {open && <TagForm title={action} {...(initial && { initial })} confirm={submit} close={() => setOpen(false)} />}
    </>
  );
}

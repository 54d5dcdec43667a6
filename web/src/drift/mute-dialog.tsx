import Button from "@cloudscape-design/components/button";
import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { address } from "../address.ts";
import { useSubmit } from "../forms/use-submit.ts";
import { useDates } from "../parts/dates.ts";
import { FormDialog } from "../parts/form-dialog.tsx";
import { muteEnd, spans } from "./mute-end.ts";

const whole = { value: "", label: "The whole monitor" };

interface MuteDialogProps {
  readonly monitor: string;
  readonly columns: readonly string[];
}

/** Keeps a column, or the monitor, from raising the alarm for a while: until when, and why. */
export function MuteDialog({ monitor, columns }: MuteDialogProps) {
  const [open, setOpen] = useState(false);
  const [column, setColumn] = useState("");
  const [span, setSpan] = useState<string>("day");
  const [date, setDate] = useState("");
  const [reason, setReason] = useState("");
  const dates = useDates();
  const { submit, isPending, error, refusals, forget } = useSubmit();
  const options = [whole, ...columns.map((name) => ({ value: name, label: name }))];
  const until = muteEnd(span, date, Date.now());
  const close = () => {
    setOpen(false);
    setReason("");
    forget();
  };
  const mute = () =>
    submit(
      {
        method: "PUT",
        path: address(["capstan", "v1", "monitors", monitor, "mutes"]),
        body: { column: column === "" ? null : column, until, reason: reason.trim() },
        done: `${column === "" ? monitor : column} raises no alarm until ${dates.full(until ?? "")}.`,
      },
      { onSuccess: close },
    );
  return (
    <>
      <Button onClick={() => setOpen(true)}>Mute</Button>
      {open && (
        <FormDialog
          title={`Mute ${monitor}`}
          action="Mute"
          actionLabel="Confirm: mute"
          isPending={isPending}
          error={error}
          disabled={until === undefined || reason.trim() === ""}
          submit={mute}
          close={close}
        >
          <div>What is muted is still judged and reported. It raises no alarm, and starts no retraining.</div>
          <FormField label="What" errorText={refusals.get("column")}>
            <Select
              filteringType="auto"
              selectedOption={options.find(({ value }) => value === column) ?? whole}
              options={options}
              onChange={({ detail }) => setColumn(detail.selectedOption.value ?? "")}
            />
          </FormField>
          <FormField label="Until" errorText={refusals.get("until")}>
            <Select
              selectedOption={spans.find(({ value }) => value === span) ?? null}
              options={[...spans]}
              onChange={({ detail }) => setSpan(detail.selectedOption.value ?? "")}
            />
          </FormField>
          {span === "date" && (
            <FormField label="Date" constraintText="The day counts whole.">
              <DatePicker
                value={date}
                openCalendarAriaLabel={(chosen) => (chosen === null ? "Choose a date" : `Choose a date, ${chosen} is chosen`)}
                placeholder="YYYY/MM/DD"
                onChange={({ detail }) => setDate(detail.value)}
              />
            </FormField>
          )}
          <FormField label="Reason" description="Shown with the monitor and in its reports." errorText={refusals.get("reason")}>
            <Textarea value={reason} rows={3} onChange={({ detail }) => setReason(detail.value)} />
          </FormField>
        </FormDialog>
      )}
    </>
  );
}

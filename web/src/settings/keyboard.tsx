import Button from "@cloudscape-design/components/button";
import Toggle from "@cloudscape-design/components/toggle";
import { showOverlay } from "../frame/overlay.ts";
import { setPreferences, usePreferences } from "../frame/preferences.ts";
import { Card } from "../parts/card.tsx";

/** Whether single keys do anything, for whoever speaks or presses keys by accident. */
export function Keyboard() {
  const { shortcuts } = usePreferences();
  return (
    <Card title="Keyboard" description="Remembered by this browser." actions={<Button onClick={() => showOverlay("help")}>Show shortcuts</Button>}>
      <Toggle
        checked={shortcuts === "on"}
        description="Letters do nothing while a field has the focus. Ctrl+K always works."
        onChange={({ detail }) => setPreferences({ shortcuts: detail.checked ? "on" : "off" })}
      >
        Single keys do something
      </Toggle>
    </Card>
  );
}

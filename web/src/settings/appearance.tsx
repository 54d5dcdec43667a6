import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { choicesOf } from "../frame/preference-names.ts";
import { type PreferenceName, usePreferences } from "../frame/preferences.ts";
import { Card } from "../parts/card.tsx";

const shown: readonly (readonly [PreferenceName, description: string])[] = [
  ["theme", "System follows the operating system."],
  ["density", "How much fits on a screen."],
  ["zone", "The clock that dates are told by."],
  ["motion", "System follows the operating system; reduced shows changes without animation."],
];

/** How the console looks, remembered by this browser. */
export function Appearance() {
  const current = usePreferences();
  return (
    <Card title="Appearance" description="Remembered by this browser.">
      <ColumnLayout columns={2}>
        {shown.map(([name, description]) => {
          const { title, options } = choicesOf(name, current);
          return (
            <FormField key={name} label={<span id={`label-${name}`}>{title}</span>} description={description}>
              <SegmentedControl
                ariaLabelledby={`label-${name}`}
                selectedId={current[name]}
                options={options.map(({ id, text }) => ({ id, text }))}
                onChange={({ detail }) => options.find(({ id }) => id === detail.selectedId)?.choose()}
              />
            </FormField>
          );
        })}
      </ColumnLayout>
    </Card>
  );
}

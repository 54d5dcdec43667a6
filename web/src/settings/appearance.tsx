import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { densities, setPreferences, themes, usePreferences } from "../frame/preferences.ts";
import { Card } from "../parts/card.tsx";

const choices = (all: readonly string[]) => all.map((id) => ({ id, text: `${id.charAt(0).toUpperCase()}${id.slice(1)}` }));

/** Theme and density, remembered by this browser. */
export function Appearance() {
  const { theme, density } = usePreferences();
  return (
    <Card title="Appearance" description="Remembered by this browser.">
      <ColumnLayout columns={2}>
        <FormField label="Theme">
          <SegmentedControl
            label="Theme"
            selectedId={theme}
            options={choices(themes)}
            onChange={({ detail }) => setPreferences({ theme: themes.find((one) => one === detail.selectedId) ?? "system" })}
          />
        </FormField>
        <FormField label="Density">
          <SegmentedControl
            label="Density"
            selectedId={density}
            options={choices(densities)}
            onChange={({ detail }) => setPreferences({ density: densities.find((one) => one === detail.selectedId) ?? "comfortable" })}
          />
        </FormField>
      </ColumnLayout>
    </Card>
  );
}

import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { FieldProps } from "./field-props.ts";
import { fieldWords } from "./field-words.ts";
import { Members } from "./object-field.tsx";
import { resolved } from "./schema.ts";

/** A list of objects: each can be taken away, and one can be added. */
export function ListField(props: FieldProps) {
  const { form, path, schema, value } = props;
  const items = Array.isArray(value) ? (value as unknown[]) : [];
  const item = resolved(schema.items ?? {}, form.root);
  const { label, description, errorText } = fieldWords(props);
  return (
    <ExpandableSection
      headerText={`${label} (${items.length})`}
      {...(description !== undefined && { headerDescription: description })}
      defaultExpanded={items.length > 0}
    >
      <div className="nested">
        <SpaceBetween size="m">
          {errorText !== undefined && <Box color="text-status-error">{errorText}</Box>}
          {items.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the list is what names an item
            <div key={index} className="nested">
              <Members form={form} schema={item} path={[...path, index]} value={one} />
              <Button
                formAction="none"
                onClick={() => form.set([...path, index], undefined)}
              >{`Remove ${label.replace(" - optional", "").toLowerCase()} ${index + 1}`}</Button>
            </div>
          ))}
          <Button
            formAction="none"
            iconName="add-plus"
            onClick={() => form.set(path, [...items, {}])}
          >{`Add to ${label.replace(" - optional", "").toLowerCase()}`}</Button>
        </SpaceBetween>
      </div>
    </ExpandableSection>
  );
}

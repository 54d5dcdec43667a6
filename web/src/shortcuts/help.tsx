import Box from "@cloudscape-design/components/box";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import { setPreferences, usePreferences } from "../frame/preferences.ts";
import { type ShortcutGroup, useShortcutGroups } from "./registry.ts";

/** Works whatever the preference says: it needs a modifier. */
const always: ShortcutGroup = {
  title: "Always",
  shortcuts: [
    { keys: "Ctrl+K", does: "Search everything (also ⌘ K)", run: () => undefined },
    { keys: "Escape", does: "Close what is open", run: () => undefined },
  ],
};

function Group({ title, shortcuts }: ShortcutGroup) {
  return (
    <section aria-label={title}>
      <Box variant="h3">{title}</Box>
      <dl className="shortcuts">
        {shortcuts.map(({ keys, does }) => (
          <div key={keys}>
            <dt>
              {keys.split(" ").map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Every key that does something on this page. */
export function ShortcutHelp({ close }: { readonly close: () => void }) {
  const groups = useShortcutGroups();
  const { shortcuts } = usePreferences();
  return (
    <Modal visible header="Keyboard shortcuts" onDismiss={close} closeAriaLabel="Close">
      <SpaceBetween size="m">
        <Toggle checked={shortcuts === "on"} onChange={({ detail }) => setPreferences({ shortcuts: detail.checked ? "on" : "off" })}>
          Single keys do something
        </Toggle>
        {[...groups, always].map((group) => (
          <Group key={group.title} {...group} />
        ))}
      </SpaceBetween>
    </Modal>
  );
}

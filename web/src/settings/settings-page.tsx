import { Page } from "../frame/page.tsx";
import { Appearance } from "./appearance.tsx";
import { Clients } from "./clients.tsx";
import { Keyboard } from "./keyboard.tsx";
import { TokensTable } from "./tokens-table.tsx";

/** How the console looks, and who may use the platform. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <Appearance />
      <Keyboard />
      <TokensTable />
      <Clients />
    </Page>
  );
}

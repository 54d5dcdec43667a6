import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { session } from "../session.ts";
import { consoleShortcuts } from "../shortcuts/console-shortcuts.ts";
import { listShortcuts } from "../shortcuts/list-shortcuts.ts";
import { listenForShortcuts } from "../shortcuts/listen.ts";
import { useShortcuts } from "../shortcuts/registry.ts";
import { Crumbs } from "./crumbs.tsx";
import { focusHeading } from "./heading.tsx";
import { OfflineBanner } from "./offline-banner.tsx";
import { Overlays } from "./overlays.tsx";
import { SideBar } from "./side-bar.tsx";
import { SignIn } from "./sign-in.tsx";
import { SignInAgain } from "./sign-in-again.tsx";
import { Notifications } from "./toasts.tsx";
import { TopBar } from "./top-bar.tsx";

const inFrame = { isFrame: true };
const wide = window.matchMedia("(min-width: 700px)");

/** What stays the same from page to page: bars, messages, keys, the way in. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [navigationOpen, setNavigationOpen] = useState(wide.matches);
  const standing = useSyncExternalStore(session.subscribe, session.standing);
  useShortcuts("Lists", listShortcuts, inFrame);
  useShortcuts("Everywhere", consoleShortcuts, inFrame);
  useEffect(listenForShortcuts, []);
  return (
    <>
      <header id="top-bar">
        <button type="button" className="skip" onClick={focusHeading}>
          Skip to the page
        </button>
        <TopBar />
      </header>
      <AppLayoutToolbar
        headerSelector="#top-bar"
        navigation={<SideBar />}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        breadcrumbs={<Crumbs />}
        notifications={
          <>
            <OfflineBanner />
            <Notifications />
          </>
        }
        stickyNotifications
        toolsHide
        maxContentWidth={2400}
        content={standing === "unknown" ? <SignIn /> : children}
        ariaLabels={{ navigation: "Sections", navigationToggle: "Open sections", navigationClose: "Close sections", notifications: "Messages" }}
      />
      {standing === "expired" && <SignInAgain />}
      <Overlays />
    </>
  );
}

import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { session } from "../session.ts";
import { Crumbs } from "./crumbs.tsx";
import { SideBar } from "./side-bar.tsx";
import { SignIn } from "./sign-in.tsx";
import { Notifications } from "./toasts.tsx";
import { TopBar } from "./top-bar.tsx";

const wide = window.matchMedia("(min-width: 700px)");

/** What stays the same from page to page: bars, messages, the way in. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const [navigationOpen, setNavigationOpen] = useState(wide.matches);
  const signInNeeded = useSyncExternalStore(session.subscribe, session.signInNeeded);
  const reachable = useSyncExternalStore(session.subscribe, session.reachable);
  return (
    <>
      <header id="top-bar">
        <TopBar />
      </header>
      <AppLayoutToolbar
        headerSelector="#top-bar"
        navigation={<SideBar />}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        breadcrumbs={<Crumbs />}
        notifications={<Notifications reachable={reachable} />}
        stickyNotifications
        toolsHide
        maxContentWidth={2400}
        content={signInNeeded ? <SignIn /> : children}
        ariaLabels={{ navigation: "Sections", navigationToggle: "Open sections", navigationClose: "Close sections", notifications: "Messages" }}
      />
    </>
  );
}

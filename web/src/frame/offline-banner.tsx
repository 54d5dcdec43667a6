import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useDates } from "../parts/dates.ts";
import { session } from "../session.ts";
import { recovery } from "./recovery.ts";

/** When it is asked again, second by second; not read out, as it changes all the time. */
function Countdown() {
  const nextAt = useSyncExternalStore(recovery.subscribe, recovery.nextAt);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return <span aria-hidden>{nextAt === null ? "It is being asked." : `It is asked again in ${Math.max(1, Math.ceil((nextAt - now) / 1000))} s.`}</span>;
}

/** Says since when the platform has not answered, and that what is shown is from then. */
export function OfflineBanner() {
  const since = useSyncExternalStore(session.subscribe, session.silentSince);
  const dates = useDates();
  return (
    <div role="status">
      {since !== null && (
        <Alert type="warning" statusIconAriaLabel="Warning" action={<Button onClick={recovery.askNow}>Ask now</Button>}>
          The platform does not answer since {dates.clock(since)}. What you see is from then. <Countdown />
        </Alert>
      )}
    </div>
  );
}

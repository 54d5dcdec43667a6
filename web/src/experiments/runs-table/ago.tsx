import { useEffect, useState } from "react";
import { duration } from "../../parts/format.ts";

/** How long something took, or has taken so far. */
export function Ago({ from, until }: { readonly from: number; readonly until: number | null }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until !== null) return undefined;
    const timer = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(timer);
  }, [until]);
  return <span className="number">{from === 0 ? "–" : duration((until ?? now) - from)}</span>;
}

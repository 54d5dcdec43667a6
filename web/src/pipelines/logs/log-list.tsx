import { memo, useLayoutEffect, useRef } from "react";
import type { LogLine } from "#contracts/platform/step-logs.ts";
import { useDates } from "../../parts/dates.ts";
import { fieldsText } from "./filtered.ts";
import "./log-list.css";

const Line = memo(function Line({ line, clock, full }: { readonly line: LogLine; readonly clock: string; readonly full: string }) {
  const fields = fieldsText(line);
  return (
    <li data-level={line.level}>
      <time dateTime={new Date(line.time).toISOString()} title={full}>
        {clock}
      </time>
      <span className="log-level">{line.level}</span>
      <span className="log-text">
        {line.message}
        {fields !== "" && <span className="log-fields"> {fields}</span>}
      </span>
    </li>
  );
});

/** Lines in the order of time, in a box that scrolls and can be reached by keyboard. @param follow keeps the last line in sight as more come */
export function LogList({ lines, follow }: { readonly lines: readonly LogLine[]; readonly follow: boolean }) {
  const box = useRef<HTMLElement>(null);
  const dates = useDates();
  const count = lines.length;
  useLayoutEffect(() => {
    if (follow && count > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [follow, count]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section ref={box} aria-label="Lines" className="log" tabIndex={0}>
      <ol>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity, and two may be equal
          <Line key={`${line.time} ${index}`} line={line} clock={dates.clock(line.time)} full={dates.full(line.time)} />
        ))}
      </ol>
    </section>
  );
}

import type * as z from "zod";
import type { Dependency } from "#contracts/platform/status.ts";

/** What the platform stands on, each with whether it answers and how fast. */
export function Dependencies({ dependencies }: { readonly dependencies: readonly z.input<typeof Dependency>[] }) {
  return (
    <section aria-labelledby="dependencies">
      <h2 id="dependencies">Health</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">State</th>
            <th scope="col" className="number">
              Answered in
            </th>
          </tr>
        </thead>
        <tbody>
          {dependencies.map(({ name, ok, milliseconds, detail }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={ok ? "good" : "bad"}>{ok ? "answers" : `fails: ${detail}`}</td>
              <td className="number">{milliseconds} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

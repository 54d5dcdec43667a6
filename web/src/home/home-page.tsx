import type { statusContract } from "#contracts/platform/status.ts";
import { type ReplyOf, read } from "../client.ts";
import { usePolled } from "../use-polled.ts";
import { ClientSettings } from "./client-settings.tsx";
import { Dependencies } from "./dependencies.tsx";

type Status = ReplyOf<(typeof statusContract)["routes"], "getStatus">;
const loadStatus = (signal: AbortSignal) => read<(typeof statusContract)["routes"], "getStatus">("/capstan/v1/status", signal);

const headline = (status: Status | undefined, error: Error | undefined) => {
  if (error) return { tone: "bad", text: `The platform does not answer: ${error.message}` };
  if (!status) return { tone: "wait", text: "Asking the platform how it is." };
  return status.ok ? { tone: "good", text: "Everything answers." } : { tone: "bad", text: "Something the platform stands on does not answer." };
};

/** The platform's health, and the line that points each client at it. */
export function HomePage() {
  const { data: status, error } = usePolled(loadStatus, 5000);
  const { tone, text } = headline(status, error);
  return (
    <>
      <header>
        <img src="/capstan.svg" alt="" width="36" height="36" />
        <h1>Capstan</h1>
        {status && <span className="version">{status.version}</span>}
      </header>
      <main>
        <p className={`headline ${tone}`} role="status">
          {text}
        </p>
        {status && <Dependencies dependencies={status.dependencies} />}
        {status && <ClientSettings clients={status.clients} />}
      </main>
    </>
  );
}

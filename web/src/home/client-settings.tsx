import { useState } from "react";

interface ClientSetting {
  readonly name: string;
  readonly setting: string;
}

function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    window.setTimeout(() => setDone(false), 1500);
  };
  return (
    <button type="button" onClick={() => void copy()} aria-label={`Copy the setting for ${label}`}>
      {done ? "Copied" : "Copy"}
    </button>
  );
}

/** The one line that points each client at this platform. */
export function ClientSettings({ clients }: { readonly clients: readonly ClientSetting[] }) {
  return (
    <section aria-labelledby="clients">
      <h2 id="clients">Point your clients here</h2>
      <dl>
        {clients.map(({ name, setting }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{setting}</code>
              <CopyButton text={setting} label={name} />
            </dd>
          </div>
        ))}
      </dl>
      <p>
        The API is described by its <a href="/openapi.json">OpenAPI document</a>.
      </p>
    </section>
  );
}

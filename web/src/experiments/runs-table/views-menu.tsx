import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useState } from "react";
import { navigate } from "wouter/use-browser-location";
import { setQuery, useUrlState } from "../../frame/url-state.ts";
import { FormDialog } from "../../parts/form-dialog.tsx";
import { useChange } from "../../queries.ts";
import type { ExperimentReply } from "../wire.ts";
import { defaultView, defaultViewKey, savedViews, viewKey, viewValue } from "./saved-views.ts";

const set = "/api/2.0/mlflow/experiments/set-experiment-tag";
const unset = "/api/2.0/mlflow/experiments/delete-experiment-tag";
/** Names which saved view the address came from; no part of the view itself. */
const openName = "saved";

function presentQuery(): string {
  const query = new URLSearchParams(window.location.search);
  query.delete(openName);
  return query.toString();
}

const open = (id: string, query: string) => navigate(`${window.location.pathname}?${new URLSearchParams([...new URLSearchParams(query), [openName, id]])}`);

/** Views that were saved for everybody: opens, saves, updates and deletes them, and says which one opens first. */
export function ViewsMenu({ experiment }: { readonly experiment: ExperimentReply["experiment"] }) {
  const [openId] = useUrlState(openName);
  const [isNaming, setIsNaming] = useState(false);
  const [name, setName] = useState("");
  const { mutate } = useChange();
  const tags = experiment.tags ?? [];
  const views = savedViews(tags);
  const usual = defaultView(tags);
  const now = views.find(({ id }) => id === openId);
  const experiment_id = experiment.experiment_id;
  const write = (key: string, value: string, done: string) => mutate({ path: set, body: { experiment_id, key, value }, done });
  const remove = (key: string, value: string, done: string) =>
    mutate({ path: unset, body: { experiment_id, key }, done, undo: { path: set, body: { experiment_id, key, value }, done: "Back again." } });
  const save = () => {
    const id = crypto.randomUUID().slice(0, 8);
    write(viewKey(id), viewValue({ name: name.trim(), query: presentQuery() }), `The view ${name.trim()} is saved for everybody.`);
    setQuery({ [openName]: id });
    setName("");
    setIsNaming(false);
  };
  const deeds: Readonly<Record<string, () => void>> = {
    new: () => setIsNaming(true),
    update: () => now && write(viewKey(now.id), viewValue({ name: now.name, query: presentQuery() }), `The view ${now.name} is as shown now.`),
    default: () => now && write(defaultViewKey, now.id, `The view ${now.name} opens first from now on.`),
    plain: () => usual && remove(defaultViewKey, usual.id, "No view opens first any more."),
    delete: () => {
      if (!now) return;
      remove(viewKey(now.id), viewValue(now), `The view ${now.name} is deleted.`);
      setQuery({ [openName]: "" });
    },
  };
  const choose = (id: string) => {
    const view = views.find((one) => `view:${one.id}` === id);
    if (view) open(view.id, view.query);
    else deeds[id]?.();
  };
  const own = now
    ? [
        { id: "update", text: `Update ${now.name}` },
        usual?.id === now.id ? { id: "plain", text: "Open no view first" } : { id: "default", text: `Open ${now.name} first` },
        { id: "delete", text: `Delete ${now.name}` },
      ]
    : [];
  const opened = views.map((view) => ({
    id: `view:${view.id}`,
    text: view.name,
    itemType: "checkbox" as const,
    checked: view.id === openId,
    ...(view.id === usual?.id && { secondaryText: "Opens first" }),
  }));
  return (
    <>
      <ButtonDropdown
        expandToViewport
        onItemClick={({ detail }) => choose(detail.id)}
        items={[
          ...(opened.length > 0 ? [{ text: "Views", items: opened }] : []),
          { text: "This view", items: [{ id: "new", text: "Save as a new view" }, ...own] },
        ]}
      >
        {now ? `View: ${now.name}` : "Views"}
      </ButtonDropdown>
      {isNaming && (
        <FormDialog title="Save this view" action="Save" disabled={name.trim() === ""} submit={save} close={() => setIsNaming(false)}>
          <FormField label="Name" description="Filter, order, columns and all else that the address holds. Everybody who opens the experiment sees it.">
            <Input value={name} autoFocus onChange={({ detail }) => setName(detail.value)} />
          </FormField>
        </FormDialog>
      )}
    </>
  );
}

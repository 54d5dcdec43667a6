import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useUrlState } from "../../frame/url-state.ts";
import { Card } from "../../parts/card.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { Facts } from "../../parts/facts.tsx";
import { bytes } from "../../parts/format.ts";
import { FileLoaded } from "../file-loaded.tsx";
import { readBytes } from "../read-file.ts";
import { useFile } from "../use-file.ts";
import type { ViewerProps } from "../viewer-props.ts";
import { GraphView } from "./graph-view.tsx";
import { type OnnxGraph, type OnnxModel, type OnnxNode, type OnnxValue, readModel } from "./model.ts";

/** A larger graph is a carpet: it is shown as a list. */
const mostDrawn = 500;

/** An ONNX model: what goes in and out, its graph, and how large its constants are. It is read here; nothing of it is run. */
export function OnnxViewer({ file, size }: ViewerProps) {
  const query = useFile(file, "onnx", async (signal) => readModel(await readBytes(file, size, signal)));
  return <FileLoaded query={query}>{(model) => <Model model={model} />}</FileLoaded>;
}

function Model({ model: { graph, opsets, producer, irVersion, metadata } }: { readonly model: OnnxModel }) {
  const stored = graph.initialisers.reduce((sum, one) => sum + one.bytes, 0);
  return (
    <SpaceBetween size="l">
      <Facts
        facts={[
          ["Graph", graph.name],
          ["Nodes", String(graph.nodes.length)],
          ["Operator sets", opsets.map(({ domain, version }) => `${domain} ${version}`).join(", ")],
          ["Constants", `${graph.initialisers.length}, ${bytes(stored)}`],
          ["Made by", producer],
          ["IR version", String(irVersion)],
          ...metadata.slice(0, 8).map(({ key, value }) => [key, value.slice(0, 200)] as const),
        ]}
      />
      <Values name="inputs" title="Inputs" values={graph.inputs} />
      <Values name="outputs" title="Outputs" values={graph.outputs} />
      <Graph graph={graph} />
      <DataTable
        name="constants"
        title="Constants"
        items={graph.initialisers}
        rowKey={({ name }) => name}
        empty="The model has none."
        columns={[
          { id: "name", header: "Name", cell: ({ name }) => <span className="name">{name}</span>, sortBy: ({ name }) => name, isName: true },
          { id: "type", header: "Type", cell: ({ type }) => type, sortBy: ({ type }) => type },
          { id: "bytes", header: "Size", cell: (it) => bytes(it.bytes), sortBy: (it) => it.bytes },
        ]}
      />
    </SpaceBetween>
  );
}

function Values({ name, title, values }: { readonly name: string; readonly title: string; readonly values: readonly OnnxValue[] }) {
  return (
    <DataTable
      name={name}
      title={title}
      filtering={false}
      items={values}
      rowKey={(it) => it.name}
      empty="The model has none."
      columns={[
        { id: "name", header: "Name", cell: (it) => <span className="name">{it.name}</span>, isName: true },
        { id: "type", header: "Type", cell: ({ type }) => type },
      ]}
    />
  );
}

function Graph({ graph }: { readonly graph: OnnxGraph }) {
  const isDrawable = graph.nodes.length <= mostDrawn;
  const [view, setView] = useUrlState("view", isDrawable ? "graph" : "list");
  const [chosen, setChosen] = useState(-1);
  const node = graph.nodes[chosen];
  return (
    <Card title="Nodes" description={isDrawable ? undefined : `A graph of more than ${mostDrawn} nodes is shown as a list.`}>
      {isDrawable && (
        <div className="viewer-bar">
          <SegmentedControl
            label="Shown as"
            selectedId={view}
            options={[
              { id: "graph", text: "Graph" },
              { id: "list", text: "List" },
            ]}
            onChange={({ detail }) => setView(detail.selectedId)}
          />
        </div>
      )}
      {isDrawable && view === "graph" ? <GraphView graph={graph} chosen={chosen} choose={setChosen} /> : <NodeList nodes={graph.nodes} />}
      <div role="status">{node && view === "graph" && <NodeDetails node={node} />}</div>
    </Card>
  );
}

function NodeDetails({ node }: { readonly node: OnnxNode }) {
  return (
    <Facts
      facts={[
        ["Operator", node.domain === "" ? node.operator : `${node.domain} ${node.operator}`],
        ["Name", node.name],
        ["Reads", node.inputs.join(", ")],
        ["Makes", node.outputs.join(", ")],
        ...node.attributes.map(({ name, value }) => [name, value] as const),
      ]}
    />
  );
}

function NodeList({ nodes }: { readonly nodes: readonly OnnxNode[] }) {
  return (
    <DataTable
      name="nodes"
      title="Nodes"
      items={nodes}
      rowKey={({ id }) => String(id)}
      empty="The graph has none."
      columns={[
        { id: "id", header: "Place", cell: ({ id }) => id, sortBy: ({ id }) => id },
        { id: "operator", header: "Operator", cell: ({ operator }) => operator, sortBy: ({ operator }) => operator, isName: true },
        { id: "name", header: "Name", cell: ({ name }) => <span className="name">{name}</span>, sortBy: ({ name }) => name },
        { id: "inputs", header: "Reads", cell: ({ inputs }) => <span className="name">{inputs.join(", ")}</span>, sortBy: ({ inputs }) => inputs.join(" ") },
        {
          id: "outputs",
          header: "Makes",
          cell: ({ outputs }) => <span className="name">{outputs.join(", ")}</span>,
          sortBy: ({ outputs }) => outputs.join(" "),
        },
      ]}
    />
  );
}

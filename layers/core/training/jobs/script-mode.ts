import { host, type InputConfig, type OptMl } from "./opt-ml.ts";
import { argumentText, jsonText, type PythonValue, parsePython, pythonValue } from "./python-values.ts";

/** Hyperparameters that steer the toolkit and are not passed to the script (sagemaker-training, params.py). */
const isControl = (name: string) => name.startsWith("sagemaker_") || name === "_tuning_objective_metric" || name === "default_user_module_name";

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

const parsed = (hyperparameters: Readonly<Record<string, string>>): [string, PythonValue][] =>
  Object.entries(hyperparameters)
    .filter(([name]) => !isControl(name))
    .map(([name, text]): [string, PythonValue] => [name, parsePython(text)])
    .toSorted(byName);

/** The script's arguments: `--name value` sorted by name, `-n value` for names of one letter. */
export const scriptArguments = (hyperparameters: Readonly<Record<string, string>>): string[] =>
  parsed(hyperparameters).flatMap(([name, value]) => [name.length > 1 ? `--${name}` : `-${name}`, argumentText(value)]);

/** The file to run, named by the hyperparameter sagemaker_program; undefined where the job brings its own command. */
export const programOf = (hyperparameters: Readonly<Record<string, string>>): string | undefined => {
  const program = hyperparameters["sagemaker_program"];
  const value = program === undefined ? null : parsePython(program);
  return typeof value === "string" ? value : undefined;
};

/** Where the script's code comes from, an s3:// address of a .tar.gz. */
export const codeUriOf = (hyperparameters: Readonly<Record<string, string>>): string | undefined => {
  const directory = hyperparameters["sagemaker_submit_directory"];
  const value = directory === undefined ? null : parsePython(directory);
  return typeof value === "string" ? value : undefined;
};

/** How the program is started: Python for .py files, else a shell command in the code folder. */
export const programCommand = (program: string, python: string): readonly string[] =>
  program.endsWith(".py") ? [python, program] : ["/bin/sh", "-c", `exec ./${program} "$@"`, program];

export interface Machine {
  readonly cpus: number;
  readonly gpus: number;
}

/** What the toolkit tells scripts of their job, by its own names (sagemaker-training, environment.py). */
function trainingEnvironment({ hyperparameters, inputdataconfig, resourceconfig }: InputConfig, at: OptMl, { cpus, gpus }: Machine): Map<string, PythonValue> {
  const channels = Object.keys(inputdataconfig).toSorted();
  const program = programOf(hyperparameters);
  const plain = {
    channel_input_dirs: Object.fromEntries(channels.map((name) => [name, `${at.inputData}/${name}`])),
    current_host: host,
    current_instance_group: resourceconfig.current_instance_group,
    current_instance_group_hosts: resourceconfig.hosts,
    current_instance_type: resourceconfig.current_instance_type,
    distribution_hosts: resourceconfig.hosts,
    distribution_instance_groups: [],
    framework_module: null,
    hosts: resourceconfig.hosts,
    input_config_dir: at.inputConfig,
    input_data_config: inputdataconfig,
    input_dir: at.input,
    instance_groups: [resourceconfig.current_instance_group],
    instance_groups_dict: { [resourceconfig.current_instance_group]: resourceconfig.instance_groups[0] },
    is_hetero: false,
    is_master: true,
    is_modelparallel_enabled: null,
    is_smddpmprun_installed: false,
    job_name: hyperparameters["sagemaker_job_name"] === undefined ? null : argumentText(parsePython(hyperparameters["sagemaker_job_name"])),
    log_level: 20,
    master_hostname: host,
    model_dir: at.model,
    module_dir: codeUriOf(hyperparameters) ?? at.code,
    module_name: program?.replace(/\.py$/, "") ?? null,
    network_interface_name: resourceconfig.network_interface_name,
    num_cpus: cpus,
    num_gpus: gpus,
    num_neurons: 0,
    output_data_dir: at.outputData,
    output_dir: at.output,
    output_intermediate_dir: at.outputIntermediate,
    resource_config: resourceconfig,
    user_entry_point: program ?? null,
  };
  const fields = new Map(Object.entries(plain).map(([name, value]): [string, PythonValue] => [name, pythonValue(value)]));
  fields.set("additional_framework_parameters", new Map());
  fields.set("hyperparameters", new Map(parsed(hyperparameters)));
  return fields;
}

const environmentText = (value: PythonValue): string => (value === null ? "" : typeof value === "string" ? value : jsonText(value));

/** The names under which single fields of the job's environment reach the script. */
const variables: Readonly<Record<string, string>> = {
  SM_CURRENT_HOST: "current_host",
  SM_CURRENT_INSTANCE_GROUP: "current_instance_group",
  SM_CURRENT_INSTANCE_TYPE: "current_instance_type",
  SM_FRAMEWORK_PARAMS: "additional_framework_parameters",
  SM_HOSTS: "hosts",
  SM_HPS: "hyperparameters",
  SM_INPUT_CONFIG_DIR: "input_config_dir",
  SM_INPUT_DATA_CONFIG: "input_data_config",
  SM_INPUT_DIR: "input_dir",
  SM_INSTANCE_GROUPS: "instance_groups",
  SM_IS_HETERO: "is_hetero",
  SM_LOG_LEVEL: "log_level",
  SM_MODEL_DIR: "model_dir",
  SM_MODULE_DIR: "module_dir",
  SM_MODULE_NAME: "module_name",
  SM_NETWORK_INTERFACE_NAME: "network_interface_name",
  SM_NUM_CPUS: "num_cpus",
  SM_NUM_GPUS: "num_gpus",
  SM_NUM_NEURONS: "num_neurons",
  SM_OUTPUT_DATA_DIR: "output_data_dir",
  SM_OUTPUT_DIR: "output_dir",
  SM_OUTPUT_INTERMEDIATE_DIR: "output_intermediate_dir",
  SM_RESOURCE_CONFIG: "resource_config",
  SM_USER_ENTRY_POINT: "user_entry_point",
};

/** The SM_* variables of a script, as SageMaker's training toolkit sets them: text as it is, everything else JSON with sorted keys. */
export function scriptEnvironment(config: InputConfig, at: OptMl, machine: Machine): Record<string, string> {
  const environment = trainingEnvironment(config, at, machine);
  const channels = Object.keys(config.inputdataconfig).toSorted();
  return {
    ...Object.fromEntries(Object.entries(variables).map(([name, field]) => [name, environmentText(environment.get(field) ?? null)])),
    SM_CHANNELS: jsonText(channels),
    ...Object.fromEntries(channels.map((name) => [`SM_CHANNEL_${name.toUpperCase()}`, `${at.inputData}/${name}`])),
    ...Object.fromEntries(parsed(config.hyperparameters).map(([name, value]) => [`SM_HP_${name.toUpperCase()}`, environmentText(value)])),
    SM_TRAINING_ENV: jsonText(environment),
    SM_USER_ARGS: jsonText(scriptArguments(config.hyperparameters)),
  };
}

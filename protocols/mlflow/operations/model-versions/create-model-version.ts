import { z } from 'zod';
import { Fault } from '#core/domain/fault.ts';
import { isPrompt } from '#core/domain/registry.ts';
import { registerVersion } from '#core/tracking/registry/register-version.ts';
import { operation } from '../../operation.ts';
import { creationPairs, modelOf, nonEmpty, optionalText, runOf } from '../../wire/fields.ts';
import { presentVersionWithAliases } from '../../wire/present-registry.ts';

/** What clients send where a prompt has no source. */
const PROMPT_SOURCES: ReadonlySet<string> = new Set(['dummy-source', 'prompt-template']);

export const createModelVersion = operation({
  methods: ['POST'],
  path: '/mlflow/model-versions/create',
  permission: 'registry:write',
  request: z.object({
    name: nonEmpty,
    source: nonEmpty,
    run_id: optionalText,
    model_id: optionalText,
    run_link: optionalText,
    description: optionalText,
    tags: creationPairs,
  }),
  async handle({ ports, principal, workspace }, request) {
    const { description, model_id: model, name, run_id: run, run_link: runLink, source, tags } = request;
    const isOfPrompt = isPrompt({ tags: new Map(tags.map(({ key, value }) => [key, value])) });
    if (isOfPrompt) assertPromptSource(source);
    const made = await registerVersion(ports, principal, {
      workspace,
      name,
      source,
      tags,
      isWithoutFiles: isOfPrompt,
      ...(run && { run: runOf({ run_id: run }) }),
      ...(model && { loggedModel: modelOf(model) }),
      ...(runLink && { runLink }),
      ...(description !== undefined && { description }),
    });
    return { model_version: presentVersionWithAliases(made.model, made.version) };
  },
});

function assertPromptSource(source: string): void {
  if (PROMPT_SOURCES.has(source)) return;
  throw new Fault(
    'invalid',
    `Invalid prompt source: '${source.slice(0, 200)}'. Prompt sources must use an MLflow placeholder.`,
    { field: 'source' },
  );
}

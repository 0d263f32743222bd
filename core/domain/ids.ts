import { Fault } from './fault.ts';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** `default`, or a name of the shape `[a-z0-9][a-z0-9-]{0,62}`. */
export type WorkspaceId = Branded<'workspace'>;
/** `[A-Za-z0-9][\w-]{0,63}` as MLflow allows; new ones are decimal; `0` is the project `Default`. */
export type ProjectId = Branded<'project'>;
/** 32 lower-case hexadecimal digits, unique on the server, equal to the MLflow run id. */
export type RunId = Branded<'run'>;
/** `m-` and 32 lower-case hexadecimal digits. */
export type ModelId = Branded<'logged model'>;
/** `rm-` and 32 lower-case hexadecimal digits: stays when the model is renamed. */
export type RegisteredModelId = Branded<'registered model'>;
/** `pr-` and 32 lower-case hexadecimal digits. */
export type PromotionId = Branded<'promotion'>;
/** `d-` and 32 lower-case hexadecimal digits. */
export type DeploymentId = Branded<'deployment'>;
/** SHA-256 of a blob's bytes, 64 lower-case hexadecimal digits. */
export type BlobDigest = Branded<'blob'>;
/** SHA-256 of a manifest in canonical JSON (RFC 8785), 64 lower-case hexadecimal digits. */
export type ManifestDigest = Branded<'artifact version'>;

/** Makes a parser of ids of one shape. */
export function idParser<Id extends string>(noun: string, shape: RegExp) {
  return (text: string): Id => {
    if (!shape.test(text)) {
      throw new Fault('invalid', `Invalid ${noun} id '${text.slice(0, 80)}'.`, {
        subject: noun,
        field: `${noun}_id`,
      });
    }
    return text as Id;
  };
}

/** Each parser returns its text unchanged, or throws Fault `invalid`. */
export const workspaceId = idParser<WorkspaceId>('workspace', /^[a-z0-9][a-z0-9-]{0,62}$/);
export const projectId = idParser<ProjectId>('project', /^[A-Za-z0-9][\w-]{0,63}$/);
export const runId = idParser<RunId>('run', /^[0-9a-f]{32}$/);
export const modelId = idParser<ModelId>('logged model', /^m-[0-9a-f]{32}$/);

export const registeredModelId = idParser<RegisteredModelId>('registered model', /^rm-[0-9a-f]{32}$/);
export const promotionId = idParser<PromotionId>('promotion', /^pr-[0-9a-f]{32}$/);
export const deploymentId = idParser<DeploymentId>('deployment', /^d-[0-9a-f]{32}$/);

export const DEFAULT_WORKSPACE = 'default' as WorkspaceId;
export const DEFAULT_PROJECT = '0' as ProjectId;

import { Complaint } from './explain.ts';

export interface ModelRef {
  readonly model: string;
  /** As the API reads it: a number, `@alias` or `latest`. */
  readonly version: string;
}

/**
 * `churn@14`, `churn@production`, `churn@latest`, as MLflow's URIs say it. A name may hold an @ itself: the last one counts.
 * @throws Complaint when no version is named and `otherwise` gives none.
 */
export function parseModelRef(text: string, otherwise?: string): ModelRef {
  const at = text.lastIndexOf('@');
  const model = at === -1 ? text : text.slice(0, at);
  const said = at === -1 ? '' : text.slice(at + 1);
  if (model === '' || (said === '' && otherwise === undefined)) {
    throw new Complaint(`'${text}' names no version; one reads churn@14, churn@production or churn@latest.`);
  }
  if (said === '') return { model, version: otherwise ?? '' };
  const number = /^v?(\d+)$/.exec(said)?.[1];
  return { model, version: number ?? (said === 'latest' ? said : `@${said}`) };
}

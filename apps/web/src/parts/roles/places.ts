import type { RolePlace } from '../../api/identity.ts';
import { tt } from '../../text/team/translate.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** One text for each place, for keys of lists and values of selects. */
export function placeKey(place: RolePlace): string {
  switch (place.scope) {
    case 'server':
      return 'server';
    case 'workspace':
      return `workspace ${place.workspace}`;
    case 'project':
    default:
      return `project ${place.project}`;
  }
}

export function placeName(place: RolePlace, projects: readonly Named[]): string {
  switch (place.scope) {
    case 'server':
      return tt('place.server');
    case 'workspace':
      return tt('place.workspace', { name: place.workspace });
    case 'project':
    default:
      return tt('place.project', {
        name: projects.find(({ id }) => id === place.project)?.name ?? place.project,
      });
  }
}

const WIDTH = { server: 0, workspace: 1, project: 2 };

/** Wide places first. */
export function comparePlaces(a: RolePlace, b: RolePlace, projects: readonly Named[]): number {
  return WIDTH[a.scope] - WIDTH[b.scope] || placeName(a, projects).localeCompare(placeName(b, projects));
}

import { type KubeObject, listAt, textAt, wordAt } from '../kube/index.ts';
import type { Effect } from './consequence.ts';

/** What a role, a binding or a namespace's PodSecurity level grants, as texts to compare. */
function grants(object: KubeObject | undefined): readonly string[] {
  if (object === undefined) return [];
  switch (object.kind) {
    case 'Role':
    case 'ClusterRole':
      return listAt(object, 'rules').flatMap((rule) => {
        const resources = [...listAt(rule, 'resources'), ...listAt(rule, 'nonResourceURLs')].map((name) =>
          wordAt(name),
        );
        return resources.map(
          (resource) =>
            `${listAt(rule, 'verbs')
              .map((verb) => wordAt(verb))
              .join('/')} ${resource}`,
        );
      });
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return listAt(object, 'subjects').map((subject) => {
        const namespace = textAt(subject, 'namespace');
        const name = `${wordAt(subject, 'kind')} ${namespace === undefined ? '' : `${namespace}/`}${wordAt(subject, 'name')}`;
        return `${wordAt(object, 'roleRef', 'name')} to ${name}`;
      });
    case 'Namespace': {
      const level = object.metadata.labels?.['pod-security.kubernetes.io/enforce'];
      return level === undefined ? [] : [`${level} pods in ${object.metadata.name}`];
    }
    default:
      return [];
  }
}

/** What a change grants and takes away. */
export function rightsNotes(before: KubeObject | undefined, after: KubeObject | undefined): Effect[] {
  // A namespace comes and goes with what is in it: only another level is news.
  if (before?.kind !== after?.kind && (before ?? after)?.kind === 'Namespace') return [];
  const [old, now] = [grants(before), grants(after)];
  const gone = old.filter((grant) => !now.includes(grant));
  const added = now.filter((grant) => !old.includes(grant));
  if (gone.length === 0 && added.length === 0) return [];
  const notes = [
    ...(added.length === 0 ? [] : [`grants ${added.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`takes away ${gone.join(', ')}`]),
  ];
  return [{ consequence: 'rights', note: notes.join('; ') }];
}

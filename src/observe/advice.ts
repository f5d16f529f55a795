/** What people do about a message of Kubernetes or Flux, from the most particular. */
const ADVICE: readonly (readonly [message: RegExp, todo: string])[] = [
  [
    /violates PodSecurity/i,
    'Say in the definition what its pods need: `homeplane explain SEC001` tells how.',
  ],
  [
    /Insufficient (cpu|memory)|Too many pods/i,
    'See what is asked for with `homeplane capacity`; ask for less, or add a module.',
  ],
  [
    /anti-affinity|topology spread/i,
    'It wants more nodes than can take it: bring a node back, or ask for fewer replicas.',
  ],
  [
    /untolerated taint|node\(s\) (were|had) /i,
    'No node may take it: look at its taints with `kubectl describe nodes`.',
  ],
  [
    /unbound immediate PersistentVolumeClaims|no volume/i,
    'Its volume is not there: look at the Storage view.',
  ],
  [
    /ImagePullBackOff|ErrImagePull|manifest unknown/i,
    'The image cannot be had: check its name and tag, and that the registry answers.',
  ],
  [/CrashLoopBackOff/i, 'It starts and ends again: `kubectl logs --previous` of the pod says why.'],
  [/OOMKilled/i, 'It needs more memory than its limit: raise the limit in the definition.'],
  [
    /no such host|dial tcp|i\/o timeout|connection refused|network is unreachable/i,
    'Nothing answers there: check the name, DNS and the line to the Internet.',
  ],
  [
    /authentication|unauthorized|\b40[13]\b|permission denied/i,
    'It is not let in: renew its credentials with `homeplane secrets set`.',
  ],
  [
    /not found|could not find the requested resource|no matches for kind/i,
    'Something it refers to is not there yet: `homeplane check` says what would bring it.',
  ],
  [
    /immutable/i,
    'A field that cannot change has changed: `homeplane diff` shows it; delete the object and let Flux make it anew.',
  ],
  [
    /decrypt|\bsops\b|\bage\b/i,
    'Flux cannot open a Secret: its age key must be in the cluster, see `homeplane secrets check`.',
  ],
  [
    /install retries exhausted|upgrade retries exhausted|timed out waiting/i,
    'Look at its pods first; when they are mended, reconcile the release.',
  ],
];

const OTHERWISE = 'Read what the API server says of it: `kubectl describe` on the object.';

/** The one thing to do about what is wrong. */
export function adviceFor(message: string): string {
  return ADVICE.find(([pattern]) => pattern.test(message))?.[1] ?? OTHERWISE;
}

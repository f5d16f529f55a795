import { age, count } from '../format.ts';
import { all, clusters, secondsSince } from '../items.ts';

/** What is wrong now, in words, with the one thing to do about it; the newest last, as they may be consequences. */
export function Problems() {
  const problems = all('problem').toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const tasks = all('task');
  const moving = clusters.value.some(({ state }) => state !== 'ready' && state !== 'unwatched');
  return (
    <section class="problems" aria-labelledby="problems">
      <h1 id="problems" aria-live="polite">
        {problems.length > 0
          ? count(problems.length, 'problem')
          : moving
            ? 'Nothing is wrong so far'
            : 'All is well'}
      </h1>
      {problems.length > 0 && (
        <ul>
          {problems.map(({ key, cluster, object, message, todo, since }) => (
            <li key={key}>
              <p>
                <strong>{object}</strong> {message}{' '}
                <span class="dim">
                  {cluster === undefined ? '' : `${cluster}, `}for {age(secondsSince(since))}
                </span>
              </p>
              <p class="todo">{todo}</p>
            </li>
          ))}
        </ul>
      )}
      {tasks.map(({ key, task, done, total, detail, remainingSeconds }) => (
        <p key={key} class="task">
          {task} {total !== undefined && <progress value={done} max={total} aria-label={task} />}{' '}
          <span class="dim">
            {detail}
            {remainingSeconds === undefined ? '' : `, about ${age(remainingSeconds)} left`}
          </span>
        </p>
      ))}
    </section>
  );
}

import { useState } from 'preact/hooks';

/** Asks for the token; the server keeps it in a cookie that no script can read. */
export function Locked() {
  const [wrong, setWrong] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const token = new FormData(event.currentTarget as HTMLFormElement).get('token');
    const answer = await fetch('/api/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (answer.ok) location.reload();
    else setWrong(true);
  };
  return (
    <form class="locked" onSubmit={(event) => void submit(event)}>
      <h1>This page asks for a token</h1>
      <p>homeplane printed it when it started.</p>
      <label for="token">Token</label>
      <input id="token" name="token" type="password" autocomplete="current-password" required />
      <button>Open</button>
      <p role="alert">{wrong ? 'That is not the token.' : ''}</p>
    </form>
  );
}

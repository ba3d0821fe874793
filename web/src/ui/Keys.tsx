import { useEffect, useRef } from 'preact/hooks';

const keys: [string, string][] = [
	['/', 'search the record'],
	['f', 'to the filters of the list'],
	['j, k', 'to the next, the previous record'],
	['Enter', 'opens the link that is marked'],
	['Esc', 'closes what is open'],
	['?', 'this list'],
];

const typing = (e: KeyboardEvent) => e.target instanceof HTMLElement && (e.target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName));

// From record to record: each one's link to its source, the last of its row, is where one goes on.
function step(by: 1 | -1) {
	const rows = [...document.querySelectorAll<HTMLElement>('.records tbody > tr:not(.detail), [data-record]')];
	const now = rows.findIndex((r) => r.contains(document.activeElement));
	const to = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by];
	const links = to?.querySelectorAll<HTMLElement>('a.source, a');

	(to?.querySelector<HTMLElement>('a.source') ?? links?.[0])?.focus();
	to?.scrollIntoView({ block: 'nearest' });
}

export function Keys() {
	const dialog = useRef<HTMLDialogElement>(null);

	useEffect(() => {
		function pressed(e: KeyboardEvent) {
			if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || typing(e) || document.querySelector('dialog[open]')) return;
			if (e.key === '/') document.querySelector<HTMLElement>('.search input')?.focus();
			else if (e.key === 'f') document.querySelector<HTMLElement>('.filters input, .filters select')?.focus();
			else if (e.key === '?') dialog.current?.showModal();
			else if (e.key === 'j') step(1);
			else if (e.key === 'k') step(-1);
			else return;
			e.preventDefault();
		}
		document.addEventListener('keydown', pressed);
		return () => document.removeEventListener('keydown', pressed);
	}, []);
	return (
		<>
			<button type="button" class="keys" onClick={() => dialog.current?.showModal()}>
				Keys
			</button>
			<dialog ref={dialog} aria-labelledby="keys-title">
				<h2 id="keys-title">Keys</h2>
				<dl>
					{keys.map(([key, does]) => (
						<div key={key}>
							<dt>
								<kbd>{key}</kbd>
							</dt>
							<dd>{does}</dd>
						</div>
					))}
				</dl>
				<form method="dialog">
					<button>Close</button>
				</form>
			</dialog>
		</>
	);
}

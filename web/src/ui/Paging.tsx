import { useRoute } from 'preact-iso';
import { useEffect, useRef } from 'preact/hooks';
import { queryText } from '../api';

// The way to older records and back to the newest: both are links, so that each stretch of the list has its URL and the list on
// the screen stays short however long the register is. Whoever follows one goes on reading at the top of the list.
export function Paging({ next, what }: { next: string | null; what: string }) {
	const { path, query } = useRoute();
	const { after, ...rest } = query as Record<string, string>;
	const shown = useRef({ after, next });
	const moved = useRef(false);
	const here = useRef<HTMLElement>(null);

	// The rows that were there stay until the next ones come, and go with the focus that they have: so it is set again then.
	useEffect(() => {
		const was = shown.current;
		shown.current = { after, next };
		moved.current = moved.current || was.after !== after;
		if (!moved.current) return;
		here.current?.previousElementSibling?.querySelector<HTMLElement>('a, button')?.focus({ preventScroll: true });
		if (was.next !== next) moved.current = false;
	}, [after, next]);
	if (!next && !after) return null;
	return (
		<nav class="paging" aria-label={'More ' + what} ref={here}>
			{after && <a href={path + queryText(rest)}>From the beginning</a>}
			{next && (
				<a href={path + queryText({ ...rest, after: next })} rel="next">
					Further {what}
				</a>
			)}
		</nav>
	);
}

import type { ComponentChildren } from 'preact';
import type { Asked } from '../api';

interface Props<T> {
	of: Asked<T>;
	empty?: (data: T) => ComponentChildren | null;
	children: (data: T) => ComponentChildren;
}

// What a view shows while it waits, when the answer is an error, and when there is nothing. While a further answer is waited for, the one
// before it stays, dimmed.
export function State<T>({ of, empty, children }: Props<T>) {
	if (of.error)
		return (
			<p class="note problem" role="alert">
				{of.error.message}
			</p>
		);
	if (of.data === undefined)
		return (
			<p class="note" aria-busy="true">
				Reading the record …
			</p>
		);
	const nothing = empty?.(of.data);
	return (
		<div class="answer" aria-busy={of.loading}>
			{nothing ? <p class="note nothing">{nothing}</p> : children(of.data)}
		</div>
	);
}

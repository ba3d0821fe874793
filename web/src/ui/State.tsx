import type { ComponentChildren } from 'preact';
import { ApiError, type Asked } from '../api';
import { Title } from './Title';

interface Props<T> {
	of: Asked<T>;
	empty?: (data: T) => ComponentChildren | null;
	named?: string; // the heading where there is no answer, of a view whose heading is in the answer
	instead?: ComponentChildren; // where to go on from what there is not
	children: (data: T) => ComponentChildren;
}

// What a view shows while it waits, when the answer is an error, and when there is nothing. While a further answer is waited for, the one
// before it stays, dimmed. What there is not is no failure.
export function State<T>({ of, empty, named, instead, children }: Props<T>) {
	if (of.error) {
		const none = of.error instanceof ApiError && of.error.status === 404;
		return (
			<>
				{named && <Title text={named} />}
				<p class={none ? 'note nothing' : 'note problem'} role={none ? undefined : 'alert'}>
					<span class="said">{of.error.message}.</span> {none && (instead ?? <a href="/">The overview</a>)}
				</p>
			</>
		);
	}
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

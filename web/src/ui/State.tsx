import type { ComponentChildren } from 'preact';
import type { Asked } from '../api';

// What a view shows while it waits, when the answer is an error, and when there is nothing.
export function State<T>({ of, empty, children }: { of: Asked<T>; empty?: (data: T) => ComponentChildren | null; children: (data: T) => ComponentChildren }) {
	if (of.error) return <p class="note" role="alert">{of.error.message}</p>;
	if (of.data === undefined) return <p class="note" aria-busy="true">Reading the record …</p>;
	const nothing = empty?.(of.data);
	return <>{nothing ? <p class="note">{nothing}</p> : children(of.data)}</>;
}

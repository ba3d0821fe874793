import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

// The heading of a view, which is also that of the tab; links stand beside it.
export function Title({ text, children }: { text: string; children?: ComponentChildren }) {
	useEffect(() => {
		document.title = `${text} · chancery`;
	}, [text]);
	return (
		<div class="title">
			<h1>{text}</h1>
			{children && <p class="links">{children}</p>}
		</div>
	);
}

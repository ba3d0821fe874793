// Words of a page, with the part that made the record marked. Text only: whatever the page holds.

// Where the word stands: of several places the one nearest to where its bytes are.
export function placeOf(text: string, words: string, near: number): number {
	let best = -1;
	for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) if (best < 0 || Math.abs(at - near) < Math.abs(best - near)) best = at;
	return best;
}

export function Sentence({ text, marked, near = 0 }: { text: string; marked?: string | null; near?: number }) {
	const at = marked ? placeOf(text, marked, near) : -1;

	if (at < 0 || !marked) return <>{text}</>;
	return (
		<>
			{text.slice(0, at)}
			<mark>{marked}</mark>
			{text.slice(at + marked.length)}
		</>
	);
}

import { useEffect, useState } from 'preact/hooks';

// What a field shows: the URL's value, or what is being typed until the URL has another. Preact writes `value` back at each rendering, so
// that without this whatever is drawn anew in the meantime – an answer that comes – would take away what somebody is typing.
export function useTyped(value: string): [string, (typed: string) => void] {
	const [typed, set] = useState<string | null>(null);

	useEffect(() => set(null), [value]);
	return [typed ?? value, set];
}

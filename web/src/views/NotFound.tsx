import { Title } from '../ui/Title';

export function NotFound() {
	return (
		<>
			<Title text="There is no such view" />
			<p class="note">
				<a href="/">The overview</a> leads to all that there is.
			</p>
		</>
	);
}

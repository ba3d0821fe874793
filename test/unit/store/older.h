/* Steps of the schema taken back, in SQL: for tests that make an older store. */
#ifndef CH_TEST_STORE_OLDER_H
#define CH_TEST_STORE_OLDER_H
/* What came with decisions. */
#define OLDER_WITHOUT_REVIEWS \
	"DROP TABLE recoding; ALTER TABLE pages DROP COLUMN told; DROP INDEX reviews_page;" \
	"ALTER TABLE reviews DROP COLUMN kind;" \
	"ALTER TABLE reviews DROP COLUMN page;" \
	"ALTER TABLE reviews DROP COLUMN start;" \
	"ALTER TABLE reviews DROP COLUMN \"end\";" \
	"ALTER TABLE reviews DROP COLUMN said;" \
	"ALTER TABLE reviews DROP COLUMN coded;" \
	"ALTER TABLE reviews DROP COLUMN undone;" \
	"ALTER TABLE events DROP COLUMN verdict;" \
	"ALTER TABLE statements DROP COLUMN verdict;" \
	"ALTER TABLE instruments DROP COLUMN verdict;" \
	"ALTER TABLE roles DROP COLUMN verdict;" \
	"ALTER TABLE positions DROP COLUMN verdict;" \
	"ALTER TABLE tallies DROP COLUMN verdict;" \
	"ALTER TABLE pledges DROP COLUMN verdict;" \
	"ALTER TABLE gatherings DROP COLUMN verdict;" \
	"ALTER TABLE initiatives DROP COLUMN verdict;" \
	"ALTER TABLE relations DROP COLUMN verdict;" \
	"ALTER TABLE marks DROP COLUMN verdict;"
#endif

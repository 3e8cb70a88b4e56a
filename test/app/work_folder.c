/* test/app/work_folder.c — what killed processes left in an office's work folder goes; what is in use stays. */
#include "app/work_folder.h"

#include "app/registry_export.h"
#include "base/file.h"
#include "base/status.h"

#include "office_world.h"
#include "unit.h"

#include <sys/wait.h>
#include <unistd.h>

/* A process that makes a folder with a file in it and ends without giving it back. */
static void leave_one(const char *work)
{
	pid_t pid = fork();
	int status;

	CHECK(pid >= 0);
	if (pid == 0) {
		struct work_folder f;
		struct arena a;

		arena_init(&a);
		if (work_folder_make(work, &a, &f) != OK)
			_exit(1);
		const char *path = arena_printf(&a, "%s/sites.tsv", f.path);
		_exit(file_write(path, "x", 1, 0600) == OK ? 0 : 1);
	}
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(what_a_killed_process_left_is_swept_and_that_of_a_living_one_stays)
{
	CLEANUP(arena_release) struct arena a;
	const struct office o = { .work = unit_folder() };
	const char *work = o.work;
	struct work_folder mine, other;

	arena_init(&a);
	CHECK_INT(work_folder_make(work, &a, &mine), OK);
	leave_one(work);
	CHECK_INT(office_world_jobs(&o), 2);
	work_folder_sweep(work);
	CHECK_INT(office_world_jobs(&o), 1);
	CHECK(file_exists(mine.path));
	leave_one(work);
	CHECK_INT(work_folder_make(work, &a, &other), OK);
	CHECK_INT(office_world_jobs(&o), 2);
	work_folder_release(&mine);
	work_folder_release(&other);
	work_folder_release(&other);
	CHECK_INT(office_world_jobs(&o), 0);
}

TEST(an_office_that_is_opened_for_a_change_sweeps)
{
	struct office_world w;
	struct office other;

	office_world_init(&w);
	leave_one(w.office.work);
	w.where.look = true;
	office_world_again(&w, &other);
	office_release(&other);
	CHECK_INT(office_world_jobs(&w.office), 1);
	w.where.look = false;
	office_world_again(&w, &other);
	office_release(&other);
	CHECK_INT(office_world_jobs(&w.office), 0);
	office_world_release(&w);
}

TEST(a_registry_that_is_mapped_leaves_nothing)
{
	struct office_world w;
	struct file_map map;

	office_world_init(&w);
	CHECK_INT(registry_export_map(&w.office, REGISTRY_SITES, 0, &map), OK);
	CHECK(map.len > 0);
	CHECK_INT(office_world_jobs(&w.office), 0);
	file_unmap(&map);
	CHECK_INT(registry_export_map(&w.office, REGISTRY_SITES, 7, &map), NONE);
	CHECK_INT(office_world_jobs(&w.office), 0);
	office_world_release(&w);
}

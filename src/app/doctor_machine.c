/* app/doctor_machine.c — what the office stands on. */
#include "app/doctor_machine.h"

#include "base/status.h"
#include "files/pdf.h"
#include "files/sandbox.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

enum { MB = 1 << 20, ROOM_LEAST_MB = 200, ROOM_GOOD_MB = 2000, FILES_GOOD = 5000 };

static void look_user(struct doctor_report *r)
{
	if (geteuid() == 0)
		doctor_add(r, "user", VERIFY_UNKNOWN,
			   "正式使用时请建一个专门的系统账号来运行，数据文件夹归它所有。",
			   "现在用 root 运行");
	else
		doctor_add(r, "user", VERIFY_OK, NULL, "不是用 root 运行");
}

static void look_files(struct doctor_report *r)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) != 0)
		return;
	if (l.rlim_cur != RLIM_INFINITY && l.rlim_cur < FILES_GOOD)
		doctor_add(r, "descriptors", VERIFY_UNKNOWN,
			   "服务器要同时接很多连接时，在服务单元里写 LimitNOFILE=8192。",
			   "最多能同时打开 %" PRIu64 " 个文件和连接", (uint64_t)l.rlim_cur);
	else
		doctor_add(r, "descriptors", VERIFY_OK, NULL, "能同时打开的文件和连接够用");
}

/* The kernel knows whether anything keeps its clock right. */
static void look_clock(struct doctor_report *r)
{
	struct timex t = { .modes = 0 };
	int state = adjtimex(&t);

	if (state < 0)
		doctor_add(r, "clock", VERIFY_UNKNOWN, "请确认本机与时间服务器对时。",
			   "看不出本机时钟有没有对时");
	else if (state == TIME_ERROR || (t.status & STA_UNSYNC))
		doctor_add(
			r, "clock", VERIFY_UNKNOWN,
			"请开启对时：timedatectl set-ntp true（或 chrony）。时钟不对，锁定和公布的先后就不可信。",
			"本机时钟没有与时间服务器对时");
	else
		doctor_add(r, "clock", VERIFY_OK, NULL, "本机时钟与时间服务器对时");
}

static void look_font(struct doctor_report *r)
{
	struct pdf_options options = { .title = "doctor" };
	struct pdf *pdf;
	int rc = pdf_open(&pdf, &options);

	if (rc != OK) {
		doctor_add(r, "font", VERIFY_FAILED, "请安装：apt-get install fonts-wqy-microhei。",
			   "没有中文字体，打印不出任务单和记录");
		return;
	}
	pdf_abort(pdf);
	doctor_add(r, "font", VERIFY_OK, NULL, "有打印用的中文字体");
}

static int nothing(int out, void *arg)
{
	(void)out, (void)arg;
	return 0;
}

static void look_sandbox(struct doctor_report *r)
{
	struct sandbox_job job = { .work = nothing, .limits = { .wall_ms = 10000 } };
	struct sandbox_result end;

	if (sandbox_run(&job, &end) == OK && end.end == SANDBOX_OK)
		doctor_add(r, "sandbox", VERIFY_OK, NULL, "外来文件能在隔离的进程里读");
	else
		doctor_add(r, "sandbox", VERIFY_FAILED,
			   "系统或容器不让用 seccomp：请换内核或放开容器的限制，否则不能导入名录。",
			   "外来文件不能在隔离的进程里读");
}

static void look_disk(struct doctor_report *r, const char *folder)
{
	struct statvfs v;

	if (statvfs(folder, &v) != 0) {
		doctor_add(r, "disk", VERIFY_FAILED, "请检查路径和权限。", "看不了 %s：%s", folder,
			   errno == ENOENT   ? "没有这个文件夹"
			   : errno == EACCES ? "没有权限"
					     : strerror(errno));
		return;
	}
	uint64_t free_mb = (uint64_t)v.f_bavail * v.f_frsize / MB;
	bool full = v.f_files > 0 && v.f_favail == 0;
	enum verify_mark mark = free_mb < ROOM_LEAST_MB || full ? VERIFY_FAILED
				: free_mb < ROOM_GOOD_MB        ? VERIFY_UNKNOWN
								: VERIFY_OK;
	doctor_add(r, "disk", mark,
		   mark == VERIFY_OK ? NULL
				     : "请腾出空间或换大的磁盘：磁盘满了就不能办理，已办的不会丢。",
		   "%s 所在的磁盘还有 %" PRIu64 " MB%s", folder, free_mb,
		   full ? "，但文件个数已满" : "");
}

void doctor_machine(struct doctor_report *r, const char *const *folders)
{
	look_user(r);
	look_files(r);
	look_clock(r);
	look_font(r);
	look_sandbox(r);
	for (; *folders; folders++)
		look_disk(r, *folders);
}

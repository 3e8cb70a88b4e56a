/* app/draw_facts.c — evidence is read once, then matched to the entropy lines. */
#include "app/draw_facts.h"

#include "app/draw_signatures.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "core/text.h"
#include "files/drand.h"
#include "files/pulse.h"

#include <dirent.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

enum { EVIDENCE_MOST = 64, FOUND_MOST = 256 };

#define CERTIFICATE_FILE "pulse-certificate.pem"

struct evidence {
	struct arena *arena;
	struct pulse pulses[EVIDENCE_MOST];
	size_t pulse_count;
	struct drand_beacon beacons[EVIDENCE_MOST];
	size_t beacon_count;
	const char *certificate;
	size_t certificate_len;
	bool certificate_brought; /* by the verifier, not found in the folder */
};

static void add_pulse(struct evidence *e, const char *text, size_t len)
{
	if (e->pulse_count < EVIDENCE_MOST &&
	    pulse_parse(e->arena, text, len, &e->pulses[e->pulse_count]) == OK)
		e->pulse_count++;
}

static void add_beacon(struct evidence *e, const char *text, size_t len)
{
	if (e->beacon_count < EVIDENCE_MOST &&
	    drand_parse(e->arena, text, len, &e->beacons[e->beacon_count]) == OK)
		e->beacon_count++;
}

/* Everything in the folder that matches; what cannot be read is as if it were not there,
 * and what comes after the first 256 by name. */
static void read_folder(struct evidence *e, const char *folder, const char *pattern,
			void (*add)(struct evidence *, const char *, size_t))
{
	struct dirent **found;
	char *text;
	size_t len;
	int count = scandir(folder, &found, NULL, alphasort), read = 0;

	for (int i = 0; i < count; i++) {
		const char *path = arena_printf(e->arena, "%s/%s", folder, found[i]->d_name);
		if (fnmatch(pattern, found[i]->d_name, 0) == 0 && read++ < FOUND_MOST &&
		    file_read(e->arena, path, PULSE_MOST, &text, &len) == OK)
			add(e, text, len);
		free(found[i]);
	}
	if (count >= 0)
		free(found);
}

/* Does the file lie in the folder, by whatever name it was given? */
static bool lies_in(const char *path, const char *folder)
{
	char *file = realpath(path, NULL), *top = realpath(folder, NULL);
	size_t len = top ? strlen(top) : 0;
	bool in = file && top && strncmp(file, top, len) == 0 &&
		  (file[len] == '/' || (len > 0 && top[len - 1] == '/'));

	free(file);
	free(top);
	return in;
}

static int read_evidence(struct evidence *e, const char *folder, const struct draw_evidence *given,
			 const char **path)
{
	char *text;
	size_t len;

	for (size_t i = 0; i < given->pulse_count; i++) {
		*path = given->pulses[i];
		TRY(file_read(e->arena, *path, PULSE_MOST, &text, &len));
		size_t before = e->pulse_count;
		add_pulse(e, text, len);
		if (e->pulse_count == before)
			return INVALID;
	}
	read_folder(e, folder, "pulse*.json", add_pulse);
	read_folder(e, folder, "drand*.json", add_beacon);
	*path = given->certificate;
	e->certificate_brought = given->certificate != NULL;
	if (!given->certificate)
		*path = arena_printf(e->arena, "%s/" CERTIFICATE_FILE, folder);
	int rc = file_read(e->arena, *path, PULSE_MOST, &text, &len);
	if (rc == OK) {
		e->certificate = text;
		e->certificate_len = len;
	}
	if (e->certificate_brought && rc == OK)
		e->certificate_brought = !lies_in(given->certificate, folder);
	return given->certificate ? rc : OK;
}

struct fact {
	int mark;
	const char *why;
};

static const struct pulse *find_pulse(const struct evidence *e, uint64_t chain, uint64_t index)
{
	for (size_t i = 0; i < e->pulse_count; i++)
		if (e->pulses[i].chain == chain && e->pulses[i].index == index)
			return &e->pulses[i];
	return NULL;
}

static const char *chain_words(const struct evidence *e, const struct pulse *p, bool *broken)
{
	const struct pulse *before = p->index ? find_pulse(e, p->chain, p->index - 1) : NULL;

	*broken = before && !pulse_follows(p, before);
	if (!before)
		return "；没有上一个脉冲，未查哈希链";
	return *broken ? "；与上一个脉冲接不上，哈希链断了" : "；与上一个脉冲的哈希链相接";
}

static struct fact judge_signature(const struct evidence *e, const struct pulse *p,
				   const char *chain)
{
	struct arena *a = e->arena;

	switch (pulse_check(p, e->certificate, e->certificate_len)) {
	case PULSE_SIGNED:
		if (!e->certificate_brought)
			return (struct fact){
				FACT_UNKNOWN,
				arena_printf(
					a,
					"脉冲的签名与文件夹里的证书相符%s；但证书是组织方放的，"
					"请自行从 https://beacon.nist.gov/beacon/2.0/certificate/%s "
					"取得证书，用 --certificate 再核验",
					chain, p->certificate)
			};
		return (struct fact){
			FACT_TRUE, arena_printf(a,
						"NIST 脉冲的签名与您提供的证书相符（时刻 %s）%s；"
						"程序没有内置 NIST 的证书，证书的真假由您把关",
						p->time, chain)
		};
	case PULSE_BAD_SIGNATURE:
		return (struct fact){ FACT_FALSE,
				      "脉冲的签名与证书不符：脉冲被改过，或不是 NIST 发布的" };
	case PULSE_OTHER_NAME:
		return (struct fact){ FACT_FALSE,
				      "脉冲指定的证书不是发给 engine.beacon.nist.gov 的" };
	case PULSE_OTHER_TIME:
		return (struct fact){ FACT_FALSE, "脉冲的时刻不在证书的有效期内" };
	case PULSE_OTHER_CERTIFICATE:
		return (struct fact){
			FACT_UNKNOWN,
			arena_printf(a,
				     "所给证书不是脉冲指定的那一张；请从 "
				     "https://beacon.nist.gov/beacon/2.0/certificate/%s 取得",
				     p->certificate)
		};
	case PULSE_NO_CERTIFICATE:
		break;
	}
	return (struct fact){ FACT_UNKNOWN,
			      "证书文件读不出 RSA 证书；请重新取得 PEM 或 DER 格式的证书" };
}

static struct fact judge_pulse(const struct evidence *e, const struct pulse *p, struct span value)
{
	bool broken;
	const char *chain = chain_words(e, p, &broken);

	if (!span_equal(span_of(p->output), value))
		return (struct fact){ FACT_FALSE, "脉冲文件里的 outputValue 与 record 里的值不同" };
	if (!pulse_output_right(p))
		return (struct fact){ FACT_FALSE, "脉冲的 outputValue 不是其内容与签名的 SHA-512" };
	if (p->status != 0)
		return (struct fact){ FACT_FALSE, "脉冲的状态码不是 0：NIST 没有把它当作正常脉冲" };
	if (broken)
		return (struct fact){ FACT_FALSE, chain + strlen("；") };
	if (!e->certificate)
		return (struct fact){
			FACT_UNKNOWN,
			arena_printf(e->arena,
				     "脉冲内容与其摘要相符%s；没有证书，签名未核验，请从 "
				     "https://beacon.nist.gov/beacon/2.0/certificate/%s 取得证书，"
				     "用 --certificate 再核验",
				     chain, p->certificate)
		};
	return judge_signature(e, p, chain);
}

/* Selector "<a> <b>" with a number as b. */
static bool cut_selector(struct span selector, struct span *first, uint64_t *second)
{
	return span_cut(&selector, ' ', first) &&
	       read_number(selector, TEXT_NUMBER_MOST, second) == CORE_OK;
}

static struct fact judge_nist(const struct evidence *e, struct span selector, struct span value)
{
	struct span chain_text;
	uint64_t chain, index;

	if (!cut_selector(selector, &chain_text, &index) ||
	    read_number(chain_text, TEXT_NUMBER_MOST, &chain) != CORE_OK)
		return (struct fact){ FACT_UNKNOWN, NULL };
	const struct pulse *p = find_pulse(e, chain, index);
	if (p && value.at)
		return judge_pulse(e, p, value);
	return (struct fact){
		FACT_UNKNOWN,
		arena_printf(e->arena,
			     "没有脉冲文件；请从 https://beacon.nist.gov/beacon/2.0/chain/%llu/"
			     "pulse/%llu 取得，用 --pulse 和 --certificate 再核验",
			     (unsigned long long)chain, (unsigned long long)index)
	};
}

static const struct drand_beacon *find_beacon(const struct evidence *e, uint64_t round)
{
	for (size_t i = 0; i < e->beacon_count; i++)
		if (e->beacons[i].round == round)
			return &e->beacons[i];
	return NULL;
}

static const char *round_words(struct arena *a, const char *chain, uint64_t round)
{
	char text[CLOCK_TEXT];
	int64_t seconds;

	if (!drand_time(chain, round, &seconds))
		return "这条链不在程序所知之列，时刻未推算";
	clock_text(seconds * 1000, text);
	return arena_printf(a, "按链的起点和周期，这一轮应在 %s（UTC）产生", text);
}

static struct fact judge_drand(const struct evidence *e, struct span selector, struct span value)
{
	struct arena *a = e->arena;
	struct span chain_text;
	uint64_t round;

	if (!cut_selector(selector, &chain_text, &round))
		return (struct fact){ FACT_UNKNOWN, NULL };
	const char *chain = arena_mem(a, chain_text.at, chain_text.len);
	const struct drand_beacon *b = find_beacon(e, round);
	const char *hash = "";
	if (b && value.at) {
		if (!span_equal(span_of(b->randomness), value))
			return (struct fact){ FACT_FALSE,
					      "drand 文件里的随机值与 record 里的值不同" };
		if (!drand_hash_right(b))
			return (struct fact){ FACT_FALSE, "drand 随机值不是其签名的 SHA-256" };
		hash = "随机值是所给签名的 SHA-256，但仅此不能证明是谁签的；";
	}
	return (struct fact){
		FACT_UNKNOWN,
		arena_printf(
			a,
			"%s%s；本程序不核验 BLS 签名。请用 drand 官方客户端（drand get public --chain-hash "
			"%s --round %llu）或 npm 的 drand-client 取得并核验同一轮，看值是否与 record 一致；"
			"也可看 https://api.drand.sh/%s/public/%llu",
			hash, round_words(a, chain, round), chain, (unsigned long long)round, chain,
			(unsigned long long)round)
	};
}

static struct fact judge_entropy(const struct evidence *e, const struct declare_entropy *source,
				 struct span value)
{
	if (source->kind == ENTROPY_NIST)
		return judge_nist(e, source->selector, value);
	if (source->kind == ENTROPY_DRAND)
		return judge_drand(e, source->selector, value);
	return (struct fact){ FACT_UNKNOWN, NULL };
}

static struct fact judge_share(const struct draw_signatures *s, struct span draw_id,
			       const struct declare_share *share)
{
	const struct draw_signature *one = draw_signature_of(s, share->party);

	if (!one)
		return (struct fact){ FACT_UNKNOWN, NULL };
	if (!draw_signature_right(one, draw_id, share))
		return (struct fact){ FACT_FALSE, "signatures.tsv 里的签名与这个承诺不符" };
	return (struct fact){ FACT_TRUE, "signatures.tsv 里的 Ed25519 签名与这个承诺相符；"
					 "密钥是否早 30 天登记，要看账簿" };
}

/* signatures.tsv that cannot be read refutes every share: somebody changed it. */
static void judge_shares(struct arena *a, const char *folder, const struct declaration *d,
			 struct verify_facts *out)
{
	struct draw_signatures signatures = { .count = 0 };
	uint64_t line;
	int rc = draw_signatures_read(a, folder, &signatures, &line);

	out->signatures_sought = true;
	for (uint32_t i = 0; i < d->share_count; i++) {
		struct fact f =
			rc == OK || rc == NONE
				? judge_share(&signatures, d->draw_id, &d->shares[i])
				: (struct fact){ FACT_FALSE, "signatures.tsv 不合格式或被改过" };
		out->shares[i].signed_by_party = f.mark;
		out->shares[i].why = span_of(f.why ? f.why : "");
		const struct draw_signature *one =
			draw_signature_of(&signatures, d->shares[i].party);
		out->shares[i].key = span_of(one ? arena_str(a, one->key) : "");
	}
}

int draw_facts(struct arena *a, const char *folder, const struct declaration *d,
	       const struct record *record, const struct draw_evidence *given,
	       struct verify_facts *ret, const char **path)
{
	struct evidence *e = arena_alloc(a, sizeof(*e));
	struct verify_facts out = { 0 };

	e->arena = a;
	TRY(read_evidence(e, folder, given, path));
	for (uint32_t i = 0; i < d->entropy_count; i++) {
		struct span value = record ? record->values[i] : (struct span){ NULL, 0 };
		struct fact f = judge_entropy(e, &d->entropy[i], value);
		out.entropy[i].value_signed = (unsigned)f.mark;
		out.entropy[i].why = span_of(f.why ? f.why : "");
	}
	judge_shares(a, folder, d, &out);
	*ret = out;
	return OK;
}

/*
 * bench/assign_peer.c — the same lists given to igraph's maximum flow (push-relabel): only whether all
 * places can be filled, without balance, tickets or reasons.
 * Usage: bench-assign-peer VISITS INSPECTORS DISTRICTS SKILLS ROOM%. Prints: seconds to build, seconds of flow, places short.
 */
#include "assign_data.h"

#include <igraph/igraph.h>
#include <stdio.h>
#include <stdlib.h>

struct arcs {
	igraph_vector_int_t ends;
	igraph_vector_t capacity;
};

static void add(struct arcs *a, igraph_integer_t from, igraph_integer_t to, uint32_t capacity)
{
	if (igraph_vector_int_push_back(&a->ends, from) != IGRAPH_SUCCESS ||
	    igraph_vector_int_push_back(&a->ends, to) != IGRAPH_SUCCESS ||
	    igraph_vector_push_back(&a->capacity, capacity) != IGRAPH_SUCCESS)
		abort();
}

static bool excluded(const struct assign_visit *v, uint32_t i)
{
	for (uint32_t k = 0; k < v->excluded_count; k++)
		if (v->excluded[k] == i)
			return true;
	return false;
}

/* Nodes: inspectors, visits for seniors, visits for juniors, source, sink. With need 2 and one of each
 * grade the places of the grades are independent. */
static void build(const struct assign_problem *p, struct arcs *a)
{
	uint32_t senior = p->inspector_count, junior = senior + p->visit_count;
	uint32_t source = junior + p->visit_count, sink = source + 1;

	for (uint32_t i = 0; i < p->inspector_count; i++)
		add(a, source, i, p->inspectors[i].limit);
	for (uint32_t v = 0; v < p->visit_count; v++) {
		const struct assign_pool *pool = &p->pools[p->visits[v].pool];

		for (uint32_t k = 0; k < pool->count; k++) {
			uint32_t i = pool->inspectors[k];

			if (!excluded(&p->visits[v], i))
				add(a, i, (p->inspectors[i].senior ? senior : junior) + v, 1);
		}
		add(a, senior + v, sink, 1);
		add(a, junior + v, sink, 1);
	}
}

static uint32_t number(const char *text)
{
	return (uint32_t)strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
	struct assign_shape shape;
	struct assign_problem p;
	struct arcs arcs;
	igraph_t graph;
	igraph_real_t value;
	double begin, built;
	igraph_integer_t nodes;

	if (argc != 6)
		return 2;
	shape = (struct assign_shape){ number(argv[1]), number(argv[2]), number(argv[3]),
				       number(argv[4]), number(argv[5]) };
	assign_data(&shape, &p);
	begin = seconds_now();
	if (igraph_vector_int_init(&arcs.ends, 0) != IGRAPH_SUCCESS ||
	    igraph_vector_init(&arcs.capacity, 0) != IGRAPH_SUCCESS)
		abort();
	build(&p, &arcs);
	nodes = (igraph_integer_t)p.inspector_count + 2 * (igraph_integer_t)p.visit_count + 2;
	if (igraph_create(&graph, &arcs.ends, nodes, IGRAPH_DIRECTED) != IGRAPH_SUCCESS)
		abort();
	built = seconds_now();
	if (igraph_maxflow_value(&graph, &value, nodes - 2, nodes - 1, &arcs.capacity, NULL) !=
	    IGRAPH_SUCCESS)
		abort();
	printf("%.3f %.3f %.0f\n", built - begin, seconds_now() - built,
	       2.0 * p.visit_count - value);
	igraph_destroy(&graph);
	return 0;
}

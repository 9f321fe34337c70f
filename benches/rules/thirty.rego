# The thirty rules in Rego. Truth is a number (0 no, 1 unknown, 2 yes): `and` is min, `or` is max. A verdict is a number too (0 not applicable, 1 met,
# 2 cannot tell, 3 not met), so that the worst is the greatest. What several rules need (evidence in force, chains, records by force) is computed
# once a document. Some turns are there for the virtual machine, which gives wrong answers where the interpreter gives right ones: a loop in a body
# that has an `else`, an undefined value that is passed on in a body that has an `else`, `else` under a `default`, a comparison inside `every`.
package thirty

import rego.v1

letters := ["N", "P", "U", "F"]

verdict_of := [3, 2, 1]

result := concat("", [letters[v] | some v in verdicts])

# ------------------------------------------------------------------ facts

known(r, k) := v if {
	v := r[k]
	not is_object(v)
} else := v if {
	v := r[k].value
}

absent(r, k) if {
	is_object(r[k])
	r[k].state in {"absent", "not-applicable"}
}

# A fact with one value.
one(r, k, wanted) := t if {
	v := known(r, k)
	v != null
	t := hit(v, wanted)
} else := 0 if {
	absent(r, k)
} else := 1

hit(v, wanted) := 2 if {
	v in wanted
} else := 0

# A fact with several values.
many(r, k, wanted) := t if {
	all := known(r, k)
	all != null
	t := hits(all, wanted)
} else := 0 if {
	absent(r, k)
} else := 1

hits(all, wanted) := 2 if {
	count({w | some w in all} & wanted) > 0
} else := 0

is_known(r, k) if {
	x := known(r, k)
	x != null
}

# A reference, looked up in a table of truths.
ref(r, k, table) := t if {
	v := known(r, k)
	v != null
	t := table[v]
} else := 0 if {
	absent(r, k)
} else := 1

refs(r, k, table) := t if {
	all := known(r, k)
	all != null
	t := max([table[x] | some x in all])
} else := 0 if {
	absent(r, k)
} else := 1

# ------------------------------------------------------------------ evidence

day := input["as-of"]

begun(t) := 2 if {
	t["in-force"] <= day
} else := 0 if {
	t["in-force"]
} else := 2 if {
	t.version <= day
} else := 1

lasting(t) := 0 if {
	t.until < day
} else := 2

text := {t.id: t | some t in input.instruments}

holds := {t.id: min([begun(t), lasting(t)]) | some t in input.instruments}

suspenders := [t | some t in input.instruments; t.suspends]

suspended(id) := max(array.concat([0], [holds[t.id] | some t in suspenders; some x in t.suspends; x == id]))

in_force(p) := min([begun(p), lasting(p), lasting(text[p.instrument])]) if {
	p["in-force"]
} else := min([lasting(p), holds[p.instrument]])

place := {p.id: min([in_force(p), 2 - suspended(p.id)]) | some p in input.provisions}

acts := {"constitution", "organic-law", "statute"}

act := {p.id: t |
	some p in input.provisions
	t := by_act(p)
}

by_act(p) := place[p.id] if {
	text[p.instrument].kind in acts
} else := 0

open_text := {p.id: min([place[p.id], one(text[p.instrument], "publicity", {"public"})]) | some p in input.provisions}

# What a piece of evidence states; -1 if it states nothing.
states(e, table, attested) := table[e] if {
	is_string(e)
} else := attested if {
	object.get(e, "attested-by", "") != ""
} else := states_other(e, table)

states_other(e, table) := table[e.provision] if {
	object.get(e, "role", "states") == "states"
} else := -1

rests(r, table, attested) := max(all) if {
	all := [t | some e in r.evidence; t := states(e, table, attested); t >= 0]
	count(all) > 0
} else := 1

# ------------------------------------------------------------------ who is above

bodies := {b.id: b | some b in input.bodies}

forces := [f | some f in input.forces; not f.state]

above := {b.id: up | some b in input.bodies; up := superior(b)}

superior(b) := [known(b, "parent")] if {
	is_known(b, "parent")
} else := []

chain := {f.id: graph.reachable(above, superior(f)) | some f in forces}

open_top := {b.id | some b in input.bodies; not is_known(b, "parent"); not absent(b, "parent")}

end_of(f) := 1 if {
	not is_known(f, "parent")
	not absent(f, "parent")
} else := 1 if {
	count(chain[f.id] & open_top) > 0
} else := 0

chain_end := {f.id: end_of(f) | some f in forces}

under(f, b) := 2 if {
	b in chain[f]
} else := chain_end[f]

below := {f.id: {b.id: under(f.id, b.id) | some b in input.bodies} | some f in forces}

not_below := {f: {b: (2 - t) | some b, t in table} | some f, table in below}

reaches(f, table) := max(array.concat([chain_end[f.id]], [table[b] | some b in chain[f.id]]))

# ------------------------------------------------------------------ tables of bodies

kinds(wanted) := {b.id: one(b, "kind", wanted) | some b in input.bodies}

lawgivers := kinds({"legislature", "committee"})

ministers := kinds({"minister"})

possible_ministers := {b: t | some b, t in ministers; t > 0}

auditors := {b.id: min([one(b, "kind", {"audit", "court"}), firm[b.id]]) | some b in input.bodies}

no_auditors := {b.id: (2 - one(b, "kind", {"audit", "court"})) | some b in input.bodies}

firm := {b.id: one(b, "dismissal", {"for-cause", "no-one"}) | some b in input.bodies}

apart := {b.id: min([2 - one(b, "kind", {"minister", "ministry"}), firm[b.id]]) | some b in input.bodies}

civil_ministers := {b.id: min([ministers[b.id], one(b, "civilian", {true})]) | some b in input.bodies}

elected := {b.id: one(b, "legitimacy", {"elected"}) | some b in input.bodies}

answerable := {b.id: one(b, "legitimacy", {"elected", "accountable-to-elected"}) | some b in input.bodies}

# ------------------------------------------------------------------ records by force, and what is closed

# Each row: how far the record is about the force and stands, and the record.
rows(list, key, f) := [[t, row[1]] |
	some row in list
	a := many(row[1], key, {f})
	a > 0
	t := min([a, row[0]])
	t > 0
]

standing(list) := [[t, r] | some r in list; not r.state; t := rests(r, place, 2); t > 0]

controls := standing(input.controls)

controls_of := {f.id: rows(controls, "over", f.id) | some f in forces}

norms := standing(input.norms)

norms_of := {f.id: rows(norms, "bearer", f.id) | some f in forces}

remedies := standing(input.remedies)

remedies_of := {f.id: rows(remedies, "covers", f.id) | some f in forces}

budgets := standing(input.budgets)

budgets_of := {f.id: rows(budgets, "covers", f.id) | some f in forces}

trainings := standing(input.trainings)

trainings_of := {f.id: rows(trainings, "force", f.id) | some f in forces}

procedures := standing(input.procedures)

procedures_of := {f.id: rows(procedures, "over", f.id) | some f in forces}

services := standing(input.services)

services_of := {f.id: [[t, row[1]] |
	some row in services
	t := min([one(row[1], "force", {f.id}), row[0]])
	t > 0
] |
	some f in forces
}

complete := {c.list | some c in input.complete; not c["for"]}

complete_for := {[c.list, c["for"]] | some c in input.complete; c["for"]}

absent_terms := {
	"controls": {[f, r.kind] | some r in input.controls; r.state; some f in r.over},
	"procedures": {[f, r.kind] | some r in input.procedures; r.state; some f in r.over},
	"norms": {[f, r.content] | some r in input.norms; r.state; some f in r.bearer},
	"services": {[r.force, r.mode] | some r in input.services; r.state},
	"remedies": set(),
	"budgets": set(),
	"trainings": set(),
}

absent_categories := {c | some f in input.forces; f.state; some c in f.categories}

# What a record that nobody wrote down can do.
ghost(list, f, terms) := 0 if {
	list in complete
} else := 0 if {
	[list, f] in complete_for
} else := 0 if {
	count(terms) > 0
	count({t | some t in terms; not [f, t] in absent_terms[list]}) == 0
} else := 1

ghost_body := 0 if {
	"bodies" in complete
} else := 1

ghost_force(categories) := 0 if {
	"forces" in complete
} else := 0 if {
	count(categories) > 0
	count(categories - absent_categories) == 0
} else := 1

best(found, ghost) := max(array.concat(found, [ghost]))

counted(found, wanted, ghost) := 2 if {
	count([t | some t in found; t == 2]) >= wanted
} else := 0 if {
	count([t | some t in found; t > 0]) < wanted
	ghost == 0
} else := 1

oversight := {"inspect", "inquire", "investigate", "audit", "access-classified"}

control(f, powers, table) := best(
	[min([row[0], one(row[1], "kind", powers), ref(row[1], "holder", table)]) | some row in controls_of[f]],
	ghost("controls", f, powers),
)

norm(f, content, modalities) := best(
	[min([row[0], one(row[1], "content", {content}), one(row[1], "modality", modalities)]) | some row in norms_of[f]],
	ghost("norms", f, {content}),
)

norm_at_all(f, content) := best(
	[min([row[0], one(row[1], "content", {content})]) | some row in norms_of[f]],
	ghost("norms", f, {content}),
)

conscripts(f) := best(
	[min([row[0], one(row[1], "mode", {"conscript"})]) | some row in services_of[f]],
	ghost("services", f, {"conscript"}),
)

# ------------------------------------------------------------------ verdicts over forces

all_forces := {f.id: 2 | some f in forces}

of(categories) := {f.id: many(f, "categories", categories) | some f in forces}

without(categories) := {f.id: (2 - many(f, "categories", categories)) | some f in forces}

excepted(v, exception) := v if {
	exception == 0
} else := 0 if {
	exception == 2
} else := 0 if {
	v == 0
} else := 2

meant_verdict(v, meant) := 2 if {
	meant == 1
	v > 0
} else := v

if_none(none, open) := 2 if {
	open == 1
} else := none

filled(v, meant, empty) := 2 if {
	v == 0
	empty > 0
	count([m | some m in meant; m == 2]) == 0
} else := v

# The verdict for the State. `exception` is 0, 1 or 2.
roll(meant, found, none, open, exception) := excepted(if_none(none, open), exception) if {
	count([m | some m in meant; m > 0]) == 0
} else := worst([filled(meant_verdict(excepted(v, exception), meant[f]), meant, excepted(if_none(none, open), exception)) | some f, v in found; meant[f] > 0], open, exception)

worst(found, open, exception) := max(found) if {
	open == 0
} else := 0 if {
	exception == 2
	max(found) == 0
} else := max(array.concat(found, [2]))

each(truths) := {f: verdict_of[t] | some f, t in truths}

army := one(input.state, "armed-forces", {"none"})

# ------------------------------------------------------------------ the rules

v01 := roll(all_forces, each({f.id: refs(f, "founded-by", place) | some f in forces}), 2, ghost_force(set()), 0)

v02 := roll(of({"armed"}), each({f.id: refs(f, "founded-by", act) | some f in forces}), 0, ghost_force({"armed"}), army)

v03 := roll(all_forces, each({f.id: reaches(f, civil_ministers) | some f in forces}), 2, ghost_force(set()), 0)

v04 := roll(all_forces, each({f.id: (2 - control(f.id, oversight, below[f.id])) | some f in forces}), 2, ghost_force(set()), 0)

v05 := roll(all_forces, each({f.id: control(f.id, oversight, outside[f.id]) | some f in forces}), 2, ghost_force(set()), 0)

v06 := roll(of({"intelligence"}), each({f.id: cleared(f.id) | some f in forces}), 0, ghost_force({"intelligence"}), 0)

v07 := roll(all_forces, each({f.id: approved(f.id) | some f in forces}), 2, ghost_force(set()), 0)

v08 := roll(all_forces, each({f.id: audited(f.id) | some f in forces}), 2, ghost_force(set()), 0)

v09 := roll(without({"intelligence", "police"}), each({f.id: published(f.id) | some f in forces}), 0, ghost_force(set()), 0)

v10 := roll(of({"armed"}), each({f.id: consented(f.id) | some f in forces}), 0, ghost_force({"armed"}), army)

v11 := roll(all_forces, each({f.id: min([norm_at_all(f.id, "institutional-neutrality"), norm(f.id, "no-party-use-of-service", {"prohibition"})]) | some f in forces}), 2, ghost_force(set()), 0)

v12 := roll(all_forces, each({f.id: min([two_remedies(f.id), outside_remedy(f.id)]) | some f in forces}), 2, ghost_force(set()), 0)

v13 := roll(all_forces, each({f.id: safe_remedy(f.id) | some f in forces}), 2, ghost_force(set()), 0)

v14 := roll(of({"armed", "paramilitary", "internal"}), each({f.id: taught_ihl(f.id) | some f in forces}), 0, ghost_force({"armed", "paramilitary", "internal"}), 0)

v15 := roll(all_forces, each({f.id: taught_rights(f.id) | some f in forces}), 2, ghost_force(set()), 0)

v16 := roll(all_forces, each({f.id: min([refuse(f.id), norm_at_all(f.id, "individual-liability")]) | some f in forces}), 2, ghost_force(set()), 0)

v17 := roll(all_forces, {f.id: rights(f) | some f in forces}, 2, ghost_force(set()), 0)

v18 := roll(all_forces, {f.id: objection(f.id) | some f in forces}, 2, ghost_force(set()), 0)

v19 := roll(without({"armed", "paramilitary"}), each({f.id: (2 - conscripts(f.id)) | some f in forces}), 0, ghost_force(set()), 0)

v20 := roll(of({"intelligence"}), each({f.id: parted(f.id) | some f in forces}), 0, ghost_force({"intelligence"}), 0)

v21 := verdict_of[five]

v22 := roll(of({"paramilitary"}), each({f.id: reaches(f, answerable) | some f in forces}), 0, ghost_force({"paramilitary"}), 0)

v23 := roll(all_forces, each({f.id: control(f.id, oversight | {"summon", "compel-documents"}, lawgivers) | some f in forces}), 2, ghost_force(set()), 0)

v24 := roll(all_forces, each({f.id: askers(f.id) | some f in forces}), 2, ghost_force(set()), 0)

v25 := roll(all_forces, each({f.id: refs(f, "founded-by", open_text) | some f in forces}), 2, ghost_force(set()), 0)

v26 := roll(all_forces, each({f.id: half(f.id) | some f in forces}), 2, ghost_force(set()), 0)

v27 := roll(all_forces, each({f.id: (2 - control(f.id, {"inspect", "inquire", "investigate", "audit"}, beholden[f.id])) | some f in forces}), 2, ghost_force(set()), 0)

v28 := verdict_of[set_up]

v29 := shown

v30 := roll(of({"armed"}), each({f.id: streets(f.id) | some f in forces}), 0, ghost_force({"armed"}), army)

# One rule each, because the virtual machine has 256 registers a rule.
verdicts := [v01, v02, v03, v04, v05, v06, v07, v08, v09, v10, v11, v12, v13, v14, v15, v16, v17, v18, v19, v20, v21, v22, v23, v24, v25, v26, v27, v28, v29, v30]

outside := {f.id: {b.id: min([apart[b.id], not_below[f.id][b.id]]) | some b in input.bodies} | some f in forces}

# 6
access_of := {f.id: [[min([row[0], t]), row[1]] | some row in controls_of[f.id]; t := one(row[1], "kind", {"access-classified"}); t > 0] | some f in forces}

means := {"summon", "inspect", "compel-documents", "investigate"}

means_of := {f.id: [[min([row[0], t]), row[1]] | some row in controls_of[f.id]; t := one(row[1], "kind", means); t > 0] | some f in forces}

cleared(f) := best(
	[min([t, secrets(f, b.id)]) | some b in input.bodies; t := one(b, "kind", {"legislature", "committee", "expert"}); t > 0],
	min([ghost_body, secrets(f, "")]),
)

secrets(f, b) := both(access(f, b), f, b)

both(t, f, b) := 0 if {
	t == 0
} else := min([t, counted(asked(f, b), 2, ghost("controls", f, means))])

access(f, b) := best([min([row[0], one(row[1], "holder", {b})]) | some row in access_of[f]], ghost("controls", f, {"access-classified"}))

asked(f, b) := [min([row[0], one(row[1], "holder", {b})]) | some row in means_of[f]]

# 7 to 10
approved(f) := best([min([row[0], ref(row[1], "approved-by", elected)]) | some row in budgets_of[f]], ghost("budgets", f, set()))

audited(f) := best([min([row[0], one(row[1], "audit-complete", {true}), ref(row[1], "approved-by", no_auditors), refs(row[1], "audited-by", auditors)]) | some row in budgets_of[f]], ghost("budgets", f, set()))

published(f) := best([min([row[0], one(row[1], "secret-part", {"no-secret-part", "total-known"})]) | some row in budgets_of[f]], ghost("budgets", f, set()))

consented(f) := best(
	[min([row[0], one(row[1], "kind", {"approve-deployment"}), ref(row[1], "holder", lawgivers), many(row[1], "exercised", {"before"})]) | some row in controls_of[f]],
	ghost("controls", f, {"approve-deployment"}),
)

# 12 to 15
two_remedies(f) := counted([row[0] | some row in remedies_of[f]], 2, ghost("remedies", f, set()))

outside_remedy(f) := best([min([row[0], one(row[1], "outside-chain", {true})]) | some row in remedies_of[f]], ghost("remedies", f, set()))

safe_remedy(f) := best([min([row[0], many(row[1], "open-to", {"personnel"}), one(row[1], "reprisal-ban", {true})]) | some row in remedies_of[f]], ghost("remedies", f, set()))

taught_ihl(f) := best([min([row[0], many(row[1], "topics", {"ihl"}), one(row[1], "mandatory", {true})]) | some row in trainings_of[f]], ghost("trainings", f, set()))

taught_rights(f) := best([min([row[0], many(row[1], "topics", {"human-rights"}), often(row[1])]) | some row in trainings_of[f]], ghost("trainings", f, set()))

units := {"days": 1, "months": 30, "years": 365}

often(r) := 2 if {
	v := known(r, "repeat")
	v != null
	parts := split(v, " ")
	to_number(parts[0]) * units[parts[1]] <= 720
} else := 0 if {
	is_known(r, "repeat")
} else := 0 if {
	absent(r, "repeat")
} else := 1

# 16 to 18
refuse(f) := best(
	[min([row[0], one(row[1], "content", {"refuse-unlawful-order"}), one(row[1], "modality", {"duty", "right"}), rests(row[1], act, 0)]) | some row in norms_of[f]],
	ghost("norms", f, {"refuse-unlawful-order"}),
)

rights(f) := guarded(
	2 - many(f, "categories", {"intelligence"}),
	verdict_of[min([norm(f.id, "vote", {"right"}), norm(f.id, "petition", {"right"})])],
	verdict_of[min([norm(f.id, "vote", {"right"}), norm(f.id, "petition", {"right"}), norm(f.id, "association-professional", {"right"})])],
)

objection(f) := guarded(conscripts(f), 0, verdict_of[norm_at_all(f, "conscientious-objection")])

guarded(guard, dropped, asked) := dropped if {
	guard == 0
} else := asked if {
	guard == 2
} else := asked if {
	asked == dropped
} else := 2

# 20
parted(f) := min(array.concat(
	[max([2 - t, under_both(f, below[f][b], b)]) | some b, t in possible_ministers],
	[max([2 - ghost_body, under_both(f, chain_end[f], "")])],
))

under_both(f, t, b) := 2 if {
	t == 0
} else := max([2 - t, nobody_else(f, b)])

nobody_else(f, b) := min(array.concat(
	[2 - ghost_force({"police"})],
	[max([2 - many(p, "categories", {"police"}), 2 - under(p.id, b)]) | some p in forces; p.id != f],
))

# 21
five := counted([min([t, oversees(b.id)]) | some b in input.bodies; t := 2 - one(b, "kind", {"force-head", "command"}); t > 0], 5, min([ghost_body, oversees("")]))

overseers := [[min([row[0], t]), row[1]] | some row in controls; t := one(row[1], "kind", oversight); t > 0]

oversees(b) := best([min([row[0], one(row[1], "holder", {b})]) | some row in overseers], all_controls)

all_controls := 0 if {
	"controls" in complete
} else := 1

# 24
askers(f) := min(array.concat(
	[max([2 - t, ref(row[1], "holder", asks[f])]) |
		some row in controls_of[f]
		t := min([row[0], one(row[1], "kind", {"inspect", "investigate", "audit"})])
		t > 0
	],
	[2 - ghost("controls", f, {"inspect", "investigate", "audit"})],
))

holders := {f.id: {b | some row in controls_of[f.id]; b := known(row[1], "holder")} | some f in forces}

asks := {f.id: {b: can_ask(f.id, b) | some b in holders[f.id]} | some f in forces}

can_ask(f, b) := best(
	[min([row[0], one(row[1], "kind", {"summon", "compel-documents"}), one(row[1], "holder", {b})]) | some row in controls_of[f]],
	ghost("controls", f, {"summon", "compel-documents"}),
)

# 26
half(f) := 1 if {
	ghost("remedies", f, set()) == 1
} else := 1 if {
	count([row | some row in remedies_of[f]; row[0] == 2]) == 0
} else := share(
	[one(row[1], "binding", {true}) | some row in remedies_of[f]; row[0] == 2],
	[one(row[1], "binding", {true}) | some row in remedies_of[f]; row[0] == 1],
)

number(found, wanted) := count([t | some t in found; t == wanted])

share(sure, maybe) := 2 if {
	number(sure, 2) * 2 >= (count(sure) + number(maybe, 1)) + number(maybe, 0)
} else := 1 if {
	(((number(sure, 2) + number(sure, 1)) + number(maybe, 2)) + number(maybe, 1)) * 2 >= (count(sure) + number(maybe, 2)) + number(maybe, 1)
} else := 0

# 27
beholden := {f.id: {b: under_minister(f.id, bodies[b]) | some b in holders[f.id]} | some f in forces}

under_minister(f, b) := best(
	[min([t, below[f][m], one(b, "parent", {m})]) | some m, t in possible_ministers],
	min([ghost_body, chain_end[f], one(b, "parent", {""})]),
)

# 28
set_up := min(array.concat(
	[max([2 - t, refs(b, "set-up-by", act)]) |
		some b in input.bodies
		t := one(b, "kind", {"ombuds", "nhri", "expert", "inspectorate", "audit", "complaints"})
		t > 0
	],
	[2 - ghost_body],
))

# 29
armed_at_all := best([many(f, "categories", {"armed"}) | some f in forces], ghost_force({"armed"}))

shown := verdict_of[armed_at_all] if {
	one(input.state, "armed-forces", {"standing", "ceremonial"}) == 2
} else := verdict_of[2 - armed_at_all] if {
	army == 2
} else := 0 if {
	army == 0
} else := 2

# 30
streets(f) := best(
	[min([row[0], one(row[1], "kind", {"deployment-internal"}), refs(row[1], "decided-by", not_below[f])]) | some row in procedures_of[f]],
	ghost("procedures", f, {"deployment-internal"}),
)

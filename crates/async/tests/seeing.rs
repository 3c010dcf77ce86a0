//! Snapshots, recordings and their pictures.

use std::collections::HashSet;
use std::sync::mpsc;

use runahead_async::{
    Async, DependencyKind, Deterministic, Error, Phase, Pool, Recording, Snapshot, TaskState, dispatch, task,
};

fn named<'s>(snapshot: &'s Snapshot, name: &str) -> &'s runahead_async::TaskInfo {
    snapshot.tasks.iter().find(|task| task.place.name() == Some(name)).unwrap()
}

#[test]
fn a_snapshot_says_what_each_task_does_and_whom_it_waits_for() {
    for workers in [1, 2, 4] {
        let pool = Pool::builder().workers(workers).registry(true).build();
        let (gate, a, b) = (Async::<()>::new(), Async::from(1), Async::<i32>::new());
        let open = gate.write();
        let (inside, entered) = mpsc::channel();
        let read_gate = gate.read();
        pool.task("blocks").dispatch(a.mutate(), move |a| {
            inside.send(()).unwrap();
            read_gate.wait().unwrap();
            *a += 1;
        });
        pool.task("copies").dispatch((a.read(), b.write()), |(a, b)| b.set(*a));
        let (read_b, again) = (b.read(), b.read());
        let sum = pool.task("awaits").spawn(async move { Ok::<_, Error>(*read_b.await? + *again.await?) });
        entered.recv().unwrap();
        // The spawned task is suspended and the other one blocks some time after they began.
        let snapshot = std::iter::repeat_with(|| pool.snapshot())
            .find(|snapshot| {
                let blocks = named(snapshot, "blocks");
                blocks.state == TaskState::Blocked && !named(snapshot, "awaits").waits_for.is_empty()
            })
            .unwrap();
        let (blocks, copies, awaits) =
            (named(&snapshot, "blocks"), named(&snapshot, "copies"), named(&snapshot, "awaits"));
        assert_eq!((copies.state, awaits.state), (TaskState::Waiting, TaskState::Waiting));
        assert_eq!(snapshot.cause(copies, &copies.waits_for[0]).unwrap().id, blocks.id);
        assert_eq!(snapshot.cause(awaits, &awaits.waits_for[0]).unwrap().id, copies.id);
        assert!(snapshot.cause(blocks, &blocks.waits_for[0]).is_none());
        let of_a: Vec<_> =
            snapshot.epochs.iter().filter(|epoch| epoch.value == copies.waits_for[0].value).collect();
        assert_eq!(of_a.len(), 1);
        assert_eq!((of_a[0].phase, of_a[0].writer), (Phase::Writing, Some(blocks.id)));
        assert_eq!(of_a[0].readers, [copies.id]);
        let text = snapshot.to_string();
        assert!(text.contains("blocks (") && text.contains("blocked"), "{text}");
        assert!(text.contains("which task copies ("), "{text}");
        open.wait().unwrap().set(());
        assert_eq!(*sum.wait().unwrap(), 4);
        pool.wait_idle().unwrap();
        assert!(pool.snapshot().tasks.is_empty() && pool.snapshot().epochs.is_empty());
    }
}

#[test]
fn a_pool_without_a_registry_lists_and_records_nothing() {
    let pool = Pool::new(1);
    let a = Async::<i32>::new();
    pool.start_recording();
    pool.task("waits").dispatch(a.read(), |_| ());
    assert!(pool.snapshot().tasks.is_empty());
    assert_eq!(pool.take_recording().tasks().len(), 0);
}

/// Two tasks read what one makes, then one changes it, then another overwrites it.
fn diamond() {
    let (a, b, c) = (Async::new(), Async::new(), Async::new());
    task("make").dispatch(a.write(), |a| a.set(1));
    task("left").dispatch((a.read(), b.write()), |(a, b)| b.set(a + 1));
    let read = a.read();
    let right = task("right").spawn(async move { Ok::<_, Error>(*read.await? + 2) });
    task("change").dispatch(a.mutate(), |a| *a += 10);
    task("overwrite").dispatch(a.write(), |a| a.set(5));
    task("join").dispatch((b.read(), right.read(), c.write()), |(b, right, c)| c.set(b + right));
    assert_eq!(*c.wait().unwrap(), 5);
}

fn check_diamond(recording: &Recording) {
    use DependencyKind::{ReadAfterWrite, WriteAfterRead, WriteAfterWrite};
    let names: Vec<String> = recording.tasks().map(|task| task.name().unwrap().to_owned()).collect();
    let found: HashSet<_> = recording
        .dependencies()
        .into_iter()
        .map(|dependency| (&*names[dependency.from], &*names[dependency.to], dependency.kind))
        .collect();
    let expected = HashSet::from([
        ("make", "left", ReadAfterWrite),
        ("make", "right", ReadAfterWrite),
        ("make", "change", WriteAfterWrite),
        ("left", "change", WriteAfterRead),
        ("right", "change", WriteAfterRead),
        ("change", "overwrite", WriteAfterWrite),
        ("left", "join", ReadAfterWrite),
        ("right", "join", ReadAfterWrite),
    ]);
    assert_eq!(found, expected);
}

#[test]
fn the_graph_is_a_property_of_the_program_under_every_scheduler() {
    for workers in [1, 2, 4] {
        for _ in 0..20 {
            let pool = Pool::builder().workers(workers).registry(true).build();
            pool.start_recording();
            pool.run(diamond);
            pool.wait_idle().unwrap();
            check_diamond(&pool.take_recording());
        }
    }
    for seed in 0..200 {
        let scheduler = Deterministic::new(seed);
        scheduler.start_recording();
        scheduler.run(diamond);
        check_diamond(&scheduler.take_recording());
    }
}

#[test]
fn values_that_follow_each_other_in_the_same_memory_are_told_apart() {
    let scheduler = Deterministic::new(0);
    scheduler.start_recording();
    scheduler.run(|| {
        for i in 0..100 {
            let a = Async::new();
            dispatch(a.write(), move |a| a.set(i));
            dispatch(a.read(), |_| ());
            drop(a.wait());
        }
    });
    let recording = scheduler.take_recording();
    assert_eq!((recording.tasks().len(), recording.dependencies().len()), (200, 100));
}

#[test]
fn a_chain_depends_link_by_link_although_its_epochs_are_reused() {
    let scheduler = Deterministic::new(0);
    scheduler.start_recording();
    scheduler.run(|| {
        let a = Async::from(0);
        for _ in 0..100 {
            dispatch(a.mutate(), |a| *a += 1);
            drop(a.wait());
        }
    });
    let recording = scheduler.take_recording();
    let links: Vec<_> = recording.dependencies().iter().map(|link| (link.from, link.to)).collect();
    assert_eq!(links, (1..100).map(|i| (i - 1, i)).collect::<Vec<_>>());
}

#[test]
fn the_graph_and_the_trace_are_well_formed_whatever_the_names() {
    let scheduler = Deterministic::new(3);
    scheduler.start_recording();
    let a = Async::from(0);
    scheduler.task("a \"quoted\"\\\n\tname").dispatch(a.mutate(), |a| *a += 1);
    scheduler.task("ünïcode \u{1}").dispatch(a.read(), |_| ());
    scheduler.run_until_idle();
    let recording = scheduler.take_recording();
    let dot = recording.to_dot();
    assert!(dot.contains(r#"t0 [label="a \"quoted\"\\\n	name\n"#), "{dot}");
    assert!(dot.trim_end().ends_with('}'));
    let trace: serde_json::Value = serde_json::from_str(&recording.to_chrome_trace()).unwrap();
    let events = trace["traceEvents"].as_array().unwrap();
    let bars: Vec<_> = events.iter().filter(|event| event["ph"] == "X").collect();
    assert_eq!(bars.len(), 2);
    assert_eq!(bars[0]["name"], "a \"quoted\"\\\n\tname");
    assert!(bars.iter().all(|bar| bar["ts"].is_f64() && bar["dur"].is_f64()));
    let ends: Vec<_> = ["s", "f"].map(|ph| events.iter().find(|event| event["ph"] == ph).unwrap()).into();
    assert_eq!(ends[0]["id"], ends[1]["id"]);
    let lanes: HashSet<_> = events
        .iter()
        .filter(|event| event["ph"] == "M")
        .map(|lane| &lane["tid"])
        .map(|tid| tid.as_u64())
        .collect();
    assert!(bars.iter().all(|bar| lanes.contains(&bar["tid"].as_u64())));
    let empty: serde_json::Value = serde_json::from_str(&Recording::default().to_chrome_trace()).unwrap();
    assert_eq!(empty["traceEvents"].as_array().unwrap().len(), 0);
}

#[test]
fn a_recording_that_begins_anew_leaves_out_what_began_before() {
    let pool = Pool::builder().workers(2).registry(true).build();
    pool.start_recording();
    let (gate, done) = (Async::<()>::new(), Async::new());
    pool.task("old").dispatch((gate.read(), done.write()), |(_, done)| done.set(1));
    pool.start_recording();
    pool.task("new").dispatch(done.read(), |_| ());
    gate.write().wait().unwrap().set(());
    pool.wait_idle().unwrap();
    let recording = pool.take_recording();
    assert_eq!(recording.tasks().map(|task| task.name()).collect::<Vec<_>>(), [Some("new")]);
    assert!(recording.dependencies().is_empty());
}

//! A recording's dependency graph, in the language of Graphviz.

use std::fmt::Write;

use crate::registry::recording::{DependencyKind, Recording};

impl Recording {
    /// The dependency graph as a program for Graphviz: a node for each task, an edge for each
    /// [dependency](Self::dependencies), solid where data flows, dashed where a write follows reads, dotted where it
    /// follows a write.
    ///
    /// ```
    /// use runahead_async::{Async, Deterministic, task};
    /// let scheduler = Deterministic::new(0);
    /// scheduler.start_recording();
    /// scheduler.run(|| {
    ///     let a = Async::from(1);
    ///     task("double").dispatch(a.mutate(), |a| *a *= 2);
    ///     task("print \"it\"").dispatch(a.read(), |a| println!("{a}"));
    /// });
    /// let dot = scheduler.take_recording().to_dot();
    /// assert!(dot.starts_with("digraph tasks {"));
    /// assert!(dot.contains(r#"label="print \"it\"\n"#));
    /// assert!(dot.contains("t0 -> t1 [style=solid"));
    /// ```
    pub fn to_dot(&self) -> String {
        let mut dot = String::from("digraph tasks {\n  node [shape=box];\n");
        for (index, task) in self.tasks.iter().enumerate() {
            let mut label = String::new();
            if let Some(name) = task.place.name() {
                push_escaped(&mut label, name);
                label.push_str("\\n");
            }
            push_escaped(&mut label, &task.place.location().to_string());
            let _ = writeln!(dot, "  t{index} [label=\"{label}\"];");
        }
        for dependency in self.dependencies() {
            let style = match dependency.kind {
                DependencyKind::ReadAfterWrite => "solid",
                DependencyKind::WriteAfterRead => "dashed",
                DependencyKind::WriteAfterWrite => "dotted",
            };
            let (from, to, kind) = (dependency.from, dependency.to, dependency.kind);
            let _ = writeln!(dot, "  t{from} -> t{to} [style={style}, tooltip=\"{kind}\"];");
        }
        dot.push_str("}\n");
        dot
    }
}

/// Adds a text as it stands in a quoted string, where a backslash would begin one of Graphviz's own sequences.
fn push_escaped(into: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '"' => into.push_str("\\\""),
            '\\' => into.push_str("\\\\"),
            '\n' => into.push_str("\\n"),
            '\0' => {}
            other => into.push(other),
        }
    }
}

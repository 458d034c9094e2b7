//! Writes an audit for people: a table of the sources, one of the rules of each that has findings, and these.

use std::fmt::Write as _;

use dehusk::audit::finding::Finding;
use dehusk::audit::report::{Report, SourceReport, Unknown, Usual};

pub(super) fn report(report: &Report) -> String {
    let mut out = String::new();
    if !report.sources.is_empty() {
        let headings = ["source", "pages", "stale", "length", "share", "rules", "findings"];
        out.push_str(&table(&headings, report.sources.iter().map(row)));
    }
    for source in report.sources.iter().filter(|source| !source.findings.is_empty()) {
        out.push_str(&details(source));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out.push_str(&unknown(&report.unknown));
    let found = counted(report.findings, "finding");
    let with: usize = report.sources.iter().filter(|source| !source.findings.is_empty()).count();
    let failed = if report.failed == 0 { String::new() } else { format!(", {} not cleaned", report.failed) };
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{found} in {with} of {}, {}{failed}",
        counted(report.sources.len(), "source"),
        counted(report.pages, "page")
    );
    out
}

fn row(source: &SourceReport) -> Vec<String> {
    let fired = source.rules.values().filter(|pages| **pages > 0).count();
    let usual =
        |usual: Option<Usual>, unit: &str| usual.map_or_else(String::new, |usual| format!("{}{unit}", usual.median));
    vec![
        source.source.clone(),
        source.pages.to_string(),
        source.flags.get("stale-rules").copied().unwrap_or(0).to_string(),
        usual(source.length, ""),
        usual(source.share, " %"),
        format!("{fired} of {}", source.rules.len()),
        source.findings.len().to_string(),
    ]
}

fn details(source: &SourceReport) -> String {
    let mut out = format!("\n{}", source.source);
    if source.in_baseline == Some(false) {
        out.push_str(" (not in the baseline)");
    }
    out.push('\n');
    let rows =
        source.rules.iter().map(|(rule, pages)| vec![format!("  {rule}"), format!("{pages} of {}", source.judged)]);
    out.push_str(&table(&["  rule", "pages"], rows));
    out.push_str(&source.findings.iter().map(finding).collect::<String>());
    out
}

fn finding(finding: &Finding) -> String {
    let rule = finding.rule.as_ref().map(|rule| format!("{rule}: ")).unwrap_or_default();
    let kind = serde_json::to_value(finding.kind).ok();
    let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default().to_owned();
    let mut out = format!("  ! {kind}: {rule}{} ({} of {} pages)\n", finding.message, finding.pages, finding.of);
    for page in &finding.examples {
        let _ = writeln!(out, "      {page}");
    }
    for line in finding.proposal.iter().flat_map(|proposal| proposal.lines()) {
        let _ = writeln!(out, "      {line}");
    }
    out
}

fn unknown(unknown: &Unknown) -> String {
    if unknown.pages == 0 {
        return String::new();
    }
    let mut out = format!("{} of sources without a rule file\n", counted(unknown.pages, "page"));
    for host in unknown.hosts.iter().filter(|host| !host.repeated.is_empty()) {
        let texts: Vec<String> = host.repeated.iter().map(|text| format!("\u{201c}{text}\u{201d}")).collect();
        let _ = writeln!(out, "  {}, {}: bodies repeat {}", host.host, counted(host.pages, "page"), texts.join(", "));
    }
    out
}

fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// Columns, the first to the left and the others to the right.
fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(headings).chain(rows).collect();
    let width = |column: usize| rows.iter().filter_map(|row| Some(row.get(column)?.chars().count())).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut out = String::new();
    for row in &rows {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = if column == 0 { write!(out, "{cell:<width$}") } else { write!(out, "  {cell:>width$}") };
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    out
}

//! Shows the summary of a run as a page to look at: complete in itself, without scripts and without anything from the net,
//! readable in light and in dark.

mod frame;
mod plot;

use self::frame::{Column, figure, section, table, tiles};
use self::plot::{Amount, Fill};
use super::summary::histogram::Histogram;
use super::summary::timeline::Sample;
use super::summary::{Summary, amount, ranked};

/// So many rows of a table are shown.
const ROWS: usize = 25;

/// So many values of a line are written out.
const VALUES: usize = 24;

/// A page with this title.
pub fn html(summary: &Summary, title: &str) -> String {
    let sections = [
        plot::stripes(),
        head(summary),
        section("Pages", &[outcomes(summary), failures(summary), passed_over(summary), flags(summary)]),
        section("Text", &[categories(summary), kept_share(summary), confidence(summary), set_aside(summary)]),
        section("Speed", &[sizes(summary), times(summary), slowest(summary)]),
        section("Over the run", &over_time(summary)),
        section("Sources", &[sources(summary)]),
    ];
    frame::page(title, &sections)
}

fn head(summary: &Summary) -> String {
    let rate = summary.pages_a_second().map_or_else(|| "–".to_owned(), amount::rate);
    let bytes = summary.bytes_a_second().map_or_else(|| "–".to_owned(), amount::bytes);
    tiles(&[
        ("Read", amount::count(summary.read())),
        ("Written", amount::count(summary.pages.written)),
        ("Failed", amount::count(summary.pages.failed)),
        ("Near-duplicates", amount::count(summary.duplicates)),
        ("Time", amount::seconds(summary.seconds)),
        ("Pages a second", rate),
        ("Bytes a second", bytes),
        ("Size of all pages", amount::bytes(summary.bytes as f64)),
    ])
}

fn outcomes(summary: &Summary) -> String {
    let (pages, read) = (&summary.pages, summary.read());
    let parts = [
        ("written", pages.written, Fill::Blue),
        ("dropped as near-duplicates", pages.duplicates_dropped, Fill::BlueStripes),
        ("left out", pages.left_out, Fill::GreyStripes),
        ("failed", pages.failed, Fill::Orange),
        ("passed over, being no pages", pages.passed_over, Fill::Hollow),
    ];
    let parts = parts.map(|(name, count, fill)| Amount {
        name: name.to_owned(),
        value: count as f64,
        shown: format!("{} ({})", amount::count(count), amount::share(count, read)),
        fill,
    });
    let marked = summary.duplicates - pages.duplicates_dropped.min(summary.duplicates);
    let note = match marked {
        0 => "in pages".to_owned(),
        _ => format!("in pages; {} of those written are marked as near-duplicates", amount::count(marked)),
    };
    figure("What became of what was read", &note, &plot::stacked("What became of what was read", &parts), "")
}

fn failures(summary: &Summary) -> String {
    if summary.failures.is_empty() {
        return String::new();
    }
    let rows = summary.failures.iter();
    let bars: Vec<_> = rows.clone().map(|(stage, row)| counted(stage.name(), row.pages, Fill::Orange)).collect();
    let rows: Vec<_> = rows.map(|(stage, row)| vec![stage.name().to_owned(), row.first.clone()]).collect();
    let table = table(&[Column::Text("Stage"), Column::Text("The first that failed there")], &rows);
    figure("Failures by stage", "in pages", &(plot::bars("Failures by stage", &bars) + &table), "")
}

fn passed_over(summary: &Summary) -> String {
    counts(
        "Passed over, by why",
        "in entries of the inputs",
        &summary.passed_over.iter().collect::<Vec<_>>(),
        Fill::Grey,
    )
}

fn flags(summary: &Summary) -> String {
    counts("Flags", "in pages; a page may have several", &summary.flags.iter().collect::<Vec<_>>(), Fill::Blue)
}

fn set_aside(summary: &Summary) -> String {
    let note = "in pages on which the rule would have dropped too much";
    counts("Rules set aside", note, &summary.set_aside.iter().collect::<Vec<_>>(), Fill::Orange)
}

/// Named counts as bars, the greatest first.
fn counts(title: &str, note: &str, counts: &[(&String, &u64)], fill: Fill) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let mut sorted = counts.to_vec();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let bars: Vec<_> = sorted.iter().take(ROWS).map(|(name, count)| counted(name, **count, fill)).collect();
    figure(title, &with_rest(note, sorted.len()), &plot::bars(title, &bars), "")
}

fn counted(name: &str, count: u64, fill: Fill) -> Amount {
    Amount { name: name.to_owned(), value: count as f64, shown: amount::count(count), fill }
}

fn with_rest(note: &str, rows: usize) -> String {
    match rows.saturating_sub(ROWS) {
        0 => note.to_owned(),
        more => format!("{note}; {} more are not shown", amount::count(more as u64)),
    }
}

fn categories(summary: &Summary) -> String {
    let text = &summary.text;
    let all = text.kept + text.dropped.values().sum::<u64>();
    if all == 0 {
        return String::new();
    }
    let row = |name: &str, weight: u64, fill| Amount {
        name: name.to_owned(),
        value: weight as f64,
        shown: format!("{} ({})", amount::characters(weight), amount::share(weight, all)),
        fill,
    };
    let mut dropped: Vec<_> = text.dropped.iter().filter(|(_, weight)| **weight > 0).collect();
    dropped.sort_by_key(|(_, weight)| std::cmp::Reverse(**weight));
    let mut rows = vec![row("kept", text.kept, Fill::Blue)];
    rows.extend(dropped.into_iter().map(|(category, weight)| row(category.name(), *weight, Fill::Grey)));
    let note = format!(
        "in characters without white space; grey is dropped; {} more are seen by no reader",
        amount::characters(text.unseen)
    );
    figure("Text kept, and dropped by category", &note, &plot::bars("Text by category", &rows), "")
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn kept_share(summary: &Summary) -> String {
    distribution("Share of a page's text that is kept", "share of the text", &summary.kept_share, percent)
}

fn confidence(summary: &Summary) -> String {
    distribution("Confidence in the bodies", "confidence", &summary.confidence, plot::short)
}

fn sizes(summary: &Summary) -> String {
    distribution("Sizes of pages", "size, logarithmic", &summary.page_bytes, amount::bytes)
}

fn times(summary: &Summary) -> String {
    distribution(
        "Time a page took",
        "time of cleaning on one thread, logarithmic",
        &summary.page_seconds,
        amount::seconds,
    )
}

fn distribution(title: &str, x_name: &str, histogram: &Histogram, shown: impl Fn(f64) -> String) -> String {
    let quantile = |share| histogram.quantile(share).map(&shown);
    let (Some(half), Some(most), Some(nearly)) = (quantile(0.5), quantile(0.95), quantile(0.99)) else {
        return String::new();
    };
    let note = format!("half of the pages: up to {half}; 95 of 100: {most}; 99 of 100: {nearly}");
    let rows = histogram.bins().into_iter();
    let rows = rows.map(|([from, to], count)| vec![format!("{} to {}", shown(from), shown(to)), amount::count(count)]);
    let values = table(&[Column::Text("From, to"), Column::Number("Pages")], &rows.collect::<Vec<_>>());
    figure(title, &note, &plot::histogram(title, x_name, histogram, &shown), &values)
}

fn slowest(summary: &Summary) -> String {
    let rows = summary.slowest.iter().map(|page| {
        let source = page.source.clone().unwrap_or_default();
        vec![amount::seconds(page.seconds), amount::bytes(page.bytes as f64), source, page.name.clone()]
    });
    let columns = [Column::Number("Time"), Column::Number("Size"), Column::Text("Source"), Column::Text("Page")];
    let table = table(&columns, &rows.collect::<Vec<_>>());
    frame::listing("The slowest pages", "", &table)
}

fn over_time(summary: &Summary) -> Vec<String> {
    let samples = &summary.timeline.samples;
    let rate = |measure: fn(&Sample) -> u64| -> Vec<(f64, f64)> {
        // From nothing at the start to the first sample, and from each to the next.
        let start = Sample { seconds: 0.0, pages: 0, bytes: 0, memory: None };
        let all: Vec<_> = std::iter::once(&start).chain(samples).collect();
        let steps = all.windows(2).filter(|pair| pair[1].seconds > pair[0].seconds);
        let rates = steps.map(|pair| {
            let more = measure(pair[1]).saturating_sub(measure(pair[0])) as f64;
            (pair[1].seconds, more / (pair[1].seconds - pair[0].seconds))
        });
        rates.collect()
    };
    let memory: Vec<_> = samples.iter().filter_map(|at| Some((at.seconds, at.memory? as f64))).collect();
    vec![
        course("Pages a second", "pages a second", &rate(|at| at.pages), amount::rate),
        course("Bytes a second", "bytes a second", &rate(|at| at.bytes), amount::bytes),
        course("Memory", "bytes", &memory, amount::bytes),
    ]
}

fn course(title: &str, y_name: &str, points: &[(f64, f64)], shown: impl Fn(f64) -> String) -> String {
    if points.len() < 2 {
        return String::new();
    }
    let least = points.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
    let most = points.iter().map(|point| point.1).fold(0.0, f64::max);
    let note = format!("between {} and {}", shown(least), shown(most));
    let rows = points
        .iter()
        .step_by(points.len().div_ceil(VALUES))
        .map(|(at, value)| vec![amount::seconds(*at), shown(*value)]);
    let values = table(&[Column::Number("At"), Column::Number("Value")], &rows.collect::<Vec<_>>());
    figure(title, &note, &plot::line(title, y_name, points, &shown), &values)
}

fn sources(summary: &Summary) -> String {
    let all = ranked(&summary.sources, |row| row.pages);
    let rows = all.iter().take(ROWS).map(|(name, row)| {
        vec![
            (*name).to_owned(),
            amount::count(row.pages),
            amount::share(row.pages, summary.cleaned()),
            amount::share(row.kept, row.kept + row.dropped),
            format!("{:.2}", row.confidence / row.pages.max(1) as f64),
        ]
    });
    let columns = [
        Column::Text("Source"),
        Column::Number("Pages"),
        Column::Number("of all"),
        Column::Number("Text kept"),
        Column::Number("Mean confidence"),
    ];
    let table = table(&columns, &rows.collect::<Vec<_>>());
    let note = with_rest("of the pages that were cleaned; (none): pages of no known source", all.len());
    frame::listing("The sources with most pages", &note, &table)
}

#[cfg(test)]
mod tests;

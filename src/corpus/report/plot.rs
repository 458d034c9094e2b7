//! Draws plots as SVG: bars, one bar of several parts, histograms, a line over time.

use super::frame::escaped;
use crate::corpus::summary::histogram::{Histogram, Scale};

/// How wide plots are, in the units of their drawing; the page scales them.
const WIDTH: f64 = 560.0;

/// The part of a plot with axes that is drawn on.
const LEFT: f64 = 62.0;
const RIGHT: f64 = WIDTH - 14.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 190.0;
const HEIGHT: f64 = 236.0;

/// How an amount is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// Blue.
    Blue,
    /// Striped in blue.
    BlueStripes,
    /// Striped in grey, the other way.
    GreyStripes,
    /// Orange.
    Orange,
    /// Grey.
    Grey,
    /// A frame with nothing in it.
    Hollow,
}

/// An amount with its name.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) name: String,
    pub(super) value: f64,
    /// As people read it.
    pub(super) shown: String,
    pub(super) fill: Fill,
}

/// One bar a row, with its name and its value.
pub(super) fn bars(label: &str, rows: &[Amount]) -> String {
    const ROW: f64 = 24.0;
    const NAME: f64 = 170.0;
    const VALUE: f64 = 140.0;
    let most = rows.iter().map(|row| row.value).fold(0.0, f64::max);
    let bars = rows.iter().enumerate().map(|(index, row)| {
        let y = index as f64 * ROW;
        let width = if most > 0.0 { row.value / most * (WIDTH - NAME - VALUE) } else { 0.0 };
        let width = if row.value > 0.0 { width.max(1.5) } else { 0.0 };
        let (name, full, shown) = (escaped(&shortened(&row.name, 26)), escaped(&row.name), escaped(&row.shown));
        format!(
            "<g><title>{full}: {shown}</title><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>{}\
            <text class=\"quiet\" x=\"{:.1}\" y=\"{:.1}\">{shown}</text></g>\n",
            NAME - 8.0,
            y + 16.0,
            rectangle([NAME, y + 4.0, width, ROW - 8.0], row.fill, ""),
            NAME + width + 8.0,
            y + 16.0,
        )
    });
    svg(label, rows.len() as f64 * ROW, &bars.collect::<String>())
}

/// One bar of several parts, and what they are.
pub(super) fn stacked(label: &str, parts: &[Amount]) -> String {
    const GAP: f64 = 3.0;
    const ROW: f64 = 22.0;
    let sum: f64 = parts.iter().map(|part| part.value).sum();
    let shown: Vec<_> = parts.iter().filter(|part| part.value > 0.0).collect();
    let room = WIDTH - GAP * shown.len().saturating_sub(1) as f64;
    // What is there is seen, however little: the others give way.
    let widths: Vec<_> = shown.iter().map(|part| (part.value / sum.max(1.0) * room).max(3.0)).collect();
    let shrink = room / widths.iter().sum::<f64>().max(1.0);
    let mut x = 0.0;
    let mut out = String::new();
    for (part, width) in shown.iter().zip(widths) {
        let title = format!("{}: {}", part.name, part.shown);
        out += &rectangle([x, 2.0, width * shrink, 30.0], part.fill, &title);
        x += width * shrink + GAP;
    }
    for (index, part) in parts.iter().enumerate() {
        let y = 46.0 + index as f64 * ROW;
        out += &rectangle([1.0, y, 14.0, 14.0], part.fill, "");
        out += &text([24.0, y + 12.0], "", "start", &part.name);
        out += &text([230.0, y + 12.0], "quiet", "start", &part.shown);
    }
    svg(label, 46.0 + parts.len() as f64 * ROW, &out)
}

/// How often which values are there.
pub(super) fn histogram(label: &str, x_name: &str, histogram: &Histogram, shown: impl Fn(f64) -> String) -> String {
    let bins = histogram.bins();
    // Of shares all bins are shown, so that one sees where they lie.
    let (low, high) = match (histogram.scale, bins.first(), bins.last()) {
        (Scale::Logarithmic, Some((first, _)), Some((last, _))) => (first[0], last[1]),
        _ => (0.0, 1.0),
    };
    let along = |value: f64| match histogram.scale {
        Scale::Linear => (value - low) / (high - low),
        Scale::Logarithmic => (value / low).ln() / (high / low).ln(),
    };
    let x = |value: f64| LEFT + along(value) * (RIGHT - LEFT);
    let most = bins.iter().map(|(_, count)| *count).max().unwrap_or_default() as f64;
    let (mut out, y) = upright(most, "pages", count);
    for ([from, to], count) in bins {
        let title = format!("{} to {}: {count} pages", shown(from), shown(to));
        let height = (BOTTOM - y(count as f64)).max(if count > 0 { 1.0 } else { 0.0 });
        out +=
            &rectangle([x(from) + 1.0, BOTTOM - height, (x(to) - x(from) - 2.0).max(1.0), height], Fill::Blue, &title);
    }
    let places: Vec<f64> = match histogram.scale {
        Scale::Linear => (0..=5).map(|fifth| f64::from(fifth) / 5.0).collect(),
        Scale::Logarithmic => powers_of_ten(low, high),
    };
    out += &places.iter().map(|place| mark(x(*place), &shown(*place))).collect::<String>();
    svg(label, HEIGHT, &(out + &axes(x_name)))
}

/// A value over time.
pub(super) fn line(label: &str, y_name: &str, points: &[(f64, f64)], shown: impl Fn(f64) -> String) -> String {
    let last = points.last().map_or(1.0, |point| point.0).max(f64::MIN_POSITIVE);
    let (unit, name) = match last {
        _ if last < 180.0 => (1.0, "seconds since the start"),
        _ if last < 10_800.0 => (60.0, "minutes since the start"),
        _ => (3600.0, "hours since the start"),
    };
    let most = points.iter().map(|point| point.1).fold(0.0, f64::max);
    let (mut out, y) = upright(most, y_name, shown);
    let x = |seconds: f64| LEFT + seconds / last * (RIGHT - LEFT);
    let trace: String = points.iter().map(|(at, value)| format!("{:.1},{:.1} ", x(*at), y(*value))).collect();
    let trace = format!("<polyline class=\"trace\" points=\"{}\"/>\n", trace.trim_end());
    out.push_str(&trace);
    for place in round_steps(last / unit, 6) {
        out += &mark(x(place * unit), &short(place));
    }
    svg(label, HEIGHT, &(out + &axes(name)))
}

/// The lines that values are read against, and where a value is.
fn upright(most: f64, name: &str, shown: impl Fn(f64) -> String) -> (String, impl Fn(f64) -> f64) {
    let most = if most > 0.0 { most } else { 1.0 };
    let places = round_steps(most * 1.02, 5);
    let y = move |value: f64| BOTTOM - value / (most * 1.05) * (BOTTOM - TOP - 14.0);
    let mut out = String::new();
    for place in places {
        let y = y(place);
        let rule = format!("<line class=\"rule\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\n");
        out.push_str(&rule);
        out += &text([LEFT - 6.0, y + 4.0], "quiet", "end", &shown(place));
    }
    out += &text([4.0, TOP], "quiet", "start", name);
    (out, y)
}

fn axes(x_name: &str) -> String {
    let line = format!("<line class=\"axis\" x1=\"{LEFT}\" x2=\"{RIGHT}\" y1=\"{BOTTOM}\" y2=\"{BOTTOM}\"/>\n");
    line + &text([f64::midpoint(LEFT, RIGHT), HEIGHT - 8.0], "quiet", "middle", x_name)
}

/// A mark below the lower axis.
fn mark(x: f64, name: &str) -> String {
    let tick = format!("<line class=\"axis\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{BOTTOM}\" y2=\"{}\"/>\n", BOTTOM + 4.0);
    let anchor = if x > RIGHT - 14.0 { "end" } else { "middle" };
    tick + &text([x, BOTTOM + 18.0], "quiet", anchor, name)
}

fn text([x, y]: [f64; 2], class: &str, anchor: &str, what: &str) -> String {
    format!("<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>\n", escaped(what))
}

fn rectangle([x, y, width, height]: [f64; 4], fill: Fill, title: &str) -> String {
    let (class, paint) = match fill {
        Fill::Blue => ("blue", ""),
        Fill::Orange => ("orange", ""),
        Fill::Grey => ("grey", ""),
        Fill::Hollow => ("hollow", ""),
        Fill::BlueStripes => ("", " fill=\"url(#blue-stripes)\""),
        Fill::GreyStripes => ("", " fill=\"url(#grey-stripes)\""),
    };
    let title = if title.is_empty() { String::new() } else { format!("<title>{}</title>", escaped(title)) };
    format!(
        "<rect class=\"{class}\"{paint} x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\">{title}</rect>"
    )
}

/// The stripes that plots fill with; once a page.
pub(super) fn stripes() -> String {
    let pattern = |name: &str, angle: i32, width: u32| {
        format!(
            "<pattern id=\"{name}-stripes\" width=\"{width}\" height=\"{width}\" patternUnits=\"userSpaceOnUse\" \
            patternTransform=\"rotate({angle})\"><line class=\"stripe-{name}\" x1=\"2\" x2=\"2\" y1=\"0\" y2=\"{width}\"/>\
            </pattern>"
        )
    };
    let patterns = pattern("blue", 45, 7) + &pattern("grey", -45, 6);
    format!(
        "<svg width=\"0\" height=\"0\" style=\"position:absolute;width:0;height:0\" aria-hidden=\"true\"><defs>{patterns}</defs></svg>\n"
    )
}

fn svg(label: &str, height: f64, content: &str) -> String {
    let label = escaped(label);
    format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{label}\">\n{content}</svg>\n")
}

/// Round numbers from 0 on, at most so many steps apart.
fn round_steps(most: f64, steps: u32) -> Vec<f64> {
    if !(most.is_finite() && most > 0.0) {
        return vec![0.0];
    }
    let raw = most / f64::from(steps);
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|factor| factor * power).find(|step| *step >= raw * 0.999);
    let step = step.unwrap_or(power * 10.0);
    (0..=steps).map(|number| f64::from(number) * step).take_while(|place| *place <= most).collect()
}

fn powers_of_ten(low: f64, high: f64) -> Vec<f64> {
    let all = (-9..=15).map(|power| 10_f64.powi(power));
    all.filter(|power| *power >= low * 0.99 && *power <= high * 1.01).collect()
}

/// A round number without more digits than it needs.
pub(super) fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn count(number: f64) -> String {
    if number >= 1e6 { format!("{} M", short(number / 1e6)) } else { short(number) }
}

fn shortened(name: &str, most: usize) -> String {
    match name.char_indices().nth(most) {
        None => name.to_owned(),
        Some((end, _)) => format!("{}…", &name[..end]),
    }
}

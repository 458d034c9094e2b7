//! Writes amounts for people: counts, bytes, times, shares.

/// A count with its thousands apart: `12,345`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Bytes, in three digits: `1.23 MB`, powers of a thousand.
pub fn bytes(number: f64) -> String {
    scaled(number, &["B", "kB", "MB", "GB", "TB", "PB"])
}

/// Characters: `1.23 million`.
pub fn characters(number: u64) -> String {
    match number {
        0..1_000_000 => count(number),
        _ => scaled(number as f64 / 1e6, &["million", "billion", "trillion"]),
    }
}

/// A time: `12 µs`, `1.23 s`, `3 min 20 s`, `5 h 12 min`.
pub fn seconds(number: f64) -> String {
    if number < 1.0 {
        return scaled(number * 1e6, &["µs", "ms", "s"]);
    }
    if number < 60.0 {
        return format!("{} s", digits(number));
    }
    // Times are finite and not negative.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "seconds of a run")]
    let whole = number.round() as u64;
    match whole {
        0..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

/// A rate without unit, in three digits: `1,230`, `12.3`.
pub fn rate(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative, and written in whole")]
    if number >= 1000.0 { count(number.round() as u64) } else { digits(number) }
}

/// A share of a whole: `12 %`, `0.3 %`.
pub fn share(part: u64, whole: u64) -> String {
    let percent = part as f64 / whole.max(1) as f64 * 100.0;
    match percent {
        0.0 => "0 %".to_owned(),
        _ if percent < 0.1 => "< 0.1 %".to_owned(),
        _ if percent < 10.0 || percent > 99.0 && part < whole => format!("{percent:.1} %"),
        _ => format!("{percent:.0} %"),
    }
}

fn scaled(number: f64, units: &[&str]) -> String {
    let mut number = number;
    let mut units = units.iter().peekable();
    let mut unit = "";
    while let Some(next) = units.next() {
        unit = next;
        // 999.7 would be written as 1000.
        if number < 999.5 || units.peek().is_none() {
            break;
        }
        number /= 1000.0;
    }
    format!("{} {unit}", digits(number))
}

/// Three digits.
fn digits(number: f64) -> String {
    match number {
        0.0 => "0".to_owned(),
        _ if number < 9.995 => format!("{number:.2}"),
        _ if number < 99.95 => format!("{number:.1}"),
        _ => format!("{number:.0}"),
    }
}

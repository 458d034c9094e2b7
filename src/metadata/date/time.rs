//! Reads the time of day that follows a date, and the offset from UTC that follows the time.

use jiff::civil::Time;
use jiff::tz::Offset;

use super::TimeOfDay;
use super::token::{Token, Tokens};

/// Words between a date and its time.
const LINKS: [&str; 12] = ["t", "um", "at", "à", "a", "las", "alle", "ore", "às", "om", "godz", "kl"];

/// Names of offsets that mean one thing only, in hours from UTC.
const ZONES: [(&str, i32); 12] = [
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("cet", 1),
    ("cest", 2),
    ("mez", 1),
    ("mesz", 2),
    ("est", -5),
    ("edt", -4),
    ("pst", -8),
    ("pdt", -7),
];

/// The time that begins right after a date.
pub(super) fn after(mut tokens: Tokens<'_, '_>) -> Option<TimeOfDay> {
    // Such as ` | `, `, um ` or ` - at `.
    for _ in 0..4 {
        if tokens.sign(",|–—-•·/;.(").is_none() && tokens.word(&LINKS).is_none() {
            break;
        }
    }
    clock(&mut tokens)
}

fn clock(tokens: &mut Tokens<'_, '_>) -> Option<TimeOfDay> {
    let (hour, minute, second) = digits(tokens)?;
    if second.is_some() && tokens.sign(".,").is_some() {
        tokens.any_number();
    }
    let hour = half_of_day(tokens).map_or(Some(hour), |afternoon| match hour {
        1..=12 => Some(hour % 12 + if afternoon { 12 } else { 0 }),
        _ => None,
    })?;
    tokens.word(&["uhr"]);
    let small = |number: u32| i8::try_from(number).ok();
    // A leap second is no time of day; the one before it is near enough.
    let time = Time::new(small(hour)?, small(minute)?, small(second.unwrap_or(0).min(59))?, 0).ok()?;
    Some(TimeOfDay { time, seconds: second.is_some(), offset: offset(tokens, second.is_some()) })
}

/// Hour, minute, second: `18:00`, `18:00:05`, `180005`, `18.00 Uhr`, `18 Uhr`, `18h30`, `6 p.m.`.
fn digits(tokens: &mut Tokens<'_, '_>) -> Option<(u32, u32, Option<u32>)> {
    if let Some(all) = tokens.digits(6..=6) {
        return Some((all / 10_000, all / 100 % 100, Some(all % 100)));
    }
    let hour = tokens.small()?;
    let before = *tokens;
    match tokens.sign(":.") {
        Some(sign) if !before.spaced() && !tokens.spaced() => {
            let minute = tokens.digits(2..=2)?;
            let dotted = sign == '.';
            if dotted && tokens.clone().word(&["uhr"]).is_none() && half_of_day(&mut tokens.clone()).is_none() {
                return None;
            }
            let before = *tokens;
            if !dotted && tokens.sign(":").is_some() {
                if let Some(second) = tokens.digits(2..=2) {
                    return (second <= 60).then_some((hour, minute, Some(second)));
                }
                *tokens = before;
            }
            Some((hour, minute, None))
        }
        _ => {
            *tokens = before;
            if tokens.word(&["h"]).is_some() {
                let minute = if tokens.spaced() { None } else { tokens.digits(2..=2) };
                return Some((hour, minute.unwrap_or(0), None));
            }
            let said = tokens.clone().word(&["uhr"]).is_some() || half_of_day(&mut tokens.clone()).is_some();
            said.then_some((hour, 0, None))
        }
    }
}

/// `am`, `p.m.`: whether it is the afternoon.
fn half_of_day(tokens: &mut Tokens<'_, '_>) -> Option<bool> {
    let before = *tokens;
    for (whole, letter, afternoon) in [("am", "a", false), ("pm", "p", true)] {
        if tokens.word(&[whole]).is_some() {
            return Some(afternoon);
        }
        if tokens.word(&[letter]).is_some() {
            if tokens.sign(".").is_some() && tokens.word(&["m"]).is_some() {
                tokens.sign(".");
                return Some(afternoon);
            }
            *tokens = before;
        }
    }
    None
}

/// `Z`, `+02:00`, `+0200`, `CEST`, `GMT+0200`.
fn offset(tokens: &mut Tokens<'_, '_>, seconds: bool) -> Option<Offset> {
    if let Some(offset) = signed(tokens, seconds) {
        return Some(offset);
    }
    let bracket = tokens.sign("(").is_some();
    let (_, hours) = ZONES.into_iter().find(|(name, _)| tokens.word(&[name]).is_some())?;
    if hours == 0
        && !bracket
        && let Some(offset) = signed(tokens, true)
    {
        return Some(offset);
    }
    Offset::from_seconds(hours * 3600).ok()
}

/// An offset in digits. Without seconds before it, ` -12:00` is rather the end of a span of time.
fn signed(tokens: &mut Tokens<'_, '_>, seconds: bool) -> Option<Offset> {
    let mut ahead = *tokens;
    let apart = ahead.spaced();
    let sign = ahead.sign("+-−")?;
    if ahead.spaced() {
        return None;
    }
    let (hours, minutes) = if let Some(both) = ahead.digits(4..=4) {
        (both / 100, both % 100)
    } else {
        let hours = ahead.digits(2..=2)?;
        let colon = ahead.rest.first().is_some_and(|token: &Token<'_>| token.is_any(":") && !token.spaced);
        if !seconds && (apart || !colon) {
            return None;
        }
        let minutes = if colon { ahead.sign(":").and_then(|_| ahead.digits(2..=2))? } else { 0 };
        (hours, minutes)
    };
    if hours > 14 || minutes > 59 {
        return None;
    }
    *tokens = ahead;
    let total = i32::try_from(hours * 60 + minutes).ok()? * 60;
    Offset::from_seconds(if sign == '+' { total } else { -total }).ok()
}

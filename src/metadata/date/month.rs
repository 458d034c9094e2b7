//! Names the months in English, German, French, Spanish, Italian, Dutch, Polish and Portuguese.

/// The names and usual abbreviations, in lower case; no name stands for two months.
const NAMES: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari",
        "stycznia", "styczeń", "sty", "janeiro",
    ],
    &[
        "february",
        "feb",
        "februar",
        "feber",
        "février",
        "fevrier",
        "févr",
        "fevr",
        "fév",
        "febrero",
        "febbraio",
        "febr",
        "februari",
        "lutego",
        "luty",
        "lut",
        "fevereiro",
        "fev",
    ],
    &[
        "march", "mar", "märz", "maerz", "mär", "mrz", "mars", "marzo", "maart", "mrt", "marca", "marzec", "março",
        "marco",
    ],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia", "kwiecień", "kwi"],
    &["may", "mai", "mayo", "maggio", "mag", "mei", "maja", "maj", "maio"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "czerwca", "czerwiec", "cze", "junho"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "lipca", "lipiec", "lip", "julho"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "sierpnia", "sierpień", "sie"],
    &[
        "september",
        "sep",
        "sept",
        "septembre",
        "septiembre",
        "setiembre",
        "settembre",
        "set",
        "sett",
        "września",
        "wrzesień",
        "wrz",
        "setembro",
    ],
    &[
        "october",
        "oct",
        "oktober",
        "okt",
        "octobre",
        "octubre",
        "ottobre",
        "ott",
        "października",
        "październik",
        "paź",
        "outubro",
        "out",
    ],
    &["november", "nov", "novembre", "noviembre", "listopada", "listopad", "lis", "novembro"],
    &[
        "december",
        "dec",
        "dezember",
        "dez",
        "décembre",
        "decembre",
        "déc",
        "diciembre",
        "dic",
        "dicembre",
        "grudnia",
        "grudzień",
        "gru",
        "dezembro",
    ],
];

/// The number of a month, from 1.
pub(super) fn number(name: &str) -> Option<u32> {
    let month = NAMES.iter().position(|names| names.iter().any(|known| same(known, name)))?;
    u32::try_from(month + 1).ok()
}

/// Whether a word is a known one, which is in lower case.
pub(super) fn same(known: &str, word: &str) -> bool {
    // No lower-case form is so much shorter: most words need no second look.
    word.len() <= 2 * known.len() && word.chars().flat_map(char::to_lowercase).eq(known.chars())
}

//! Names the months in English, German, French, Spanish, Italian, Dutch, Polish, Portuguese, Arabic, Czech, Danish,
//! Hungarian, Indonesian, Norwegian, Russian, Swedish, Turkish, Ukrainian. Japanese, Chinese and Korean number them.

/// The names and usual abbreviations, in lower case; no name stands for two months.
const NAMES: [&[&str]; 12] = [
    &["january", "jan", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene", "gennaio", "gen", "januari", "stycznia", "styczeń", "sty", "janeiro", "يناير", "ledna", "leden", "január", "января", "январь", "янв", "ocak", "oca", "січня"],
    &["february", "feb", "februar", "feber", "février", "fevrier", "févr", "fevr", "fév", "febrero", "febbraio", "febr", "februari", "lutego", "luty", "lut", "fevereiro", "fev", "فبراير", "února", "únor", "február", "февраля", "февраль", "фев", "şubat", "şub", "лютого", "pebruari"],
    &["march", "mar", "märz", "maerz", "mär", "mrz", "mars", "marzo", "maart", "mrt", "marca", "marzec", "março", "marco", "مارس", "března", "březen", "március", "марта", "март", "мар", "mart", "maret", "marts", "березня"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "kwietnia", "kwiecień", "kwi", "أبريل", "ابريل", "إبريل", "dubna", "duben", "április", "апреля", "апрель", "апр", "nisan", "nis", "квітня"],
    &["may", "mai", "mayo", "maggio", "mag", "mei", "maja", "maj", "maio", "مايو", "května", "květen", "május", "мая", "май", "mayıs", "травня"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "czerwca", "czerwiec", "cze", "junho", "يونيو", "يونيه", "června", "červen", "június", "июня", "июнь", "июн", "haziran", "haz", "червня"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "lipca", "lipiec", "lip", "julho", "يوليو", "يوليه", "července", "červenec", "július", "июля", "июль", "июл", "temmuz", "tem", "липня"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "sierpnia", "sierpień", "sie", "أغسطس", "اغسطس", "srpna", "srpen", "augusztus", "августа", "август", "авг", "ağustos", "ağu", "серпня", "agustus", "agu", "augusti"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "settembre", "set", "sett", "września", "wrzesień", "wrz", "setembro", "سبتمبر", "září", "szeptember", "szept", "сентября", "сентябрь", "сен", "eylül", "eyl", "вересня"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "października", "październik", "paź", "outubro", "out", "أكتوبر", "اكتوبر", "října", "říjen", "október", "октября", "октябрь", "окт", "ekim", "eki", "жовтня"],
    &["november", "nov", "novembre", "noviembre", "listopada", "listopad", "lis", "novembro", "نوفمبر", "listopadu", "ноября", "ноябрь", "ноя", "kasım", "kas", "листопада", "nopember"],
    &["december", "dec", "dezember", "dez", "décembre", "decembre", "déc", "diciembre", "dic", "dicembre", "grudnia", "grudzień", "gru", "dezembro", "ديسمبر", "prosince", "prosinec", "декабря", "декабрь", "дек", "aralık", "ara", "грудня", "desember", "des"],
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

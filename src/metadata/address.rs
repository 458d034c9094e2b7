//! Reads addresses: the date that many sites write into those of their articles, and whole addresses out of relative
//! ones.

use jiff::civil::Date;
use url::Url;

use super::date::PublishedAt;

/// No address is longer, in bytes.
const LONGEST: usize = 2000;

/// No page on the web is older.
const FIRST_YEAR: u32 = 1995;

/// The day in an address: `/2024/05/06/`, `/2024-05-06-`, `/20240506/`, `/2024/0506/`, `/2024/may/06/`.
pub(super) fn date(address: &str) -> Option<PublishedAt> {
    if address.len() > LONGEST {
        return None;
    }
    // Behind the host, and before what is asked for there.
    let path = address.split_once("://").map_or(address, |(_, behind)| behind);
    let path = path.split_once('/')?.1;
    let path = path.split(['?', '#']).next()?;
    // A web archive has the address of the page in its own.
    let path = path.rsplit_once("://").map_or(path, |(_, behind)| behind.split_once('/').map_or("", |(_, path)| path));
    let parts: Vec<&str> = path.split('/').collect();
    let in_parts = (0..parts.len()).find_map(|at| {
        let next = |ahead: usize| parts.get(at + ahead).copied().unwrap_or_default();
        in_a_part(next(0)).or_else(|| over_parts(next(0), next(1), next(2)))
    });
    in_parts.map(PublishedAt::from).and_then(PublishedAt::plausible)
}

/// `2024`, `05`, `06`, or `2024`, `0506`, or `202405`, `06`.
fn over_parts(year: &str, month: &str, day: &str) -> Option<Date> {
    match (year.len(), month.len()) {
        (4, 4) => day_of(year, month.get(..2)?, month.get(2..)?),
        (4, _) => day_of(year, month, day.split(['-', '_', '.']).next()?),
        (6, 1..) => day_of(year.get(..4)?, year.get(4..)?, month.split(['-', '_', '.']).next()?),
        _ => None,
    }
}

/// `2024-05-06-title`, `title-2024-05-06`, `20240506`, `20240506_title`, `2024_05_06`.
fn in_a_part(part: &str) -> Option<Date> {
    let mut numbers = part.split(['-', '_', '.', '+']).peekable();
    let mut at_start = true;
    while let Some(number) = numbers.next() {
        // Eight digits further on are a number like any other.
        if at_start && number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_digit()) {
            return day_of(&number[..4], &number[4..6], &number[6..]);
        }
        at_start = false;
        if number.len() == 4 && number.bytes().all(|byte| byte.is_ascii_digit()) {
            let mut ahead = numbers.clone();
            let (month, day) = (ahead.next(), ahead.next());
            let two_digits = |text: &&str| text.len() == 2;
            if let (Some(month), Some(day)) = (month.filter(two_digits), day.filter(two_digits))
                && let Some(date) = day_of(number, month, day)
            {
                return Some(date);
            }
        }
    }
    None
}

fn day_of(year: &str, month: &str, day: &str) -> Option<Date> {
    let number = |text: &str, longest: usize| {
        let digits = (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = number(year, 4).filter(|year| *year >= FIRST_YEAR)?;
    let month = number(month, 2).or_else(|| super::date::month_number(month))?;
    let day = number(day, 2)?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// An address as a whole one, where that of the page is known; as it is written where it is not.
pub(super) fn whole(address: String, page: Option<&str>) -> String {
    if address.contains("://") {
        return address;
    }
    let base = page.and_then(|page| Url::parse(page).ok());
    let joined = base.and_then(|base| base.join(&address).ok());
    joined.filter(|url| matches!(url.scheme(), "http" | "https")).map_or(address, String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_addresses() {
        for path in [
            "/2024/05/06/title",
            "/news/2024/5/6",
            "/2024-05-06-title/",
            "/news/title-2024-05-06.html",
            "/20240506/title",
            "/20240506_title",
            "/n1/2024/0506/c1-2.html",
            "/202405/06/title",
            "/2024/may/06/title",
            "/blog/2024_05_06?id=2023/01/01",
            "/web/20250909134601id_/https://m.example/2024/05/06/title",
        ] {
            let found = date(&format!("https://www.example.org{path}")).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some("2024-05-06"), "{path}");
        }
    }

    #[test]
    fn addresses_without_a_date() {
        for path in [
            "",
            "/",
            "/2024/05/title",
            "/2024/13/06/",
            "/id-20240506",
            "/1234/05/06/",
            "/2099/05/06/",
            "/title-2024-05",
            "/?date=2024/05/06",
            "/é024/05/06",
            "/2024/é5é/06",
        ] {
            assert_eq!(date(&format!("https://example.org{path}")), None, "{path}");
        }
        assert_eq!(date("https://2024-05-06.example.org/title"), None);
    }

    #[test]
    fn relative_addresses_become_whole() {
        let page = Some("https://example.org/a/b?c");
        assert_eq!(whole("/x.jpg".to_owned(), page), "https://example.org/x.jpg");
        assert_eq!(whole("//i.example/x.jpg".to_owned(), page), "https://i.example/x.jpg");
        assert_eq!(whole("/x.jpg".to_owned(), None), "/x.jpg");
        assert_eq!(whole("https://e.example/".to_owned(), page), "https://e.example/");
        assert_eq!(whole("data:x".to_owned(), page), "data:x");
    }
}

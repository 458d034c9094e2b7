//! Defines the parts of a selector: enough to say what is wrong with one, or that it can never match.

use std::ops::Range;

use super::Mistake;
use crate::rules::nearest::nearest;

/// One selector of a list: compounds with what stands between them.
#[derive(Debug)]
pub(super) struct Complex {
    pub(super) compounds: Vec<Compound>,
}

/// What is said of one element.
#[derive(Debug)]
pub(super) struct Compound {
    /// What stands before it: a space, `>`, `+` or `~`; a space before the first.
    pub(super) combinator: char,
    pub(super) parts: Vec<Part>,
}

/// One thing that is said of an element.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    Any,
    Type(String),
    Id(String),
    Class,
    Attribute { operator: String, value: String },
    Pseudo { name: String, arguments: Option<String> },
}

/// The pseudo-classes that the engine knows.
const PSEUDO_CLASSES: [&str; 17] = [
    "is",
    "where",
    "not",
    "has",
    "empty",
    "root",
    "scope",
    "first-child",
    "last-child",
    "only-child",
    "first-of-type",
    "last-of-type",
    "only-of-type",
    "nth-child",
    "nth-last-child",
    "nth-of-type",
    "nth-last-of-type",
];

/// Takes a selector list apart. Brackets and quotes are known to be closed.
pub(super) fn dissect(selector: &str) -> Result<Vec<Complex>, Mistake> {
    let mut reader = Reader { text: selector, at: 0 };
    let mut list = Vec::new();
    loop {
        list.push(reader.complex()?);
        if reader.rest().is_empty() {
            return Ok(list);
        }
        // A comma: nothing else ends a selector.
        reader.at += 1;
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn here(&self) -> Range<usize> {
        self.at..self.at + self.peek().map_or(0, char::len_utf8)
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn complex(&mut self) -> Result<Complex, Mistake> {
        let mut compounds: Vec<Compound> = Vec::new();
        let mut combinator = ' ';
        let mut pending = None;
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(',') => break,
                Some(sign @ ('>' | '+' | '~')) => {
                    if pending.is_some() || compounds.is_empty() {
                        let message = format!("`{sign}` with no element before it");
                        return Err(Mistake::new(self.here(), message, "write an element on both sides: `ul > li`"));
                    }
                    pending = Some(self.here());
                    combinator = sign;
                    self.at += 1;
                    continue;
                }
                Some(_) => {}
            }
            if pending.is_none() {
                combinator = ' ';
            }
            pending = None;
            compounds.push(Compound { combinator, parts: self.compound()? });
        }
        if let Some(sign) = pending {
            let message = format!("`{}` with no element after it", &self.text[sign.clone()]);
            return Err(Mistake::new(sign, message, "write an element on both sides: `ul > li`"));
        }
        if compounds.is_empty() {
            let message = "there is no selector on one side of the comma";
            return Err(Mistake::new(self.here(), message, "take the comma away"));
        }
        Ok(Complex { compounds })
    }

    fn compound(&mut self) -> Result<Vec<Part>, Mistake> {
        let mut parts = Vec::new();
        while let Some(c) = self.peek() {
            let here = self.here();
            match c {
                ',' | '>' | '+' | '~' => break,
                c if c.is_whitespace() => break,
                '*' => {
                    self.at += 1;
                    parts.push(Part::Any);
                }
                '.' | '#' => {
                    self.at += 1;
                    let name = self.name();
                    parts.push(if c == '.' { Part::Class } else { Part::Id(name.to_owned()) });
                    if let Some(mistake) = bad_name(c, name, here.start) {
                        return Err(mistake);
                    }
                }
                '[' => parts.push(self.attribute()?),
                ':' => parts.push(self.pseudo()?),
                '@' => {
                    let message = "`@` is not part of a selector";
                    return Err(Mistake::new(here, message, "write `[href]` for the attribute"));
                }
                _ => {
                    let name = self.name();
                    if name.is_empty() {
                        let message = format!("`{c}` cannot stand here");
                        let help = "take it away; in a class or an id it is written with a backslash: `.a\\:b`";
                        return Err(Mistake::new(here, message, help));
                    }
                    if name.starts_with(|c: char| c.is_ascii_digit()) {
                        let message = format!("`{name}` is not the name of an element");
                        return Err(Mistake::new(here.start..self.at, message, "names do not begin with a digit"));
                    }
                    parts.push(Part::Type(name.to_owned()));
                }
            }
        }
        Ok(parts)
    }

    /// The name that begins here, escapes as written; empty where none does.
    fn name(&mut self) -> &'a str {
        let start = self.at;
        let mut chars = self.rest().chars();
        while let Some(c) = chars.next() {
            let escaped = if c == '\\' { chars.next().map_or(0, char::len_utf8) } else { 0 };
            if !(c.is_alphanumeric() || matches!(c, '-' | '_' | '\\') || !c.is_ascii()) {
                break;
            }
            self.at += c.len_utf8() + escaped;
        }
        &self.text[start..self.at]
    }

    /// The text between the bracket here and the one that closes it.
    fn bracketed(&mut self) -> &'a str {
        let start = self.at + 1;
        let mut depth = 0_usize;
        let mut quote = None;
        let mut chars = self.rest().char_indices();
        while let Some((at, c)) = chars.next() {
            match (quote, c) {
                (_, '\\') => {
                    chars.next();
                }
                (Some(closing), c) if c == closing => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '(' | '[') => depth += 1,
                (None, ')' | ']') => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += at + 1;
                        return &self.text[start..self.at - 1];
                    }
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        &self.text[start.min(self.at)..]
    }

    fn attribute(&mut self) -> Result<Part, Mistake> {
        let start = self.at;
        let inside = self.bracketed();
        let range = start..self.at;
        if inside.trim_start().starts_with('@') {
            let help =
                format!("write `[{}]`: CSS names the attribute without `@`", inside.trim().trim_start_matches('@'));
            return Err(Mistake::new(range, "this is XPath, not a CSS selector", help));
        }
        let Some(equals) = inside.find('=') else {
            let name = inside.trim();
            if name.is_empty()
                || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | '*' | '\\' | ':'))
            {
                let message = "there is no attribute name in the brackets";
                return Err(Mistake::new(range, message, "write `[data-ad]` or `[rel=\"author\"]`"));
            }
            return Ok(Part::Attribute { operator: String::new(), value: String::new() });
        };
        let (left, right) = (&inside[..equals], inside[equals + 1..].trim());
        let operator = left.trim_end().chars().next_back().filter(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_'));
        if let Some(sign) = operator.filter(|sign| !"~|^$*".contains(*sign)) {
            let message = format!("`{sign}=` compares nothing in CSS");
            return Err(Mistake::new(range, message, "write `=`, `^=` (begins), `$=` (ends) or `*=` (contains)"));
        }
        let operator = operator.map_or_else(|| "=".to_owned(), |sign| format!("{sign}="));
        let value = if let Some(quote @ ('"' | '\'')) = right.chars().next() {
            right[1..].split(quote).next().unwrap_or_default()
        } else {
            let bare = right.split_whitespace().next().unwrap_or_default();
            let plain = bare.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\\'));
            if !plain || bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_digit()) {
                let name = left.trim_end().trim_end_matches(['~', '|', '^', '$', '*']);
                let help = format!("write `[{name}{operator}\"{right}\"]`");
                return Err(Mistake::new(range, "the value of the attribute must stand in quotes", help));
            }
            bare
        };
        Ok(Part::Attribute { operator, value: value.to_owned() })
    }

    fn pseudo(&mut self) -> Result<Part, Mistake> {
        let start = self.at;
        let element = self.rest().starts_with("::");
        self.at += if element { 2 } else { 1 };
        let name = self.name().to_lowercase();
        let arguments = (self.peek() == Some('(')).then(|| self.bracketed().to_owned());
        let range = start..self.at;
        let written = &self.text[range.clone()];
        let (message, help) = match name.as_str() {
            "before" | "after" | "first-line" | "first-letter" | "marker" | "placeholder" | "selection" | "text"
            | "attr" => (
                format!("`{written}` is no element of the page"),
                "select the element itself; what its style adds is not in the page".to_owned(),
            ),
            _ if element => (format!("`{written}` is no element of the page"), "select the element itself".to_owned()),
            "contains" | "icontains" | "has-text" | "-abp-contains" | "text-is" => {
                let text = arguments.unwrap_or_default();
                let text = text.trim_matches(['"', '\'', ' ']);
                (format!("`:{name}` is not CSS"), format!("leave it out and add `text = '{text}'` to the rule"))
            }
            "eq" | "first" | "last" | "nth" | "lt" | "gt" => (
                format!("`:{name}` is not CSS"),
                "leave it out and add `pick = 1` (or -1, the last) to the rule".to_owned(),
            ),
            "upward" | "parent" | "closest" => {
                (format!("`:{name}` is not CSS"), "leave it out and add `closest = 'section'` to the rule".to_owned())
            }
            known if PSEUDO_CLASSES.contains(&known) => return self.known_pseudo(name, arguments, range),
            _ => {
                let help = match nearest(&name, PSEUDO_CLASSES) {
                    Some(near) => format!("write `:{near}`"),
                    None => "leave it out: a scraped page has no states such as `:hover`".to_owned(),
                };
                (format!("unknown pseudo-class `:{name}`"), help)
            }
        };
        Err(Mistake::new(range, message, help))
    }

    fn known_pseudo(&self, name: String, arguments: Option<String>, range: Range<usize>) -> Result<Part, Mistake> {
        let takes_selectors = matches!(name.as_str(), "is" | "where" | "not" | "has");
        let takes_place = name.starts_with("nth-");
        match &arguments {
            None if takes_selectors => {
                let message = format!("`:{name}` says nothing without brackets");
                return Err(Mistake::new(range, message, format!("write `:{name}(.ad)`")));
            }
            None if takes_place => {
                let message = format!("`:{name}` says nothing without brackets");
                return Err(Mistake::new(range, message, format!("write `:{name}(2)`")));
            }
            Some(_) if !takes_selectors && !takes_place => {
                let message = format!("`:{name}` takes no brackets");
                return Err(Mistake::new(range, message, format!("write `:{name}`")));
            }
            // What `:has` looks for may begin with `>`.
            Some(inside) if takes_selectors && name != "has" => {
                let offset = range.start + self.text[range.clone()].find('(').map_or(0, |at| at + 1);
                dissect(inside).map_err(|mistake| Mistake {
                    range: mistake.range.start + offset..mistake.range.end + offset,
                    ..mistake
                })?;
            }
            Some(inside)
                if takes_place && !inside.chars().any(|c| c.is_ascii_digit() || matches!(c, 'n' | 'o' | 'e')) =>
            {
                let message = format!("`({inside})` says no place");
                return Err(Mistake::new(range, message, format!("write `:{name}(2)` or `:{name}(odd)`")));
            }
            _ => {}
        }
        Ok(Part::Pseudo { name, arguments })
    }
}

/// What is wrong with the name of a class or an id.
fn bad_name(sign: char, name: &str, start: usize) -> Option<Mistake> {
    let (kind, attribute, operator) = if sign == '.' { ("class", "class", "~=") } else { ("id", "id", "=") };
    let range = start..start + 1 + name.len();
    if name.is_empty() || name == "-" {
        let message = format!("`{sign}` with no {kind} behind it");
        return Some(Mistake::new(range, message, format!("write `{sign}name`")));
    }
    name.starts_with(|c: char| c.is_ascii_digit()).then(|| {
        let message = format!("a {kind} that begins with a digit cannot be written so");
        Mistake::new(range, message, format!("write `[{attribute}{operator}\"{name}\"]`"))
    })
}

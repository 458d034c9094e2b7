//! Defines which selectors can never match, or never find anything that a reader sees.

use super::anatomy::{Complex, Compound, Part, dissect};

/// Elements that have no content.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements whose content is text, or not part of the page.
const CLOSED: [&str; 7] = ["script", "style", "template", "textarea", "title", "iframe", "option"];
/// Elements that a reader never sees.
const UNSEEN: [&str; 8] = ["script", "style", "template", "head", "meta", "link", "title", "base"];
/// The other elements of HTML.
const ELEMENTS: &str = " a abbr address article aside audio b bdi bdo blockquote body button canvas caption center \
    cite code colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer \
    form frame frameset h1 h2 h3 h4 h5 h6 header hgroup html i ins kbd label legend li main map mark marquee math menu \
    meter nav nobr noframes noscript object ol optgroup output p param picture pre progress q rp rt ruby s samp search \
    section select slot small span strike strong sub summary sup svg table tbody td tfoot th thead time tr tt u ul var \
    video amp g path use rect circle text ";

/// Why nothing in any page can match the selector, or a selector of the list; and what to write instead.
pub(crate) fn can_never_match(selector: &str) -> Option<(String, String)> {
    dissect(selector).ok()?.iter().find_map(complex)
}

/// Why the selector finds nothing that a reader sees, though it may match.
pub(crate) fn finds_no_content(selector: &str) -> Option<(String, String)> {
    let list = dissect(selector).ok()?;
    let unseen = list.iter().filter_map(|complex| type_of(complex.compounds.last()?)).find(|name| is(&UNSEEN, name))?;
    let message = format!("`{unseen}` is never part of what a reader sees");
    Some((message, "take it away: such elements are always left out".to_owned()))
}

fn complex(complex: &Complex) -> Option<(String, String)> {
    let compounds = &complex.compounds;
    if let Some(found) = compounds.iter().find_map(compound) {
        return Some(found);
    }
    compounds.windows(2).find_map(|pair| {
        let [left, right] = pair else { return None };
        let (outer, inner) = (type_of(left), type_of(right));
        let below = matches!(right.combinator, ' ' | '>');
        match (outer, inner) {
            (Some(outer), _) if below && is(&VOID, outer) => Some((
                format!("`{outer}` has nothing in it"),
                format!("select what stands around it, or what follows it: `{outer} + p`"),
            )),
            (Some(outer), _) if below && is(&CLOSED, outer) => Some((
                format!("there are no elements in `{outer}`"),
                format!("select `{outer}` itself, or what stands around it"),
            )),
            (_, Some("html")) => {
                Some(("`html` stands in no other element".to_owned(), "take away what stands before it".to_owned()))
            }
            (Some(outer), Some("body")) if outer != "html" && below => {
                Some((format!("`body` does not stand in `{outer}`"), format!("write `body {outer}`")))
            }
            _ => None,
        }
    })
}

fn compound(compound: &Compound) -> Option<(String, String)> {
    let ids: Vec<_> =
        compound.parts.iter().filter_map(|part| if let Part::Id(id) = part { Some(id) } else { None }).collect();
    if let Some(other) = ids.iter().find(|id| ids[0] != **id) {
        let message = format!("no element has two ids, `{}` and `{other}`", ids[0]);
        return Some((message, format!("write `#{}, #{other}` for both elements", ids[0])));
    }
    compound.parts.iter().find_map(|part| match part {
        Part::Attribute { operator, value } if operator == "~=" && value.split_whitespace().count() != 1 => {
            let help = match value.split_whitespace().collect::<Vec<_>>().join(".") {
                classes if classes.is_empty() => "write the word that must be among them".to_owned(),
                classes => format!("write `.{classes}` for an element with all these classes"),
            };
            Some((format!("`~=` looks for one word, \"{value}\" is not one"), help))
        }
        Part::Attribute { operator, value } if value.is_empty() && matches!(operator.as_str(), "^=" | "$=" | "*=") => {
            Some((format!("`{operator}\"\"` matches nothing"), "write `[name]` for any value".to_owned()))
        }
        Part::Pseudo { name, arguments: Some(arguments) } if name == "not" && arguments.trim() == "*" => {
            Some(("`:not(*)` matches nothing".to_owned(), "write what it must not be".to_owned()))
        }
        Part::Pseudo { name, .. } if name == "root" && type_of(compound).is_some_and(|element| element != "html") => {
            Some(("`:root` is the `html` element".to_owned(), "leave out `:root`".to_owned()))
        }
        // Custom elements have a hyphen.
        Part::Type(element) if element.chars().all(|c| c.is_ascii_alphanumeric()) && !is_known(element) => Some((
            format!("no HTML element is called `{element}`"),
            format!("write `.{element}` for a class, `#{element}` for an id"),
        )),
        _ => None,
    })
}

fn type_of(compound: &Compound) -> Option<&str> {
    compound.parts.iter().find_map(|part| if let Part::Type(name) = part { Some(name.as_str()) } else { None })
}

fn is(list: &[&str], name: &str) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_known(element: &str) -> bool {
    is(&VOID, element)
        || is(&CLOSED, element)
        || is(&UNSEEN, element)
        || ELEMENTS.split_whitespace().any(|known| known.eq_ignore_ascii_case(element))
}

//! Knows what names of elements, ids and classes hint at.
//!
//! The words are those by which the web names the parts of its pages; readability, trafilatura and other extractors have
//! lists of their own to the same end. A hint decides nothing: the model weighs it.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

use super::feature::Feature;
use crate::document::html::Element;

/// What names hint at, in the order of the columns from [`Feature::ToContent`] on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::generic) enum Hint {
    Content,
    Prose,
    Comment,
    Navigation,
    Aside,
    Footer,
    Header,
    Related,
    Share,
    Promotion,
    Byline,
    Tags,
    Picture,
    Product,
    Post,
    Documentation,
    Dialogue,
    Card,
    Title,
    Summary,
    Widget,
    List,
    Table,
    Form,
    Link,
}

/// How many there are.
pub(super) const HINTS: usize = 25;

/// The column of the first.
pub(super) const FIRST: usize = Feature::ToContent as usize;

/// Hints as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::generic) struct Hints(u32);

impl Hints {
    pub(super) fn add(&mut self, hint: Hint) {
        self.0 |= 1 << hint as u32;
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// 1 if it is there, else 0.
    pub(in crate::generic) fn number(self, hint: Hint) -> f32 {
        f32::from(u8::from(self.0 & (1 << hint as u32) != 0))
    }

    /// What the words of names hint at.
    pub(in crate::generic) fn of_names(names: &str) -> Self {
        words(names).map(of_word).fold(Self::default(), Self::and)
    }

    pub(super) fn each(self) -> impl Iterator<Item = usize> {
        (0..HINTS).filter(move |hint| self.0 & (1 << hint) != 0)
    }

    /// What an element's name, id, classes and roles hint at.
    pub(super) fn of(element: Element<'_>) -> Self {
        Self::of_element(element, &mut Self::of_names)
    }

    /// The same, by what is known of names.
    pub(super) fn of_element<'t>(element: Element<'t>, of_names: &mut impl FnMut(&'t str) -> Self) -> Self {
        let mut hints = Self::default();
        if let Some(hint) = of_element(element.name()) {
            hints.add(hint);
        }
        let names = [element.id(), element.attr("class"), element.attr("role"), element.attr("itemprop")];
        names.into_iter().flatten().map(of_names).fold(hints, Self::and)
    }
}

fn of_element(name: &str) -> Option<Hint> {
    Some(match name {
        "nav" | "menu" => Hint::Navigation,
        "aside" => Hint::Aside,
        "footer" => Hint::Footer,
        "header" => Hint::Header,
        "figure" | "figcaption" | "picture" => Hint::Picture,
        "address" | "time" => Hint::Byline,
        "pre" | "code" => Hint::Documentation,
        "dialog" => Hint::Dialogue,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Hint::Title,
        "p" | "blockquote" => Hint::Prose,
        "ul" | "ol" | "dl" => Hint::List,
        "table" => Hint::Table,
        "form" | "button" | "label" | "fieldset" | "select" | "details" => Hint::Form,
        "a" => Hint::Link,
        _ => return None,
    })
}

/// The words of ids and classes: `articleBody_main` has three.
pub(in crate::generic) fn words(names: &str) -> impl Iterator<Item = &str> {
    names.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let bytes = rest.as_bytes();
            let is_hump = |at: usize| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase();
            let end = (1..bytes.len()).find(|&at| is_hump(at)).unwrap_or(bytes.len());
            let (word, tail) = rest.split_at(end);
            rest = tail;
            Some(word)
        })
    })
}

/// No word that hints at anything is longer.
const LONGEST: usize = 16;

fn of_word(word: &str) -> Hints {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return Hints::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    WORDS.get(&*lower).copied().unwrap_or_default()
}

static WORDS: LazyLock<FxHashMap<&'static [u8], Hints>> = LazyLock::new(|| {
    let mut known = FxHashMap::<&[u8], Hints>::default();
    for (hint, words) in &LISTS {
        for word in words.split_whitespace() {
            known.entry(word.as_bytes()).or_default().add(*hint);
        }
    }
    known
});

/// The words of each hint: English, and what German, French, Spanish, Italian, Dutch and Polish sites write instead.
const LISTS: [(Hint, &str); 21] = [
    (
        Hint::Content,
        "article articlebody articletext articlecontent content contents contenu contenido contenuto inhalt body entry \
        story storybody storytext main maincontent mainbody bodytext bodycopy artikel articulo articolo artykul blog blogpost \
        blogcontent single singlepost hentry news newstext pagecontent postcontent postbody entrycontent center centre middle \
        wysiwyg richtext rte rich longform detail details noticia nota corpo cuerpo corps tresc",
    ),
    (
        Hint::Prose,
        "text texte testo texto tekst prose paragraph paragraphs para copy editor absatz markdown paragraf editable block",
    ),
    (
        Hint::Comment,
        "comment comments commentary commentlist comentarios comentario commentaire commentaires kommentar kommentare \
        commenti reacties komentarze disqus respond discussion",
    ),
    (
        Hint::Navigation,
        "nav navi navbar navigation navigations menu menus submenu breadcrumb breadcrumbs crumb crumbs pagination pager \
        paging paginator topnav subnav sitemap toolbar megamenu dropdown hamburger skip prev next previous bread toc tab tabs \
        menue anchor anchors jump steps",
    ),
    (
        Hint::Aside,
        "aside sidebar sidebars side rail right left column col secondary complementary margin sticky marginal rightcol \
        leftcol sidecol seitenleiste barra marginalia",
    ),
    (
        Hint::Footer,
        "footer foot footers bottom colophon legal copyright copy imprint impressum contentinfo disclaimer fuss pie footnote \
        footnotes references reflist",
    ),
    (
        Hint::Header,
        "header head masthead top topbar banner logo brand branding hero kopf cabecera intestazione jumbotron branding",
    ),
    (
        Hint::Related,
        "related relatedposts recommend recommended recommendation recommendations more similar suggested suggestions \
        popular trending latest recent mostread read outbrain taboola also further weitere mehr verwandt relacionadas relacionados \
        correlati gerelateerd powiazane siehe moreon crosslink crosslinks interest discover featured explore",
    ),
    (
        Hint::Share,
        "share shares sharing sharebar social socials follow facebook twitter whatsapp pinterest linkedin telegram addthis \
        addtoany sharedaddy teilen partager compartir condividi delen print email like likes follower bookmark instagram",
    ),
    (
        Hint::Promotion,
        "ad ads adv advert adverts advertisement advertising advertorial sponsor sponsored promo promos promotion newsletter \
        subscribe subscription signup cta donate donation marketing anzeige werbung pub publicidad pubblicita reklama offer offers deal \
        deals affiliate upsell paywall premium register optin mailing campaign mailchimp",
    ),
    (
        Hint::Byline,
        "author authors byline bylines bio meta metadata postmeta entrymeta date datetime time timestamp published publish \
        posted dateline info infos autor auteur autore auteurs datum fecha data profile avatar credits contributor contributors \
        writer reporter updated modified source",
    ),
    (
        Hint::Tags,
        "tag tags tagcloud taglist category categories cat cats topic topics keywords keyword label labels schlagwort etiquetas \
        hashtag hashtags rubric rubrik kicker eyebrow overline section",
    ),
    (
        Hint::Picture,
        "caption captions figcaption figure image images img photo photos picture pictures gallery slideshow slider carousel \
        thumbnail thumb thumbs video videos player media credit bild bilder foto fotos bildunterschrift legende lightbox swiper audio \
        podcast embed",
    ),
    (
        Hint::Product,
        "product products price prices pricing cart shop buy sku woocommerce variant variants stock checkout basket add \
        rating ratings review reviews star stars spec specs specification specifications feature features shipping purchase store item \
        items produkt preis prix precio prezzo",
    ),
    (
        Hint::Post,
        "post posts reply replies thread threads message messages msg topic answer answers question questions postbody \
        postcontent forum cooked beitrag response responses conversation quote signature usertext bbcode lia",
    ),
    (
        Hint::Documentation,
        "doc docs documentation document doxygen sphinx rst rest code highlight codehilite literal api reference \
        guide manual tutorial admonition docusaurus mkdocs readme wiki mw parser snippet pre example note",
    ),
    (
        Hint::Dialogue,
        "modal popup pop dialog dialogue overlay lightbox cookie cookies consent gdpr cmp notice notification notifications \
        alert alerts toast tooltip banner message hidden sr visually screen accessibility noscript interstitial",
    ),
    (
        Hint::Card,
        "card cards teaser teasers tile tiles item items grid list listing listings row rows archive result results feed \
        excerpt loop hit hits collection entries module box boxes stream swiper slide",
    ),
    (
        Hint::Title,
        "title titles titre titulo titolo titel heading headline headlines subtitle subheading subhead subheadline hed dek \
        deck pagetitle entrytitle posttitle headings tytul",
    ),
    (
        Hint::Summary,
        "summary lead lede leadtext intro introduction excerpt abstract standfirst teasertext chapo description desc \
        vorspann einleitung sommaire entradilla sommario strap blurb preface overview about",
    ),
    (
        Hint::Widget,
        "widget widgets plugin form forms search searchbox login user account button buttons btn input field quiz poll \
        vote calendar weather ticker counter icon icons action actions tool tools language lang controls control filter filters sort \
        select option options",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_names_of_all_fashions() {
        let found: Vec<&str> = words("articleBody_main post-content  js_Teaser2").collect();
        assert_eq!(found, ["article", "Body", "main", "post", "content", "js", "Teaser2"]);
        assert!(Hints::of_names("relatedPosts").number(Hint::Related) > 0.5);
        assert!(Hints::of_names("x-COMMENTS").number(Hint::Comment) > 0.5);
        assert_eq!(Hints::of_names("xyz ü a-b"), Hints::default());
    }

    #[test]
    fn the_columns_stand_in_the_order_of_the_hints() {
        assert_eq!(FIRST + Hint::Content as usize, Feature::ToContent as usize);
        assert_eq!(FIRST + Hint::Picture as usize, Feature::ToPicture as usize);
        assert_eq!(FIRST + Hint::Link as usize, Feature::ToLink as usize);
        assert_eq!(Hint::Link as usize + 1, HINTS);
    }

    #[test]
    fn no_word_is_too_long_to_be_found() {
        let all = LISTS.iter().flat_map(|(_, words)| words.split_whitespace());
        for word in all {
            assert!(word.len() <= LONGEST && word.bytes().all(|byte| byte.is_ascii_lowercase()), "{word}");
        }
    }
}

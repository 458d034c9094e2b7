use super::Flag;
use crate::article::Article;
use crate::category::Category;
use crate::page::{Content, InputFormat, Page};
use crate::pipeline::Cleaner;
use crate::rules::file::Policy;
use crate::rules::library::Library;
use crate::strip::Policies;

const STORY: &str = "The ferry across the sound runs every hour from now on, and on Sundays too, says the harbour. ";

fn clean_with(cleaner: &Cleaner, content: &str, format: InputFormat) -> Article {
    let page = Page { content: Content::Text(content.to_owned().into()), format: Some(format), ..Page::default() };
    cleaner.clean(&page).expect("a page")
}

fn clean(html: &str) -> Article {
    clean_with(&Cleaner::new(Library::builtin()), html, InputFormat::Html)
}

/// The flags that say more than that the generic cleaner was at work.
fn flags(html: &str) -> Vec<&'static str> {
    clean(html).flags.iter().map(|flag| flag.name()).filter(|name| *name != "generic").collect()
}

fn story(paragraphs: usize) -> String {
    (1..=paragraphs).map(|number| format!("<p>{number}: {}</p>", STORY.repeat(3))).collect()
}

#[test]
fn dialogues_for_consent_are_no_articles() {
    let walls = [
        "<title>Evening Post</title><h1>We value your privacy</h1><p>We and our partners store and access cookies on your \
         device and process personal data for ads.</p><p>You may withdraw your consent at any time.</p>\
         <button>Accept all</button><button>Settings</button>",
        "<title>Abendpost</title><div><p>Mit Ihrer Einwilligung nutzen wir und unsere Partner Cookies und Tracking, um \
         Anzeigen zu zeigen.</p><p>Ihre Zustimmung zum Datenschutz können Sie jederzeit widerrufen.</p>\
         <a href=#>Zustimmen und weiter</a></div>",
        "<title>夕刊</title><p>当サイトと提携先は、広告を表示するためにクッキーを利用します。個人情報の取り扱いについてご確認ください。</p>\
         <p>クッキーの利用に同意すると、続きをご覧いただけます。プライバシーの設定はいつでも変更できます。</p><button>同意する</button>",
        "<title>Before you continue to the Evening Post</title><h1>Before you continue</h1><p>We use cookies to</p>\
         <ul><li>Deliver the paper<li>Count its readers</ul><button>Reject all</button><button>Accept all</button>",
    ];
    for wall in walls {
        let article = clean(wall);
        assert!(article.flags.contains(&Flag::ConsentWall), "{:?} {wall}", article.flags);
        assert_eq!(article.text(), "");
        assert!(article.confidence <= 0.1);
        // With an article below it, it is only a banner.
        assert!(!flags(&format!("{wall}<article><h1>Ferry</h1>{}</article>", story(20))).contains(&"consent-wall"));
    }
    let keep = Policies::from([(Category::CookieBanner, Policy::Keep)]);
    let kept = clean_with(&Cleaner::new(Library::builtin()).with_policies(keep), walls[1], InputFormat::Html);
    assert!(kept.flags.contains(&Flag::ConsentWall) && kept.text().contains("Einwilligung"), "{}", kept.text());
}

#[test]
fn pages_about_consent_are_articles() {
    let about = "<p>Cookies are small files, and consent to them is asked for on most sites.</p>\
        <p>Tracking by our partners needs your consent; this policy tells which cookies there are.</p>";
    for page in [
        format!("<title>Cookie policy</title><h1>Cookie policy</h1>{about}<button>Accept all</button>"),
        format!(
            "<meta property=article:published_time content=2024-05-05><h1>On cookies</h1>{about}<button>Accept</button>"
        ),
        format!("<h1>On cookies</h1>{about}"),
    ] {
        assert!(!flags(&page).contains(&"consent-wall"), "{page}");
    }
}

#[test]
fn errors_and_barriers_are_no_articles() {
    for page in [
        "<title>404 Not Found</title><h1>Not Found</h1><p>The address was not found on this server.</p>",
        "<title>Abendpost</title><h1>Seite nicht gefunden</h1><p>Leider gibt es diese Seite nicht mehr. Suchen Sie?</p>",
        "<title>Access Denied</title><h1>Access Denied</h1><p>You don't have permission to see this.</p>",
        "<title>Just a moment...</title><h1>news.example</h1><p>Checking if the site connection is secure</p>",
        "<title>news.example</title><div id=px-captcha></div><p>Press and hold to confirm.</p>",
        "<title>Notícias</title><h1>Página não encontrada</h1><p>Volte ao início.</p>",
    ] {
        let article = clean(page);
        assert!(article.flags.contains(&Flag::ErrorPage), "{:?} {page}", article.flags);
        assert!(article.text().is_empty() && article.confidence <= 0.1);
        let dropped: Vec<_> =
            article.ledger.dropped(&article.document).map(|(cause, _)| cause.rule.to_string()).collect();
        assert!(dropped.iter().any(|rule| rule == "page/error-page"), "{dropped:?}");
    }
    let text =
        clean_with(&Cleaner::new(Library::builtin()), "Error 404\n\nThis address leads nowhere.\n", InputFormat::Text);
    assert!(text.flags.contains(&Flag::ErrorPage), "{:?}", text.flags);
}

#[test]
fn articles_about_errors_are_articles() {
    for page in [
        format!("<title>404 Not Found</title><h1>404 Not Found</h1>{}", story(8)),
        format!("<title>Access denied to the weir</title><h1>Access denied to the weir</h1>{}", story(1)),
        "<meta property=article:published_time content=2024-05-05><h1>Page not found</h1><p>A page of the bible of Ripon \
         is missing, and the chapter has asked for help.</p>"
            .to_owned(),
        format!("<title>Ferry</title><script src=/cdn-cgi/challenge-platform/x.js></script><h1>Ferry</h1>{}", story(1)),
    ] {
        assert!(!flags(&page).contains(&"error-page"), "{page}");
    }
}

#[test]
fn frames_without_text_need_scripts() {
    for page in [
        "<body><div id=root></div><script src=a.js></script>",
        "<body><noscript>Bitte aktivieren Sie JavaScript, um diese Seite zu sehen.</noscript><div class=x></div>",
        "<body><app-root></app-root><footer><p>Evening Post 2024</p></footer>",
        "<body><p>You need to enable JavaScript to run this app.</p>",
        "<body><main class=skeleton-main></main>",
    ] {
        assert!(flags(page).contains(&"needs-javascript"), "{page}");
    }
    for page in [
        format!("<div id=root></div><noscript>Enable JavaScript</noscript><article>{}</article>", story(1)),
        "<body><div class=page><p>Closed on Monday.</p></div>".to_owned(),
        "<ul><li><a href=/1>A study of JavaScript in mills</a><li><a href=/2>The ferry</a></ul>".to_owned(),
    ] {
        assert!(!flags(&page).contains(&"needs-javascript"), "{page}");
    }
}

#[test]
fn lists_and_live_blogs() {
    let teaser = "<li><a href=/x>The ferry across the sound runs again</a><p>From now on every hour.</p></li>";
    assert!(flags(&format!("<main><ul>{}</ul></main>", teaser.repeat(20))).contains(&"listing-page"));
    assert!(
        !flags(&format!("<article>{}</article><ul>{}</ul>", story(4), teaser.repeat(20))).contains(&"listing-page")
    );
    let posts = |title: &str| {
        let posts: String =
            (0..9).map(|n| format!("<div><span>1{n}:05 Uhr</span><p>{STORY}{STORY}</p></div>")).collect();
        format!("<title>{title}</title><article><h1>{title}</h1>{posts}</article>")
    };
    assert!(flags(&posts("Newsblog zur Fähre")).contains(&"live-blog"));
    assert!(!flags(&posts("Die Fähre und ihre Zeiten")).contains(&"live-blog"));
    assert!(!flags(&posts("People live by the ferry").replace("Uhr", "").replace(":05", "")).contains(&"live-blog"));
    let declared = "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\"}</script>";
    assert_eq!(flags(&format!("{declared}<article>{}</article>", story(5))), ["live-blog"]);
}

#[test]
fn a_short_body_that_is_not_free_is_a_stub() {
    let declared = "<script type='application/ld+json'>{\"isAccessibleForFree\":\"False\"}</script>";
    assert!(flags(&format!("{declared}<article>{}</article>", story(2))).contains(&"paywall"));
    assert!(!flags(&format!("{declared}<article>{}</article>", story(20))).contains(&"paywall"));
}

#[test]
fn the_data_of_scripts_are_the_body_where_nothing_else_is() {
    let body: String = (0..40).map(|n| format!("{n} {STORY}")).collect();
    let linked = format!("<script type='application/ld+json'>{{\"articleBody\":\"{body}\"}}</script>");
    let article = clean(&format!("<div id=root></div>{linked}"));
    assert!(article.flags.contains(&Flag::FromData) && !article.flags.contains(&Flag::NeedsJavascript));
    assert_eq!(article.text().trim(), body.trim());
    // Of what is seen already, no second copy.
    let seen = clean(&format!("<article><p>{body}</p></article>{linked}"));
    assert!(!seen.flags.contains(&Flag::FromData) && seen.text().trim() == body.trim());
    // A stub of it makes way; the beginning of something else does not.
    let stub = clean(&format!("<article><p>{}</p></article>{linked}", &body[..150]));
    assert_eq!((stub.text().trim(), stub.flags.contains(&Flag::FromData)), (body.trim(), true));
    let dropped: Vec<_> = stub.ledger.dropped(&stub.document).map(|(cause, _)| cause.rule.to_string()).collect();
    assert_eq!(dropped, ["page/stub"]);
    let other = clean(&format!("<article>{}</article>{linked}", story(1).replace("ferry", "mill").repeat(2)));
    assert!(!other.flags.contains(&Flag::FromData) && other.text().contains("mill"));
    assert!(other.ledger.dropped(&other.document).any(|(cause, _)| &*cause.rule == "page/data"));
}

#[test]
fn confidence_falls_with_what_speaks_against_the_body() {
    let rules = "hosts = ['a.example']\n[body]\nselect = ['article']\n[[drop]]\nid = 'x'\ncategory = 'share'\ncss = '.x'\n\
        expect = 'always'\n[[drop]]\nid = 'y'\ncategory = 'share'\ncss = '.y'\nmax-share = 0.1";
    let cleaner = Cleaner::new(Library::of_texts(&[("sites/a.example.toml", rules)]));
    let confidence = |html: String| {
        let page = Page {
            url: Some("https://a.example/1".into()),
            content: Content::Text(html.into()),
            format: Some(InputFormat::Html),
            ..Page::default()
        };
        (cleaner.clean(&page).expect("a page").confidence * 100.0).round()
    };
    let story = story(4);
    assert!((confidence(format!("<article>{story}<p class=x>Share</p></article>")) - 98.0).abs() < 0.1);
    assert!((confidence(format!("<article>{story}</article>")) - 93.0).abs() < 0.1);
    assert!(
        (confidence(format!("<article>{story}<p class=x>a<div class=y>{story}</div></article>")) - 83.0).abs() < 0.1
    );
    assert!(confidence(format!("<div>{story}</div>")) < 93.0);
    assert!(confidence("<article></article>".to_owned()) <= 10.0);
    let page = Page {
        url: Some("https://a.example/1".into()),
        content: Content::Text("<title>403 Forbidden</title><h1>403 Forbidden</h1>".into()),
        ..Page::default()
    };
    let gone = cleaner.clean(&page).expect("a page");
    assert_eq!(gone.flags, [Flag::Empty, Flag::ErrorPage], "it says nothing of the rules");
}

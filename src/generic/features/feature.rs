//! Names the features: what is known of each block, in numbers.

macro_rules! features {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal),* $(,)?) => {
        /// What is known of a block. Lengths are in letters (see [`super::prose`]), shares are between 0 and 1, and
        /// distances in the tree are in steps.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Feature { $($(#[doc = $doc])+ $name),* }

        impl Feature {
            /// All of them, in the order of the columns.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name as model files write it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

            /// What it is, in a few words.
            pub fn about(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii()),* }
            }
        }
    };
}

features! {
    /// How long the text is.
    Length = "length",
    /// How much of it is links.
    LinkShare = "link-share",
    /// How many links there are.
    Links = "links",
    /// How many sentences end in it.
    Sentences = "sentences",
    /// Commas, semicolons and their like.
    Commas = "commas",
    /// The share of digits.
    Digits = "digits",
    /// The share of signs such as `|`, `·` and `»`.
    Signs = "signs",
    /// How it ends: 3 a sentence, 2 a colon, 1 dots, 0 otherwise.
    Ending = "ending",
    /// What kind of block it is.
    Kind = "kind",
    /// The level of a heading, the depth of a list item.
    Level = "level",
    /// How much of it is emphasised.
    Emphasis = "emphasis",
    /// How many words there are, told by spaces.
    Words = "words",
    /// How often the same text stands on the page.
    Repeats = "repeats",
    /// 2 if it is the page's title, 1 if it is a part of it or holds it.
    Title = "title",
    /// 1 if packs took it for a comment.
    Comment = "comment",
    /// 1 if it is hidden until a reader unfolds it.
    Hidden = "hidden",
    /// Where it stands: the share of blocks before it.
    Place = "place",
    /// The share of the page's text before it.
    TextBefore = "text-before",
    /// The share of the page's running text before it.
    ProseBefore = "prose-before",
    /// How many blocks it stands behind the title; negative before it.
    FromTitle = "from-title",
    /// How many blocks behind the last heading.
    FromHeading = "from-heading",
    /// The level of that heading.
    HeadingLevel = "heading-level",
    /// The length of all text since that heading.
    SinceHeading = "since-heading",
    /// The number of blocks that packs dropped right before it.
    GapBefore = "gap-before",
    /// The same behind it.
    GapBehind = "gap-behind",
    /// Of the block before: length.
    Length1Before = "length-1-before",
    /// Of the block before: share of links.
    Links1Before = "links-1-before",
    /// Of the block behind: length.
    Length1Behind = "length-1-behind",
    /// Of the block behind: share of links.
    Links1Behind = "links-1-behind",
    /// Of the four blocks before: mean length.
    Length4Before = "length-4-before",
    /// Of the four blocks before: share of links.
    Links4Before = "links-4-before",
    /// Of the four blocks behind: mean length.
    Length4Behind = "length-4-behind",
    /// Of the four blocks behind: share of links.
    Links4Behind = "links-4-behind",
    /// Of the twelve blocks before: share of links.
    Links12Before = "links-12-before",
    /// Of the twelve blocks behind: mean length.
    Length12Behind = "length-12-behind",
    /// Of the twelve blocks behind: share of links.
    Links12Behind = "links-12-behind",
    /// Of the three blocks before: the share of running text.
    Prose3Before = "prose-3-before",
    /// Of the three behind.
    Prose3Behind = "prose-3-behind",
    /// Of the eight before.
    Prose8Before = "prose-8-before",
    /// Of the eight behind.
    Prose8Behind = "prose-8-behind",
    /// Of the 25 before.
    Prose25Before = "prose-25-before",
    /// Of the 25 behind.
    Prose25Behind = "prose-25-behind",
    /// How many blocks behind the last paragraph of running text.
    FromParagraph = "from-paragraph",
    /// How many blocks before the next one.
    ToParagraph = "to-paragraph",
    /// The share of the running text in the run of paragraphs around it, with at most two other blocks between any two.
    StrictRegion = "strict-region",
    /// How far outside the largest such run.
    FromStrictRegion = "from-strict-region",
    /// The same, with at most seven others between.
    LooseRegion = "loose-region",
    /// How far outside the largest of these.
    FromLooseRegion = "from-loose-region",
    /// How many blocks look alike: same element, same classes, same parent.
    AlikeBlocks = "alike-blocks",
    /// Their mean length.
    AlikeLength = "alike-length",
    /// Their share of links.
    AlikeLinks = "alike-links",
    /// Their sentences a block.
    AlikeSentences = "alike-sentences",
    /// Their share of the page's text.
    AlikeShare = "alike-share",
    /// How deep the element lies.
    Depth = "depth",
    /// The kind of its element.
    Element = "element",
    /// The kind of the element around that.
    Parent = "parent",
    /// The least container of several blocks: share of the page's text.
    Share1 = "share-1",
    /// Its running text, as a share of the page's.
    Prose1 = "prose-1",
    /// Its share of links.
    Links1 = "links-1",
    /// Mean length of its blocks.
    Length1 = "length-1",
    /// Sentences a block in it.
    Sentences1 = "sentences-1",
    /// How many blocks it has.
    Blocks1 = "blocks-1",
    /// The share of its text that packs dropped.
    Dropped1 = "dropped-1",
    /// The share of its text before the block.
    Before1 = "before-1",
    /// The container around that: share of the page's text.
    Share2 = "share-2",
    /// Its running text, as a share of the page's.
    Prose2 = "prose-2",
    /// Its share of links.
    Links2 = "links-2",
    /// Mean length of its blocks.
    Length2 = "length-2",
    /// Sentences a block in it.
    Sentences2 = "sentences-2",
    /// How many blocks it has.
    Blocks2 = "blocks-2",
    /// The share of its text that packs dropped.
    Dropped2 = "dropped-2",
    /// The share of its text before the block.
    Before2 = "before-2",
    /// The container around that: share of the page's text.
    Share3 = "share-3",
    /// Its running text, as a share of the page's.
    Prose3 = "prose-3",
    /// Its share of links.
    Links3 = "links-3",
    /// Mean length of its blocks.
    Length3 = "length-3",
    /// Sentences a block in it.
    Sentences3 = "sentences-3",
    /// How many blocks it has.
    Blocks3 = "blocks-3",
    /// The share of its text that packs dropped.
    Dropped3 = "dropped-3",
    /// The share of its text before the block.
    Before3 = "before-3",
    /// In the smallest element with half of the running text.
    InHalf = "in-half",
    /// In the smallest with four fifths of it.
    InMost = "in-most",
    /// In the smallest with 19 of 20 parts.
    InNearlyAll = "in-nearly-all",
    /// How far outside the second of these, in blocks; negative before it.
    FromMost = "from-most",
    /// How far up the element is that says of itself to be the article or the main part.
    ToArticle = "to-article",
    /// The running text in it, as a share of the page's.
    ArticleProse = "article-prose",
    /// How far up the next name of content is, such as `content`, `article-body`.
    ToContent = "to-content",
    /// A name of a text: `text`, `prose`, `paragraph`.
    ToProse = "to-prose",
    /// A name or an element of comments.
    ToComment = "to-comment",
    /// Navigation.
    ToNavigation = "to-navigation",
    /// What stands beside: `aside`, `sidebar`.
    ToAside = "to-aside",
    /// A footer.
    ToFooter = "to-footer",
    /// A header.
    ToHeader = "to-header",
    /// Related pages.
    ToRelated = "to-related",
    /// Sharing and following.
    ToShare = "to-share",
    /// Advertising and asking to subscribe.
    ToPromotion = "to-promotion",
    /// Authors, dates, and the like.
    ToByline = "to-byline",
    /// Tags, categories, bread crumbs.
    ToTags = "to-tags",
    /// Captions, pictures, galleries.
    ToPicture = "to-picture",
    /// Products, prices, shops.
    ToProduct = "to-product",
    /// Posts of forums, replies, threads, answers.
    ToPost = "to-post",
    /// Documentation, code.
    ToDocumentation = "to-documentation",
    /// Dialogues, overlays, banners, notices.
    ToDialogue = "to-dialogue",
    /// Cards, teasers, tiles, items of lists.
    ToCard = "to-card",
    /// Titles.
    ToTitle = "to-title",
    /// Summaries and leads.
    ToSummary = "to-summary",
    /// Widgets and forms.
    ToWidget = "to-widget",
    /// A list of links or of anything else.
    ToList = "to-list",
    /// A table.
    ToTable = "to-table",
    /// A form, a button, a label.
    ToForm = "to-form",
    /// A link around the block.
    ToLink = "to-link",
    /// How much of the page's text the smallest element with four fifths of the running text holds.
    MostShare = "most-share",
    /// The share of the running text in the largest run of paragraphs, with at most two other blocks between any two.
    PageStrictRegion = "page-strict-region",
    /// The same, with at most seven others between.
    PageLooseRegion = "page-loose-region",
    /// Of the page: how many blocks.
    PageBlocks = "page-blocks",
    /// The length of its text.
    PageLength = "page-length",
    /// The share of running text.
    PageProse = "page-prose",
    /// The share of links.
    PageLinks = "page-links",
    /// The share that packs dropped.
    PageDropped = "page-dropped",
    /// The share of list items among the blocks.
    PageItems = "page-items",
    /// Of headings.
    PageHeadings = "page-headings",
    /// The share of code in the text.
    PageCode = "page-code",
    /// The share of tables in the text.
    PageTables = "page-tables",
    /// How many blocks of running text there are.
    PageParagraphs = "page-paragraphs",
    /// The mean length of these.
    PageParagraph = "page-paragraph",
    /// The share of the text in elements named after posts.
    PagePosts = "page-posts",
    /// After comments.
    PageComments = "page-comments",
    /// After products.
    PageProducts = "page-products",
    /// After documentation.
    PageDocumentation = "page-documentation",
    /// After cards.
    PageCards = "page-cards",
    /// The share of the text in elements that say they are the article.
    PageArticles = "page-articles",
    /// How many elements say so.
    PageArticleCount = "page-article-count",
    /// The share of text in the largest set of blocks that look alike.
    PageAlike = "page-alike",
    /// What kind of thing the page says it is (`og:type`): 3 an article, 2 a product, 1 a site, 0 nothing or something else.
    PageType = "page-type",
    /// 1 if it says in JSON-LD that it is an article.
    SaysArticle = "says-article",
    /// A product.
    SaysProduct = "says-product",
    /// Posts of a forum, questions and answers.
    SaysPosts = "says-posts",
    /// A list of other things.
    SaysList = "says-list",
    /// The parts of the address; -1 if it is not known.
    AddressDepth = "address-depth",
    /// The hyphens in the last part.
    AddressHyphens = "address-hyphens",
    /// The digits in it.
    AddressDigits = "address-digits",
    /// A name of content in the address.
    AddressContent = "address-content",
    /// A name of posts in the address.
    AddressPost = "address-post",
    /// A name of products in the address.
    AddressProduct = "address-product",
    /// A name of documentation in the address.
    AddressDocumentation = "address-documentation",
    /// A name of cards in the address.
    AddressCard = "address-card",
    /// A name of categories in the address.
    AddressTags = "address-tags",
    /// A name of content of the whole page.
    BodyContent = "body-content",
    /// A name of posts of the whole page.
    BodyPost = "body-post",
    /// A name of products of the whole page.
    BodyProduct = "body-product",
    /// A name of documentation of the whole page.
    BodyDocumentation = "body-documentation",
    /// A name of cards of the whole page.
    BodyCard = "body-card",
    /// A name of categories of the whole page.
    BodyTags = "body-tags",
}

impl Feature {
    /// Whether it is of the page, and so the same for all of its blocks.
    pub(super) fn is_of_page(self) -> bool {
        self as usize >= OF_PAGE
    }
}

/// The first feature that is of the page.
pub(super) const OF_PAGE: usize = Feature::MostShare as usize;

//! The command `ephor`.

fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let (file, problems) = ephor::syntax::parse(&text, ephor::text::SourceId(0));
        let source = ephor::text::Source::new(path, text);
        println!("{} items", file.items.len());
        for p in problems { println!("{:?} {:?} {} / {:?}", p.code, p.place().map(|p| source.line_column(p.span.start)), p.message, p.help); }
    }
}

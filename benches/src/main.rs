mod generate;
mod hand;
mod ours;
mod peers;
mod measure;
use peers::Peer;
fn main() {
    if let Some(n) = std::env::args().nth(1) { println!("{}", generate::description(n.parse().unwrap(), generate::Size::Small)); return; }
    for size in [generate::Size::Small, generate::Size::Real] {
        let n = if size == generate::Size::Small { 2000 } else { 50 };
        let texts = generate::texts(1, n, size);
        let mut engines: Vec<(&str, Box<dyn Peer>)> = vec![("cedar", Box::new(peers::cedar::Cedar::new()))];
        for (name, e) in &mut engines {
            let mut bad = 0;
            let s = std::time::Instant::now();
            for (i, t) in texts.iter().enumerate() {
                let (mut a, mut b) = (Vec::new(), Vec::new());
                e.read(t.as_bytes()); e.judge(&mut a);
                hand::check(t.as_bytes(), &mut b); let b: Vec<u8> = peers::cedar::RULES.iter().map(|r| b[*r]).collect();
                if a != b { bad += 1; if bad < 6 { println!("{name} {i} {} {:?}", a.len(), (0..14.min(a.len())).filter(|r| a[*r] != b[*r]).map(|r| format!("r{:02} {} hand {}", r + 1, a[r] as char, b[r] as char)).collect::<Vec<_>>()); } }
            }
            println!("{size:?} {name}: {bad} of {n} differ; {:.0} us", s.elapsed().as_secs_f64() * 1e6 / n as f64);
        }
    }
}

mod generate;
mod hand;
mod ours;
use std::time::Instant;
fn main() {
    let pack = ours::Pack::thirty();
    for size in [generate::Size::Small, generate::Size::Real] {
        let n = if size == generate::Size::Small { 3000 } else { 300 };
        let texts = generate::texts(1, n, size);
        let bytes: usize = texts.iter().map(String::len).sum();
        let mut w = ours::Worker::new(&pack, pack.options(false, true));
        let mut bad = 0;
        for (i, t) in texts.iter().enumerate() {
            let (mut a, mut b) = (Vec::new(), Vec::new());
            w.check(t.as_bytes(), &mut a);
            hand::check(t.as_bytes(), &mut b);
            if a != b {
                bad += 1;
                if bad < 15 {
                    let d: Vec<_> = (0..30).filter(|r| a[*r] != b[*r]).map(|r| format!("r{:02} ephor {} hand {}", r + 1, a[r] as char, b[r] as char)).collect();
                    println!("{i} {d:?}");
                    let case = hand::read(t.as_bytes());
                    let mut each = hand::Each::default(); case.judge(&mut each);
                    let mine: Vec<_> = each.0.iter().map(|(r, f, l)| (*r, case.name(*f), *l)).collect();
                    let ours = w.each();
                    for x in &ours { if !mine.contains(x) { println!("   ephor {:?} {}", (x.0+1,&x.1), x.2 as char); } }
                    for x in &mine { if !ours.contains(x) { println!("   hand {:?} {}", (x.0+1,&x.1), x.2 as char); } }
                }
            }
        }
        println!("{size:?} {} bytes, {bad} of {n} differ", bytes / n);
        let mut wr = ours::Worker::new(&pack, pack.options(true, true));
        let mut l = Vec::new();
        let mut rows: Vec<Vec<f64>> = vec![Vec::new(); 7];
        for _ in 0..7 {
            let mut time = |at: usize, f: &mut dyn FnMut(&str)| { let s = Instant::now(); for t in &texts[..n.min(300)] { f(t); } rows[at].push(s.elapsed().as_secs_f64() * 1e6 / n.min(300) as f64); };
            time(0, &mut |t| { std::hint::black_box(serde_json::from_str::<serde_json::Value>(t).unwrap()); });
            time(1, &mut |t| { std::hint::black_box(hand::read(t.as_bytes())); });
            time(2, &mut |t| { l.clear(); hand::check(t.as_bytes(), &mut l); });
            time(3, &mut |t| { w.read(t.as_bytes()); });
            time(4, &mut |t| { l.clear(); w.check(t.as_bytes(), &mut l); });
            time(5, &mut |t| { l.clear(); wr.check(t.as_bytes(), &mut l); });
        }
        let med = |v: &Vec<f64>| { let mut v = v.clone(); v.sort_by(f64::total_cmp); v[v.len() / 2] };
        println!("Value {:.1} hand read {:.1} hand {:.1} ephor read {:.1} silent {:.1} recording {:.1}", med(&rows[0]), med(&rows[1]), med(&rows[2]), med(&rows[3]), med(&rows[4]), med(&rows[5]));
    }
}

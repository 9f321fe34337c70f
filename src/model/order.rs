//! An order in which each thing stands behind what it uses.

use std::collections::HashMap;

/// The numbers of the things in rounds, each using only earlier rounds; and those that use themselves, at once or through others, or use such a
/// thing. What a thing uses that is not among the names counts for nothing.
pub(super) fn in_rounds(names: &[&str], uses: &[Vec<&str>]) -> (Vec<usize>, Vec<usize>) {
    let numbers: HashMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    let mut open = vec![0_usize; names.len()];
    for (at, used) in uses.iter().enumerate() {
        for number in used.iter().filter_map(|name| numbers.get(name)) {
            users[*number].push(at);
            open[at] += 1;
        }
    }
    let mut round: Vec<usize> = (0..names.len()).filter(|at| open[*at] == 0).collect();
    let mut order = Vec::new();
    while !round.is_empty() {
        let mut next = Vec::new();
        for user in round.iter().flat_map(|at| &users[*at]) {
            open[*user] -= 1;
            if open[*user] == 0 {
                next.push(*user);
            }
        }
        next.sort_unstable();
        order.append(&mut round);
        round = next;
    }
    let left = (0..names.len()).filter(|at| open[*at] > 0).collect();
    (order, left)
}

#[cfg(test)]
mod tests {
    use super::in_rounds;

    #[test]
    fn what_is_used_comes_first_and_circles_are_left() {
        let names = ["a", "b", "c", "d", "e"];
        let uses = [vec!["b"], vec!["unknown"], vec!["d"], vec!["c"], vec!["e"]];
        assert_eq!(in_rounds(&names, &uses), (vec![1, 0], vec![2, 3, 4]));
    }
}

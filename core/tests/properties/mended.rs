//! Makes a payload whose fields are right one by one obey the rules that tie them together.

use fapiao::schema::{Check, Condition, Generations, Kind, Rule, Table};
use serde_json::{Map, Value, json};

/// Most of one amount, so that no sum of them is beyond what JSON keeps.
const MOST: i64 = 1_000_000_000_000;

/// The payload with its sums, discount lines and conditions put right; a text that is no object stays as it is.
pub(crate) fn mended(table: &'static Table, payload: &str) -> String {
    match serde_json::from_str(payload) {
        Ok(Value::Object(mut object)) => {
            mend(table, &mut object);
            Value::Object(object).to_string()
        }
        _ => payload.to_owned(),
    }
}

fn mend(table: &'static Table, object: &mut Map<String, Value>) {
    for check in table.checks {
        if let Check::Follows { list, flag, same } = *check {
            follow(entries(object, list), flag, same);
        }
    }
    for field in table.fields {
        for condition in field.conditions(Generations::ALL) {
            obey(object, field.name, condition);
        }
        match (field.kind, object.get_mut(field.name)) {
            (Kind::Object(inner), Some(Value::Object(value))) => mend(inner, value),
            (Kind::List(Kind::Object(inner)), Some(Value::Array(list))) => {
                list.iter_mut().filter_map(Value::as_object_mut).for_each(|entry| mend(inner, entry));
            }
            _ => {}
        }
    }
    table.checks.iter().for_each(|check| tie(object, *check));
}

fn follow(list: &mut [Value], flag: &str, same: &[&str]) {
    for index in 0..list.len() {
        let before = index.checked_sub(1).map(|before| list[before].clone());
        match before.filter(|before| before[flag] == json!(false)) {
            None => list[index][flag] = json!(false),
            Some(before) if list[index][flag] == json!(true) => {
                for name in same {
                    list[index][*name] = before[*name].clone();
                }
            }
            Some(_) => {}
        }
    }
}

fn obey(object: &mut Map<String, Value>, name: &str, condition: Condition) {
    let is = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned) == condition.value;
    let holds = object.get(condition.field).is_some_and(is);
    match condition.rule {
        Rule::Only if !holds => drop(object.remove(name)),
        Rule::Positive if holds && object.get(name) == Some(&json!(0)) => {
            object.insert(name.to_owned(), json!(1));
        }
        Rule::Negative if holds => drop(object.insert(name.to_owned(), json!(-1))),
        _ => {}
    }
}

fn tie(object: &mut Map<String, Value>, check: Check) {
    match check {
        Check::TotalOf { total, list, member } => {
            let entries = entries(object, list).iter_mut();
            let sum: i64 = entries
                .map(|entry| {
                    // A line outweighs the discount of 1 that can follow it.
                    let amount = entry[member].as_i64().filter(|amount| *amount != 0).unwrap_or(1) % MOST;
                    entry[member] = json!(amount);
                    amount
                })
                .sum();
            object.insert(total.to_owned(), json!(sum));
        }
        Check::WithinTotalOf { total, list, member } => {
            let most = object[total].clone();
            entries(object, list)[0][member] = most;
        }
        Check::AnyOf { fields: [first, ..], .. } => {
            object.entry(*first).or_insert(json!("1"));
        }
        Check::StartsWith { field, prefix } => {
            let rest = object[field].as_str().unwrap_or_default().chars().skip(prefix.len());
            let text: String = prefix.chars().chain(rest).collect();
            object.insert(field.to_owned(), text.into());
        }
        _ => {}
    }
}

fn entries<'a>(object: &'a mut Map<String, Value>, list: &str) -> &'a mut [Value] {
    object.get_mut(list).and_then(Value::as_array_mut).map_or(&mut [], Vec::as_mut_slice)
}

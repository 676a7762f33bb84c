//! The registry of error codes as a table in TypeScript.

use super::MARK;
use fapiao::Code;
use serde_json::json;
use std::fmt::Write;

/// The module `codes.ts`.
pub(super) fn table() -> String {
    let mut text = format!(
        "// {MARK}\n\n/** Every error code with its fault, its official page, and its help in English and Chinese. */\n\
         export const CODES: readonly (readonly [code: string, fault: string, page: string, help: string, help_zh: string])[] = [\n"
    );
    for code in Code::ALL {
        let row = json!([code.as_str(), code.fault().as_str(), code.page(), code.help(), code.help_zh()]);
        // Writing into a String cannot fail.
        let _ = writeln!(text, "  {row},");
    }
    text + "];\n"
}

//! The report for continuous integration: `JUnit` XML, a test case a sample and a rule.

use std::collections::BTreeSet;

use dehusk::ledger::RuleName;
use dehusk::samples::{Checked, Run, State};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::text;

pub(super) fn report(run: &Run) -> anyhow::Result<String> {
    let mut report = Report::new("dehusk test");
    let mut samples = TestSuite::new("samples");
    samples.add_test_cases(run.samples.iter().map(of_sample));
    let mut rules = TestSuite::new("rules");
    rules.add_test_cases(run.parts.iter().map(|part| {
        let status = if part.state == State::Needed {
            TestCaseStatus::success()
        } else {
            failure("unneeded", text::unneeded(part), "")
        };
        TestCase::new(part.name.clone(), status)
    }));
    report.add_test_suites([samples, rules]);
    if let Some(checked) = &run.cases {
        let mut cases = TestSuite::new("cases of packs");
        let told = checked.problems.iter().enumerate().map(|(at, problem)| {
            let status = failure("case", &problem.message, &problem.render(false));
            TestCase::new(format!("problem {}", at + 1), status)
        });
        cases.add_test_cases(told);
        for (rules, message) in [(&checked.never_fire, text::NEVER_FIRES), (&checked.never_spare, text::NEVER_SPARES)] {
            let of_rule = |rule: &RuleName| TestCase::new(rule.to_string(), failure("case", message, ""));
            cases.add_test_cases(rules.iter().map(of_rule));
        }
        if checked.passed() {
            cases.add_test_case(TestCase::new("all cases", TestCaseStatus::success()));
        }
        report.add_test_suites([cases]);
    }
    Ok(report.to_string()?)
}

fn of_sample(one: &Checked) -> TestCase {
    let mut status = TestCaseStatus::success();
    if !one.passed() {
        let checks: BTreeSet<_> = one.failures.iter().map(|failure| failure.check.name()).collect();
        let kind = checks.into_iter().collect::<Vec<_>>().join(", ");
        // Without the colours, which mean nothing there.
        let all = anstream::adapter::strip_str(&text::sample(one)).to_string();
        status = failure(&kind, &format!("not as it must be: {kind}"), &all);
    }
    TestCase::new(one.name.clone(), status)
}

fn failure(kind: &str, message: &str, all: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(kind).set_message(message);
    if !all.is_empty() {
        status.set_description(all);
    }
    status
}

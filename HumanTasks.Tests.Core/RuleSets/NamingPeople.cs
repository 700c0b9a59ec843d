using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.RuleSets;

/// <summary>Wherever an action names a person, what its author writes is exactly one address.</summary>
public sealed class NamingPeople
{
    private const string Task = """ "type": "humanTask", "title": "t", "form": { "fields": [{ "name": "a", "type": "text" }] } """;
    private const string Agent = """ "type": "agent", "instructions": "i" """;

    private static readonly RuleSetLimits Limits = new(TimeSpan.FromHours(720), HumanTasks: true);

    public static TheoryData<string, string> Places { get; } = new()
    {
        { $$"""{ {{Task}}, "assignee": "WHO" }""", "/assignee" },
        { $$"""{ {{Task}}, "assignees": "WHO" }""", "/assignees" },
        { $$"""{ {{Task}}, "assignees": ["x@example.com", "WHO"] }""", "/assignees/1" },
        { $$"""{ {{Task}}, "candidates": ["WHO", "x@example.com"] }""", "/candidates/0" },
        { $$"""{ {{Task}}, "assignee": "x@example.com", "delegateTo": ["@example.com", "WHO"] }""", "/delegateTo/1" },
        { $$"""{ {{Task}}, "assignee": "x@example.com", "notifyOutcome": "WHO" }""", "/notifyOutcome" },
        { $$"""{ {{Task}}, "assignee": "x@example.com", "notifyOutcome": ["WHO"] }""", "/notifyOutcome/0" },
        { $$"""{ {{Task}}, "assignee": "x@example.com", "dueInHours": 1, "escalate": { "afterHours": 1, "to": "WHO" } }""", "/escalate/to" },
        { $$"""{ {{Task}}, "assignee": "x@example.com", "dueInHours": 1, "escalate": [{ "afterHours": 1, "inform": ["WHO"] }] }""", "/escalate/0/inform/0" },
        { $$"""{ {{Agent}}, "assignee": "WHO" }""", "/assignee" },
        { $$"""{ {{Agent}}, "assignee": "x@example.com", "assignees": ["@example.com", "WHO"] }""", "/assignees/1" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void What_is_no_single_address_is_refused_where_it_stands(string action, string pointer)
    {
        foreach (var who in (string[])
        [
            "", " ", "bob", "Bob <bob@example.com>", "a@example.com; b@example.com", "a@example.com,b@example.com",
            "ann@example..com", "ann@example.com\\r\\nBcc: b@example.com", "ａnn@example.com", "\\\"ann\\\"@example.com",
        ])
        {
            var problem = Assert.Single(ProblemsOf(action, who));
            Assert.Equal(($"/actions/0{pointer}", false), (problem.Pointer, problem.Shape));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void One_address_and_a_template_are_accepted(string action, string pointer)
    {
        Assert.StartsWith("/", pointer, StringComparison.Ordinal);
        foreach (var who in (string[])["ann@example.com", " Ann@BÜCHER.example\\u00a0", "owner@localhost", "{{who}}", "{{who}}@example.com"])
        {
            Assert.Empty(ProblemsOf(action, who));
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_stored_definition_is_read_whomever_it_names(string action, string pointer)
    {
        Assert.StartsWith("/", pointer, StringComparison.Ordinal);
        foreach (var who in (string[])["bob", "Bob <bob@example.com>", "a@example.com; b@example.com", ""])
        {
            var stored = Json.Element($$"""{ "actions": [{{action.Replace("WHO", who, StringComparison.Ordinal)}}] }""");
            if (who.Length > 0 || !pointer.EndsWith("assignee", StringComparison.Ordinal))
            {
                Assert.Single(RuleSet.Load("x", 1, stored).Actions);
            }
        }
    }

    [Fact]
    public void The_same_person_twice_is_one_for_need()
    {
        var problems = ProblemsOf($$"""{ {{Task}}, "assignees": ["ann@example.com", " ANN@example.com"], "need": 2 }""", "");

        Assert.Equal("/actions/0/need", Assert.Single(problems).Pointer);
    }

    [Fact]
    public void A_domain_is_no_assignee() =>
        Assert.Equal("/actions/0/assignee", Assert.Single(ProblemsOf($$"""{ {{Task}}, "assignee": "@example.com" }""", "")).Pointer);

    private static Problems ProblemsOf(string action, string who)
    {
        var problems = new Problems();
        RuleSetReader.Read(Json.Element($$"""{ "actions": [{{action.Replace("WHO", who, StringComparison.Ordinal)}}] }"""), problems, Limits);
        return problems;
    }
}

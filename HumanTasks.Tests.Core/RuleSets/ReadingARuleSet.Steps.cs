using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.RuleSets;

public sealed partial class ReadingARuleSet
{
    private static void AssertFine(bool fine, string member, string value)
    {
        string[] expected = fine ? [] : [$"/actions/0/{member}"];

        Assert.Equal(expected, ProblemsOf(
            $$"""{ "type": "humanIntervention", "title": "t", "form": {{Form}}, "continuation": { "ruleSet": "x" }, "{{member}}": {{value}} }"""));
    }

    private static string Intervention(string key) =>
        $$"""{ "type": "humanIntervention", "title": "t", "form": {{Form}}, "continuation": { "ruleSet": "x" }, "linkContextKey": "{{key}}" }""";

    private static IReadOnlyList<RuleAction> ReadActions(params string[] actions) =>
        Read($$"""{ "actions": [{{string.Join(',', actions)}}] }""");

    private static IEnumerable<string> ProblemsOf(params string[] actions) =>
        Problems($$"""{ "actions": [{{string.Join(',', actions)}}] }""").Select(problem => problem.Pointer);

    private static IReadOnlyList<RuleAction> Read(string document)
    {
        var problems = new Problems();
        var actions = RuleSetReader.Read(Json.Element(document), problems, Limits);
        Assert.Empty(problems);
        return actions!;
    }

    private static Problems Problems(string document)
    {
        var problems = new Problems();
        var actions = RuleSetReader.Read(Json.Element(document), problems, Limits);
        Assert.Equal(problems.Count == 0, actions is not null);
        Assert.All(problems, problem => Assert.EndsWith(".", problem.Message, StringComparison.Ordinal));
        return problems;
    }

    private const string Example =
        """
        {
          "name": "invoice-approval",
          "actions": [
            { "type": "email", "name": "ask", "to": "{{approver}}", "subject": "Invoice {{invoice.number}}", "body": "Please decide: {{approvalLink}}" },
            { "type": "humanIntervention", "name": "approve",
              "title": "Approve invoice {{invoice.number}}",
              "description": "**{{invoice.supplier}}** asks for {{invoice.amount}} EUR.",
              "form": {
                "fields": [
                  { "name": "decision", "type": "choice", "label": "Decision", "required": true, "display": "radio",
                    "options": [ { "value": "approve", "label": "Approve" }, { "value": "reject", "label": "Reject" } ] },
                  { "name": "amount", "type": "number", "label": "Amount", "min": 0, "value": "{{invoice.amount}}" },
                  { "name": "reason", "type": "text", "multiline": true, "label": "Reason", "required": true,
                    "visibleWhen": { "field": "decision", "equals": "reject" } },
                  { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf", "image/*"], "maxBytes": 10485760 }
                ],
                "submitLabel": "Send decision"
              },
              "continuation": { "ruleSet": "invoice-decided" },
              "linkExpirationHours": 24, "maxUses": 1, "linkContextKey": "approvalLink" }
          ]
        }
        """;
}

using System.Globalization;
using HumanTasks.Bench.Http;

namespace HumanTasks.Bench.Load;

/// <summary>The requests to the host: five fields, their input, and the rule set of the continuation.</summary>
internal static class Journey
{
    public const string RuleSet = "bench-decided";

    public const string RuleSetBody = $$$"""
        {"name":"{{{RuleSet}}}","actions":[
        {"type":"set","name":"decide","values":{"decided":"{{amount}}"}},
        {"type":"end","name":"done","status":"completed"}]}
        """;

    private const string Create = $$$"""
        {"title":"Approve invoice {{{PreparedRequest.Number}}}","description":"**Contoso** asks for a decision.",
        "context":{"invoice":{"number":{{{PreparedRequest.Number}}},"supplier":"Contoso","total":1280.5}},
        "form":{"fields":[
        {"name":"note","type":"text","label":"Note","required":true},
        {"name":"amount","type":"number","label":"Amount","min":0,"required":true},
        {"name":"decision","type":"choice","label":"Decision","required":true,
        "options":[{"value":"approve","label":"Approve"},{"value":"reject","label":"Reject"}]},
        {"name":"urgent","type":"boolean","label":"Urgent"},
        {"name":"dueOn","type":"date","label":"Due on"}]},
        "continuation":{"ruleSet":"{{{RuleSet}}}"},"linkExpirationHours":12}
        """;

    private const string Submit = $$$"""
        {"values":{"note":"Seen","amount":{{{PreparedRequest.Number}}},"decision":"approve","urgent":true,
        "dueOn":"2031-05-17"}}
        """;

    /// <summary>The lifetime of a link of <see cref="BriefRequest"/>.</summary>
    public static readonly TimeSpan BriefLife = TimeSpan.FromSeconds(45);

    private static string Brief => Create.Replace(
        "\"linkExpirationHours\":12",
        string.Create(CultureInfo.InvariantCulture, $"\"linkExpirationHours\":{BriefLife.TotalHours}"),
        StringComparison.Ordinal);

    private const string Hole = "???";

    private const string Assign = $$$"""
        {"assignee":"person{{{Hole}}}@example.com","notify":false,"title":"Look at invoice {{{PreparedRequest.Number}}}",
        "dueInHours":1.{{{PreparedRequest.Number}}},"expiresInHours":2.{{{PreparedRequest.Number}}},
        "form":{"fields":[{"name":"note","type":"text","label":"Note","required":true}]}}
        """;

    public static PreparedRequest CreateRequest(Target target) => new(
        "POST /api/interventions HTTP/1.1\r\n", $"{target.Headers}{target.Authorization}{Target.Json(Create)}");

    public static PreparedRequest AssignRequest(Target target)
    {
        var parts = $"POST /api/tasks HTTP/1.1\r\n{target.Headers}{target.Authorization}{Target.Json(Assign)}".Split(Hole);
        return new PreparedRequest(parts[0], parts[1]);
    }

    public static PreparedRequest BriefRequest(Target target) => new(
        "POST /api/interventions HTTP/1.1\r\n", $"{target.Headers}{target.Authorization}{Target.Json(Brief)}");

    public static PreparedRequest SubmitRequest(Target target) => new(
        "POST ", $" HTTP/1.1\r\n{target.Headers}{Target.Json(Submit)}");

    public static PreparedRequest AwaitRequest(Target target) => new(
        "GET /api/runs/", $" HTTP/1.1\r\n{target.Headers}{target.Authorization}Prefer: wait=30\r\n\r\n");
}

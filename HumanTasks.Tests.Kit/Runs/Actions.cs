namespace HumanTasks.Tests.Runs;

/// <summary>Actions that several specifications use.</summary>
internal static class Actions
{
    public const string Form = """{ "fields": [{ "name": "answer", "type": "text", "label": "Answer", "required": true }] }""";

    public const string Done = """[{ "type": "end", "output": "{{answer}}" }]""";

    public static string Ask(int maxUses = 1, string hours = "1", string more = "") => $$"""
        { "type": "humanIntervention", "name": "ask", "title": "Please answer", "form": {{Form}},
          "continuation": { "ruleSet": "done" }, "linkExpirationHours": {{hours}}, "maxUses": {{maxUses}},
          "linkContextKey": "link"{{more}} }
        """;

    public static string Assign(string more = "") => $$"""
        { "type": "humanTask", "name": "check", "title": "Please check", "assignee": "ada@example.com", "form": {{Form}}{{more}} }
        """;
}

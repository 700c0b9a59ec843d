using System.Text.RegularExpressions;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Studio;

public partial class BehindAnIsolatedLink
{
    private async Task<(Asked Asked, string Who)> AskAsync(string? who = null, string more = "")
    {
        who ??= $"{Steps.Unique("who")}@example.com";
        var reply = (await Api.PostAsync("/api/tasks", $$"""
            { {{more}} "title": "Approve invoice {{"{{invoice.number}}"}}", "assignee": "{{who}}", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}} }
            """)).Is(201);
        return (Steps.Asked(reply), who);
    }

    /// <summary>The mails to an address that are no codes, newest first, once there are as many.</summary>
    private async Task<IReadOnlyList<System.Text.Json.Nodes.JsonNode>> MailsAsync(string who, int count = 1)
    {
        IEnumerable<System.Text.Json.Nodes.JsonNode> Of(Reply outbox) => outbox["/items"]!.AsArray().OfType<System.Text.Json.Nodes.JsonNode>()
            .Where(mail => mail.Text("/to/0") == who && !mail.Text("/subject").StartsWith("Your code", StringComparison.Ordinal));
        return [.. Of(await Steps.UntilAsync(() => Anybody.GetAsync("/dev/mail"), outbox => Of(outbox).Count() >= count))];
    }

    private static string LinkIn(System.Text.Json.Nodes.JsonNode mail) =>
        new Uri(LinkPattern().Match(mail.Text("/text")).Value).PathAndQuery;

    /// <summary>Emails are sent behind the answer of the request that made the task.</summary>
    private Task MailedAsync(Asked asked) =>
        Steps.UntilAsync(() => Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline"), reply => reply.Body.Contains("\"mailed\"", StringComparison.Ordinal));

    private async Task<string[]> KindsAsync(Asked asked) =>
        [.. (await Api.GetAsync($"/api/tasks/{asked.TaskId}/timeline")).Is(200)["/items"]!.AsArray().Select(item => item!["kind"]!.GetValue<string>())];

    private Task<Reply> VerifyAsync(Asked asked, string code) => VerifyPathAsync(asked.Path, code);

    private Task<Reply> VerifyPathAsync(string path, string code) => Anybody.PostAsync($"{path}/verify", $$"""{ "code": "{{code}}" }""");

    private Task<Reply> PageAsync(string path) => Anybody.GetAsync(path, ("Accept", "text/html"));

    private static string Wrong(string code) => code == "111111" ? "222222" : "111111";

    /// <summary>A page without what differs by chance: tokens and addresses.</summary>
    private static string Shape(string html) => TokenPattern().Replace(html, "…");

    [GeneratedRegex(@"http://\S+/task/\S+")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("""CfDJ8[\w-]+|/task/[\w-]+|\w(•|&#x2022;){3}@[\w.-]+""")]
    private static partial Regex TokenPattern();
}

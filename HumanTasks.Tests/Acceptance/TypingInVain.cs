using System.Net;
using System.Text;
using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A task is over while somebody fills in its form: they read why, and what they typed is on the page to be copied.</summary>
public class TypingInVain(Deployment deployment) : AcceptanceTest(deployment), IDisposable
{
    private const string Form = """
        {
          "pages": [
            { "title": "First", "fields": [
              { "name": "why", "type": "text", "multiline": true, "label": "Why <now>", "required": true },
              { "name": "amount", "type": "number", "label": "Amount" },
              { "name": "day", "type": "date", "label": "Day" },
              { "name": "sure", "type": "boolean", "label": "Sure" } ] },
            { "title": "Second", "fields": [
              { "name": "colour", "type": "choice", "label": "Colour", "options": [{ "value": "r", "label": "Deep red" }, { "value": "g", "label": "Secret green" }] },
              { "name": "lines", "type": "table", "label": "Lines", "fields": [
                { "name": "item", "type": "text", "label": "Item" },
                { "name": "unit", "type": "choice", "label": "Unit", "options": [{ "value": "kg", "label": "Kilograms" }] } ] },
              { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf"] } ] }
          ]
        }
        """;

    private const string Typed = "line one\nline <script>alert(1)</script> two";

    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nfor a test\n%%EOF\n");

    private Visitor Person => field ??= new Visitor(Address);

    [Theory]
    [InlineData("cancelled", "link-expired", "Link has expired", "This task was cancelled.")]
    [InlineData("run cancelled", "link-expired", "Link has expired", "This task was cancelled.")]
    [InlineData("expired", "link-expired", "Link has expired", "The time to respond is over.")]
    [InlineData("link replaced", "link-expired", "Link has expired", "This link was replaced by a newer one.")]
    [InlineData("answered by a program", "link-used-up", "Already used the maximum number of times", "Someone else has already responded to this task.")]
    [InlineData("answered by the link", "link-used-up", "Already used the maximum number of times", "This link was already used.")]
    public async Task A_public_link_that_dies_leaves_what_was_typed(string end, string slug, string heading, string why)
    {
        var asked = await Api.InterveneAsync(end == "expired" ? "\"linkExpirationHours\": 0.0012," : "", Form);
        var page = await SecondPageAsync(asked.Path);
        await EndAsync(asked, end);

        foreach (var refused in new[] { await Person.SendAsync(page), await Person.SaveAsync(page) })
        {
            refused.Is(410);
            Assert.Equal(heading, refused.Heading);
            Assert.Contains(why, refused.Text, StringComparison.Ordinal);
            ShowsAll(refused);
        }

        var seen = await Person.OpenAsync(asked.Path);
        Assert.DoesNotContain("What you typed", seen.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Colour", seen.Text, StringComparison.Ordinal);
        var refusal = (await Anybody.SubmitAsync(asked.Path, "{}")).IsProblem(410, slug);
        Assert.StartsWith(why, refusal.Text("/detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Colour", refusal.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cancelled", 410, "This task was cancelled.")]
    [InlineData("expired", 410, "The time to respond is over.")]
    [InlineData("reassigned", 410, "This task was reassigned to someone else")]
    [InlineData("link replaced", 410, "This link was replaced by a newer one.")]
    [InlineData("answered by a program", 410, "Someone else has already responded to this task.")]
    [InlineData("session over", 401, "")]
    public async Task An_isolated_link_that_dies_leaves_what_was_typed(string end, int status, string why)
    {
        var asked = await Api.AssignAsync(end == "expired" ? "\"expiresInHours\": 0.0018," : "", Form);
        var (_, session) = await Anybody.VerifyAsync(asked);
        Person.Cookies.Add(Address, new Cookie("ht-task", session["ht-task=".Length..], asked.Path));
        var page = await SecondPageAsync(asked.Path);
        if (end == "session over")
        {
            Person.Cookies.Add(Address, new Cookie("ht-task", "over", asked.Path));
        }

        await EndAsync(asked, end);
        foreach (var refused in new[] { await Person.SendAsync(page), await Person.SaveAsync(page) })
        {
            refused.Is(status);
            Assert.Contains(why, refused.Text, StringComparison.Ordinal);
            ShowsAll(refused);
        }
    }

    [Fact]
    public async Task A_candidate_who_was_not_quick_enough_reads_what_they_typed()
    {
        var name = Steps.Unique("c");
        var (ann, bob) = ($"ann-{name}@example.com", $"bob-{name}@example.com");
        var made = (await Api.PostAsync("/api/tasks", $$"""{ "title": "T", "candidates": ["{{ann}}", "{{bob}}"], "form": {{Form}} }""")).Is(201);
        var asked = new Asked(made.Text("/taskId"), made.Text("/runId"), made.Text("/correlationId"), (string)made["/links"]!.AsObject()[bob]!);
        var (_, session) = await Anybody.VerifyAsync(asked, bob);
        Person.Cookies.Add(Address, new Cookie("ht-task", session["ht-task=".Length..], asked.Path));
        var page = await SecondPageAsync(asked.Path);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/claim", $$"""{ "by": "{{ann}}" }""")).Is(204);

        var refused = (await Person.SendAsync(page)).Is(409);

        Assert.Contains("Someone else claimed this task", refused.Text, StringComparison.Ordinal);
        ShowsAll(refused);
    }

    [Fact]
    public async Task A_stranger_reads_nothing_but_what_they_sent_themselves()
    {
        var asked = await Api.AssignAsync(form: Form);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/link")).Is(200);

        var refused = (await Person.PostAsync(asked.Path, (string?)null, ("colour", "g"), ("why", "<b>x</b>"), ("_round", "1"), ("_shown", "00000000forged"))).Is(410);

        Assert.Contains("&lt;b&gt;x&lt;/b&gt;", refused.Reply.Body, StringComparison.Ordinal);
        foreach (var secret in new[] { "Secret green", "Colour", "Why", "Lines", "invoice" })
        {
            Assert.DoesNotContain(secret, refused.Reply.Body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_that_was_sent_in_vain_is_stored()
    {
        var asked = await Api.InterveneAsync(form: Form);
        var page = await SecondPageAsync(asked.Path);
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", "{}")).Is(204);

        (await Person.SaveAsync(page)).Is(410);

        var task = await Api.TaskAsync(asked.TaskId);
        Assert.Empty(task["/responses"]!.AsArray());
        Assert.DoesNotContain("line one", task.Body, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Person.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task<Page> SecondPageAsync(string path)
    {
        var first = (await Person.OpenAsync(path)).Is(200).Fill("why", Typed).Fill("amount", "12.5").Fill("day", "2026-12-01").Fill("sure", "true");
        var page = await GoOnAsync(first);
        return page.Fill("colour", "r").Fill("lines.0.item", "Paper").Fill("lines.0.unit", "kg").Choose("receipt", "Beleg.pdf", Pdf);
    }

    private async Task<Page> GoOnAsync(Page page)
    {
        var input = page.Document.CreateElement("input");
        input.SetAttribute("type", "hidden");
        input.SetAttribute("name", "_go");
        input.SetAttribute("value", "next");
        page.Form.AppendChild(input);
        return (await Person.SendAsync(page)).Is(200);
    }

    private async Task EndAsync(Asked asked, string end)
    {
        var task = $"/api/tasks/{asked.TaskId}";
        switch (end)
        {
            case "cancelled":
                (await Api.PostAsync($"{task}/cancel", """{ "reason": "private" }""")).Is(204);
                break;
            case "run cancelled":
                (await Api.PostAsync($"/api/runs/{asked.RunId}/cancel", """{ "reason": "private" }""")).Is(204);
                break;
            case "expired":
                await Api.RunOverAsync(asked.RunId, "expired");
                break;
            case "link replaced":
                (await Api.PostAsync($"{task}/link")).Is(200);
                break;
            case "reassigned":
                (await Api.PostAsync($"{task}/reassign", """{ "assignee": "eve@example.com" }""")).Is(204);
                break;
            case "answered by a program":
                (await Api.PostAsync($"{task}/responses", """{ "values": { "why": "quicker" } }""")).Is(200);
                break;
            case "answered by the link":
                (await Anybody.SubmitAsync(asked.Path, """{ "why": "quicker" }""")).Is(200);
                break;
            default:
                break;
        }
    }

    private static void ShowsAll(Page refused)
    {
        var typed = refused.Document.QuerySelectorAll(".unsent dt").Select(label => label.TextContent)
            .Zip(refused.Document.QuerySelectorAll(".unsent dd").Select(value => value.TextContent.ReplaceLineEndings("\n"))).ToArray();
        Assert.Equal(
            [
                ("Why <now>", Typed), ("Amount", "12.5"), ("Day", "1 December 2026"), ("Sure", "Yes"), ("Colour", "Deep red"),
                ("Lines", "1. Item: Paper; Unit: Kilograms"), ("Receipt", "Beleg.pdf (not kept)"),
            ],
            typed);
        Assert.Empty(refused.Document.QuerySelectorAll("main script"));
        Assert.DoesNotContain("private", refused.Text, StringComparison.Ordinal);
    }
}

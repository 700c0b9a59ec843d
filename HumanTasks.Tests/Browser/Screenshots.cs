using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Pictures of every page, at phone and desk width, light and dark, into the folder that HUMANTASKS_SCREENSHOTS names.</summary>
public sealed class Screenshots : IClassFixture<StudioHost>, IClassFixture<Chromium>
{
    private const string Form = """
        {
          "fields": [
            { "name": "decision", "type": "choice", "label": "Decision", "required": true, "display": "radio",
              "options": [{ "value": "approve", "label": "Approve" }, { "value": "reject", "label": "Reject" }] },
            { "name": "amount", "type": "number", "label": "Amount to pay", "min": 0, "value": "{{invoice.amount}}" },
            { "name": "reason", "type": "text", "multiline": true, "label": "Reason", "help": "One sentence is enough." },
            { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf", "image/*"] }
          ],
          "submitLabel": "Send decision"
        }
        """;

    private const string Context = """
        "context": { "invoice": { "number": "R-2026-117", "supplier": "Meyer & Söhne", "amount": 1200.5, "dueDate": "2026-12-15",
          "lines": [ { "article": "Oak board", "pieces": 12, "price": 75.5 }, { "article": "Brass hinge", "pieces": 40, "price": 7.4 } ] } },
        """;

    private const string Paged = """
        { "pages": [
            { "title": { "en": "The order", "de": "Die Bestellung", "ar": "الطلب", "ja": "注文" }, "fields": [
                { "name": "lines", "type": "table", "minRows": 1, "maxRows": 9, "label": { "en": "Items", "de": "Posten", "ar": "البنود", "ja": "品目" }, "value": "{{invoice.lines}}", "fields": [
                    { "name": "article", "type": "text", "required": true, "label": { "en": "Article", "de": "Artikel", "ar": "الصنف", "ja": "品名" } },
                    { "name": "pieces", "type": "integer", "min": 1, "label": { "en": "Pieces", "de": "Stück", "ar": "القطع", "ja": "数量" } },
                    { "name": "price", "type": "number", "label": { "en": "Price in EUR", "de": "Preis in EUR", "ar": "السعر باليورو", "ja": "単価 (EUR)" } }] }] },
            { "title": { "en": "Your consent", "de": "Ihre Zustimmung", "ar": "موافقتك", "ja": "同意" }, "fields": [
                { "name": "sign", "type": "signature", "required": true, "label": { "en": "Your name", "de": "Ihr Name", "ar": "اسمك", "ja": "お名前" },
                  "consent": { "en": "I agree to this order.", "de": "Ich stimme dieser Bestellung zu.", "ar": "أوافق على هذا الطلب.", "ja": "この注文に同意します。" } }] }] }
        """;

    private readonly StudioHost host;
    private readonly Chromium chromium;
    private string folder = "";

    public Screenshots(StudioHost host, Chromium chromium) => (this.host, this.chromium) = (host, chromium);

    private static string? Wanted => Environment.GetEnvironmentVariable("HUMANTASKS_SCREENSHOTS");

    [ScreenshotFact]
    public async Task Of_every_page()
    {
        folder = Directory.CreateDirectory(Wanted!).FullName;
        var pages = await FillAsync();
        foreach (var (width, height) in ((int, int)[])[(390, 844), (1280, 800)])
        {
            foreach (var colours in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await using var context = await chromium.AtAsync(width, height, colours);
                await context.AddCookiesAsync([Cookie((await host.AsAsync("owner")).Session, "/")]);
                await using var stranger = await chromium.AtAsync(width, height, colours);
                foreach (var (name, path, cookie, act) in pages)
                {
                    var tab = await (cookie is null && path.StartsWith("/studio", StringComparison.Ordinal) && !path.Contains("sign-in", StringComparison.Ordinal) ? context : stranger).NewPageAsync();
                    if (cookie is not null)
                    {
                        await stranger.AddCookiesAsync([Cookie(cookie, path)]);
                    }

                    await tab.GotoAsync(new Uri(host.Address, path).ToString());
                    if (act is not null)
                    {
                        await act(tab);
                    }

                    await Task.Delay(150); // what scripts bring
                    var whole = await tab.EvaluateAsync<int>("document.documentElement.scrollHeight");
                    await tab.SetViewportSizeAsync(width, Math.Max(height, whole)); // a bar that sticks to the screen stands where it ends
                    await tab.ScreenshotAsync(new PageScreenshotOptions
                    {
                        Path = Path.Combine(folder, $"{name}-{width}-{(colours == ColorScheme.Dark ? "dark" : "light")}.png"),
                        FullPage = true,
                    });
                    await tab.CloseAsync();
                }
            }
        }
    }

    private async Task<IReadOnlyList<(string Name, string Path, string? Cookie, Func<IPage, Task>? Act)>> FillAsync()
    {
        var editor = await host.AsAsync("editor");
        var decided = await host.Api.SaveAsync(Steps.DecidedActions, "invoice-decided");
        var failing = await host.Api.SaveAsync(
            """
            [{ "type": "set", "name": "note", "values": { "customer": { "name": "Ada", "iban": "DE02 1203 0000" }, "tags": ["new", "eu"] } },
             { "type": "http", "name": "book", "method": "POST", "url": "http://127.0.0.1:9/ledger", "saveAs": "ledger" }]
            """,
            "book-invoice");
        var flow = Steps.Unique("approve-invoice");
        var definition = $$"""
            { "secrets": ["customer.iban"], "actions": [
              { "type": "set", "name": "note", "values": { "checked": true } },
              { "type": "humanTask", "name": "approve", "title": "Approve invoice {{"{{invoice.number}}"}}", "assignee": "ada@example.com", "show": ["invoice"],
                "dueInHours": 8, "form": {{Form}}, "continuation": { "ruleSet": "{{decided}}" } },
              { "type": "end", "name": "done", "output": "{{"{{approve.values?}}"}}" } ] }
            """;
        (await host.Api.PutAsync($"/api/rule-sets/{flow}", definition)).Is(201);
        (await editor.SendAsync(HttpMethod.Put, $"/api/rule-sets/{flow}", definition.Replace("\"dueInHours\": 8", "\"dueInHours\": 24", StringComparison.Ordinal))).Is(200);
        Asked waiting = null!;
        foreach (var (title, who, due) in ((string, string, double)[])
            [("Approve invoice R-2026-098", "ada@example.com", 0.0001), ("Which supplier is right?", "owner@example.com", 4), ("Check the delivery note of Meyer & Söhne", "kim@example.com", 48), ("Approve invoice R-2026-117", "ada@example.com", 24)])
        {
            waiting = Steps.Asked((await host.Api.PostAsync("/api/tasks", $$"""
                { {{Context}} "title": "{{title}}", "description": "**Meyer & Söhne** asks for 1,200.50 EUR. Please compare with the order.", "show": ["invoice"],
                  "assignee": "{{who}}", "form": {{Form}}, "dueInHours": {{due.ToString(System.Globalization.CultureInfo.InvariantCulture)}}, "allowReject": true }
                """)).Is(201));
        }

        var intervention = await host.Api.InterveneAsync("\"show\": [\"invoice\"],", Form, decided);
        var shown = await host.Api.InterveneAsync("\"show\": [\"invoice\"],", Form, decided);
        var done = await host.Api.AssignAsync(form: Form);
        (await editor.PostAsync($"/api/tasks/{done.TaskId}/responses", """{ "values": { "decision": "approve", "amount": 1200.5 } }""")).Is(200);
        var cancelled = await host.Api.AssignAsync(form: Form);
        (await editor.PostAsync($"/api/tasks/{cancelled.TaskId}/cancel", """{ "reason": "Ordered twice" }""")).Is(204);
        (await editor.PostAsync($"/api/tasks/{waiting.TaskId}/comments", """{ "text": "The order says 1,150. I asked purchasing." }""")).Is(201);
        (await editor.PostAsync($"/api/tasks/{waiting.TaskId}/remind")).Is(204);
        var expired = Steps.Asked((await host.Api.PostAsync("/api/tasks", $$"""
            { "title": "Too late", "assignee": "ada@example.com", "form": {{Form}}, "context": { "invoice": { "amount": 1 } }, "expiresInHours": 0.0001 }
            """)).Is(201));
        var failed = (await host.Api.StartAsync(failing)).Text("/runId");
        var paused = (await host.Api.StartAsync(flow, $"{{ {Context.Trim().TrimEnd(',')}, \"correlationId\": \"case-117\" }}".Replace("\"lines\"", "\"rows\"", StringComparison.Ordinal))).Text("/runId");
        var task = (await host.Api.ListAsync($"/api/tasks?runId={paused}"))[0].Text("/id");
        (await editor.PostAsync($"/api/tasks/{task}/responses", """{ "values": { "decision": "approve", "amount": 1100 } }""")).Is(200);
        await host.Api.RunOverAsync(expired.RunId, "expired");
        await host.Anybody.GetAsync(waiting.Path);
        var session = (await host.Anybody.VerifyAsync(waiting)).Value;
        var asks = Steps.Asked((await host.Api.PostAsync("/api/tasks", $$"""{ "title": "Ask for a code", "assignee": "ada@example.com", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}} }""")).Is(201));
        var sent = Steps.Asked((await host.Api.PostAsync("/api/tasks", $$"""{ "title": "Type the code", "assignee": "ada@example.com", "form": {{Steps.DecisionForm}}, "context": {{Steps.InvoiceContext}} }""")).Is(201));
        await host.Anybody.PostAsync($"{sent.Path}/code");
        var accepted = (await host.Anybody.SubmitAsync(shown.Path, """{ "decision": "approve", "amount": 1100 }""")).Is(200);
        var several = (await host.Api.PostAsync("/api/tasks", $$"""
            { {{Context}} "title": "Approve the order of new desks", "assignees": ["ada@example.com", "kim@example.com", "lee@example.com"], "need": 2,
              "delegateTo": ["@example.com"], "form": {{Form}}, "dueInHours": 24, "expiresInHours": 72, "allowReject": true }
            """)).Is(201).Text("/taskId");
        (await host.Api.PostAsync($"/api/tasks/{several}/responses", """{ "by": "kim@example.com", "values": { "decision": "approve", "amount": 1200.5 } }""")).Is(200);
        var paged = Steps.Asked((await host.Api.PostAsync("/api/interventions", $$"""
            { {{Context}} "title": { "en": "Check the order", "de": "Bestellung prüfen", "ar": "راجع الطلب", "ja": "注文の確認" }, "form": {{Paged}},
              "continuation": { "ruleSet": "{{decided}}" }, "linkExpirationHours": 24 }
            """)).Is(201));
        await Steps.UntilAsync(() => host.Anybody.GetAsync("/dev/mail"), outbox => outbox.Body.Contains("Approve the order", StringComparison.Ordinal));
        var mail = System.Text.RegularExpressions.Regex.Match(
            (await host.Anybody.GetAsync("/dev/mail", ("Accept", "text/html"))).Body, "href=\"(/dev/mail/[^\"]+)\"").Groups[1].Value;
        string At(string path) => $"/studio/default/{path}";
        return
        [
            ("sign-in", "/studio/sign-in", null, null),
            ("sign-in-code", "/studio/sign-in", null, async tab =>
            {
                await tab.GetByLabel("Email address").FillAsync("nobody@example.com");
                await tab.GetByRole(AriaRole.Button, new() { Name = "Email me a code" }).ClickAsync();
            }),
            ("sign-in-link", "/studio/sign-in/link/bent", null, null),
            ("overview", At("overview"), null, null),
            ("tasks-cards", At("tasks?status=pending"), null, null),
            ("tasks-table", At("tasks?status=all&view=table"), null, tab => tab.Locator("input[name=ids]:not([disabled])").First.CheckAsync()),
            ("tasks-empty", At("tasks?status=rejected&q=nothing"), null, null),
            ("task", At($"tasks/{waiting.TaskId}"), null, null),
            ("task-several", At($"tasks/{several}"), null, null),
            ("task-completed", At($"tasks/{task}"), null, null),
            ("task-cancelled", At($"tasks/{cancelled.TaskId}"), null, null),
            ("runs", At("runs"), null, null),
            ("run", At($"runs/{paused}"), null, null),
            ("run-retrying", At($"runs/{failed}"), null, null),
            ("rule-sets", At("rule-sets"), null, null),
            ("rule-set", At($"rule-sets/{flow}"), null, null),
            ("rule-set-changes", At($"rule-sets/{flow}/changes?to=2"), null, null),
            ("rule-set-problems", At("new-rule-set"), null, async tab =>
            {
                await tab.Locator("#name").FillAsync("mine");
                await tab.Locator("#definition").FillAsync("{\n  \"actions\": [\n    { \"type\": \"email\", \"to\": \"ada@example.com\" },\n    { \"type\": \"wait\" }\n  ]\n}");
                await tab.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
            }),
            ("look", At("branding"), null, null),
            ("tasks-de", At("tasks?status=all&lang=de"), null, null),
            ("task-ar", At($"tasks/{waiting.TaskId}?lang=ar"), null, null),
            ("sessions", "/studio/sessions?lang=en", null, null),
            ("not-found", At("runs/none"), null, null),
            ("isolated-ask", asks.Path, null, null),
            ("isolated-code", sent.Path, null, null),
            ("isolated-form", waiting.Path, session, null),
            ("isolated-expired", expired.Path, null, null),
            ("review", intervention.Path, null, null),
            ("review-draft-kept", intervention.Path, null, async tab =>
            {
                await tab.GetByLabel("Reason").First.FillAsync("Looks right, but");
                await tab.GetByRole(AriaRole.Button, new() { Name = "Save and finish later" }).ClickAsync();
            }),
            ("review-draft-back", intervention.Path, null, null),
            ("review-used-up", shown.Path, null, null),
            ("receipt", $"{shown.Path}/responses/{accepted.Text("/responseId")}", null, null),
            ("receipt-print", $"{shown.Path}/responses/{accepted.Text("/responseId")}/receipt.html", null, null),
            ("review-pages", paged.Path, null, null),
            ("review-de", $"{paged.Path}?lang=de", null, null),
            ("review-ar", $"{paged.Path}?lang=ar", null, tab => tab.Locator("button.main").ClickAsync()),
            ("review-ja", $"{paged.Path}?lang=ja", null, null),
            ("review-en", $"{paged.Path}?lang=en", null, null),
            ("mail", mail, null, null),
            ("outbox", "/dev/mail", null, null),
            ("home", "/", null, null),
        ];
    }

    private Cookie Cookie(string cookie, string path)
    {
        var parts = cookie.Split('=', 2);
        return new Cookie { Name = parts[0], Value = parts[1], Domain = host.Address.Host, Path = path };
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class ScreenshotFactAttribute : FactAttribute
    {
        public ScreenshotFactAttribute() => Skip = Wanted is null ? "HUMANTASKS_SCREENSHOTS names no folder: run eng/screenshots.sh." : Chromium.SkipReason;
    }
}

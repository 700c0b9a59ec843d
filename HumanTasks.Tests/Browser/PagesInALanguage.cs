using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Studio;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Fills a host with tasks in every state, and lists the pages on which responders see them.</summary>
internal static class PagesInALanguage
{
    private const string Types = """
        { "name": "note", "type": "display", "markdown": "Order **R-2026-117** of Meyer & Söhne." },
        { "name": "name", "type": "text", "label": "Name", "required": true, "minLength": 3, "maxLength": 40 },
        { "name": "pin", "type": "text", "label": "PIN", "minLength": 1, "maxLength": 1 },
        { "name": "reason", "type": "text", "multiline": true, "label": "Reason", "maxLength": 400, "visibleWhen": { "field": "agree", "equals": true } },
        { "name": "amount", "type": "number", "label": "Amount", "min": 0.5, "max": 12500.5, "step": 0.25, "value": 1200.5 },
        { "name": "pieces", "type": "integer", "label": "Pieces", "min": 1 },
        { "name": "day", "type": "date", "label": "Day", "min": "2026-12-01", "max": "2027-02-28" },
        { "name": "hour", "type": "time", "label": "Time", "min": "08:00" },
        { "name": "moment", "type": "dateTime", "label": "Delivery", "max": "2027-03-01T12:00:00Z" },
        { "name": "mail", "type": "email", "label": "Email" },
        { "name": "page", "type": "url", "label": "Web page" },
        { "name": "agree", "type": "boolean", "label": "Agreed" },
        { "name": "decision", "type": "choice", "label": "Decision", "required": true, "options": [{ "value": "a", "label": "a" }, { "value": "b", "label": "b" }] },
        { "name": "country", "type": "choice", "label": "Country", "display": "dropdown", "options": [{ "value": "DE", "label": "DE" }, { "value": "PL", "label": "PL" }, { "value": "JP", "label": "JP" }] },
        { "name": "colours", "type": "multiChoice", "label": "Colours", "options": [{ "value": "red", "label": "Red" }, { "value": "blue", "label": "Blue" }], "required": true },
        { "name": "receipt", "type": "file", "label": "Receipt", "accept": [".pdf", "image/*", "audio/*", "video/*"] },
        { "name": "photos", "type": "file", "label": "Photos", "multiple": true, "maxFiles": 3 }
        """;

    private const string Table = """
        { "name": "lines", "type": "table", "label": "Items", "minRows": 1, "maxRows": 9, "value": "{{invoice.lines}}", "fields": [
            { "name": "article", "type": "text", "label": "Article", "required": true }, { "name": "price", "type": "number", "label": "Price" } ] }
        """;

    private const string Sign = """{ "name": "sign", "type": "signature", "label": "Your name", "required": true, "consent": "I agree to this order." }""";

    private const string Context = """
        "context": { "invoice": { "number": "R-2026-117", "supplier": "Meyer & Söhne", "amount": 1200.5, "paid": false, "note": null, "dueDate": "2026-12-15",
          "lines": [ { "article": "Oak board", "price": 75.5 }, { "article": "Brass hinge", "price": 7.4 } ] } }
        """;

    private const string Small = Steps.DecisionForm;

    /// <param name="host">Which is filled.</param>
    /// <param name="spell">How what authors and people write is spelled; as it stands here without it.</param>
    public static async Task<IReadOnlyList<PageState>> OfAsync(StudioHost host, Func<string, string>? spell = null)
    {
        spell ??= static text => text;
        var decided = await host.Api.SaveContinuationAsync();
        List<PageState> states = [.. await PublicAsync(host, decided, spell), .. await IsolatedAsync(host, spell), .. await StudioAsync(host, spell)];
        return states;
    }

    private static async Task<IReadOnlyList<PageState>> PublicAsync(StudioHost host, string decided, Func<string, string> spell)
    {
        async Task<Asked> AskAsync(string form, string more = "") => Steps.Asked((await host.Api.PostAsync("/api/interventions", spell($$"""
            { {{more}} "title": "Approve invoice {{"{{invoice.number}}"}}", "description": "**{{"{{invoice.supplier}}"}}** asks for {{"{{invoice.amount}}"}} EUR.",
              "show": ["invoice"], "form": {{form}}, {{Context}}, "continuation": { "ruleSet": "{{decided}}" }, "linkExpirationHours": 30 }
            """))).Is(201));
        const string Approve = """{ "decision": "approve" }""";
        var types = await AskAsync($$"""{ "fields": [{{Types}}] }""", "\"maxUses\": 3,");
        var paged = await AskAsync($$"""{ "pages": [{ "title": "Items", "fields": [{{Table}}] }, { "title": "Consent", "fields": [{{Sign}}] }] }""");
        var sent = await AskAsync(Small, "\"maxUses\": 2,");
        var used = await AskAsync(Small);
        var accepted = (await host.Anybody.SubmitAsync(used.Path, Approve)).Is(200).Text("/responseId");
        var expired = Steps.Asked((await host.Api.PostAsync("/api/interventions", spell($$"""
            { "title": "Too late", "form": {{Small}}, {{Context}}, "continuation": { "ruleSet": "{{decided}}" }, "linkExpirationHours": 0.00001 }
            """))).Is(201));
        var cancelled = await AskAsync(Small);
        (await host.Api.PostAsync($"/api/tasks/{cancelled.TaskId}/cancel", "{}")).Is(204);
        return
        [
            new("form", types.Path),
            new("form-errors", types.Path, Act: async tab =>
            {
                await tab.FillAsync("[name=name]", spell("x"));
                await tab.FillAsync("[name=amount]", "0");
                await tab.FillAsync("[name=pieces]", "1.5");
                await tab.FillAsync("[name=mail]", "x");
                await tab.FillAsync("[name=page]", "x");
                await tab.ClickAsync("button.main");
                await tab.WaitForSelectorAsync("#problems");
            }),
            new("pages-1", paged.Path),
            new("pages-2", paged.Path, Act: tab => tab.ClickAsync("button.main")),
            new("pages-2-errors", paged.Path, Act: async tab =>
            {
                await tab.ClickAsync("button.main");
                await tab.ClickAsync("button.main");
            }),
            new("pages-summary", paged.Path, Act: async tab =>
            {
                await tab.ClickAsync("button.main");
                await tab.FillAsync("[name=sign]", spell("Kim Lee"));
                await tab.ClickAsync("button.main");
            }),
            new("draft-saved", types.Path, Act: async tab =>
            {
                await tab.FillAsync("[name=name]", spell("Looks right, but"));
                await tab.ClickAsync("button[formaction]");
            }),
            new("draft-restored", types.Path),
            new("received", sent.Path, Act: async tab =>
            {
                await tab.CheckAsync("[name=decision][value=approve]");
                await tab.ClickAsync("button.main");
                await tab.WaitForSelectorAsync(".safe");
            }),
            new("receipt", $"{used.Path}/responses/{accepted}"),
            new("receipt-print", $"{used.Path}/responses/{accepted}/receipt.html"),
            new("used-up", used.Path),
            new("expired", expired.Path),
            new("cancelled", cancelled.Path),
            new("not-found", "/review/none"),
            new("no-cookie", sent.Path, Act: async tab =>
            {
                await tab.CheckAsync("[name=decision][value=reject]");
                await tab.Context.ClearCookiesAsync(new BrowserContextClearCookiesOptions { NameRegex = new System.Text.RegularExpressions.Regex("antiforgery") });
                await tab.ClickAsync("button.main");
            }),
            new("wrong-media", sent.Path, Act: tab => tab.EvaluateAsync(
                "() => { const form = document.createElement('form'); form.method = 'post'; form.enctype = 'text/plain'; document.body.append(form); form.submit(); }")),
        ];
    }

    private static async Task<IReadOnlyList<PageState>> IsolatedAsync(StudioHost host, Func<string, string> spell)
    {
        var adas = $"{Steps.Unique("ada")}@example.com"; // who asks for codes in many languages at one address is told to wait
        async Task<Asked> AskAsync(string more = "") => Steps.Asked((await host.Api.PostAsync("/api/tasks", spell($$"""
            { {{more}} "title": "Approve invoice R-2026-117", "form": {{Small}}, {{Context}}, "assignee": "{{adas}}", "delegateTo": ["@example.com"], "dueInHours": 8, "allowReject": true }
            """))).Is(201));
        async Task<string> CookieAsync(Asked asked) => (await host.Anybody.VerifyAsync(asked, adas)).Value;
        var asks = await AskAsync();
        var sent = await AskAsync();
        await host.Anybody.PostAsync($"{sent.Path}/code");
        var form = await AskAsync();
        var own = await AskAsync();
        var rejected = await AskAsync();
        var given = await AskAsync();
        (await host.Api.PostAsync($"/api/tasks/{given.TaskId}/reassign", spell("""{ "assignee": "kim@example.com" }"""))).Is(204);
        var expired = await AskAsync("\"expiresInHours\": 0.00001,");
        var candidates = (await host.Api.PostAsync("/api/tasks", spell($$"""
            { "title": "Approve invoice R-2026-117", "form": {{Small}}, {{Context}}, "candidates": ["{{adas}}", "kim@example.com"] }
            """))).Is(201);
        string PathOf(string who) => Steps.PathOf((string)candidates["/links"]![who]!);
        var correlation = candidates.Text("/correlationId");
        async Task<string> SeatAsync(string who) => (await host.Anybody.VerifyAsync(new Asked("", "", correlation, "https://x.example" + PathOf(who)), who)).Value;
        var (formCookie, ownCookie, rejectedCookie) = (await CookieAsync(form), await CookieAsync(own), await CookieAsync(rejected));
        var (ada, kim) = (await SeatAsync(adas), await SeatAsync("kim@example.com"));
        return
        [
            new("code-asked", asks.Path),
            new("code-sent", sent.Path),
            new("code-wrong", sent.Path, Act: async tab =>
            {
                await tab.FillAsync("#code", "000000");
                await tab.ClickAsync("button.main");
            }),
            new("code-too-soon", sent.Path, Act: tab => tab.ClickAsync("form[action$='/code'] button")),
            new("task-form", form.Path, formCookie),
            new("task-delegated-wrongly", form.Path, formCookie, async tab =>
            {
                await tab.ClickAsync("details:has(#delegate-to) summary");
                await tab.FillAsync("#delegate-to", "eve@evil.example");
                await tab.ClickAsync("form[action$='/delegate'] button");
            }),
            new("task-delegated", own.Path, ownCookie, async tab =>
            {
                await tab.ClickAsync("details:has(#delegate-to) summary");
                await tab.FillAsync("#delegate-to", "lee@example.com");
                await tab.ClickAsync("form[action$='/delegate'] button");
            }),
            new("task-declined", rejected.Path, rejectedCookie, async tab =>
            {
                await tab.ClickAsync("details:has([name=_reject]) summary");
                await tab.FillAsync("details:has([name=_reject]) textarea", spell("Ordered twice"));
                await tab.ClickAsync("[name=_reject]");
                await tab.WaitForSelectorAsync(".safe");
            }),
            new("task-handed-on", given.Path),
            new("task-expired", expired.Path),
            new("task-fresh-link", expired.Path, Act: tab => tab.ClickAsync("button.main")),
            new("candidate", PathOf(adas), ada),
            new("candidate-claimed", PathOf(adas), ada, tab => tab.ClickAsync("form[action$='/claim'] button")),
            new("candidate-too-late", PathOf("kim@example.com"), kim),
        ];
    }

    private static async Task<IReadOnlyList<PageState>> StudioAsync(StudioHost host, Func<string, string> spell)
    {
        var responder = await host.AsAsync("responder");
        var editor = await host.AsAsync("editor");
        async Task<string> AskAsync(string more) => (await host.Api.PostAsync("/api/tasks", spell($$"""
            { {{more}}, "title": "Approve invoice R-2026-117", "show": ["invoice"], "form": {{Small}}, {{Context}}, "allowReject": true }
            """))).Is(201).Text("/taskId");
        var own = await AskAsync("\"assignee\": \"responder@example.com\", \"dueInHours\": 8");
        (await editor.PostAsync($"/api/tasks/{own}/comments", spell("""{ "text": "The order says 1,150. I asked purchasing." }"""))).Is(201);
        (await editor.PostAsync($"/api/tasks/{own}/remind")).Is(204);
        var several = await AskAsync("\"assignees\": [\"responder@example.com\", \"kim@example.com\", \"lee@example.com\"], \"need\": 2, \"dueInHours\": 0.00001");
        (await host.Api.PostAsync($"/api/tasks/{several}/responses", spell("""{ "by": "kim@example.com", "values": { "decision": "approve" } }"""))).Is(200);
        var done = await AskAsync("\"assignee\": \"responder@example.com\"");
        (await responder.PostAsync($"/api/tasks/{done}/responses", spell("""{ "values": { "decision": "approve", "amount": 1100 } }"""))).Is(200);
        var cancelled = await AskAsync("\"assignee\": \"responder@example.com\"");
        (await editor.PostAsync($"/api/tasks/{cancelled}/cancel", spell("""{ "reason": "Ordered twice" }"""))).Is(204);
        var candidates = await AskAsync("\"candidates\": [\"responder@example.com\", \"kim@example.com\"]");
        PageState At(string name, string path, Func<IPage, Task>? act = null, MemberClient? who = null) =>
            new($"studio-{name}", $"/studio/default/{path}", (who ?? responder).Session, act);
        return
        [
            new("sign-in", "/studio/sign-in"),
            new("sign-in-wrong", "/studio/sign-in", Act: async tab =>
            {
                await tab.FillAsync("#address", "x");
                await tab.ClickAsync("button.main");
            }),
            new("sign-in-code", "/studio/sign-in", Act: async tab =>
            {
                await tab.FillAsync("#address", "nobody@example.com");
                await tab.ClickAsync("button.main");
                await tab.FillAsync("#code", "000000");
                await tab.ClickAsync("button.main");
            }),
            new("sign-in-link", "/studio/sign-in/link/bent"),
            At("tasks", "tasks?status=pending"),
            At("tasks-table", "tasks?status=all&view=table"),
            At("tasks-empty", "tasks?status=rejected&q=nothing"),
            At("tasks-editor", "tasks?status=all&view=table", tab => tab.Locator("input[name=ids]:not([disabled])").First.CheckAsync(), editor),
            At("task", $"tasks/{own}"),
            At("task-errors", $"tasks/{own}", tab => tab.ClickAsync("form#form button.main, form[action$='/responses'] button.main")),
            At("task-editor", $"tasks/{own}", who: editor),
            At("task-several", $"tasks/{several}"),
            At("task-candidates", $"tasks/{candidates}"),
            At("task-completed", $"tasks/{done}"),
            At("task-cancelled", $"tasks/{cancelled}"),
            At("forbidden", "new-rule-set"),
            At("missing", "tasks/none"),
            new("studio-sessions", "/studio/sessions", responder.Session),
        ];
    }
}
